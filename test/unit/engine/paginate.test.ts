import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Answer, Call, PageStyle } from '../../../nodes/engine/operation';
import { lacksList, readPages } from '../../../nodes/engine/call/paginate';
import {
	lastRecordPages,
	pagesFromOne,
	searchAfterPages,
	skipInBodyPages,
	skipPages,
	spanPages,
} from '../../../nodes/Ghl/calls/pages';
import { offsetPages } from '../../../nodes/HeyReach/calls/pages';

const call: Call = {
	method: 'POST',
	template: '/x',
	path: '/x',
	query: { sort: 'kept' },
	body: { query: 'kept', filters: [{ field: 'a' }] },
	repeatable: true,
};

const answer = (body: IDataObject): Answer => ({ statusCode: 200, headers: {}, body });

/** A service with `total` records, in each of the ways to page. */
function recordsIn(total: number, sent: Call[]) {
	const rows = Array.from({ length: total }, (_, i) => ({
		id: `r${i}`,
		searchAfter: [i, `r${i}`],
	}));
	return {
		searchAfter: async (at: Call) => {
			sent.push(at);
			const after = at.body?.searchAfter as [number] | undefined;
			const from = after ? after[0] + 1 : 0;
			return answer({ contacts: rows.slice(from, from + Number(at.body?.pageLimit)) });
		},
		offset: async (at: Call) => {
			sent.push(at);
			const from = Number(at.body?.offset);
			const items = rows.slice(from, from + Number(at.body?.limit));
			return answer({ totalCount: String(total), items });
		},
		numbered: async (at: Call) => {
			sent.push(at);
			const limit = Number(at.body?.limit);
			const from = (Number(at.body?.page) - 1) * limit;
			return answer({ items: rows.slice(from, from + limit) });
		},
		skip: async (at: Call) => {
			sent.push(at);
			const from = Number(at.query?.skipped);
			return answer({ items: rows.slice(from, from + Number(at.query?.limit)) });
		},
		skipInBody: async (at: Call) => {
			sent.push(at);
			const from = Number(at.body?.skip);
			return answer({ items: rows.slice(from, from + Number(at.body?.limit)) });
		},
		lastRecord: async (at: Call) => {
			sent.push(at);
			const from = rows.findIndex(({ id }) => id === at.query?.after) + 1;
			return answer({ items: rows.slice(from, from + Number(at.query?.limit)) });
		},
	};
}

const STYLES: Record<keyof ReturnType<typeof recordsIn>, (size: number) => PageStyle> = {
	searchAfter: (size) => searchAfterPages(size, 'contacts'),
	offset: (size) => offsetPages(size),
	numbered: (size) => pagesFromOne(size, 'items'),
	skip: (size) => skipPages(size, 'items', 'skipped'),
	skipInBody: (size) => skipInBodyPages(size, 'items'),
	lastRecord: (size) => lastRecordPages(size, 'items', ({ id }) => ({ after: id })),
};

it.each(Object.keys(STYLES) as Array<keyof typeof STYLES>)(
	'%s: reads each record once and in order, keeps the query, asks no page too many',
	async (kind) => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 60 }),
				fc.integer({ min: 1, max: 12 }),
				fc.option(fc.integer({ min: 1, max: 70 }), { nil: Infinity }),
				async (total, size, limit) => {
					const style = STYLES[kind](size);
					const sent: Call[] = [];
					const rows = await readPages(style, call, recordsIn(total, sent)[kind], limit);
					const wanted = Math.min(total, limit);
					expect(rows.map((row) => row.id)).toEqual(
						Array.from({ length: wanted }, (_, i) => `r${i}`),
					);
					for (const at of sent) {
						expect(at.body).toMatchObject(call.body as IDataObject);
						expect(at.query).toMatchObject(call.query as IDataObject);
					}
					expect(sent.length).toBeLessThanOrEqual(Math.floor(wanted / Math.min(size, limit)) + 1);
				},
			),
			{ numRuns: 2_000 },
		);
	},
);

it('ends when a service ignores the cursor and gives the same page again', async () => {
	const same = async () => answer({ contacts: [{ id: 'a', searchAfter: [1] }] });
	await expect(readPages(searchAfterPages(1, 'contacts'), call, same)).resolves.toHaveLength(1);
});

