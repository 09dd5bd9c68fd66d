import fc from 'fast-check';
import type {
	Both,
	Change,
	FieldRule,
	LinkRow,
	PlanInput,
	PlanItem,
	PlanOutput,
	Policy,
	ReviewRow,
	Rule,
	Side,
	SyncRecord,
	Value,
} from '../../../../nodes/ContactSync/reconcile';
import { normalised, tagForm } from '../../../../nodes/ContactSync/reconcile/values/normalise';
import { random, shuffled } from '../../../../sandbox/random';
import { KEY_FIELDS } from './peer';
import type { Quirks } from './peer';
import { mirrored, mirroredInput } from './mirror';
import { FIELDS, NO_BRAKES, policy } from './policies';
import { change, faithful, fresh, lived, scenario } from './scenarios';
import { MINUTE, SIDES, itemsOf, openIds } from './world';
import type { Engine, World } from './world';

/** An invariant: a name, and for an engine the property that holds if the engine keeps it. */
export interface Invariant {
	name: string;
	of: (engine: Engine) => fc.IRawProperty<unknown>;
}

const FIELD_CONFLICTS = ['concurrent', 'initial'];
const fieldConflicts = (plan: PlanOutput): string[] =>
	plan.review
		.filter(({ kind, status }) => status === 'open' && FIELD_CONFLICTS.includes(kind))
		.map(({ conflictId }) => conflictId);

/** Whether the plan writes a field by which people are recognised: that can make others linkable. */
const movesKeys = (items: readonly PlanItem[]): boolean =>
	items.some(({ side, set }) => Object.values(KEY_FIELDS[side]).some((name) => name in set));

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const text = ({ normalise }: Change, value: Value | undefined): string =>
	normalised(value, normalise);

/** 1. */
const idempotence: Invariant = {
	name: 'a plan that was carried out leaves nothing to write, and the same conflicts open',
	of: (engine) =>
		fc.property(scenario(), (told) => {
			const world = lived(engine, told);
			const first = world.round();
			if (movesKeys(itemsOf(first))) return true;
			const second = world.round();
			return itemsOf(second).length === 0 && same(fieldConflicts(second), fieldConflicts(first));
		}),
};

/** 2. */
const convergence: Invariant = {
	name: 'without edits it comes to rest, and what then differs is a conflict or was accepted',
	of: (engine) =>
		fc.property(scenario(), (told) => {
			const world = lived(engine, told);
			const rounds = world.rest();
			if (rounds === undefined || (rounds > 2 && !world.audit.some(touchesKey))) return false;
			return differences(world).every(({ link, field }) => isExplained(world, link, field));
		}),
};

const touchesKey = ({ field }: { field: string }) => field === 'E-mail' || field === 'LinkedIn';

interface Difference {
	link: LinkRow;
	field: FieldRule;
}

/** Fields of linked pairs that are not the same on both sides. */
function differences(world: World): Difference[] {
	const found: Difference[] = [];
	for (const link of world.links.filter(({ state }) => state === 'linked')) {
		const a = world.A.people.get(link.aId);
		const b = world.B.people.get(link.bId);
		if (!a || !b) continue;
		for (const field of world.policy.fields) {
			const how = field.normalise ?? 'text';
			const [left, right] = [a.fields[field.A], b.fields[field.B]];
			// A service that drops the field never gives it.
			if (left === undefined || right === undefined) continue;
			if (normalised(left, how) !== normalised(right, how)) found.push({ link, field });
		}
	}
	return found;
}

function isExplained(world: World, link: LinkRow, { field, direction }: FieldRule): boolean {
	if (direction === 'off') return true;
	const isOpen = world
		.plan()
		.review.some((row) => row.pairId === link.pairId && row.field === field);
	const wasAccepted = world.audit.some(
		(row) =>
			row.pairId === link.pairId &&
			row.field === field &&
			['clearKept', 'directionBlocked', 'notOverwritten', 'alteredByPeer', 'resolved'].includes(
				row.kind,
			),
	);
	// A new record is given what may travel to it; a blank there is known from the start.
	const wasCreated = world.audit.some(
		({ kind, pairId }) => kind === 'created' && pairId === link.pairId,
	);
	return isOpen || wasAccepted || wasCreated;
}

