import type { IDataObject } from 'n8n-workflow';
import { isObject } from './errors';
import type { Answer, Call } from './operation';

/** How an endpoint hands out a list in pages. */
export interface PageStyle {
	/** The most records that the endpoint gives at once. */
	size: number;
	/** The key of the answer's body that holds the records, or what reads them from the body. */
	items: string | ((body: unknown, call: Call) => IDataObject[]);
	/** Pages are spans of time, so that an empty one is not the end. */
	sparse?: true;
	/** The call for the first page, of `size` records. */
	first: (call: Call, size: number) => Call;
	/**
	 * The call for the page after `rows`, or `undefined` when there is none. Keeps the query; `whole`
	 * is the call as it was before it was cut into pages.
	 */
	next: (
		call: Call,
		rows: IDataObject[],
		answer: Answer,
		size: number,
		whole: Call,
	) => Call | undefined;
}

/**
 * Reads a list to its end, or to `limit` records. An empty page ends it, and so does a page that
 * begins with the record that the page before began with (a service that ignores the cursor).
 */
export async function readPages(
	style: PageStyle,
	call: Call,
	send: (call: Call) => Promise<Answer>,
	limit = Infinity,
): Promise<IDataObject[]> {
	const size = Math.max(1, Math.min(style.size, limit));
	const all: IDataObject[] = [];
	let firstOfLast: string | undefined;
	for (let at: Call | undefined = style.first(call, size); at; ) {
		const answer: Answer = await send(at);
		const { items } = style;
		const rows = typeof items === 'function' ? items(answer.body, at) : rowsOf(answer.body, items);
		const first = JSON.stringify(rows[0]);
		if (!style.sparse && (rows.length === 0 || first === firstOfLast)) break;
		firstOfLast = first;
		for (const row of rows) all.push(row);
		if (all.length >= limit) break;
		at = style.next(at, rows, answer, size, call);
	}
	return all.length > limit ? all.slice(0, limit) : all;
}

/** The records of an answer; none if the body has another shape. */
export function rowsOf(body: unknown, key: string | undefined): IDataObject[] {
	const list = key === undefined ? body : isObject(body) ? body[key] : undefined;
	return Array.isArray(list) ? list.filter((row): row is IDataObject => isObject(row)) : [];
}

/** `searchAfter` of the last record leads to the next page: no limit to the depth. */
export function searchAfterPages(size: number, items: string): PageStyle {
	return {
		size,
		items,
		first: (call, pageLimit) => withBody(call, { pageLimit }),
		next: (call, rows, _answer, pageLimit) => {
			const searchAfter = rows[rows.length - 1].searchAfter;
			if (rows.length < pageLimit || !Array.isArray(searchAfter)) return undefined;
			return withBody(call, { searchAfter });
		},
	};
}

/** `offset` and `limit` in a JSON body. */
export function offsetPages(size: number, items = 'items'): PageStyle {
	return {
		size,
		items,
		first: (call, limit) => withBody(call, { offset: 0, limit }),
		next: (call, rows, answer, limit) => {
			const offset = Number(call.body?.offset ?? 0) + rows.length;
			const total = isObject(answer.body) ? Number(answer.body.totalCount) : NaN;
			const more = Number.isFinite(total) ? offset < total : rows.length >= limit;
			return more ? withBody(call, { offset }) : undefined;
		},
	};
}

/** The whole list in one answer, for endpoints that know no pages; Limit cuts it. */
export function onePage(items: string): PageStyle {
	return { size: Infinity, items, first: (call) => call, next: () => undefined };
}

/** `limit` and `skip` in the query, or whatever `skip` is called there. */
export function skipPages(size: number, items: string, skip = 'skip'): PageStyle {
	return {
		size,
		items,
		first: (call, limit) => withQuery(call, { limit, [skip]: 0 }),
		next: (call, rows, _answer, limit) =>
			rows.length < limit
				? undefined
				: withQuery(call, { [skip]: Number(call.query?.[skip]) + rows.length }),
	};
}

/** `limit` and `page`, from 1, in a JSON body. */
export function numberedPages(size: number, items: string): PageStyle {
	return {
		size,
		items,
		first: (call, limit) => withBody(call, { limit, page: 1 }),
		next: (call, rows, _answer, limit) =>
			rows.length < limit ? undefined : withBody(call, { page: Number(call.body?.page) + 1 }),
	};
}

/**
 * `limit` in the query, and for the next page what `cursor` reads from the last record; `undefined`
 * ends the list. `full`: a page of fewer is the last, for services that may give fewer than asked.
 */
export function lastRecordPages(
	size: number,
	items: PageStyle['items'],
	cursor: (last: IDataObject, answer: Answer) => IDataObject | undefined,
	full = size,
): PageStyle {
	return {
		size,
		items,
		first: (call, limit) => withQuery(call, { limit }),
		next: (call, rows, answer, limit) => {
			if (rows.length < Math.min(limit, full)) return undefined;
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
		next: (call, rows, _answer, limit) =>
			rows.length < limit
				? undefined
				: withBody(call, { skip: Number(call.body?.skip) + rows.length }),
	};
}

/** `limit` in the query, and `startAfter` with `startAfterId` from the answer's `meta`. */
export function startAfterPages(size: number, items: string): PageStyle {
	return {
		size,
		items,
		first: (call, limit) => withQuery(call, { limit }),
		next: (call, rows, answer, limit) => {
			const meta = isObject(answer.body) && isObject(answer.body.meta) ? answer.body.meta : {};
			const { startAfter, startAfterId } = meta as IDataObject;
			if (rows.length < limit || !startAfter || !startAfterId) return undefined;
			return withQuery(call, { startAfter, startAfterId });
		},
	};
}

function withQuery(call: Call, more: IDataObject): Call {
	return { ...call, query: { ...call.query, ...more } };
}

export function withBody(call: Call, more: IDataObject): Call {
	return { ...call, body: { ...call.body, ...more } };
}
