import fc from 'fast-check';
import type { Both, FieldRule, Policy, Side, Value } from '../../../../nodes/ContactSync/reconcile';
import { KEY_FIELDS } from './peer';
import type { Quirks } from './peer';
import { FIELDS, policy } from './policies';
import { MINUTE, World } from './world';
import type { Engine } from './world';

/** A person as it is told to a world: the same few keys again and again, so that they collide. */
interface Told {
	name: Value;
	email: Value;
	phone: Value;
	title: Value;
	linkedIn: Value;
	memberId: string | undefined;
	/** Names its counterpart on the other side, by its place there. */
	names: number | undefined;
	tags: string[];
	optedOut: boolean;
}

export type Edit =
	| { do: 'set'; side: Side; who: number; field: number; value: Value }
	| { do: 'tag' | 'untag'; side: Side; who: number; tag: string }
	| { do: 'remove'; side: Side; who: number }
	| { do: 'merge'; side: Side; who: number; into: number }
	| { do: 'settle'; side: Side; who: number }
	| { do: 'add'; side: Side; person: Told };

export interface Scenario {
	policy: Policy;
	quirks: Both<Quirks>;
	people: Both<Told[]>;
	edits: Edit[];
}

const text = fc.constantFrom('x', 'X', 'y', ' y', 'z');
const value: fc.Arbitrary<Value> = fc.oneof(
	{ weight: 5, arbitrary: text },
	{ weight: 2, arbitrary: fc.constantFrom<Value>(null, '', ' ') },
);
const email = fc.constantFrom<Value>('ann@x.com', 'Ann@X.com', 'bob@x.com', 'info@x.com', null);
const phone = fc.constantFrom<Value>('+1 415 555 0100', '+14155550100', '030 1234', null);
const linkedIn = fc.constantFrom<Value>(
	'https://www.linkedin.com/in/ann/',
	'linkedin.com/in/Ann',
	'https://www.linkedin.com/in/bob',
	'https://www.linkedin.com/in/cleo/',
	'https://www.linkedin.com/in/ACoAAAann',
	'https://www.linkedin.com/sales/lead/ACwAAAann,NAME_SEARCH,x1',
	null,
);
const VALUES = [text, email, phone, text, linkedIn];
const tag = fc.constantFrom('hr:hot', 'HR:Hot', 'hr:b,c;d%', 'foreign');
const side = fc.constantFrom<Side>('A', 'B');
const who = fc.nat(5);

const told: fc.Arbitrary<Told> = fc.record({
	name: value,
	email,
	phone,
	title: value,
	linkedIn,
	memberId: fc.constantFrom(undefined, undefined, '7', '8', 'imp_9'),
	names: fc.constantFrom(undefined, undefined, undefined, undefined, 0, 1),
	tags: fc.array(tag, { maxLength: 2 }),
	optedOut: fc.constantFrom(false, false, false, true),
});

/** People of whom each has keys of its own, the same on both sides: they are linked without a question. */
const clear: fc.Arbitrary<Both<Told[]>> = fc
	.array(fc.tuple(told, told, fc.constantFrom('AB', 'AB', 'AB', 'A', 'B')), { maxLength: 4 })
	.map((list) => {
		const people: Both<Told[]> = { A: [], B: [] };
		list.forEach(([a, b, where], at) => {
			const own = {
				email: `p${at}@x.com`,
				linkedIn: `https://www.linkedin.com/in/person-${at}/`,
				memberId: undefined,
				names: undefined,
			};
			if (where.includes('A')) people.A.push({ ...a, ...own });
			if (where.includes('B')) people.B.push({ ...b, ...own });
		});
		return people;
	});

const muddled: fc.Arbitrary<Both<Told[]>> = fc.record({
	A: fc.array(told, { maxLength: 5 }),
	B: fc.array(told, { maxLength: 5 }),
});

/** A field by its place, with a value that suits it. */
const set: fc.Arbitrary<Edit> = fc.nat(FIELDS.length - 1).chain((field) =>
	fc.record({
		do: fc.constant('set' as const),
		side,
		who,
		field: fc.constant(field),
		value: fc.oneof({ weight: 4, arbitrary: VALUES[field] }, { weight: 1, arbitrary: value }),
	}),
);

const edit: fc.Arbitrary<Edit> = fc.oneof(
	{ weight: 8, arbitrary: set },
	{
		weight: 2,
		arbitrary: fc.record({ do: fc.constantFrom('tag' as const, 'untag' as const), side, who, tag }),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), side, who }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const), side, who, into: who }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('settle' as const), side, who }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('add' as const), side, person: told }) },
);

const rules: fc.Arbitrary<Pick<FieldRule, 'direction' | 'rule' | 'tiebreak' | 'clear'>> = fc.record(
	{
		direction: fc.constantFrom('both', 'both', 'both', 'AtoB', 'BtoA', 'off'),
		rule: fc.constantFrom('A', 'B', 'latest', 'field', 'fillBlank', 'manual'),
		tiebreak: fc.constantFrom('A', 'B', 'manual', undefined),
		clear: fc.constantFrom('keep', 'propagate', undefined),
	},
);