/** 3. */
const noLoss: Invariant = {
	name: 'a value is never replaced by a blank unless clearing travels, and what is overwritten is on record',
	of: (engine) =>
		fc.property(scenario(), (told) => {
			const world = lived(engine, told);
			world.now += MINUTE;
			const plan = world.plan();
			return itemsOf(plan).every((item) =>
				item.changes.every((one) => {
					const before = text(one, world[item.side].people.get(item.id)?.fields[one.name]);
					if (before === '') return true;
					const rule = world.policy.fields.find(({ field }) => field === one.field);
					if (text(one, one.after) === '' && rule?.clear !== 'propagate') return false;
					return plan.audit.some(
						(row) =>
							row.opKey === item.opKey &&
							row.field === one.field &&
							row.before !== '' &&
							row.applied === 'planned',
					);
				}),
			);
		}),
};

const mask = fc.infiniteStream(fc.constantFrom(false, false, true));

/** Leaves out fields and tags, as reads do that do not give all. */
function unread(records: readonly SyncRecord[], hide: fc.Stream<boolean>): SyncRecord[] {
	const hidden = () => hide.next().value === true;
	return records.map(({ tags, ...record }) => ({
		...record,
		fields: Object.fromEntries(Object.entries(record.fields).filter(() => !hidden())),
		...(tags && !hidden() && { tags }),
	}));
}

/** 4. */
const unobserved: Invariant = {
	name: 'what was not read causes no write',
	of: (engine) =>
		fc.property(scenario(), mask, (told, hide) => {
			const world = lived(engine, told);
			const input = world.input();
			const sides = {
				A: { ...input.sides.A, records: unread(input.sides.A.records, hide) },
				B: { ...input.sides.B, records: unread(input.sides.B.records, hide) },
			};
			const plan = engine.plan({ ...input, sides });
			const find = (side: Side, id: string) => sides[side].records.find((one) => one.id === id);
			return itemsOf(plan).every((item) => {
				const target = find(item.side, item.id);
				const source = find(item.side === 'A' ? 'B' : 'A', item.sourceId);
				const names = ({ field }: Change) => world.policy.fields.find((one) => one.field === field);
				const fields = item.changes.every((one) => {
					const row = names(one);
					const other = row && source?.fields[row[item.side === 'A' ? 'B' : 'A']];
					const isRead = item.action === 'create' || target?.fields[one.name] !== undefined;
					return isRead && other !== undefined;
				});
				const writesTags = item.addTags.length + item.removeTags.length > 0;
				const isMark = !source;
				const tagsRead = (item.action === 'create' || target?.tags) && (isMark || source.tags);
				return fields && (!writesTags || Boolean(tagsRead));
			});
		}),
};

/** 5. */
const determinism: Invariant = {
	name: 'the order of records, links, fields, tags and rows changes nothing',
	of: (engine) =>
		fc.property(scenario(), fc.integer(), (told, seed) => {
			const input = lived(engine, told).input();
			const next = random(seed);
			const mixed = <T>(list: readonly T[]) => shuffled(list, next);
			const side = (where: Side) => ({
				...input.sides[where],
				records: mixed(input.sides[where].records).map((record) => ({
					...record,
					fields: Object.fromEntries(mixed(Object.entries(record.fields))),
					tags: mixed(record.tags ?? []),
				})),
			});
			const other: PlanInput = {
				...input,
				sides: { A: side('A'), B: side('B') },
				links: mixed(input.links),
				policy: { ...input.policy, fields: mixed(input.policy.fields) },
			};
			return same(sorted(engine.plan(other)), sorted(engine.plan(input)));
		}),
};

