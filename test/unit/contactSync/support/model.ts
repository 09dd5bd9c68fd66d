import fc from 'fast-check';
import type {
	Both,
	PlanItem,
	PlanOutput,
	Side,
	Value,
} from '../../../../nodes/ContactSync/reconcile';
import { normalised } from '../../../../nodes/ContactSync/reconcile/values/normalise';
import { KEY_FIELDS } from './peer';
import type { Person, Quirks } from './peer';
import { FIELDS, policy } from './policies';
import { anyPolicy, lossy } from './scenarios';
import { MINUTE, SIDES, World, itemsOf } from './world';
import type { Engine } from './world';

/** Where a run ends before its time. */
export type End = 'plan' | 'stored' | 'some writes' | 'all writes' | 'some committed' | 'never';

/** What happens in a life of two services and the workflow between them. */
export type Step =
	| { do: 'edit'; side: Side; who: number; field: number; value: Value }
	| { do: 'tag'; side: Side; who: number; tag: string; add: boolean }
	| { do: 'rename'; side: Side; who: number; to: number }
	| { do: 'add'; side: Side; title: string }
	| { do: 'remove'; side: Side; who: number }
	| { do: 'settle'; who: number }
	/** A full run; `twice`: the same items are applied and committed twice. */
	| { do: 'run'; end: End; at: number; twice: boolean; meanwhile: number }
	/** Events about some records: lost if nobody is in them, else heard once or more, in any order. */
	| { do: 'event'; who: number[]; times: number }
	| { do: 'wait' };

const side = fc.constantFrom<Side>('A', 'B');
const who = fc.nat(7);
const value = fc.constantFrom<Value>('x', 'X', 'y', 'y z', ' z', '+1 415 555', '0', null, '');
const PLAIN = FIELDS.flatMap((row, at) => (/LinkedIn|mail/.test(row.field) ? [] : [at]));

