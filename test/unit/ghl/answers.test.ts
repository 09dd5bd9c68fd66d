import type { Call } from '../../../nodes/engine/operation';
import { readPages } from '../../../nodes/engine/call/paginate';
import { readSlots } from '../../../nodes/Ghl/calls/slots';
import { messagePages } from '../../../nodes/Ghl/calls/messagePages';

const call: Call = { method: 'GET', template: '/x', path: '/x', repeatable: true };

// The first is documented, the second was seen (HighLevel's issue tracker, number 54).
it.each([
	['beside nextPage', (page: object) => page],
	['once more inside messages', (page: object) => ({ messages: page, traceId: 't' })],
])('reads all messages of a conversation that stand %s', async (_label, wrap) => {
	const ids = ['m1', 'm2', 'm3', 'm4', 'm5'];
	const asked: unknown[] = [];
	const rows = await readPages(messagePages, call, async (at) => {
		asked.push(at.query?.lastMessageId);
		const from = ids.indexOf(String(at.query?.lastMessageId)) + 1;
		const page = ids.slice(from, from + 2); // fewer than asked for
		const body = wrap({
			messages: page.map((id) => ({ id })),
			lastMessageId: page.at(-1),
			nextPage: from + 2 < ids.length,
		});
		return { statusCode: 200, headers: {}, body };
	});
	expect(rows.map(({ id }) => id)).toEqual(ids);
	expect(asked).toEqual([undefined, 'm2', 'm4']);
});

it('takes the days of free slots for days, and nothing else that stands beside them', () => {
	const body = {
		traceId: 'b1946ac9-2492-4d23-a1e4-2f6c2b1c7d55',
		'2031-03-04': { slots: ['2031-03-04T09:00:00-06:00'] },
		'2031-03-03': { slots: ['2031-03-03T16:30:00-06:00', '2031-03-03T17:00:00-06:00'] },
		'2031-03-05': { slots: [] },
		message: { slots: ['2031-03-03T17:30:00-06:00'] },
	};
	const query = {
		startDate: Date.parse('2031-03-03T23:00:00Z'),
		endDate: Date.parse('2031-03-04T15:00:00Z'),
	};
	expect(readSlots(body, { ...call, query })).toEqual([
		{ start: '2031-03-03T17:00:00-06:00', date: '2031-03-03' },
		{ start: '2031-03-04T09:00:00-06:00', date: '2031-03-04' },
	]);
	expect(readSlots('none', call)).toEqual([]);
});