/** The order of an object's keys is no order. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}

/** 6. */
const oneToOne: Invariant = {
	name: 'no record is ever in two links',
	of: (engine) =>
		fc.property(scenario(), (told) => {
			const world = lived(engine, told);
			world.rest();
			const live = world.links.filter(
				({ state }) => state === 'linked' || state === 'pendingCreate',
			);
			return SIDES.every((side) => {
				const ids = live.map((link) => (side === 'A' ? link.aId : link.bId)).filter(Boolean);
				return new Set(ids).size === ids.length;
			});
		}),
};

const subset = fc.infiniteStream(fc.boolean());

const someIds = (world: World, pick: fc.Stream<boolean>): Both<string[]> => {
	const some = (side: Side) => [...world[side].people.keys()].filter(() => pick.next().value);
	return { A: some('A'), B: some('B') };
};

/** 7. */
const echo: Invariant = {
	name: 'hearing of its own writes again, in part or in full, causes no write',
	of: (engine) =>
		fc.property(
			scenario(),
			subset,
			fc.array(fc.boolean(), { maxLength: 4 }),
			(told, pick, runs) => {
				const world = lived(engine, told);
				world.rest();
				return runs.every((full) => {
					world.now += MINUTE;
					const plan = full ? world.plan() : engine.plan(world.partial(someIds(world, pick)));
					world.begin(plan);
					return itemsOf(plan).length === 0;
				});
			},
		),
};

/** 8. */
const partialRuns: Invariant = {
	name: 'a partial run only does what the full run would do to the same linked pairs',
	of: (engine) =>
		fc.property(scenario(), subset, (told, pick) => {
			const world = lived(engine, told);
			const ids = someIds(world, pick);
			const part = engine.plan(world.partial(ids));
			const full = world.plan();
			const known = new Set(world.links.map(({ pairId }) => pairId));
			const inPart = ({ side, id, sourceId, link }: PlanItem) =>
				known.has(link.pairId) &&
				link.state === 'linked' &&
				ids[side].includes(id) &&
				ids[side === 'A' ? 'B' : 'A'].includes(sourceId) &&
				isAsStored(world, link);
			const writes = (plan: PlanOutput) =>
				itemsOf(plan)
					.filter(inPart)
					.map(({ side, id, set, addTags, removeTags }) => ({
						side,
						id,
						set,
						addTags,
						removeTags,
					}));
			const isQuiet =
				itemsOf(part).every((item) => item.action === 'update' && inPart(item)) &&
				part.links.every(({ pairId, state }) => known.has(pairId) && state === 'linked') &&
				part.summary.pairs.unlinked === 0;
			return isQuiet && same(writes(part), writes(full));
		}),
};

/** Whether the full run goes by the same ids: a renamed or merged record is for full runs. */
const isAsStored = (world: World, { pairId, aId, bId }: LinkRow): boolean =>
	world.links.some(
		(row) => row.pairId === pairId && row.aId === aId && row.bId === bId && row.state === 'linked',
	);

/** 9. */
const crash: Invariant = {
	name: 'ended at any point, the next runs create nobody twice and write nothing again',
	of: (engine) =>
		fc.property(
			scenario({ quirks: faithful }),
			fc.nat(12),
			fc.boolean(),
			fc.boolean(),
			(told, point, commits, isSlow) => {
				const world = lived(engine, told);
				const before = { A: new Set(world.A.people.keys()), B: new Set(world.B.people.keys()) };
				world.now += MINUTE;
				const plan = world.plan();
				world.begin(plan);
				const done = itemsOf(plan).slice(0, point);
				const applied = world.apply(done);
				if (commits) world.commit(applied.slice(0, Math.floor(point / 2)));
				const made = (side: Side) =>
					[...world[side].people.keys()].filter((id) => !before[side].has(id));
				// A service may be slow to list what is new.
				if (isSlow)
					for (const side of SIDES) for (const id of made(side)) world[side].unlisted.add(id);
				const again = itemsOf(world.round());
				for (const side of SIDES) world[side].unlisted.clear();
				world.now += 60 * MINUTE;
				world.rest();
				if (again.some((item) => done.some((one) => isSameWrite(one, item)))) return false;
				if (movesKeys(itemsOf(plan))) return true;
				const creates = itemsOf(plan).filter(({ action }) => action === 'create');
				return SIDES.every(
					(side) => made(side).length <= creates.filter((item) => item.side === side).length,
				);
			},
		),
};