export const anyPolicy: fc.Arbitrary<Policy> = fc
	.record({
		rows: fc.tuple(rules, rules, rules, rules, rules),
		initial: fc.constantFrom('fillBlank' as const, 'A' as const, 'B' as const, 'manual' as const),
		create: fc.record({ A: fc.boolean(), B: fc.boolean() }),
		tags: fc.constantFrom(
			'both' as const,
			'both' as const,
			'AtoB' as const,
			'BtoA' as const,
			'off' as const,
		),
		clearTags: fc.constantFrom('keep' as const, 'propagate' as const, undefined),
		goneTag: fc.constantFrom({}, {}, { A: 'hr:gone', B: 'hr:gone' }),
		matchByPhone: fc.boolean(),
	})
	.map(({ rows, tags, clearTags, ...rest }) =>
		policy({
			...rest,
			fields: FIELDS.map((row, at) => ({ ...row, ...rows[at] })),
			tags: { direction: tags, prefixes: ['hr:'], ...(clearTags && { clear: clearTags }) },
		}),
	);

const NAMES = { A: ['firstName', 'title'], B: ['first_name', 'position'] };
const PHONES = { A: ['phone'], B: ['phone_number'] };

const quirksOf = (where: Side): fc.Arbitrary<Quirks> =>
	fc.record({
		capitals: fc.constantFrom(undefined, NAMES[where]),
		digitsOnly: fc.constantFrom(undefined, PHONES[where]),
		drops: fc.constantFrom(undefined, undefined, [NAMES[where][1]], [PHONES[where][0]]),
		lowerCaseTags: fc.boolean(),
		provisionalIds: where === 'B' ? fc.boolean() : fc.constant(false),
	});

export const lossy: fc.Arbitrary<Both<Quirks>> = fc.record({ A: quirksOf('A'), B: quirksOf('B') });
export const faithful: fc.Arbitrary<Both<Quirks>> = fc.constant({ A: {}, B: {} });

export function scenario(
	more: { quirks?: fc.Arbitrary<Both<Quirks>>; policy?: fc.Arbitrary<Policy> } = {},
): fc.Arbitrary<Scenario> {
	return fc.record({
		policy: more.policy ?? anyPolicy,
		quirks: more.quirks ?? lossy,
		people: fc.oneof(clear, muddled),
		edits: fc.array(edit, { maxLength: 6 }),
	});
}

/** The two services with their people, never synced. */
export function fresh(engine: Engine, { policy: rules, quirks, people }: Scenario): World {
	const world = new World(engine, rules, quirks);
	for (const where of ['A', 'B'] as const) {
		people[where].forEach((one, at) => enter(world, where, one, `${where.toLowerCase()}${at}`));
	}
	return world;
}

/** Synced to rest once, and then changed by people on both sides. */
export function lived(engine: Engine, told: Scenario): World {
	const world = fresh(engine, told);
	world.rest();
	world.now += 10 * MINUTE;
	change(world, told.edits);
	return world;
}

export function change(world: World, edits: readonly Edit[]): void {
	for (const one of edits) {
		world.now += 1000;
		edited(world, one);
	}
}

/** Carries out one edit; of somebody who is not there it does nothing. */
function edited(world: World, one: Edit): void {
	const peer = world[one.side];
	const ids = [...peer.people.keys()];
	if (one.do === 'add') {
		enter(world, one.side, one.person);
		return;
	}
	const person = peer.people.get(ids[one.who % Math.max(1, ids.length)]);
	if (!person) return;
	person.updatedAt = world.now;
	switch (one.do) {
		case 'set':
			person.fields[FIELDS[one.field][one.side]] = one.value;
			break;
		case 'tag':
			person.tags = [...new Set([...person.tags, one.tag])];
			break;
		case 'untag':
			person.tags = person.tags.filter((tag) => tag !== one.tag);
			break;
		case 'settle':
			peer.settleId(person.id);
			break;
		case 'merge': {
			const into = ids[one.into % ids.length];
			if (into === person.id) break;
			peer.people.delete(person.id);
			peer.merged.push({ from: person.id, into });
			break;
		}
		case 'remove':
			peer.people.delete(person.id);
	}
}

function enter(world: World, where: Side, one: Told, id?: string): void {
	const names = KEY_FIELDS[where];
	const rows = FIELDS.map((row) => row[where]);
	const [name, , phoneName, title] = rows;
	world[where].add({
		...(id && { id }),
		fields: {
			[name]: one.name,
			[names.email]: one.email,
			[phoneName]: one.phone,
			[title]: one.title,
			[names.linkedIn]: one.linkedIn,
		},
		tags: one.tags,
		updatedAt: world.now,
		memberId: one.memberId,
		...(one.names !== undefined && { crossId: `${where === 'A' ? 'b' : 'a'}${one.names}` }),
		optedOut: one.optedOut,
	});
}
