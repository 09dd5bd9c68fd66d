import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../badInput';
import { totalIn, withBody, withQuery } from '../call/paginate';
import { choice, notSent, number, rowsField, text } from '../describe/fields';
import type { Answer, Call, Field, Io, PageStyle } from '../operation';
import { isObject, toList, toNumber, toText } from '../values';

/** How a list that no operation describes is read: the person says where the records and the next page are. */
export function pagingFields(offset: string): Field[] {
	const recordsIn = text('Records In', 'recordsIn', {
		placeholder: 'e.g. contacts or data.items',
		description:
			'Path to the list in the answer. Leave empty for the answer itself or its only list.',
	});
	const paging = rowsField(
		'Paging',
		'paging',
		{ displayName: 'Paging', name: 'by' },
		[
			choice(
				'Kind',
				'kind',
				{ Cursor: 'cursor', Offset: 'offset', 'Page Number': 'page' },
				{ description: 'How the API asks for the next page' },
			),
			text('Parameter', 'parameter', {
				placeholder: `e.g. startAfterId, ${offset} or page`,
				description:
					'Parameter that asks for the next page; separate several cursors with commas. It is sent in the query, or in the body with POST.',
			}),
			text('Next Cursor In', 'cursorIn', {
				placeholder: 'e.g. meta.startAfterId or contacts[-1].id',
				description:
					'Path to the cursor in the answer. Give several in the same order, with commas.',
				displayOptions: { show: { kind: ['cursor'] } },
			}),
			number('First Value', 'first', {
				default: 1,
				description: 'Value for the first page: usually 1, or 0 for an offset',
				displayOptions: { show: { kind: ['offset', 'page'] } },
			}),
			text('Page Size Parameter', 'sizeParameter', {
				default: 'limit',
				description: 'Parameter for the number of records per page',
			}),
			number('Page Size', 'size', {
				default: 100,
				description: 'Number of records per page',
				typeOptions: { minValue: 1 },
			}),
		],
		{
			typeOptions: { multipleValues: false },
			placeholder: 'Add Paging',
			description: 'How to read further pages. Leave empty to read one page.',
		},
	);
	return [recordsIn, paging].map(notSent);
}

/**
 * The page style that the item asks for. A list ends with a page that is empty, that repeats the page
 * before it, or that has no next cursor: of an endpoint that is not known, a page that is not full and a
 * total say nothing that is certain.
 *
 * @throws BadInput for a choice that is not complete
 */
export function chosenPages(io: Io): PageStyle {
	const at = toText(io.parameter('recordsIn', ''), 'Records In').trim();
	const list = {
		size: Infinity,
		items: (body: unknown) => recordsAt(body, at),
		// What a count of an unknown answer counts is unknown.
		wideTotal: true as const,
	};
	const paging = io.parameter('paging', {});
	const chosen = isObject(paging) && isObject(paging.by) ? paging.by : undefined;
	if (!chosen) return { ...list, first: (call) => call, next: tellOfMore };

	const { kind = 'cursor', parameter = '', cursorIn = '', first = 1 } = chosen;
	const { size = 100, sizeParameter = 'limit' } = chosen;
	const names = toList(toText(parameter, 'Parameter'));
	const places = toList(toText(cursorIn, 'Next Cursor In'));
	const isWhole = kind === 'cursor' ? places.length === names.length : names.length === 1;
	if (names.length === 0 || !isWhole) throw incomplete();
	const sizeKey = toText(sizeParameter, 'Page Size Parameter').trim();
	const sized = (call: Call, most: number) => (sizeKey ? put(call, { [sizeKey]: most }) : call);
	const pages = { ...list, size: toNumber(size, 'Page Size'), full: 1 };
	if (kind === 'cursor') {
		return {
			...pages,
			first: sized,
			next: (call, _rows, { body }) => {
				const cursors = cursorsIn(body, names, places);
				return cursors && put(call, cursors);
			},
		};
	}
	const [name] = names;
	const start = toNumber(first, 'First Value');
	return {
		...pages,
		first: (call, most) => put(sized(call, most), { [name]: start }),
		next: (call, rows) => {
			const now = Number((call.method === 'GET' ? call.query : call.body)?.[name]);
			return put(call, { [name]: now + (kind === 'page' ? 1 : rows.length) });
		},
	};

	/** Is asked for the next page where the answer counts more records than it holds. */
	function tellOfMore(call: Call, rows: IDataObject[], { body }: Pick<Answer, 'body'>): undefined {
		const part = `${rows.length} of ${totalIn(body)} from ${call.template}`;
		io.tell('There may be more records: add Paging. Read so far', part);
	}
}

const incomplete = () =>
	new BadInput(
		'“Paging” does not say how to get the next page',
		'Fill in Parameter. With Cursor fill in Next Cursor In too, with as many paths as parameters.',
	);

const put = (call: Call, more: IDataObject): Call =>
	call.method === 'GET' ? withQuery(call, more) : withBody(call, more);

/** The parameters of the next page; `undefined` where one of them is not there. */
function cursorsIn(body: unknown, names: string[], places: string[]): IDataObject | undefined {
	const cursors = places.map((place) => valueAt(body, place));
	const isEnd = cursors.some((cursor) => [undefined, null, '', false].includes(cursor as null));
	if (isEnd) return undefined;
	return Object.fromEntries(
		names.map((name, index) => [name, cursors[index] as IDataObject[string]]),
	);
}

/** What stands at `data.items[-1].id` of an answer; a number counts in a list, -1 from its end. */
export function valueAt(body: unknown, place: string): unknown {
	let at = body;
	for (const key of place.split(/[.[\]]+/).filter(Boolean)) {
		if (Array.isArray(at)) at = at.at(Number(key));
		else at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
	}
	return at;
}

/**
 * The records of an answer; `undefined` for an answer that holds nothing, which is a fault of the service.
 *
 * @throws BadInput that names the lists of the answer, where none is at that place
 */
export function recordsAt(body: Answer['body'], place: string): IDataObject[] | undefined {
	const entries = isObject(body) ? Object.entries(body) : [];
	const lists = entries.filter(([, value]) => Array.isArray(value));
	const isOnly = place === '' && lists.length === 1;
	const found = isOnly ? lists[0][1] : valueAt(body, place);
	if (Array.isArray(found)) return found.map(asRecord);
	if (entries.length === 0) return undefined;
	if (found === null) return [];
	const names = lists.map(([name]) => name).join(', ');
	throw new BadInput(
		place === ''
			? 'The answer has no list, or more than one'
			: `The answer has no list at “${place}”`,
		names
			? `Set Records In to the path of the list. This answer has: ${names}.`
			: 'Set Records In to the path of the list, such as data.items. For an answer without a list use API Call: Send.',
	);
}

/** An item is an object: a bare text or number stands under `value`. */
const asRecord = (row: unknown): IDataObject =>
	(isObject(row) ? row : { value: row }) as IDataObject;