const isSameWrite = (one: PlanItem, two: PlanItem): boolean =>
	one.side === two.side &&
	(one.action === 'create'
		? two.action === 'create' && one.sourceId === two.sourceId
		: one.id === two.id && Object.keys(one.set).some((name) => name in two.set));

/** 10. */
const minimality: Invariant = {
	name: 'only what differs at the target is written',
	of: (engine) =>
		fc.property(scenario(), (told) => {
			const world = lived(engine, told);
			return itemsOf(world.plan()).every((item) => {
				const target = world[item.side].people.get(item.id);
				const tags = new Set((target?.tags ?? []).map(tagForm));
				const isSome =
					Object.keys(item.set).length + item.addTags.length + item.removeTags.length > 0;
				return (
					isSome &&
					same(
						Object.keys(item.set),
						item.changes.map(({ name }) => name),
					) &&
					item.changes.every(
						(one) => text(one, one.after) !== text(one, target?.fields[one.name]),
					) &&
					item.addTags.every((tag) => !tags.has(tagForm(tag))) &&
					item.removeTags.every((tag) => tags.has(tagForm(tag)))
				);
			});
		}),
};

/** 11. */
const mirror: Invariant = {
	name: 'with the sides swapped the plan is the mirror image',
	of: (engine) =>
		fc.property(scenario(), (told) => {
			const input = lived(engine, told).input();
			return same(mirrored(engine.plan(mirroredInput(input))), mirrored(engine.plan(input), false));
		}),
};

/** 12. */
const accounting: Invariant = {
	name: 'every record is accounted for, once, whatever is wrong with the input',
	of: (engine) =>
		fc.property(scenario(), fc.array(fc.nat(30), { maxLength: 4 }), (told, damage) => {
			const world = lived(engine, told);
			const input = damaged(world.input(), damage);
			const plan = engine.plan(input);
			return SIDES.every((side) => {
				const { records, skipped } = plan.summary.sides[side];
				const total = Object.values(records).reduce((sum, number) => sum + number, 0);
				const reasons = Object.values(skipped).reduce((sum, number) => sum + number, 0);
				const listed = plan.skipped.filter((one) => one.side === side).length;
				return (
					total === input.sides[side].records.length &&
					reasons === records.skipped &&
					listed === records.skipped
				);
			});
		}),
};

/** Spoils an input: records without id and twice, links twice, to nobody and without sense. */
function damaged(input: PlanInput, damage: readonly number[]): PlanInput {
	const records = { A: [...input.sides.A.records], B: [...input.sides.B.records] };
	const links = [...input.links];
	for (const number of damage) {
		const side: Side = number % 2 === 0 ? 'A' : 'B';
		const list = records[side];
		const link = links[number % Math.max(1, links.length)];
		switch (number % 5) {
			case 0:
				list.push({ id: '', fields: {} });
				break;
			case 1:
				if (list.length > 0) list.push({ ...list[number % list.length] });
				break;
			case 2:
				if (link) links.push({ ...link, pairId: `copy ${number}` });
				break;
			case 3:
				if (link) links.push({ ...link, base: '1nonsense' });
				break;
			default:
				if (link) links.push({ ...link, pairId: `half ${number}`, aId: '' });
		}
	}
	return {
		...input,
		links,
		sides: {
			A: { ...input.sides.A, records: records.A },
			B: { ...input.sides.B, records: records.B },
		},
	};
}

