import type fc from 'fast-check';
import type { LinkRow, Resolution } from '../../../../nodes/ContactSync/reconcile';
import { askingLife, crowdedLife, life, restlessLife, splitLife } from './lives';
import type { Life } from './lives';
import type { Fault } from './workflow';
import type { Engine } from './world';

const FOLDER = '../../../../nodes/ContactSync/reconcile';

type Module = Record<string, unknown>;

/** A break in the engine, and the promise that it breaks. */
export interface Mutant {
	/** What somebody might have forgotten. */
	forgets: string;
	/** Part of the name of the invariant that must notice. */
	breaks: string;
	make: (engine: Engine) => Engine;
}

/** The engine with functions of one of its files replaced. */
function withFunctions(file: string, replace: (actual: Module) => Module): Engine {
	return isolated(() => {
		const path = `${FOLDER}/${file}`;
		const actual = jest.requireActual<Module>(path);
		jest.doMock(path, () => ({ ...actual, ...replace(actual) }));
		return () => jest.dontMock(path);
	});
}

/** The engine with methods of one of its classes replaced. */
function withMethods(file: string, name: string, methods: Module): Engine {
	return isolated(() => {
		const found = jest.requireActual<Record<string, { prototype: object }>>(`${FOLDER}/${file}`);
		Object.assign(found[name].prototype, methods);
		return () => undefined;
	});
}

/** An engine of its own: its files are loaded anew, so that no other test meets the break. */
function isolated(breakIt: () => () => void): Engine {
	let engine: Engine | undefined;
	jest.isolateModules(() => {
		const mend = breakIt();
		engine = jest.requireActual<Engine>(FOLDER);
		mend();
	});
	if (!engine) throw new Error('The engine was not loaded.');
	return engine;
}

/** Of each pair the row that was stored first. */
function oldest(links: readonly LinkRow[]): LinkRow[] {
	const known = new Map<string, LinkRow>();
	for (const row of links) if (!known.has(row.pairId)) known.set(row.pairId, row);
	return [...known.values()];
}

/** Of each question the row that was stored last, whether it is an answer or asks again. */
function latest(rows: readonly Resolution[]): Resolution[] {
	const known = new Map<string, Resolution>();
	for (const row of rows) {
		const other = known.get(row.conflictId);
		if (!other || (row.generation ?? 0) >= (other.generation ?? 0)) known.set(row.conflictId, row);
	}
	return [...known.values()];
}

/** A break in the engine or in the workflow that lives with crashes must notice. */
export interface LifeMutant {
	forgets: string;
	make: (engine: Engine) => Engine;
	fault?: Fault;
	/** Part of what the model must find wrong. */
	finds: string;
	/** The lives that come upon it soonest. */
	lives: fc.Arbitrary<Life>;
}

const same = (engine: Engine) => engine;

const broken = (forgets: string): Mutant => {
	const found = MUTANTS.find((one) => one.forgets.includes(forgets));
	if (!found) throw new Error(`There is no mutant that forgets ${forgets}`);
	return found;
};

export const LIFE_MUTANTS = (): LifeMutant[] => [
	{ ...broken('what was read back'), finds: '', lives: life },
	{ ...broken('to store a create'), finds: 'person', lives: restlessLife },
	{ ...broken('on record before'), finds: 'without an audit row', lives: life },
	{ ...broken('tombstones'), finds: '', lives: life },
	{ ...broken('that a field may bounce'), finds: 'come to rest', lives: life },
	{
		forgets: 'that the highest revision counts',
		make: ({ plan, commit }) => ({
			commit,
			plan: (input) => plan({ ...input, links: oldest(input.links) }),
		}),
		finds: '',
		lives: life,
	},
	{
		forgets: 'an answer that was given while it planned',
		make: ({ plan, commit }) => ({
			commit,
			plan: (input) => plan({ ...input, resolutions: latest(input.resolutions ?? []) }),
		}),
		finds: 'is lost',
		lives: askingLife,
	},
	{
		forgets: 'to store rows again whose older versions are deleted',
		make: ({ plan, commit }) => ({
			commit,
			plan: (input) => {
				const output = plan(input);
				const isNew = ({ changedAt }: LinkRow) => changedAt === new Date(input.now).toISOString();
				return output.summary.compacted ? { ...output, links: output.links.filter(isNew) } : output;
			},
		}),
		finds: '',
		lives: life,
	},
	{
		forgets: 'to store before it deletes',
		make: same,
		fault: { deletesBeforeItStores: true },
		finds: 'is deleted',
		lives: life,
	},
	{
		forgets: 'to stop when it has lost the lease',
		make: same,
		fault: { ignoresTheLease: true },
		finds: 'has lost its lease',
		lives: crowdedLife,
	},
	{
		forgets: 'the rows of earlier portions',
		make: same,
		fault: { forgetsRowsOfEarlierPortions: true },
		finds: '',
		lives: splitLife,
	},
];

