import { searchRow } from './contactViews';
import { fullName } from './contactWrites';
import { badRequest, unprocessable } from './errors';
import type { Contact } from './records';
import { route } from './route';
import type { Call, Route } from './route';
import { SORTS } from './searchFields';
import { compileFilters } from './searchFilters';
import type { FilterNode } from './searchFilters';
import { closed, listOf, oneOf, requiredText, wholeNumber } from './validate';

interface Sort {
	field: string;
	direction: 'asc' | 'desc';
}

interface SearchBody {
	locationId: string;
	pageLimit: number;
	page?: number;
	searchAfter?: unknown[];
	filters?: FilterNode[];
	sort?: Sort[];
	query?: string;
}

/** With `page`, a search reaches its first 10,000 rows only; `searchAfter` reaches all. */
const PAGE_WINDOW = 10_000;
const DEFAULT_SORT: Sort[] = [{ field: 'dateAdded', direction: 'desc' }];

/** Groups nest. */
const FILTER_NODE = { $ref: '#/definitions/filterNode' };
const definitions = {
	filterNode: {
		anyOf: [
			closed({ group: oneOf('AND', 'OR'), filters: listOf(FILTER_NODE) }, ['group', 'filters']),
			closed({ field: requiredText, operator: requiredText, value: {} }, ['field', 'operator']),
		],
	},
};

const searchBody = closed(
	{
		locationId: requiredText,
		pageLimit: wholeNumber(1, 500),
		page: wholeNumber(1),
		searchAfter: { type: 'array' },
		filters: listOf(FILTER_NODE),
		sort: listOf(
			closed({ field: oneOf(...Object.keys(SORTS)), direction: oneOf('asc', 'desc') }, [
				'field',
				'direction',
			]),
		),
		query: { type: 'string', maxLength: 75 },
	},
	['locationId', 'pageLimit'],
);

export const contactSearch: Route = route<SearchBody>({
	method: 'POST',
	path: '/contacts/search',
	scope: 'contacts.readonly',
	body: { ...searchBody, definitions },
	handle: search,
});

function search({ state, body }: Call<SearchBody, unknown>): object {
	const { locationId, pageLimit, filters = [], query = '' } = body;
	const sort = body.sort?.length ? body.sort : DEFAULT_SORT;
	const test = compileFilters(state, filters);
	const found = state.contactIndex.selection(
		JSON.stringify([locationId, filters, sort, query]),
		(all) =>
			all
				.filter((contact) => contact.locationId === locationId)
				.filter((contact) => test(contact) && matchesText(contact, query))
				.sort((a, b) => compare(position(a, sort), position(b, sort), sort)),
	);
	const start = firstRow(found, body, sort);
	return {
		contacts: found.slice(start, start + pageLimit).map((contact) => ({
			...searchRow(contact, state.businesses.get(contact.businessId ?? '')?.name),
			searchAfter: position(contact, sort),
		})),
		total: found.length,
	};
}

function firstRow(found: Contact[], body: SearchBody, sort: Sort[]): number {
	const { page, searchAfter, pageLimit } = body;
	if (searchAfter === undefined) {
		const start = ((page ?? 1) - 1) * pageLimit;
		if (start + pageLimit > PAGE_WINDOW) {
			throw badRequest(
				`Result window is too large, page * pageLimit must be less than or equal to ${PAGE_WINDOW}`,
			);
		}
		return start;
	}
	if (page !== undefined) throw unprocessable(['page should not be sent with searchAfter']);
	if (searchAfter.length !== sort.length + 1) {
		throw unprocessable([
			`searchAfter must contain ${sort.length + 1} values, as many as the last row carries`,
		]);
	}
	// The rows are sorted: halve until the first one behind `searchAfter` is left.
	let [low, high] = [0, found.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (compare(position(found[middle], sort), searchAfter, sort) > 0) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Where a row stands in the order: its sort values, then its id. Rows carry it as `searchAfter`. */
const position = (contact: Contact, sort: Sort[]): unknown[] => [
	...sort.map(({ field }) => SORTS[field](contact)),
	contact.id,
];

function compare(a: unknown[], b: unknown[], sort: Sort[]): number {
	for (const [at, value] of a.entries()) {
		const order = compareValues(value, b[at]);
		if (order !== 0) return sort[at]?.direction === 'desc' ? -order : order;
	}
	return 0;
}

/** A missing value comes last. */
function compareValues(a: unknown, b: unknown): number {
	if (a === b) return 0;
	if (a === null || a === undefined) return 1;
	if (b === null || b === undefined) return -1;
	return a < b ? -1 : 1;
}

/** The free text of a search: every word somewhere in the name, e-mail, phone or company. */
export function matchesText(contact: Contact, query: string): boolean {
	const text = [fullName(contact), contact.email, contact.phone, contact.companyName]
		.join(' ')
		.toLowerCase();
	return query
		.toLowerCase()
		.split(/\s+/)
		.every((word) => text.includes(word));
}