/** 13. */
const brakes: Invariant = {
	name: 'over a limit nothing is written at all, and the plan is in the preview',
	of: (engine) =>
		fc.property(scenario(), fc.nat(3), fc.nat(3), (told, limit, allowed) => {
			const world = lived(engine, told);
			// A first run that is not over may do what it was to do: plan.test.ts.
			for (const row of world.links) if (row.state === 'run') row.opKey = '';
			const free = world.plan();
			const tight = { count: limit, share: 0 };
			const rules: Policy = {
				...world.policy,
				brakes: { ...NO_BRAKES, creates: tight, updates: tight, gone: tight },
			};
			const overrides = { emptySide: 1000, creates: allowed, updates: allowed, gone: allowed };
			const plan = world.plan({ policy: rules, overrides });
			const most = Math.max(limit, allowed);
			const isOver = SIDES.some((side) => {
				const { creates, updates, gone } = free.summary.sides[side];
				return creates > most || updates > most || gone > most;
			});
			const nothing =
				itemsOf(plan).length === 0 &&
				plan.links.every(({ state }) => state === 'run') &&
				plan.audit.length === 0;
			const names = ({ applyA, applyB }: Pick<PlanOutput, 'applyA' | 'applyB'>) =>
				[...applyA, ...applyB].map(({ opKey }) => opKey);
			if (!isOver) return !plan.summary.previewOnly && same(names(plan), names(free));
			const preview = plan.preview;
			return (
				nothing &&
				plan.summary.previewOnly &&
				plan.summary.brakes.some(({ tripped }) => tripped) &&
				preview !== undefined &&
				same(names(preview), names(free))
			);
		}),
};

/** 14. */
const tombstones: Invariant = {
	name: 'who is gone is never created again',
	of: (engine) =>
		fc.property(
			scenario(),
			fc.constantFrom<Side>('A', 'B'),
			fc.nat(5),
			fc.array(fc.constantFrom('run', 'wait', 'settle'), { maxLength: 4 }),
			(told, side, who, then) => {
				const rules = { ...told.policy, create: { A: true, B: true } };
				const world = fresh(engine, { ...told, policy: rules });
				world.rest();
				world.now += 10 * MINUTE;
				const linked = world.links.filter(({ state }) => state === 'linked');
				const link = linked[who % Math.max(1, linked.length)];
				if (!link) return true;
				const left: Side = side === 'A' ? 'B' : 'A';
				world[side].people.delete(side === 'A' ? link.aId : link.bId);
				let leftId = left === 'A' ? link.aId : link.bId;
				for (const step of ['run', ...then]) {
					if (step === 'wait') world.now += 40 * 24 * 60 * MINUTE;
					if (step === 'settle') leftId = world[left].settleId(leftId);
					const creates = itemsOf(world.round()).filter((item) => item.action === 'create');
					if (creates.some((item) => item.side === side && item.sourceId === leftId)) return false;
				}
				return true;
			},
		),
};