export const MUTANTS: readonly Mutant[] = [
	{
		forgets: 'what was read back: takes what it sent as the base',
		breaks: 'leaves nothing to write',
		make: ({ plan, commit }) => ({
			plan,
			commit: (input) =>
				commit({
					...input,
					items: input.items.map((item) => ({
						...item,
						result: item.result && { id: item.result.id, stale: item.result.stale },
					})),
				}),
		}),
	},
	{
		forgets: 'to say what it accepted',
		breaks: 'comes to rest',
		make: ({ plan, commit }) => ({
			commit,
			plan: (input) => {
				const output = plan(input);
				return { ...output, audit: output.audit.filter(({ kind }) => kind !== 'clearKept') };
			},
		}),
	},
	{
		forgets: 'to put a value on record before it is overwritten',
		breaks: 'is on record',
		make: ({ plan, commit }) => ({
			commit,
			plan: (input) => {
				const output = plan(input);
				return { ...output, audit: output.audit.filter(({ applied }) => applied !== 'planned') };
			},
		}),
	},
	{
		forgets: 'that clearing is not to travel',
		breaks: 'never replaced by a blank',
		make: () =>
			withFunctions('state/compilePolicy', ({ compile }) => ({
				compile: (given: unknown) => {
					const compiled = (compile as (policy: unknown) => { fields: object[] })(given);
					return { ...compiled, fields: compiled.fields.map((one) => ({ ...one, clears: true })) };
				},
			})),
	},
	{
		forgets: 'that a field that was not read is not a blank',
		breaks: 'not read',
		make: ({ plan, commit }) => ({
			commit,
			plan: (input) => {
				const names = {
					A: input.policy.fields.map(({ A }) => A),
					B: input.policy.fields.map(({ B }) => B),
				};
				const filled = (side: 'A' | 'B') => ({
					...input.sides[side],
					records: input.sides[side].records.map((record) => ({
						...record,
						fields: {
							...Object.fromEntries(names[side].map((name) => [name, null])),
							...record.fields,
						},
					})),
				});
				return plan({ ...input, sides: { A: filled('A'), B: filled('B') } });
			},
		}),
	},
	{
		forgets: 'to sort',
		breaks: 'the order of records',
		make: () => withFunctions('state/compilePolicy', () => ({ order: () => 0 })),
	},
	{
		forgets: 'that a merged contact may have a link of its own',
		breaks: 'in two links',
		make: () =>
			withMethods('1-links/mergedRecords', 'MergedRecords', {
				free: (_side: unknown, _links: unknown) => ({ has: () => true }),
			}),
	},
	{
		forgets: 'that a difference was accepted',
		breaks: 'hearing of its own writes',
		make: () => withMethods('3-merge/threeWayMerge', 'FieldMerge', { isChanged: () => true }),
	},
	{
		forgets: 'that a partial run does not see everybody',
		breaks: 'a partial run',
		make: ({ plan, commit }) => ({
			commit,
			plan: (input) =>
				plan({
					...input,
					mode: 'full',
					sides: {
						A: { ...input.sides.A, complete: true },
						B: { ...input.sides.B, complete: true },
					},
				}),
		}),
	},
	{
		forgets: 'to store a create before it is sent',
		breaks: 'ended at any point',
		make: ({ plan, commit }) => ({
			commit,
			plan: (input) => {
				const output = plan(input);
				return { ...output, links: output.links.filter(({ state }) => state !== 'pendingCreate') };
			},
		}),
	},
	{
		forgets: 'to compare values in their normalised form',
		breaks: 'only what differs',
		make: () =>
			withFunctions('values/normalise', ({ normalised }) => {
				const exact = (value: unknown) =>
					(normalised as (value: unknown, how: string) => string)(value, 'exact');
				return {
					normalised: exact,
					normalisedPair: (a: unknown, b: unknown) => [exact(a), exact(b)],
				};
			}),
	},
	{
		forgets: 'that both sides are alike',
		breaks: 'mirror image',
		make: () => withMethods('3-merge/threeWayMerge', 'FieldMerge', { winner: () => 'A' }),
	},
	{
		forgets: 'to list what it left out',
		breaks: 'accounted for',
		make: () =>
			withMethods('state/sideRecords', 'SideRecords', {
				skip(this: { decisions: string[] }, at: number) {
					this.decisions[at] = 'skipped';
				},
			}),
	},
	{
		forgets: 'to hold an id that came twice',
		breaks: 'accounted for',
		make: () => withMethods('state/sideRecords', 'SideRecords', { counts: () => ({ linked: 0 }) }),
	},
	{
		forgets: 'the brakes',
		breaks: 'over a limit',
		make: () => withFunctions('5-emit/brakes', () => ({ readBrakes: () => [] })),
	},
	{
		forgets: 'the tombstones',
		breaks: 'never created again',
		make: ({ plan, commit }) => ({
			commit,
			plan: (input) =>
				plan({ ...input, links: input.links.filter(({ state }) => state !== 'tombstone') }),
		}),
	},
	{
		forgets: 'to ask a person',
		breaks: 'left to people',
		make: () => withMethods('3-merge/threeWayMerge', 'FieldMerge', { winner: () => 'B' }),
	},
	{
		forgets: 'that an answer is about certain values',
		breaks: 'left to people',
		make: () =>
			withMethods('state/answers', 'Answers', {
				to(this: { waiting: Map<string, unknown> }) {
					return [...this.waiting.values()][0];
				},
			}),
	},
	{
		forgets: 'that a field may bounce',
		breaks: 'both services rewrite',
		make: () => withMethods('3-merge/breaker', 'Breaker', { stops: () => false }),
	},
	{
		forgets: 'after an hour that a field is frozen',
		breaks: 'both services rewrite',
		make: () => withMethods('3-merge/breaker', 'Breaker', { freeze: () => undefined }),
	},
	{
		forgets: 'that an answer lets a field go',
		breaks: 'both services rewrite',
		make: () => withMethods('3-merge/breaker', 'Breaker', { forget: () => undefined }),
	},
	{
		forgets: 'that only turns are bouncing',
		breaks: 'on one side alone',
		make: () =>
			withMethods('3-merge/breaker', 'Breaker', {
				stops(this: { fields: Map<number, { writes: unknown[] }> }, tag: number) {
					return (this.fields.get(tag)?.writes.length ?? 0) >= 3;
				},
				remember: ({ writes }: { writes: unknown[] }, write: unknown) => writes.push(write),
			}),
	},
];