describe('A part of a list is never taken for the whole', () => {
	const style = searchAfterPages(5, 'contacts');
	const rows = (from: number, count: number) =>
		Array.from({ length: count }, (_, i) => ({ id: `r${from + i}`, searchAfter: [from + i] }));
	const whole = (total: number) => async (at: Call) => {
		const from = at.body?.searchAfter ? Number((at.body.searchAfter as number[])[0]) + 1 : 0;
		return answer({ contacts: rows(from, Math.min(5, total - from)), total });
	};
	/** Its pages by number, from 0; those that are not given come from the list of twelve. */
	const service = (pages: Record<number, unknown>) => {
		let asked = 0;
		return async (at: Call): Promise<Answer> => {
			const page = asked++;
			const body = page in pages ? pages[page] : (await whole(12)(at)).body;
			return { statusCode: 200, headers: {}, body };
		};
	};

	it.each([
		['an empty object', {}],
		['null', null],
		['an empty body', ''],
		['a text', 'Service is warming up'],
		['a list that is none', { contacts: 'none', total: 12 }],
		['null for a list', { contacts: null }],
		['a list of another name', { items: [] }],
	])('%s in place of a page is an error', async (_what, body) => {
		for (const page of [0, 1, 2]) {
			await expect(readPages(style, call, service({ [page]: body }))).rejects.toThrow(
				'did not return everything: an answer without the list “contacts”',
			);
		}
	});

	it.each([
		['the total', { contacts: [], total: 12 }],
		['the total as a text', { contacts: [], totalCount: '12' }],
		['the total in meta', { contacts: [], meta: { total: 12 } }],
		['only the answer before', { contacts: [] }],
		['a total that has gone with the records', { contacts: [], total: 0 }],
	])('a page without records is an error when there must be more by %s', async (_by, body) => {
		await expect(readPages(style, call, service({ 2: body }))).rejects.toThrow(
			'10 of 12 records, and then a page without any',
		);
	});

	it('a first page without records is an error when the total says that there are some', async () => {
		const ask = service({ 0: { contacts: [], total: 12 } });
		await expect(readPages(style, call, ask)).rejects.toThrow('0 of 12 records');
	});

	it('the same page again, and records that lead nowhere, are errors when there must be more', async () => {
		const again = async () => (await whole(12)(call)) as Answer;
		await expect(readPages(style, call, again)).rejects.toThrow('5 of 12 records');
		const ask = service({ 1: { contacts: [{ id: 'x' }], total: 12 } });
		await expect(readPages(style, call, ask)).rejects.toThrow('6 of 12 records, and no way');
	});

	it('a page that promised another is followed by it', async () => {
		const pages = lastRecordPages(
			5,
			'items',
			({ id }) => ({ after: id }),
			1,
			(body) => {
				const { nextPage } = body as { nextPage?: boolean };
				return nextPage;
			},
		);
		const bodies = (last: IDataObject) => {
			const list = [{ items: [{ id: 'a' }], nextPage: true }, last];
			return async () => answer(list.shift() ?? {});
		};
		for (const last of [{ items: [], nextPage: true }, { items: [] }]) {
			await expect(readPages(pages, call, bodies(last))).rejects.toThrow('there are more');
		}
		const end = bodies({ items: [], nextPage: false });
		await expect(readPages(pages, call, end)).resolves.toHaveLength(1);
	});

	it.each([
		['there is nobody', { 0: { contacts: [], total: 0 } }, 0],
		['there is nobody, and the list is left out', { 0: { total: 0 } }, 0],
		['there is nobody, without a total', { 0: { contacts: [] } }, 0],
		['some have gone meanwhile', { 2: { contacts: [], total: 10 } }, 10],
		['some more have gone meanwhile', { 2: { contacts: [], total: 9 } }, 10],
		['some have come meanwhile', { 2: { contacts: rows(10, 2), total: 13 } }, 12],
	])('no error when %s', async (_what, pages, count) => {
		await expect(readPages(style, call, service(pages))).resolves.toHaveLength(count);
	});

	it('goes on behind a page that is short, when the total says that there are more', async () => {
		const ask = service({ 1: { contacts: rows(5, 2), total: 12 } });
		await expect(readPages(style, call, ask)).resolves.toHaveLength(12);
	});

	/** The ways to spoil a page; the total stays where the list stays an object. */
	const SPOILED: Array<(body: IDataObject) => unknown> = [
		(body) => body,
		(body) => ({ ...body, contacts: [], items: [] }),
		(body) => ({ ...body, contacts: (body.contacts as []).slice(0, 1) }),
		() => ({}),
		() => null,
		() => '',
		() => ({ contacts: [], items: [] }),
	];

	it('whatever the pages are: as many as there are, or an error', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 40 }),
				fc.array(fc.nat(SPOILED.length - 1), { maxLength: 12 }),
				async (total, ways) => {
					let page = 0;
					const ask = async (at: Call): Promise<Answer> => {
						const way = SPOILED[ways[page++] ?? 0];
						const body = (await whole(total)(at)).body as IDataObject;
						return { statusCode: 200, headers: {}, body: way(body) };
					};
					const [read] = await Promise.allSettled([readPages(style, call, ask)]);
					if (read.status === 'rejected') return;
					const isHidden = ways[0] === SPOILED.length - 1; // an honest empty list looks the same
					expect(read.value.length).toBe(isHidden ? 0 : total);
				},
			),
			{ numRuns: 5_000 },
		);
	});

	it.each(['offset', 'skip', 'skipInBody', 'numbered'] as const)(
		'%s: a page cut short in any place is made up for, or is an error',
		async (kind) => {
			await fc.assert(
				fc.asyncProperty(
					fc.integer({ min: 1, max: 40 }),
					fc.nat(8),
					fc.nat(3),
					async (total, cut, kept) => {
						let page = 0;
						const ask = async (at: Call): Promise<Answer> => {
							const { body } = await recordsIn(total, [])[kind](at);
							const { items } = body as { items: IDataObject[] };
							return answer({ total, items: page++ === cut ? items.slice(0, kept) : items });
						};
						const [read] = await Promise.allSettled([readPages(STYLES[kind](5), call, ask)]);
						if (read.status === 'rejected') return;
						expect(new Set(read.value.map(({ id }) => id)).size).toBe(total);
					},
				),
				{ numRuns: 1_000 },
			);
		},
	);
});

