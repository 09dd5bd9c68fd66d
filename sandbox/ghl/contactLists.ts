import { contactSearch, matchesText } from './contactSearch';
import { contactRow, contactView } from './contactViews';
import { badRequest } from './errors';
import type { Contact } from './records';
import { ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, formatted, requiredText, text, wholeNumber } from './validate';

interface ListQuery {
	locationId: string;
	query?: string;
	limit?: number;
	startAfter?: number;
	startAfterId?: string;
}

/** Newest first; the next page is asked for with `startAfter` and `startAfterId` of the last row. */
function list({ state, query, baseUrl }: Call<unknown, ListQuery>): object {
	const { locationId, limit = 20, startAfter, startAfterId } = query;
	const found = state.contactIndex
		.contacts()
		.filter((contact) => contact.locationId === locationId)
		.filter((contact) => matchesText(contact, query.query ?? ''))
		.sort(newestFirst);
	const start =
		startAfter === undefined || startAfterId === undefined
			? 0
			: found.filter((contact) => !isAfter(contact, startAfter, startAfterId)).length;
	const contacts = found.slice(start, start + limit);
	const last = contacts.at(-1);
	const more = start + limit < found.length && last !== undefined;
	const currentPage = Math.floor(start / limit) + 1;
	const next = last && {
		startAfterId: last.id,
		startAfter: Date.parse(last.dateAdded),
	};
	return {
		contacts: contacts.map((contact) => contactRow(contact)),
		count: found.length,
		meta: {
			total: found.length,
			...next,
			nextPageUrl: more
				? `${baseUrl}/contacts/?${new URLSearchParams({
						locationId,
						limit: String(limit),
						...(query.query === undefined ? {} : { query: query.query }),
						startAfter: String(next?.startAfter),
						startAfterId: last.id,
					})}`
				: null,
			currentPage,
			nextPage: more ? currentPage + 1 : null,
			prevPage: currentPage > 1 ? currentPage - 1 : null,
		},
	};
}

const newestFirst = (a: Contact, b: Contact): number =>
	b.dateAdded.localeCompare(a.dateAdded) || (a.id < b.id ? -1 : 1);

function isAfter(contact: Contact, time: number, id: string): boolean {
	const added = Date.parse(contact.dateAdded);
	return added < time || (added === time && contact.id > id);
}

interface BusinessQuery {
	locationId: string;
	limit?: number;
	skip?: number;
	query?: string;
}

function listOfBusiness({ state, token, params, query }: Call<unknown, BusinessQuery>): object {
	const business = ownRecord(token, state.businesses, 'Business', params.businessId);
	const { limit = 25, skip = 0 } = query;
	const found = state.contactIndex
		.contacts()
		.filter((contact) => contact.businessId === business.id)
		.filter((contact) => matchesText(contact, query.query ?? ''))
		.sort(newestFirst);
	return {
		contacts: found.slice(skip, skip + limit).map((contact) => contactRow(contact, business.name)),
		count: found.length,
	};
}

interface LookUpQuery {
	locationId: string;
	email?: string;
	phone?: string;
	limit?: number;
	nextCursor?: string;
}

/** How a second of the two, or neither, is refused is not documented. */
function lookUp({ state, query }: Call<unknown, LookUpQuery>): object {
	const { locationId, email, phone, limit = 20, nextCursor } = query;
	if ((email === undefined) === (phone === undefined)) {
		throw badRequest('Exactly one of email or phone must be provided');
	}
	const found = state.contactOwners.of(locationId, { email, phone });
	const start = nextCursor === undefined ? 0 : Number(Buffer.from(nextCursor, 'base64').toString());
	if (!Number.isInteger(start)) throw badRequest('Invalid nextCursor');
	const contacts = found.slice(start, start + limit);
	return {
		contacts: contacts.map(({ contact }) => contactView(contact)),
		// A full page has one, also where it is the last.
		...(contacts.length === limit && {
			nextCursor: Buffer.from(String(start + limit)).toString('base64'),
		}),
	};
}

export const contactLists: Route[] = [
	contactSearch,
	route<unknown, LookUpQuery>({
		method: 'GET',
		path: '/contacts/lookup',
		versions: ['v3'],
		scope: 'contacts.readonly',
		access: ['Location-Access-Only'],
		query: closed(
			{
				locationId: requiredText,
				email: requiredText,
				phone: formatted('e164'),
				limit: wholeNumber(1, 20),
				nextCursor: requiredText,
			},
			['locationId'],
		),
		handle: lookUp,
	}),
	route<unknown, ListQuery>({
		method: 'GET',
		path: '/contacts/',
		scope: 'contacts.readonly',
		query: closed(
			{
				locationId: requiredText,
				query: text,
				limit: wholeNumber(1, 100),
				startAfter: { type: 'number' },
				startAfterId: text,
			},
			['locationId'],
		),
		handle: list,
	}),
	route<unknown, BusinessQuery>({
		method: 'GET',
		path: '/contacts/business/:businessId',
		scope: 'contacts.readonly',
		query: closed(
			{
				locationId: requiredText,
				query: text,
				limit: wholeNumber(1, 100),
				skip: wholeNumber(0),
			},
			['locationId'],
		),
		handle: listOfBusiness,
	}),
];
