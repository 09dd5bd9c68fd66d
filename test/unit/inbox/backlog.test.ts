import { code, nodeOf, settings, written, type Row } from './workflow';

const START = Date.UTC(2026, 10, 20, 9);
const TICK_MS = 10_000;
const { limit = 0 } = nodeOf('What waits');

/** A list as after an outage: each conversation with so many messages, the short ones last. */
function backlog(lengths: number[]): Row[] {
	const rows: Row[] = [];
	for (const [room, length] of lengths.entries()) {
		const messages = Array.from({ length }, (_, at) => ({
			...{ sentAt: new Date(START + at * 1_000).toISOString(), text: `Said ${at}`, isReply: true },
		}));
		const event = settings({
			event: 'every_message_reply_received',
			conversation: { id: `room ${room}`, messages },
			lead: { linkedInUrl: `https://www.linkedin.com/in/lead-${room}/` },
		});
		const items = { 'Your settings': [event], 'Get clients': [{}] };
		for (const row of code('Messages', items, [{}], START))
			rows.push({
				...row,
				...written('Put on the list', items, row, START),
				id: rows.length + 1,
			});
	}
	return rows;
}

/** Runs the worker until nothing waits; gives the ticks after which each conversation was done. */
function work(table: Row[]): Map<string, number> {
	const done = new Map<string, number>();
	const byId = new Map(table.map((row) => [row.id, row]));
	const isOpen = ({ until }: Row) => !until.startsWith('9999');
	for (let tick = 1; table.some(isOpen); tick++) {
		if (tick > 1_000) throw new Error('The list does not get shorter');
		const now = START + tick * TICK_MS;
		const waits = table.filter(({ until }) => Date.parse(until) < now).slice(0, limit);
		const rooms = new Set(waits.map(({ conversation }) => conversation));
		const known = table.filter(({ conversation }) => rooms.has(conversation));
		const items = {
			'Your settings': [settings({ conversationProviderId: 'p' })],
			'What waits': waits,
		};
		for (const row of code('Plan', items, known, now)) {
			const there = byId.get(row.id);
			if (there === undefined) continue;
			Object.assign(there, written('Begin', items, row, now));
			if (row.step !== 'add') continue;
			const answer = { contactId: 'jane' };
			Object.assign(there, written('Write the result', { Begin: [{ ...there }] }, answer, now));
			done.set(row.conversation, tick);
		}
	}
	return done;
}

describe('The worker of the LinkedIn inbox, with a long list', () => {
	it('keeps no conversation waiting for a longer one, and is done in few runs', () => {
		const lengths = [60, ...Array.from({ length: 19 }, () => 15), 1];
		const done = work(backlog(lengths));
		const messages = lengths.reduce((sum, length) => sum + length, 0);
		// Each row is looked at twice: once to find its turn, once in its turn.
		const looks = (2 * messages) / limit;
		for (const room of ['room 10', 'room 20']) expect(done.get(room)).toBeLessThanOrEqual(looks);
		expect(Math.max(...done.values())).toBeLessThanOrEqual(60 + looks);
	});

	it('is not held up by messages that come again with each newer one, nor by late ones', () => {
		const [rooms, messages] = [20, 30];
		const table: Row[] = [];
		const deliver = (room: number, from: number, to: number) => {
			for (const row of backlog([...Array<number>(room).fill(0), to]).slice(from))
				table.push({ ...row, id: table.length + 1 });
		};
		for (let at = 0; at < messages; at++)
			// The third message of each comes at the very end.
			for (let room = 0; room < rooms; room++)
				if (at !== 2) deliver(room, at < 6 ? at : at - 4, at + 1);
		for (let room = 0; room < rooms; room++) deliver(room, 2, 3);
		const done = work(table);
		expect(done.size).toBe(rooms);
		// One message of each conversation in a run, and four repeats of each are closed beside it.
		expect(Math.max(...done.values())).toBeLessThanOrEqual(2 * messages);
	});
});
