import type { IDataObject } from 'n8n-workflow';
import { ApiFault, incomplete } from './errors';
import { isObject, rowsOf } from '../values';
import type { Answer, Call, PageStyle } from '../operation';

/** The records of a list, to its end or to `limit` records. */
export async function readPages(
	style: PageStyle,
	call: Call,
	send: (call: Call) => Promise<Answer>,
	limit = Infinity,
): Promise<IDataObject[]> {
	const all: IDataObject[] = [];
	for await (const rows of pagesOf(style, call, send, limit)) for (const row of rows) all.push(row);
	return all;
}

/**
 * Reads a list page by page, to its end or to `limit` records, for who keeps a part of each record. The end is a page that is not full, an empty one, or
 * one that begins with the record that the page before began with (a service that ignores the cursor);
 * but not as long as the service says that there are more. Then, and where an answer holds no list at
 * all, the page is asked for again (`send` does that), and if that does not help it is an error: a part
 * is never taken for the whole.
 *
 * @throws ApiFault
 */
export async function* pagesOf(
	style: PageStyle,
	call: Call,
	send: (call: Call) => Promise<Answer>,
	limit = Infinity,
): AsyncGenerator<IDataObject[], void> {
	const size = Math.max(1, Math.min(style.size, limit));
	let before = 0;
	/** The fewest records that the service has said there are: some may come or go meanwhile. */
	let least: number | undefined;
	let firstOfLast: string | undefined;
	let promised = false;

	const pageIn = (body: unknown, at: Call) => {
		const rows = rowsIn(style, body, at) ?? [];
		const isRepeated = firstOfLast !== undefined && JSON.stringify(rows[0]) === firstOfLast;
		return style.sparse || !isRepeated ? rows : [];
	};
	const lackOf = (body: unknown, at: Call): string | undefined => {
		if (!rowsIn(style, body, at)) return noList(style.items);
		if (style.sparse || style.wideTotal) return undefined;
		const rows = pageIn(body, at);
		const read = before + rows.length;
		if (read >= limit) return undefined;
		const total = totalIn(body) ?? least;
		if (rows.length === 0) {
			const more = style.more?.(body) ?? promised;
			// More than a page of the rest cannot have gone since the last answer.
			const isVanished = total !== undefined && (least ?? 0) - total >= size;
			const isShort = total !== undefined && read < total;
			if (more !== true && !isShort && !isVanished) return undefined;
			return `${partOf(read, isVanished ? least : total)}, and then a page without any`;
		}
		const isEnd = !style.next(at, rows, { body }, size, call);
		if (!isEnd || total === undefined || read >= Math.min(total, least ?? total)) return undefined;
		return `${partOf(read, total)}, and no way to the next page`;
	};

	for (let at: Call | undefined = style.first(call, size); at; ) {
		const page: Call = at;
		const lacks = (body: unknown) => lackOf(body, page);
		const answer: Answer = await send({ ...page, lacks });
		const problem = incomplete('The service', answer, { lacks });
		if (problem) throw new ApiFault(problem, page, String(answer.statusCode));
		const rows = pageIn(answer.body, page);
		if (rows.length === 0 && !style.sparse) break;
		firstOfLast = JSON.stringify(rows[0]);
		yield rows.slice(0, limit - before);
		before += rows.length;
		if (before >= limit) break;
		promised = style.more?.(answer.body) === true;
		least = lower(least, totalIn(answer.body));
		const isFull = rows.length >= Math.min(size, style.full ?? size);
		const goesOn = isFull || style.sparse || (least !== undefined && before < least);
		at = goesOn ? style.next(page, rows, answer, size, call) : undefined;
	}
}

function rowsIn({ items }: PageStyle, body: unknown, at: Call): IDataObject[] | undefined {
	if (typeof items === 'function') return items(body, at);
	return lacksList(items)(body) === undefined ? rowsOf(body, items) : undefined;
}

const partOf = (read: number, total: number | undefined) =>
	total === undefined
		? `${read} records, although it says that there are more`
		: `${read} of ${total} records`;

const lower = (a: number | undefined, b: number | undefined) =>
	a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

const noList = (items: PageStyle['items']) =>
	`an answer without ${typeof items === 'string' ? `the list “${items}”` : 'the list that was asked for'}`;

/** How many records there are in all, by whichever name a service says it; some say it as a text. */
export function totalIn(body: unknown): number | undefined {
	if (!isObject(body)) return undefined;
	const meta = isObject(body.meta) ? body.meta : {};
	const named = [body.total, body.totalCount, body.count, meta.total];
	const total = named.find((value) => /^\d+$/.test(String(value ?? '')));
	return total === undefined ? undefined : Number(total);
}

/**
 * For the `lacks` of a call that reads a page: an answer without the list, or with nothing behind the
 * `read` first records although there are more. A list of none may be left out where the total says so.
 */
export function lacksList(key: string, read?: number) {
	return (body: unknown): string | undefined => {
		const list = isObject(body) ? body[key] : undefined;
		const total = totalIn(body);
		const isLeftOut = (list ?? null) === null && total === 0;
		if (!Array.isArray(list)) return isLeftOut ? undefined : noList(key);
		const isShort = read !== undefined && total !== undefined && read < total;
		return list.length === 0 && isShort
			? `${partOf(read, total)}, and then a page without any`
			: undefined;
	};
}

/** For the `lacks` of a call that reads one record: an answer that neither holds it nor is it. */
export function lacksRecord(key: string) {
	return (body: unknown): string | undefined =>
		isObject(body) && (key in body || 'id' in body)
			? undefined
			: `an answer without “${key}”, which was asked for`;
}

/** Whether there is more behind the first `read` records: by the total, else by whether the page was full. */
export function isBefore(body: unknown, read: number, isFull: boolean): boolean {
	const total = totalIn(body);
	return total === undefined ? isFull : read < total;
}

/** The whole list in one answer, for endpoints that know no pages; Limit cuts it. */
export function onePage(items: string): PageStyle {
	return { size: Infinity, items, first: (call) => call, next: () => undefined };
}

export function withQuery(call: Call, more: IDataObject): Call {
	return { ...call, query: { ...call.query, ...more } };
}

export function withBody(call: Call, more: IDataObject): Call {
	return { ...call, body: { ...call.body, ...more } };
}
