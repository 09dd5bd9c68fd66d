import type { IDataObject } from 'n8n-workflow';
import { isObject } from './errors';
import type { Answer, Call } from './operation';

/** How an endpoint hands out a list in pages. */
export interface PageStyle {
	/** The most records that the endpoint gives at once. */
	size: number;
	/** The key of the answer's body that holds the records. */
	items: string;
	/** The call for the first page, of `size` records. */
	first: (call: Call, size: number) => Call;
	/** The call for the page after `rows`, or `undefined` when there is none. Keeps the query. */
	next: (call: Call, rows: IDataObject[], answer: Answer, size: number) => Call | undefined;
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
		const rows = rowsOf(answer.body, style.items);
		const first = JSON.stringify(rows[0]);
		if (rows.length === 0 || first === firstOfLast) break;
		firstOfLast = first;
		for (const row of rows) all.push(row);
		if (all.length >= limit) break;
		at = style.next(at, rows, answer, size);
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

/** `limit` and `skip` in the query. */
export function skipPages(size: number, items: string): PageStyle {
	return {
		size,
		items,
		first: (call, limit) => withQuery(call, { limit, skip: 0 }),
		next: (call, rows, _answer, limit) =>
			rows.length < limit
				? undefined
				: withQuery(call, { skip: Number(call.query?.skip) + rows.length }),
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

function withBody(call: Call, more: IDataObject): Call {
	return { ...call, body: { ...call.body, ...more } };
}
