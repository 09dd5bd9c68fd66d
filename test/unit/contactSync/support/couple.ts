import * as engine from '../../../../nodes/ContactSync/reconcile';
import type { FieldRule, PlanOutput, Policy, Value } from '../../../../nodes/ContactSync/reconcile';
import { policy } from './policies';
import { MINUTE, World } from './world';

/** `?` for a field that was not read. */
export type Seen = Value | '?';

/** One pair, whose job titles were these when it was last in step, and are these now. */
export interface Titles {
	past?: [Value, Value];
	now: [Seen, Seen];
	rule?: Partial<FieldRule>;
	policy?: Partial<Policy>;
}

export const ANN = 'https://www.linkedin.com/in/ann/';

/** The world of one pair. `past`: both were in step so; else they have just met. */
export function couple({ past, now, rule, policy: more }: Titles): World {
	const world = new World(engine, policy(more, rule));
	const [a, b] = past ?? plain(now);
	world.A.add(person('a1', { title: a, linkedInUrl: ANN, firstName: 'Ann' }));
	world.B.add(person('b1', { position: b, profile_url: ANN, first_name: 'Ann' }));
	if (!past) return world;
	linkAsTheyAre(world);
	world.now += 10 * MINUTE;
	const [nowA, nowB] = plain(now);
	setTitle(world, 'A', nowA);
	setTitle(world, 'B', nowB);
	return world;
}

/** Links the pair with what it is now as the common past, whatever the rules would make of it. */
function linkAsTheyAre(world: World): void {
	const rules = { ...world.policy, initial: 'manual' as const };
	const asked = engine.plan(world.input({ policy: rules }));
	const skip = asked.review.map(({ conflictId }) => ({ conflictId, choose: 'skip' as const }));
	world.begin(engine.plan(world.input({ policy: rules, resolutions: skip })));
}

const plain = ([a, b]: [Seen, Seen]): [Value, Value] => [
	a === '?' ? null : a,
	b === '?' ? null : b,
];

export function setTitle(world: World, side: 'A' | 'B', title: Value): void {
	const person = world[side].people.get(side === 'A' ? 'a1' : 'b1');
	if (person) person.fields[side === 'A' ? 'title' : 'position'] = title;
}

function person(id: string, fields: Record<string, Value>) {
	return { id, fields, tags: [], updatedAt: 0 };
}

/** What is written to each side (`-` nothing), and why. */
export function outcome(world: World, now: [Seen, Seen]): string {
	const input = world.input();
	const hide = (side: 'A' | 'B', name: string, hidden: boolean) => ({
		...input.sides[side],
		records: input.sides[side].records.map((record) => {
			const rest = Object.entries(record.fields).filter(([one]) => one !== name);
			return hidden ? { ...record, fields: Object.fromEntries(rest) } : record;
		}),
	});
	const plan = engine.plan({
		...input,
		sides: {
			A: hide('A', 'title', now[0] === '?'),
			B: hide('B', 'position', now[1] === '?'),
		},
	});
	return told(plan);
}

export function told(plan: PlanOutput): string {
	const [a] = plan.applyA.flatMap(({ changes }) => changes.filter(isTitle));
	const [b] = plan.applyB.flatMap(({ changes }) => changes.filter(isTitle));
	const conflicts = plan.review.filter(isTitle).map(({ kind }) => `open ${kind}`);
	const notes = plan.audit.filter(isTitle).filter(({ applied }) => applied === 'none');
	const why = [a?.kind ?? b?.kind, ...conflicts, ...notes.map(({ kind }) => kind)];
	const reasons = why.filter((one) => one !== undefined && one !== 'unknownField');
	return [`A ${text(a?.after)}`, `B ${text(b?.after)}`, ...reasons].join(', ');
}

const isTitle = ({ field, kind }: { field: string; kind: string }) =>
	field === 'Job title' && kind !== 'unknownField';

const text = (value: Value | undefined) =>
	value === undefined ? '-' : value === null ? 'blank' : String(value);