it('goes on after a page that is shorter than asked for, where a service may give less', async () => {
	const sent: Call[] = [];
	const least = async (at: Call) =>
		await recordsIn(30, sent).lastRecord({ ...at, query: { ...at.query, limit: 20 } });
	const style = lastRecordPages(100, 'items', ({ id }) => ({ after: id }), 20);
	await expect(readPages(style, call, least)).resolves.toHaveLength(30);
	expect(sent).toHaveLength(2);
});

describe('spans of time', () => {
	/** Events at those times; refuses a span that is too long. Which end counts is not documented. */
	function calendar(times: number[], most: number, endCounts: boolean, sent: Call[]) {
		return async (at: Call) => {
			sent.push(at);
			const [from, to] = [Number(at.query?.from), Number(at.query?.to)];
			expect(to - from).toBeLessThanOrEqual(most);
			const found = times.filter((time) => time >= from && (endCounts ? time <= to : time < to));
			return answer({ items: found.map((time) => ({ time })) });
		};
	}

	it('reads each record once, though some spans are empty, and keeps the query', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 12 }),
				fc.integer({ min: 2, max: 40 }),
				fc.option(fc.integer({ min: 1, max: 15 }), { nil: Infinity }),
				fc.boolean(),
				async (tens, span, limit, endCounts) => {
					const times = tens.map((ten) => ten * 10).sort((a, b) => a - b);
					const sent: Call[] = [];
					const whole = { ...call, query: { ...call.query, from: 0, to: 999 } };
					const ask = calendar(times, span * 10, endCounts, sent);
					const style = spanPages(['from', 'to'], span * 10, 'items');
					const rows = await readPages(style, whole, ask, limit);
					expect(rows.map((row) => row.time)).toEqual(times.slice(0, Math.min(limit, 99)));
					for (const at of sent) expect(at.query).toMatchObject({ sort: 'kept' });
					expect(sent.length).toBeLessThanOrEqual(Math.ceil(1000 / (span * 10)));
				},
			),
			{ numRuns: 2_000 },
		);
	});
});

it('takes a list that is none for a fault, whatever total stands beside it', () => {
	const lacks = lacksList('contacts');
	expect(lacks({ contacts: {}, total: 0 })).toBeDefined();
	expect(lacks({ contacts: null, total: 0 })).toBeUndefined();
	expect(lacks({ total: 0 })).toBeUndefined();
	expect(lacks({ contacts: [], total: 0 })).toBeUndefined();
});