const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			do: fc.constant('edit' as const),
			...{ side, who, value },
			field: fc.constantFrom(...PLAIN),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('tag' as const),
			...{ side, who },
			tag: fc.constantFrom('hr:a', 'HR:A', 'hr:b', 'foreign'),
			add: fc.boolean(),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({ do: fc.constant('rename' as const), side, who, to: fc.nat(99) }),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('add' as const),
			side,
			title: fc.constantFrom('x', 'y'),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), side, who }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('settle' as const), who }) },
	{
		weight: 6,
		arbitrary: fc.record({
			do: fc.constant('run' as const),
			end: fc.constantFrom<End>(
				...(['plan', 'stored', 'some writes', 'all writes', 'some committed', 'never'] as const),
				'never',
			),
			at: fc.nat(6),
			twice: fc.boolean(),
			meanwhile: who,
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			do: fc.constant('event' as const),
			who: fc.array(who, { maxLength: 4 }),
			times: fc.integer({ min: 1, max: 3 }),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
);

export interface Life {
	quirks: Both<Quirks>;
	people: ('A' | 'B' | 'AB')[];
	steps: Step[];
	/** New records are listed only after 80 s: the run after next sees them. */
	slow: boolean;
	policy: ReturnType<typeof policy>;
}

export const life: fc.Arbitrary<Life> = fc.record({
	quirks: lossy,
	people: fc.array(fc.constantFrom('A' as const, 'B' as const, 'AB' as const), { maxLength: 3 }),
	steps: fc.array(step, { maxLength: 14 }),
	slow: fc.boolean(),
	// Whatever the rules, people are created on both sides, with the keys by which they are found again.
	policy: anyPolicy.map((rules) => ({
		...rules,
		create: { A: true, B: true },
		fields: rules.fields.map((row) =>
			/LinkedIn|mail/.test(row.field)
				? { ...row, direction: 'both' as const, onCreate: true }
				: row,
		),
	})),
});

/**
 * Lives in which little happens but that people come, go, change their keys and get final ids, between
 * runs that end anywhere, while what is new is not listed yet. They come upon faults of identity far
 * more often than the others.
 */
export const restlessLife: fc.Arbitrary<Life> = fc
	.tuple(life, fc.array(step, { minLength: 6, maxLength: 30 }))
	.map(([told, steps]) => ({
		...told,
		quirks: { ...told.quirks, B: { ...told.quirks.B, provisionalIds: true } },
		people: told.people.slice(0, 1),
		steps: steps.filter((one) => one.do !== 'edit' && one.do !== 'tag').slice(0, 12),
		slow: true,
	}));

/** Lives a life, checks each write as it is made, and tells what is wrong in the end. */
export class Model {
	readonly world: World;
	readonly wrong: string[] = [];
	/** Who a record really is. */
	private readonly who: Both<Map<string, number>> = { A: new Map(), B: new Map() };
	/** The sides on which a person's field was edited, by person and field. */
	private readonly edits = new Map<string, Side[]>();
	private readonly removed = new Set<number>();
	private readonly listedAt = new Map<string, number>();
	private people = 0;

	constructor(
		engine: Engine,
		private readonly told: Life,
	) {
		this.world = new World(engine, told.policy, told.quirks);
		for (const where of told.people) {
			const person = this.people++;
			for (const one of SIDES) if (where.includes(one)) this.enter(one, person, 'x');
		}
		for (const one of told.steps) this.step(one);
	}

	/** Runs to rest and looks at what has become of everybody. */
	finish(): readonly string[] {
		const { world } = this;
		world.now += 60 * MINUTE;
		if (this.rest() === undefined) this.wrong.push('it does not come to rest');
		world.now += MINUTE;
		const again = itemsOf(this.run('never'));
		if (again.length > 0) this.wrong.push('a second run writes');
		for (const one of SIDES) this.count(one);
		return this.wrong;
	}

	private rest(): number | undefined {
		for (let rounds = 0; rounds < 8; rounds++) {
			this.world.now += 2 * MINUTE;
			if (itemsOf(this.run('never')).length === 0) return rounds;
		}
		return undefined;
	}

	private count(one: Side): void {
		const seen = new Map<number, number>();
		for (const id of this.world[one].people.keys()) {
			const person = this.who[one].get(id) ?? -1;
			seen.set(person, (seen.get(person) ?? 0) + 1);
		}
		for (let person = 0; person < this.people; person++) {
			const times = seen.get(person) ?? 0;
			if (times > 1) this.wrong.push(`person ${person} is ${times} times on side ${one}`);
			if (times === 0 && !this.removed.has(person))
				this.wrong.push(`person ${person} is not on side ${one}`);
		}
	}

	private step(one: Step): void {
		const { world } = this;
		world.now += 1000;
		switch (one.do) {
			case 'edit': {
				const person = this.pick(one.side, one.who);
				if (person) this.edit(one.side, person, FIELDS[one.field][one.side], one.value);
				break;
			}
			case 'tag': {
				const person = this.pick(one.side, one.who);
				if (!person) break;
				const rest = person.tags.filter((tag) => tag !== one.tag);
				person.tags = one.add ? [...rest, one.tag] : rest;
				break;
			}
			case 'rename': {
				const person = this.pick(one.side, one.who);
				if (person) this.rename(one.side, person, `${one.side}-${one.to}-${world.now}`);
				break;
			}
			case 'add':
				this.enter(one.side, this.people++, one.title);
				break;
			case 'remove': {
				const person = this.pick(one.side, one.who);
				if (!person) break;
				this.removed.add(this.who[one.side].get(person.id) ?? -1);
				world[one.side].people.delete(person.id);
				break;
			}
			case 'settle': {
				const person = this.pick('B', one.who);
				if (!person) break;
				const id = world.B.settleId(person.id);
				this.who.B.set(id, this.who.B.get(person.id) ?? -1);
				break;
			}
			case 'run':
				world.now += MINUTE;
				this.run(one.end, one);
				break;
			case 'event':
				for (let time = 0; time < one.times; time++) this.event(one.who);
				break;
			case 'wait':
				world.now += 60 * MINUTE;
		}
	}

	private run(
		end: End,
		more: { at: number; twice: boolean; meanwhile?: number } = { at: 0, twice: false },
	) {
		const { world } = this;
		this.list();
		const plan = world.plan();
		this.checkFrozen(plan);
		if (end === 'plan') return plan;
		world.begin(plan);
		if (end === 'stored') return plan;
		if (more.meanwhile !== undefined && more.twice) {
			// Somebody edits between the plan and its writes.
			const person = this.pick('A', more.meanwhile);
			if (person) this.edit('A', person, FIELDS[3].A, 'meanwhile');
		}
		const items = itemsOf(plan);
		this.write(end === 'some writes' ? items.slice(0, more.at) : items, end, more);
		return plan;
	}

	private write(items: PlanItem[], end: End, { at, twice }: { at: number; twice: boolean }): void {
		const { world } = this;
		for (const item of items) this.check(item);
		const applied = world.apply(items);
		applied.forEach(({ result }, i) => this.recognise(items[i], result?.id));
		if (end === 'some writes' || end === 'all writes') return;
		// A pair's items belong into one call; whole pairs may be missing.
		const pairs = [...new Set(applied.map(({ link }) => link.pairId))].slice(0, at);
		const arrived =
			end === 'some committed'
				? applied.filter(({ link }) => pairs.includes(link.pairId))
				: applied;
		world.commit(twice ? [...arrived, ...arrived].reverse() : arrived);
		if (twice) world.commit(arrived);
	}

	/** Nothing rewrites here but people: who goes on with a field on one side alone makes nothing bounce. */
	private checkFrozen({ review }: PlanOutput): void {
		for (const { kind, aId, field } of review) {
			if (kind !== 'oscillation') continue;
			const sides = this.edits.get(`${this.who.A.get(aId)} ${field}`) ?? [];
			const turns = sides.filter((one, at) => one !== sides[at - 1]).length;
			// The first of the four writes may be what they differed in when they were linked.
			if (turns < 3) this.wrong.push(`${field} of ${aId} is frozen, and nobody went on with it`);
		}
	}

	/** A value is on record before it is overwritten. */
	private check(item: PlanItem): void {
		const target = this.world[item.side].people.get(item.id);
		if (!target || item.action === 'create') return;
		for (const { field, name, before, normalise } of item.changes) {
			const now = normalised(target.fields[name], normalise);
			if (now === '' || now !== normalised(before, normalise)) continue;
			const isOnRecord = this.world.audit.some(
				(row) =>
					row.opKey === item.opKey &&
					row.field === field &&
					normalised(row.before, normalise) === now,
			);
			if (!isOnRecord) this.wrong.push(`“${now}” in ${name} is overwritten without an audit row`);
		}
	}

	/** The record that a create has made is who its source is. */
	private recognise(item: PlanItem, id: string | undefined): void {
		if (item.action !== 'create' || !id) return;
		const person = this.who[item.side === 'A' ? 'B' : 'A'].get(item.sourceId) ?? -1;
		if (this.who[item.side].has(id)) return;
		this.who[item.side].set(id, person);
		if (!this.told.slow) return;
		this.world[item.side].unlisted.add(id);
		this.listedAt.set(id, this.world.now + 80_000);
	}

	private list(): void {
		for (const [id, at] of this.listedAt) {
			if (at > this.world.now) continue;
			for (const one of SIDES) this.world[one].unlisted.delete(id);
		}
	}

	/** A partial run about some records and their counterparts. */
	private event(places: readonly number[]): void {
		const { world } = this;
		this.list();
		const people = places.map((place) => this.who.A.get(this.pick('A', place)?.id ?? '') ?? -1);
		const ids = (one: Side) =>
			[...world[one].people.keys()].filter((id) => people.includes(this.who[one].get(id) ?? -2));
		const plan = world.engine.plan(world.partial({ A: ids('A'), B: ids('B') }));
		world.begin(plan);
		const items = itemsOf(plan);
		if (items.some(({ action }) => action === 'create')) this.wrong.push('an event creates');
		this.write(items, 'never', { at: 0, twice: false });
	}

	/**
	 * Gives a LinkedIn name, or an e-mail address, that nobody else has or had. One person always changes
	 * the same of the two: without any key that stays, nobody could tell who a record is.
	 */
	private rename(one: Side, person: Person, to: string): void {
		const names = KEY_FIELDS[one];
		const changesEmail = (this.who[one].get(person.id) ?? 0) % 2 === 1;
		if (changesEmail) this.edit(one, person, names.email, `renamed-${to}@x.com`.toLowerCase());
		else
			this.edit(
				one,
				person,
				names.linkedIn,
				`https://www.linkedin.com/in/renamed-${to}/`.toLowerCase(),
			);
	}

	private edit(one: Side, person: Person, name: string, value: Value): void {
		const field = FIELDS.find((row) => row[one] === name)?.field ?? '';
		const key = `${this.who[one].get(person.id)} ${field}`;
		this.edits.set(key, [...(this.edits.get(key) ?? []), one]);
		person.fields[name] = value;
		person.updatedAt = this.world.now;
	}

	private pick(one: Side, place: number): Person | undefined {
		const people = [...this.world[one].people.values()];
		return people[place % Math.max(1, people.length)];
	}

	private enter(one: Side, person: number, title: string): void {
		const names = KEY_FIELDS[one];
		const record = this.world[one].add({
			fields: {
				[FIELDS[0][one]]: 'x',
				[names.email]: `person${person}@x.com`,
				[FIELDS[2][one]]: null,
				[FIELDS[3][one]]: title,
				[names.linkedIn]: `https://www.linkedin.com/in/person-${person}/`,
			},
			tags: [],
			updatedAt: this.world.now,
		});
		this.who[one].set(record.id, person);
	}
}
