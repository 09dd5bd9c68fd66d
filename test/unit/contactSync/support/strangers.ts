import fc from 'fast-check';
import type { AppliedItem, Both, PlanItem, Side } from '../../../../nodes/ContactSync/reconcile';
import { KEY_FIELDS } from './peer';
import type { Person } from './peer';
import { policy } from './policies';
import { MINUTE, SIDES, World, itemsOf, openRows } from './world';
import type { Engine } from './world';

/** Mailboxes and phones of a few companies: some people have one of their own, many share one. */
const MAILBOXES = ['info@x.com', 'team@x.com', 'own'] as const;
const PHONES = [null, '+14155550100', '+14155550101'] as const;

interface Stranger {
	sides: 'A' | 'B' | 'AB';
	mailbox: (typeof MAILBOXES)[number] | null;
	phone: (typeof PHONES)[number];
	/** A contact that does not say who it is on LinkedIn. */
	isNameless: boolean;
	/** A second mailbox of the contact. */
	second: 'info@x.com' | 'team@x.com' | null;
}

type Step =
	| { do: 'run'; lost: number[]; crash: number | null; times: number; commits: boolean }
	| { do: 'mailbox'; side: Side; who: number; to: (typeof MAILBOXES)[number] | null }
	| { do: 'add'; stranger: Stranger }
	| { do: 'answer'; choose: 'keepApart' | 'skip'; which: number }
	| { do: 'wait' };

const stranger: fc.Arbitrary<Stranger> = fc.record({
	sides: fc.constantFrom('A' as const, 'B' as const, 'AB' as const, 'B' as const),
	mailbox: fc.constantFrom(...MAILBOXES, null),
	phone: fc.constantFrom(...PHONES),
	isNameless: fc.boolean(),
	second: fc.constantFrom(null, null, 'info@x.com' as const, 'team@x.com' as const),
});
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({
			do: fc.constant('run' as const),
			lost: fc.array(fc.nat(6), { maxLength: 3 }),
			crash: fc.option(fc.nat(6), { freq: 3 }),
			times: fc.constantFrom(1, 1, 2),
			commits: fc.boolean(),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('mailbox' as const),
			side: fc.constantFrom<Side>('A', 'B'),
			who: fc.nat(7),
			to: fc.constantFrom(...MAILBOXES, null),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('add' as const), stranger }) },
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('answer' as const),
			choose: fc.constantFrom('keepApart' as const, 'skip' as const),
			which: fc.nat(4),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
);

export interface Town {
	people: Stranger[];
	steps: Step[];
	/** Whether new records show only after two minutes. */
	slow: boolean;
}

export const town: fc.Arbitrary<Town> = fc.record({
	people: fc.array(stranger, { minLength: 1, maxLength: 5 }),
	steps: fc.array(step, { minLength: 1, maxLength: 9 }),
	slow: fc.boolean(),
});

/** Plays a town's life and tells what went wrong: writes to strangers, links that are not one to one, twins. */
export class TownLife {
	readonly wrong: string[] = [];
	readonly world: World;
	/** Who a record really is. */
	private readonly who: Both<Map<string, number>> = { A: new Map(), B: new Map() };
	private readonly listedAt = new Map<string, number>();
	private people = 0;

	constructor(
		engine: Engine,
		private readonly told: Town,
	) {
		const rules = policy(
			{
				create: { A: true, B: true },
				unique: { A: { [KEY_FIELDS.A.email]: 'email', [KEY_FIELDS.A.phone]: 'phone' } },
				initial: 'B',
				requiredToCreate: { B: [KEY_FIELDS.B.linkedIn] },
			},
			{ rule: 'B' },
		);
		this.world = new World(engine, rules, { A: { unique: true } });
		for (const one of told.people) this.enter(one);
		for (const one of told.steps) this.step(one);
		this.step({ do: 'wait' });
		for (let run = 0; run < 3; run++)
			this.step({ do: 'run', lost: [], crash: null, times: 1, commits: true });
		this.countTwins();
	}

	private step(one: Step): void {
		const { world } = this;
		world.now += MINUTE;
		switch (one.do) {
			case 'run':
				return this.run(one);
			case 'add':
				return this.enter(one.stranger);
			case 'wait':
				world.now += 60 * MINUTE;
				return;
			case 'mailbox': {
				const people = [...world[one.side].people.values()];
				const person = people[one.who % Math.max(1, people.length)];
				if (person) this.give(one.side, person, one.to);
				return;
			}
			case 'answer': {
				const open = openRows(world.plan()).filter(({ choices }) => choices.includes(one.choose));
				const row = open[one.which % Math.max(1, open.length)];
				if (!row) return;
				world.answers = [{ conflictId: row.conflictId, choose: one.choose, by: 'Ann' }];
			}
		}
	}

