import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Answer, Call } from '../../../nodes/engine/operation';
import { offsetPages, readPages, searchAfterPages } from '../../../nodes/engine/paginate';

const call: Call = {
	method: 'POST',
	template: '/x',
	path: '/x',
	body: { query: 'kept', filters: [{ field: 'a' }] },
	repeatable: true,
};

const answer = (body: IDataObject): Answer => ({ statusCode: 200, headers: {}, body });

/** A service with `total` records that pages by searchAfter, or by offset. */
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
	};
}

it.each(['searchAfter', 'offset'] as const)(
	'%s: reads each record once and in order, keeps the query, asks no page too many',
	async (kind) => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 60 }),
				fc.integer({ min: 1, max: 12 }),
				fc.option(fc.integer({ min: 1, max: 70 }), { nil: Infinity }),
				async (total, size, limit) => {
					const style = kind === 'offset' ? offsetPages(size) : searchAfterPages(size, 'contacts');
					const sent: Call[] = [];
					const rows = await readPages(style, call, service(total, sent)[kind], limit);
					const wanted = Math.min(total, limit);
					expect(rows.map((row) => row.id)).toEqual(
						Array.from({ length: wanted }, (_, i) => `r${i}`),
					);
					for (const at of sent) expect(at.body).toMatchObject(call.body as IDataObject);
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