/** 15. */
const manual: Invariant = {
	name: 'what is left to people waits for their answer, and an answer out of date is not used',
	of: (engine) =>
		fc.property(
			scenario({ policy: fc.constant(policy({ initial: 'manual' })) }),
			fc.constantFrom('A' as const, 'B' as const, 'value' as const, 'skip' as const),
			fc.boolean(),
			(told, choose, late) => {
				const world = fresh(engine, told);
				world.rest();
				world.now += 10 * MINUTE;
				const past = valuesOf(world);
				change(world, told.edits);
				if (overwritesAnEdit(world, past)) return false;
				world.rest();
				const asked = world.plan();
				const open = asked.review.filter((row) => FIELD_CONFLICTS.includes(row.kind));
				if (itemsOf(asked).length > 0) return false;
				const [conflict] = open;
				if (!conflict) return true;
				const row = world.policy.fields.find(({ field }) => field === conflict.field);
				if (!row) return false;
				const a = world.A.people.get(conflict.aId);
				if (late && a) a.fields[row.A] = 'meanwhile';
				world.answers = [
					{
						conflictId: conflict.conflictId,
						choose,
						value: 'agreed',
						by: 'Ann',
						pairId: conflict.pairId,
					},
				];
				const plan = world.round();
				const writes = itemsOf(plan).filter(({ link }) => link.pairId === conflict.pairId);
				const status = () => world.statusOf(conflict.conflictId);
				if (late) return writes.length === 0 && status() === 'stale';
				if (status() !== (writes.length > 0 ? 'underWay' : 'applied')) return false;
				const wanted = wantedOf(conflict, choose);
				const b = world.B.people.get(conflict.bId);
				const how = row.normalise ?? 'text';
				const isRight = (value: Value | undefined, expected: string) =>
					normalised(value, how) === normalised(expected, how) ||
					Object.values(told.quirks).some((quirk) => Object.values(quirk).some(Boolean));
				return (
					isRight(a?.fields[row.A], wanted.A) &&
					isRight(b?.fields[row.B], wanted.B) &&
					!openIds(world.round()).includes(conflict.conflictId) &&
					status() === 'applied'
				);
			},
		),
};

/** Lives of pairs of whom something in both services, or in one, rewrites names and job titles. */
const rewriters: fc.Arbitrary<Both<Quirks>> = fc.record({
	A: fc.constantFrom<Quirks>({}, { rewrites: ['title'] }, { rewrites: ['title', 'firstName'] }),
	B: fc.constantFrom<Quirks>(
		{},
		{ rewrites: ['position'] },
		{ rewrites: ['position', 'first_name'] },
	),
});

/** The policies under which a value may travel both ways without a question. */
const twoWays: fc.Arbitrary<Policy> = fc
	.constantFrom<Rule>('A', 'B', 'latest', 'field', 'manual')
	.map((rule) => policy({ initial: 'A' }, { rule, tiebreak: 'A' }));

const oscillations = (plan: PlanOutput): ReviewRow[] =>
	plan.review.filter(({ kind }) => kind === 'oscillation');

/** The writes of fields that the sync makes on its own, by pair and field: the sides, in their order. */
function noteWrites(written: Map<string, Side[]>, plan: PlanOutput): void {
	for (const { side, action, changes, link } of itemsOf(plan)) {
		if (action === 'create') continue;
		for (const { field, conflictId } of changes) {
			if (conflictId) continue;
			const key = `${link.pairId} ${field}`;
			written.set(key, [...(written.get(key) ?? []), side]);
		}
	}
}

/** How often the direction turned, and the first write. */
const turns = (sides: readonly Side[]): number =>
	sides.filter((side, at) => side !== sides[at - 1]).length;

