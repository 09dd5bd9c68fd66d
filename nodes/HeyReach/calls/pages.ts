import { isObject } from '../../engine/values';
import type { PageStyle } from '../../engine/operation';
import { isBefore, withBody } from '../../engine/call/paginate';

/** `offset` and `limit` in a JSON body. */
export function offsetPages(size: number, items = 'items'): PageStyle {
	return {
		size,
		items,
		first: (call, limit) => withBody(call, { offset: 0, limit }),
		next: (call, rows, answer, limit) => {
			const offset = Number(call.body?.offset ?? 0) + rows.length;
			return isBefore(answer.body, offset, rows.length >= limit)
				? withBody(call, { offset })
				: undefined;
		},
	};
}

/** `cursor` and `limit` in the body; the answer has `nextCursor` and `hasNextPage`. */
export const cursorPages: PageStyle = {
	size: 100,
	items: 'items',
	full: 1,
	more: (body) => (isObject(body) ? body.hasNextPage : undefined),
	first: (call, limit) => withBody(call, { limit }),
	next: (call, _rows, { body }) => {
		if (!isObject(body) || body.hasNextPage === false || !body.nextCursor) return undefined;
		return withBody(call, { cursor: String(body.nextCursor) });
	},
};

/** `pageNumber` and `pageSize` in the body. The vendor's own example counts pages from 0. */
export const pagesFromZero: PageStyle = {
	size: 100,
	items: 'items',
	first: (call, pageSize) => withBody(call, { pageNumber: 0, pageSize }),
	next: (call, rows, answer, pageSize) => {
		const pageNumber = Number(call.body?.pageNumber) + 1;
		const read = Number(call.body?.pageNumber) * pageSize + rows.length;
		return isBefore(answer.body, read, rows.length === pageSize)
			? withBody(call, { pageNumber })
			: undefined;
	},
};

/** `Offset` and `Limit` in the query. */
export const queryPages: PageStyle = {
	size: 100,
	items: 'items',
	first: (call, Limit) => ({ ...call, query: { ...call.query, Offset: 0, Limit } }),
	next: (call, rows, answer, limit) => {
		const Offset = Number(call.query?.Offset) + rows.length;
		return isBefore(answer.body, Offset, rows.length === limit)
			? { ...call, query: { ...call.query, Offset } }
			: undefined;
	},
};
