import fc from 'fast-check';
import type { Both, Side, Value } from '../../../../nodes/ContactSync/reconcile';
import type { Quirks } from './peer';
import { FIELDS, policy } from './policies';
import { anyPolicy, lossy } from './scenarios';
import type { RunOptions } from './workflow';

/** What happens in a life of two services and the workflow between them. */
export type Step =
	| { do: 'edit'; side: Side; who: number; field: number; value: Value }
	| { do: 'tag'; side: Side; who: number; tag: string; add: boolean }
	| { do: 'rename'; side: Side; who: number; to: number }
	| { do: 'add'; side: Side; title: string }
	| { do: 'remove'; side: Side; who: number }
	| { do: 'settle'; who: number }
	/** A run begins, if no other has the lease, and takes so many steps; then it hangs, or dies and is seen. */
	| ({ do: 'run'; steps: number; dies: boolean } & Options)
	/** The same about some records: an event. */
	| ({ do: 'event'; steps: number; who: number[] } & Options)
	/** One of the runs that have begun goes on. */
	| { do: 'go'; which: number; steps: number }
	/** One of them ends, as with its process. Somebody may see it and give its lease back. */
	| { do: 'die'; which: number; isSeen: boolean }
	/** A person answers a question. The answer is in the table some steps of this life later. */
	| { do: 'answer'; which: number; choose: number; later: number }
	/** A minute; or an hour, after which the lease of a run that hangs is free. */
	| { do: 'wait'; minutes: number };

export type Options = Omit<RunOptions, 'only'>;

export interface Life {
	quirks: Both<Quirks>;
	people: ('A' | 'B' | 'AB')[];
	steps: Step[];
	/** New records are listed only after 80 s: the run after next sees them. */
	slow: boolean;
	store: 'append' | 'upsert';
	/** In the end the runs that still hang go on, or never do. */
	hangsOn: boolean;
	/** Which of two rows of one revision a person deletes. */
	keepsFirst: boolean;
	policy: ReturnType<typeof policy>;
}

const side = fc.constantFrom<Side>('A', 'B');
const who = fc.nat(7);
const value = fc.constantFrom<Value>('x', 'X', 'y', 'y z', ' z', '+1 415 555', '0', null, '');
const PLAIN = FIELDS.flatMap((row, at) => (/LinkedIn|mail/.test(row.field) ? [] : [at]));
/** More steps than any run has. */
export const ALL = 1000;
const steps = fc.oneof(
	{ weight: 2, arbitrary: fc.constant(ALL) },
	{ weight: 3, arbitrary: fc.nat(24) },
);
const some = <T>(rarely: T, usually: T) => fc.constantFrom(rarely, usually, usually, usually);

const options: fc.Arbitrary<Options> = fc.record({
	sizes: fc.record({ A: fc.integer({ min: 1, max: 3 }), B: fc.integer({ min: 1, max: 3 }) }),
	mostReplaced: fc.constantFrom(0, 0, 2, ALL),
	twice: some(true, false),
	lost: fc.oneof({ weight: 1, arbitrary: fc.nat(4) }, { weight: 5, arbitrary: fc.constant(ALL) }),
});

const named = <Name extends string>(name: Name) => fc.constant(name);