	private run({ lost, crash, times, commits }: Step & { do: 'run' }): void {
		const { world } = this;
		for (const [id, at] of this.listedAt)
			if (at <= world.now) for (const side of SIDES) world[side].unlisted.delete(id);
		const plan = world.plan();
		world.begin(plan);
		this.checkLinks();
		const items = itemsOf(plan).slice(0, crash ?? Infinity);
		let applied: AppliedItem[] = [];
		for (let time = 0; time < times; time++) {
			for (const item of items) this.check(item);
			applied = world.apply(items);
			applied.forEach(({ result }, at) => {
				if (!result?.stale) this.recognise(items[at], result?.id ?? '');
			});
		}
		if (crash !== null || !commits) return;
		// The write was carried out, and its answer never came.
		const heard = applied.map((item, at) =>
			lost.includes(at) ? { ...item, result: undefined, error: 'no answer' } : item,
		);
		world.commit(heard, plan);
		this.checkLinks();
	}

	/** No write reaches somebody else. */
	private check({ action, side, id, sourceId }: PlanItem): void {
		if (action === 'update') this.checkPair(side, id, sourceId, 'is written from');
	}

	private checkLinks(): void {
		const live = this.world.links.filter(({ state }) => state === 'linked');
		for (const side of SIDES) {
			const ids = live.map((link) => (side === 'A' ? link.aId : link.bId));
			if (new Set(ids).size < ids.length) this.wrong.push(`a record of ${side} is in two links`);
		}
		for (const { aId, bId } of live) this.checkPair('A', aId, bId, 'is linked to');
	}

	private checkPair(side: Side, id: string, otherId: string, what: string): void {
		const otherSide = side === 'A' ? 'B' : 'A';
		const [one, two] = [this.world[side].people.get(id), this.world[otherSide].people.get(otherId)];
		if (!one || !two) return;
		if (this.who[side].get(id) === this.who[otherSide].get(otherId)) return;
		const link = (where: Side, { fields }: Person) => fields[KEY_FIELDS[where].linkedIn];
		const isNameless = !link(side, one) || !link(otherSide, two);
		// A mailbox of one's own, or of a team whose one known person it is, does tell who somebody is.
		if (isNameless && this.wasTold(one, two)) return;
		this.wrong.push(`${id} ${what} ${otherId}, who is somebody else`);
	}

	private wasTold(one: Person, two: Person): boolean {
		return [one, two].some(({ id }) => this.mailboxes.get(id)?.has('team@x.com'));
	}

	private readonly mailboxes = new Map<string, Set<string>>();

	private countTwins(): void {
		for (const side of SIDES) {
			const seen = new Set<number>();
			for (const id of this.world[side].people.keys()) {
				const person = this.who[side].get(id) ?? -1;
				if (seen.has(person)) this.wrong.push(`person ${person} is twice on side ${side}`);
				seen.add(person);
			}
		}
	}

	/** A new record is who its source is. */
	private recognise({ action, side, sourceId }: PlanItem, id: string): void {
		if (action !== 'create' || this.who[side].has(id)) return;
		this.who[side].set(id, this.who[side === 'A' ? 'B' : 'A'].get(sourceId) ?? -1);
		if (!this.told.slow) return;
		this.world[side].unlisted.add(id);
		this.listedAt.set(id, this.world.now + 80_000);
	}

	private enter({ sides, mailbox, phone, isNameless, second }: Stranger): void {
		const person = this.people++;
		for (const side of SIDES) {
			if (!sides.includes(side)) continue;
			const names = KEY_FIELDS[side];
			// Only who is on HeyReach's side or known to be the same may be told by nothing but a mailbox.
			const hides = isNameless && side === 'A' && sides === 'A';
			const record = this.world[side].add({
				fields: {
					[names.linkedIn]: hides ? null : `https://www.linkedin.com/in/person-${person}/`,
					[names.email]: null,
					[names.phone]: null,
				},
				tags: [],
				updatedAt: this.world.now,
			});
			this.who[side].set(record.id, person);
			this.give(side, record, mailbox);
			const isFree = (name: string, value: unknown) =>
				side === 'B' ||
				[...this.world.A.people.values()].every(({ fields }) => fields[name] !== value);
			if (phone && isFree(names.phone, phone)) record.fields[names.phone] = phone;
			if (second && side === 'A' && this.isFreeMailbox(second)) {
				record.emails = [second];
				this.note(record, second);
			}
		}
	}

	/** As people do it in the service: what somebody else has it refuses. */
	private give(side: Side, person: Person, mailbox: string | null): void {
		const own = `person${this.who[side].get(person.id)}@x.com`;
		const address = mailbox === 'own' ? own : mailbox;
		if (side === 'A' && address !== null && !this.isFreeMailbox(address)) return;
		person.fields[KEY_FIELDS[side].email] = address;
		if (address !== null) this.note(person, address);
	}

	private isFreeMailbox(address: string): boolean {
		return [...this.world.A.people.values()].every(
			({ fields, emails }) => fields[KEY_FIELDS.A.email] !== address && !emails?.includes(address),
		);
	}

	private note({ id }: Person, address: string): void {
		this.mailboxes.set(id, (this.mailboxes.get(id) ?? new Set<string>()).add(address));
	}
}