/** 16. */
const oscillation: Invariant = {
	name: 'a field that both services rewrite is written three times in an hour, and then waits for an answer',
	of: (engine) =>
		fc.property(
			scenario({ quirks: rewriters, policy: twoWays }),
			fc.constantFrom('A' as const, 'B' as const, 'value' as const, 'skip' as const),
			(told, choose) => {
				const world = fresh(engine, told);
				const turn = (written: Map<string, Side[]>) => {
					const plan = world.round();
					noteWrites(written, plan);
					for (const side of SIDES) world[side].rewrite(world.now);
					return plan;
				};
				const written = new Map<string, Side[]>();
				turn(written);
				change(world, told.edits);
				for (let round = 0; round < 10; round++) turn(written);
				if ([...written.values()].some((sides) => turns(sides) > 3)) return false;
				// An hour later nothing has changed: who rewrites would do so again.
				world.now += 120 * MINUTE;
				const later = turn(new Map());
				const asked = oscillations(later);
				const about = ({ pairId, field }: ReviewRow) => `${pairId} ${field}`;
				const frozen = new Set(asked.map(about));
				if (frozen.size !== asked.length || itemsOf(later).length > 0) return false;
				world.answers = asked.map(({ conflictId, pairId }) => ({
					...{ conflictId, choose, pairId },
					...{ value: 'agreed', by: 'Ann' },
				}));
				const answered = world.round();
				const isObeyed = ({ conflictId }: ReviewRow) =>
					['underWay', 'applied'].includes(world.statusOf(conflictId) ?? '');
				if (!asked.every(isObeyed)) return false;
				if (itemsOf(answered).some(({ changes }) => changes.some((one) => !one.conflictId)))
					return false;
				if (oscillations(world.plan()).length > 0) return false;
				// It bounces anew, and is frozen anew.
				const after = new Map<string, Side[]>();
				for (const side of SIDES) world[side].rewrite(world.now);
				for (let round = 0; round < 8; round++) turn(after);
				return (
					[...after.values()].every((sides) => turns(sides) <= 3) &&
					itemsOf(world.plan()).length === 0
				);
			},
		),
};

/** 16, the other half. */
const steadiness: Invariant = {
	name: 'a field that people change on one side alone is never frozen, however often they do',
	of: (engine) =>
		fc.property(
			scenario({ policy: twoWays }),
			fc.array(
				fc.record({ who: fc.nat(5), at: fc.nat(4), value: fc.constantFrom('x', 'y', 'z') }),
				{
					minLength: 4,
					maxLength: 14,
				},
			),
			fc.tuple(...FIELDS.map(() => fc.constantFrom<Side>('A', 'B'))),
			(told, edits, sides) => {
				const world = fresh(engine, told);
				world.rest();
				for (const { who, at, value } of edits) {
					const people = [...world[sides[at]].people.values()];
					const person = people[who % Math.max(1, people.length)];
					if (person) person.fields[FIELDS[at][sides[at]]] = value;
					if (oscillations(world.round()).length > 0) return false;
				}
				return true;
			},
		),
};

type Values = Map<string, Value | undefined>;

/** The value of each field of each record, by side, id and name. */
function valuesOf(world: World): Values {
	const values: Values = new Map();
	for (const side of SIDES) {
		for (const { id, fields } of world[side].people.values())
			for (const name in fields) values.set(`${side} ${id} ${name}`, fields[name]);
	}
	return values;
}

/** Whether the plan writes a field that people have changed on both sides, to different values. */
function overwritesAnEdit(world: World, past: Values): boolean {
	world.now += MINUTE;
	return itemsOf(world.plan()).some(({ side, id, sourceId, changes, link }) =>
		changes.some((one) => {
			const source: Side = side === 'A' ? 'B' : 'A';
			const row = world.policy.fields.find(({ field }) => field === one.field);
			if (!row || link.rev === 0 || link.aliases !== '') return false;
			const edited = (where: Side, who: string): boolean => {
				const before = text(one, past.get(`${where} ${who} ${row[where]}`));
				const now = text(one, world[where].people.get(who)?.fields[row[where]]);
				return now !== '' && now !== before;
			};
			return edited(side, id) && edited(source, sourceId);
		}),
	);
}

function wantedOf(
	{ valueA, valueB }: ReviewRow,
	choose: 'A' | 'B' | 'value' | 'skip',
): Both<string> {
	if (choose === 'A') return { A: valueA, B: valueA };
	if (choose === 'B') return { A: valueB, B: valueB };
	return choose === 'skip' ? { A: valueA, B: valueB } : { A: 'agreed', B: 'agreed' };
}

export const INVARIANTS: readonly Invariant[] = [
	idempotence,
	convergence,
	noLoss,
	unobserved,
	determinism,
	oneToOne,
	echo,
	partialRuns,
	crash,
	minimality,
	mirror,
	accounting,
	brakes,
	tombstones,
	manual,
	oscillation,
	steadiness,
];
