import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Answer, Call } from '../../../nodes/engine/operation';
import {
	lastRecordPages,
	numberedPages,
	offsetPages,
	readPages,
	searchAfterPages,
	skipInBodyPages,
	skipPages,
	spanPages,
	type PageStyle,
} from '../../../nodes/engine/paginate';

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
function service(total: number, sent: Call[]) {
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

const STYLES: Record<keyof ReturnType<typeof service>, (size: number) => PageStyle> = {
	searchAfter: (size) => searchAfterPages(size, 'contacts'),
	offset: (size) => offsetPages(size),
	numbered: (size) => numberedPages(size, 'items'),
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
					const rows = await readPages(style, call, service(total, sent)[kind], limit);
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

it('takes an answer of another shape for the end', async () => {
	const odd = async () => answer({ contacts: 'none' });
	await expect(readPages(searchAfterPages(5, 'contacts'), call, odd)).resolves.toEqual([]);
});

it('goes on after a page that is shorter than asked for, where a service may give less', async () => {
	const sent: Call[] = [];
	const least = async (at: Call) =>
		await service(30, sent).lastRecord({ ...at, query: { ...at.query, limit: 20 } });
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