const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			do: named('edit'),
			...{ side, who, value },
			field: fc.constantFrom(...PLAIN),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: named('tag'),
			...{ side, who },
			tag: fc.constantFrom('hr:a', 'HR:A', 'hr:b', 'foreign'),
			add: fc.boolean(),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: named('rename'), side, who, to: fc.nat(99) }) },
	{
		weight: 1,
		arbitrary: fc.record({ do: named('add'), side, title: fc.constantFrom('x', 'y') }),
	},
	{ weight: 1, arbitrary: fc.record({ do: named('remove'), side, who }) },
	{ weight: 1, arbitrary: fc.record({ do: named('settle'), who }) },
	{
		weight: 7,
		arbitrary: fc
			.record({ do: named('run'), steps, dies: fc.boolean(), options })
			.map(({ options: how, ...one }) => ({ ...one, ...how })),
	},
	{
		weight: 3,
		arbitrary: fc
			.record({ do: named('event'), steps, who: fc.array(who, { maxLength: 4 }), options })
			.map(({ options: how, ...one }) => ({ ...one, ...how })),
	},
	{ weight: 5, arbitrary: fc.record({ do: named('go'), which: fc.nat(2), steps }) },
	{ weight: 2, arbitrary: fc.record({ do: named('die'), which: fc.nat(2), isSeen: fc.boolean() }) },
	{
		weight: 4,
		arbitrary: fc.record({
			do: named('answer'),
			which: fc.nat(5),
			choose: fc.nat(5),
			later: fc.constantFrom(0, 0, 1, 2, 3),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({ do: named('wait'), minutes: fc.constantFrom(1, 1, 61, 61, 61, 600) }),
	},
);

const NAMES = { A: ['firstName', 'title'], B: ['first_name', 'position'] };

/** Services that alter what they get, and some that rewrite it again and again. */
const quirks: fc.Arbitrary<Both<Quirks>> = fc
	.tuple(lossy, fc.constantFrom('none', 'none', 'none', 'both', 'A', 'B'), fc.boolean())
	.map(([told, rewriting, unique]) => {
		const rewrites = (where: Side) =>
			rewriting === where || rewriting === 'both' ? { rewrites: NAMES[where] } : {};
		const more = { knowsByEmail: true };
		return {
			A: { ...told.A, ...more, ...(unique && { unique }), ...rewrites('A') },
			B: { ...told.B, ...more, ...rewrites('B') },
		};
	});

const anyLife: fc.Arbitrary<Life> = fc.record({
	quirks,
	people: fc.array(fc.constantFrom('A' as const, 'B' as const, 'AB' as const), { maxLength: 3 }),
	steps: fc.array(step, { maxLength: 18 }),
	slow: fc.boolean(),
	store: fc.constantFrom('append', 'append', 'upsert'),
	hangsOn: fc.boolean(),
	keepsFirst: fc.boolean(),
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

/** The policy knows what a service lets only one record have. */
export const life: fc.Arbitrary<Life> = anyLife.map((told) => {
	const unique = { A: { email: 'email' as const, phone: 'phone' as const } };
	return told.quirks.A.unique ? { ...told, policy: { ...told.policy, unique } } : told;
});

/**
 * Lives in which little happens but that people come, go, change their keys and get final ids, between
 * runs that end anywhere, while what is new is not listed yet. They come upon faults of identity far
 * more often than the others.
 */
export const restlessLife: fc.Arbitrary<Life> = fc
	.tuple(life, fc.array(step, { minLength: 6, maxLength: 36 }))
	.map(([told, all]) => ({
		...told,
		quirks: { ...told.quirks, B: { ...told.quirks.B, provisionalIds: true } },
		people: told.people.slice(0, 1),
		steps: all
			.filter((one) => one.do !== 'edit' && one.do !== 'tag' && one.do !== 'answer')
			.slice(0, 16),
		slow: true,
	}));

/** Lives of runs that change hands: the lease is lost, and old runs still write and store. */
export const crowdedLife: fc.Arbitrary<Life> = fc
	.tuple(life, fc.array(step, { minLength: 8, maxLength: 30 }))
	.map(([told, all]) => ({
		...told,
		store: 'append' as const,
		people: told.people.slice(0, 2),
		steps: all.filter((one) => ['edit', 'run', 'go', 'wait', 'event', 'answer'].includes(one.do)),
	}));

const whole = (how: Options): Step => ({ do: 'run', steps: ALL, dies: false, ...how });

/** Lives of a pair about whose fields people are asked. They answer while runs are under way. */
export const askingLife: fc.Arbitrary<Life> = fc
	.tuple(
		life,
		fc.array(
			fc.record({
				...{ options, field: fc.constantFrom(...PLAIN) },
				values: fc.shuffledSubarray(['x', 'y', 'z'], { minLength: 2, maxLength: 2 }),
				steps: fc.nat(5),
				choose: fc.nat(3),
			}),
			{ minLength: 1, maxLength: 3 },
		),
	)
	.map(([told, rounds]) => ({
		...told,
		quirks: { A: { knowsByEmail: true }, B: { knowsByEmail: true } },
		people: ['AB'],
		steps: rounds.flatMap(({ options: how, field, values, steps: few, choose }): Step[] => [
			whole(how),
			{ do: 'edit', side: 'A', who: 0, field, value: values[0] },
			{ do: 'edit', side: 'B', who: 0, field, value: values[1] },
			whole(how),
			{ do: 'run', steps: few, dies: false, ...how },
			{ do: 'answer', which: 0, choose, later: 0 },
			{ do: 'go', which: 0, steps: ALL },
		]),
		policy: policy({ create: { A: true, B: true } }),
	}));

/** Lives in which runs come to their end, and write both sides of a pair in two portions. */
export const splitLife: fc.Arbitrary<Life> = fc
	.tuple(life, fc.array(step, { minLength: 4, maxLength: 24 }))
	.map(([told, all]) => ({
		...told,
		people: ['AB', ...told.people.slice(0, 1)],
		steps: all
			.filter((one) => one.do === 'edit' || one.do === 'tag' || one.do === 'run')
			.map((one) => (one.do === 'run' ? { ...one, steps: ALL, lost: ALL } : one)),
		policy: policy({ create: { A: true, B: true }, initial: 'A' }),
	}));
