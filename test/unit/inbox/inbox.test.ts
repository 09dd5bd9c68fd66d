import fc from 'fast-check';
import { random } from '../../../sandbox/random';
import { code, nodeOf, settings, written, type Row } from './workflow';

const START = Date.UTC(2026, 10, 20, 9);
const MINUTE = 60_000;
const { limit = 0 } = nodeOf('What waits');
const CASES = Number(process.env.INBOX_CASES ?? 60);

interface Said {
	side: 'them' | 'me';
	text: string;
	at: string;
}

/** n8n, HighLevel and HeyReach with one contact's conversation, in which everything may happen at any time. */
class World {
	now = START;
	table: Row[] = [];
	/** LinkedIn, as HeyReach has it. */
	room: Said[] = [];
	/** HighLevel's conversation. */
	shown: Array<Said & { key?: string }> = [];
	answers = new Map<string, { text: string; status: string; calls: number }>();
	private ids = 0;
	private readonly next: () => number;

	constructor(seed: number) {
		this.next = random(seed);
	}

	chance(of: number): boolean {
		return this.next() < of;
	}

	pass(ms: number): void {
		this.now += Math.max(1, Math.round(ms));
	}

	say(side: Said['side'], text: string): void {
		this.pass(1 + this.next() * 5_000);
		this.room.push({ side, text, at: new Date(this.now).toISOString() });
	}

	/** HeyReach tells of the last messages, as they were after the message at `at`. */
	tell(at: number): void {
		const messages = this.room.slice(Math.max(0, at - 2), at + 1);
		const event = settings({
			event: 'every_message_reply_received',
			conversation: {
				id: 'room',
				messages: messages.map((one) => ({
					...{ sentAt: one.at, text: one.text, isReply: one.side === 'them' },
				})),
			},
			lead: { linkedInUrl: 'https://www.linkedin.com/in/jane/' },
			sender: { id: 7, fullName: 'Ann Lee' },
		});
		this.append(event);
	}

	/** A user of HighLevel writes; the delivery may come again. */
	answer(text: string): void {
		const id = `m${this.answers.size}`;
		this.answers.set(id, { text, status: 'pending', calls: 0 });
		this.shown.push({ side: 'me', text, at: new Date(this.now).toISOString() });
		for (let times = this.chance(0.3) ? 2 : 1; times > 0; times--) this.deliver(id);
	}

	deliver(messageId: string): void {
		const message = this.answers.get(messageId)?.text;
		const payload = { messageId, contactId: 'jane', message };
		this.append(settings({ event: 'ProviderOutboundMessage', locationId: 'l', payload }));
	}

	private append(event: object): void {
		const items = { 'Your settings': [event], 'Get clients': [{}] };
		for (const row of code('Messages', items, [{}], this.now)) {
			const values = written('Put on the list', items, row, this.now);
			this.table.push({ ...row, ...values, id: ++this.ids });
		}
	}

	/** One run of the worker, which may be ended at any step. */
	work(crash: number): void {
		const tick = { 'Your settings': [settings({ conversationProviderId: 'p' })] };
		const waits = this.table.filter(({ until }) => Date.parse(until) < this.now).slice(0, limit);
		const items = { ...tick, 'What waits': waits };
		if (waits.length === 0) return;
		const plan = code('Plan', items, this.table, this.now);
		const begun = plan.flatMap((row) => {
			const there = this.table.find(({ id, version }) => id === row.id && version === row.version);
			if (there === undefined) return [];
			Object.assign(there, written('Begin', items, row, this.now));
			return [{ ...there }];
		});
		for (const row of [...begun].sort((a, b) =>
			a.step === 'send' ? -1 : b.step === 'send' ? 1 : 0,
		)) {
			if (this.chance(crash)) return;
			this.pass(100);
			const answer = this.call(row);
			if (answer === undefined) continue;
			if (this.chance(crash)) return;
			const there = this.table.find(({ id }) => id === row.id);
			Object.assign(there ?? {}, written('Write the result', { Begin: [row] }, answer, this.now));
		}
	}

