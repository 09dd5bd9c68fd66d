import type { IDataObject } from 'n8n-workflow';
import { withBody, withQuery } from '../../engine/call/paginate';
import type { Answer, Call, PageStyle } from '../../engine/operation';
import { isObject } from '../../engine/values';

/** `searchAfter` of the last record leads to the next page: no limit to the depth. */
export function searchAfterPages(size: number, items: string): PageStyle {
	return {
		size,
		items,
		first: (call, pageLimit) => withBody(call, { pageLimit }),
		next: (call, rows) => {
			const searchAfter = rows[rows.length - 1].searchAfter;
			return Array.isArray(searchAfter) ? withBody(call, { searchAfter }) : undefined;
		},
	};
}

/** `limit` and `skip` in the query, or whatever `skip` is called there. */
export function skipPages(
	size: number,
	items: string,
	skip = 'skip',
	more?: PageStyle['more'],
): PageStyle {
	return {
		size,
		items,
		more,
		first: (call, limit) => withQuery(call, { limit, [skip]: 0 }),
		next: (call, rows) => withQuery(call, { [skip]: Number(call.query?.[skip]) + rows.length }),
	};
}

/** The locations in which the app is installed. `count` counts all locations (docs/apis/highlevel.md#agency). */
export const installedLocationPages: PageStyle = {
	...skipPages(100, 'locations'),
	wideTotal: true,
};

/** `limit` and `page`, from 1, in the query. */
export function pagesInQuery(size: number, items: string, more?: PageStyle['more']): PageStyle {
	return {
		size,
		items,
		more,
		first: (call, limit) => withQuery(call, { limit, page: 1 }),
		next: (call) => withQuery(call, { page: Number(call.query?.page) + 1 }),
	};
}

/** `limit` and `page`, from 1, in a JSON body. */
export function pagesFromOne(size: number, items: string): PageStyle {
	return {
		size,
		items,
		first: (call, limit) => withBody(call, { limit, page: 1 }),
		next: (call) => withBody(call, { page: Number(call.body?.page) + 1 }),
	};
}

/**
 * `limit` in the query, and for the next page what `cursor` reads from the last record; `undefined`
 * ends the list.
 */
export function lastRecordPages(
	size: number,
	items: PageStyle['items'],
	cursor: (last: IDataObject, answer: Pick<Answer, 'body'>) => IDataObject | undefined,
	full = size,
	more?: PageStyle['more'],
): PageStyle {
	return {
		size,
		items,
		full,
		more,
		first: (call, limit) => withQuery(call, { limit }),
		next: (call, rows, answer) => {
			const next = cursor(rows[rows.length - 1], answer);
			return next && withQuery(call, next);
		},
	};
}

/**
 * A span of epoch milliseconds between two keys of the query, for an endpoint that takes no more
 * than `spanMs` of it at once. The spans do not touch, so that nothing counts twice.
 */
export function spanPages(
	[from, to]: [from: string, to: string],
	spanMs: number,
	items: PageStyle['items'],
): PageStyle {
	const span = (call: Call, start: number, whole: Call) =>
		withQuery(call, {
			[from]: start,
			[to]: Math.min(start + spanMs - 1, Number(whole.query?.[to])),
		});
	return {
		size: Infinity,
		items,
		sparse: true,
		first: (call) => span(call, Number(call.query?.[from]), call),
		next: (call, _rows, _answer, _limit, whole) => {
			const start = Number(call.query?.[to]) + 1;
			return start > Number(whole.query?.[to]) ? undefined : span(call, start, whole);
		},
	};
}

/** `limit` and `skip` in a JSON body. */
export function skipInBodyPages(size: number, items: string): PageStyle {
	return {
		size,
		items,
		first: (call, limit) => withBody(call, { limit, skip: 0 }),
		next: (call, rows) => withBody(call, { skip: Number(call.body?.skip) + rows.length }),
	};
}

/** `limit` in the query, and `startAfter` with `startAfterId` from the answer's `meta`. */
export function startAfterPages(size: number, items: string): PageStyle {
	return {
		size,
		items,
		first: (call, limit) => withQuery(call, { limit }),
		next: (call, _rows, { body }) => {
			const meta = isObject(body) && isObject(body.meta) ? body.meta : {};
			const { startAfter, startAfterId } = meta as IDataObject;
			return startAfter && startAfterId ? withQuery(call, { startAfter, startAfterId }) : undefined;
		},
	};
}

/** How HighLevel hands out the lists that operations and pickers read, 100 records at a time. */

export const businessPages = skipPages(100, 'businesses');

/** 50 is the most that `limit` takes for both. */
export const formPages = skipPages(50, 'forms');
export const surveyPages = skipPages(50, 'surveys');

/** 100 is what HighLevel gives unless told otherwise; no maximum is documented. */
export const lostReasonPages = skipPages(100, 'lostReasons');

/** 100 is the most that `limit` takes. */
export const opportunityPages = startAfterPages(100, 'opportunities');

/**
 * `startAfterDate` takes the sort value of the last conversation: the time of its last message,
 * in epoch ms. 20 is what HighLevel gives unless told otherwise; no maximum is documented.
 */
export const conversationPages = lastRecordPages(
	100,
	'conversations',
	({ sort, lastMessageDate }) => {
		const value: IDataObject[string] = Array.isArray(sort) ? sort[0] : lastMessageDate;
		return value === undefined || value === null ? undefined : { startAfterDate: value };
	},
	20,
);