	/** What the node of that step puts out; nothing where the row needs none. */
	private call(row: Row): object | undefined {
		const failed = { error: 'The service is out of order' };
		switch (row.step) {
			case 'add': {
				if (this.chance(0.1)) return failed;
				const isThere = this.shown.some(({ key }) => key === row.key);
				if (!isThere) {
					this.shown.push({ side: row.side, text: row.text, at: row.sentAt, key: row.key });
				}
				return { contactId: 'jane' };
			}
			case 'send': {
				const answer = this.answers.get(row.messageId);
				if (answer) answer.calls += 1;
				const kind = this.next();
				if (kind < 0.05) return { error: 'HeyReach refused it (400)' };
				if (kind < 0.1) {
					if (answer) answer.calls -= 1;
					return { error: 'HeyReach asks to slow down, even after several waits' };
				}
				if (kind < 0.15) return { error: 'Lost. The request may have been carried out anyway' };
				this.say('me', row.text);
				return kind < 0.25
					? { error: 'Lost. The request may have been carried out anyway' }
					: { success: true };
			}
			case 'tell': {
				if (this.chance(0.2)) return failed;
				const answer = this.answers.get(row.messageId);
				if (answer) answer.status = row.sent === 'yes' ? 'delivered' : 'failed';
				return { messageId: row.messageId };
			}
			case 'look':
				return this.chance(0.5)
					? { messages: [] }
					: {
							messages: this.room.map((one) => ({
								sender: one.side === 'me' ? 'ME' : 'CORRESPONDENT',
								body: one.text,
								createdAt: one.at,
							})),
						};
			default:
				return undefined;
		}
	}

	get isDone(): boolean {
		return this.table.every(({ until }) => until.startsWith('9999'));
	}
}

function live(seed: number): World {
	const world = new World(seed);
	world.say('them', 'Hello 0');
	world.tell(0);
	for (let step = 1; step < 25; step++) {
		const told = () => Math.floor(world.room.length * (world.chance(0.7) ? 0.999 : 0.5));
		if (world.chance(0.4)) world.say(world.chance(0.5) ? 'them' : 'me', `Said ${step}`);
		// An answer can only follow what has come.
		if (world.chance(0.3) && world.table.some(({ contact, kind }) => kind === 'in' && contact)) {
			world.answer(world.chance(0.3) ? 'Thanks' : `Answer ${step}`);
		}
		if (world.chance(0.7)) world.tell(Math.min(told(), world.room.length - 1));
		world.pass(10_000);
		world.work(world.chance(0.3) ? 0.2 : 0);
	}
	settle(world);
	return world;
}

/** HeyReach tells of everything once more, and nothing is in the way any longer. */
function settle(world: World): void {
	for (let round = 0; round < 2; round++) {
		for (let at = 0; at < world.room.length; at++) world.tell(at);
		for (let ticks = 0; ticks < 2_000 && !world.isDone; ticks++) {
			world.pass(30_000);
			world.work(0);
		}
		world.pass(12 * 24 * 60 * MINUTE);
	}
}

describe('The workflow of the LinkedIn inbox, with crashes at any step', () => {
	it(
		'shows each message once, sends none twice and in order, and says of each answer what became of it',
		() => {
			fc.assert(
				fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
					const world = live(seed);
					expect(world.isDone).toBe(true);
					for (const { calls } of world.answers.values()) expect(calls).toBeLessThanOrEqual(1);
					const inRoom = world.room.map(({ side, text }) => `${side} ${text}`).sort();
					const refused = [...world.answers.values()].filter(
						({ text }) => !inRoom.includes(`me ${text}`),
					);
					const shown = world.shown.map(({ side, text }) => `${side} ${text}`);
					for (const text of new Set(inRoom)) {
						const times = (list: string[]) => list.filter((one) => one === text).length;
						// “Thanks” that were written and refused stand in HighLevel alone.
						if (text !== 'me Thanks') expect([text, times(shown)]).toEqual([text, times(inRoom)]);
					}
					const answers = world.room.flatMap(({ text }) => /^Answer (\d+)$/.exec(text)?.[1] ?? []);
					expect(answers).toEqual([...answers].sort((a, b) => Number(a) - Number(b)));
					for (const { status } of refused) expect(status).toBe('failed');
					for (const { text, status } of world.answers.values()) {
						expect(['delivered', 'failed']).toContain(status);
						if (text !== 'Thanks') {
							expect([text, status]).toEqual([
								text,
								inRoom.includes(`me ${text}`) ? 'delivered' : 'failed',
							]);
						}
					}
				}),
				{ numRuns: CASES },
			);
		},
		120_000 + CASES * 100,
	);
});
