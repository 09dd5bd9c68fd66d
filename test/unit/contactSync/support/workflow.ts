import { withNewestLink, withoutTwins } from '../../../../nodes/ContactSync/applyMemory';
import type { ApplyMemory } from '../../../../nodes/ContactSync/applyMemory';
import { portionsOf } from '../../../../nodes/ContactSync/portions';
import type { Portion } from '../../../../nodes/ContactSync/portions';
import type {
	AppliedItem,
	AuditRow,
	Both,
	LinkRow,
	PlanInput,
	PlanItem,
	PlanOutput,
	Policy,
	SyncRecord,
} from '../../../../nodes/ContactSync/reconcile';
import type { Quirks } from './peer';
import { AppendedLinks, Lease, ReviewTable, UpsertedLinks } from './tables';
import type { LinkTable } from './tables';
import { MINUTE, SIDES, World } from './world';
import type { Engine } from './world';

/** How long a lease lasts. */
const LEASE = 60 * MINUTE;
/** An answer may come into the table a moment after it was given. */
const MARGIN = MINUTE;

/** What a workflow may do wrong; for the mutants. */
export interface Fault {
	deletesBeforeItStores?: boolean;
	ignoresTheLease?: boolean;
	forgetsRowsOfEarlierPortions?: boolean;
}

/** How a run goes. */
export interface RunOptions {
	/** Contacts, and leads, of a portion. */
	sizes: Both<number>;
	/** Rows that may be replaced before the present ones are stored again. */
	mostReplaced: number;
	/** Each insert is carried out twice, and each write is reported twice. */
	twice: boolean;
	/** The write whose answer is lost. No more is written to that side in this run then. */
	lost: number;
	/** The records of a partial run. */
	only?: Both<readonly string[]>;
}

/** What the model sees of a run. */
export interface Watch {
	planned(plan: PlanOutput): void;
	/** @param begunAt when the portion of the item began */
	beforeWrite(item: PlanItem, begunAt: number): void;
	afterWrite(item: PlanItem, id: string | undefined): void;
	portionDone(): void;
	/** Pairs of which a delete has taken the newest row. */
	deleted(pairs: readonly string[]): void;
}

/** Two services, and the tables of the workflow. */
export class TableWorld extends World {
	readonly table: LinkTable;
	readonly review = new ReviewTable();
	readonly lease = new Lease();
	readonly audits: AuditRow[] = [];

	constructor(
		engine: Engine,
		policy: Policy,
		store: 'append' | 'upsert',
		readonly fault: Fault,
		quirks: Partial<Both<Quirks>> = {},
	) {
		super(engine, policy, quirks);
		this.table = store === 'append' ? new AppendedLinks() : new UpsertedLinks();
	}
}

/** One run of the workflow. Between two of its steps anything may happen, its end too. */
export class Run {
	private readonly memory: ApplyMemory;
	private writes = 0;

	constructor(
		private readonly world: TableWorld,
		private readonly id: string,
		private readonly options: RunOptions,
		private readonly watch: Watch,
	) {
		const none = () => ({ A: 0, B: 0 });
		this.memory = {
			...{ runId: id, written: none(), failed: none(), stale: none() },
			...{ ended: {}, rows: {}, created: {} },
		};
	}

	*steps(): Generator<void, void> {
		const { world, id } = this;
		const { lease, table, review } = world;
		if (!lease.take(id, world.now, LEASE)) return;
		const { takenAt } = lease;
		yield;
		const links = structuredClone([...table.rows]);
		const newestRowId = table.newestRowId();
		const resolutions = review.asRead();
		yield;
		const plan = world.engine.plan(this.input(links, resolutions));
		this.watch.planned(plan);
		yield;
		const isFull = !this.options.only;
		if (world.fault.deletesBeforeItStores && isFull) {
			this.watch.deleted(table.deleteBelow(plan.summary.generation, newestRowId));
			yield;
		}
		yield* this.insert(plan.links);
		review.insert(plan.review);
		yield;
		world.audits.push(...plan.audit);
		yield;
		const about = { lists: [], auditValues: true };
		for (const portion of portionsOf(plan, about, this.options.sizes)) {
			yield* this.apply(portion);
			if (!lease.renew(id, world.now, LEASE) && !world.fault.ignoresTheLease) return;
			yield;
		}
		if (isFull) {
			this.watch.deleted(table.deleteBelow(plan.summary.generation, newestRowId));
			yield;
			review.deleteBelow(takenAt - MARGIN);
			yield;
		}
		lease.giveBack(id);
	}

	private input(links: readonly LinkRow[], resolutions: PlanInput['resolutions']): PlanInput {
		const { world } = this;
		const { only, mostReplaced } = this.options;
		const rest = { runId: this.id, links, resolutions, mostReplaced };
		if (!only) return world.input(rest);
		const some = (side: 'A' | 'B'): SyncRecord[] =>
			world[side].read().filter(({ id }) => only[side].includes(id));
		return world.input({
			...rest,
			mode: 'partial',
			sides: {
				A: { records: some('A'), complete: false },
				B: { records: some('B'), complete: false },
			},
		});
	}

	/** An insert of many rows may end in the middle, and may be made twice. */
	private *insert(rows: readonly LinkRow[]): Generator<void, void> {
		const { table } = this.world;
		const half = rows.length >> 1;
		for (let time = 0; time < (this.options.twice ? 2 : 1); time++) {
			table.insert(rows.slice(0, half));
			if (half > 0) yield;
			table.insert(rows.slice(half));
			yield;
		}
	}

	/** What Apply does with a portion, and how its rows are stored. */
	private *apply(portion: Portion): Generator<void, void> {
		const { world, memory } = this;
		const begunAt = world.now;
		const applied: AppliedItem[] = [];
		for (const side of SIDES) {
			for (const item of portion.items.filter((one) => one.side === side)) {
				const outcome = this.write(item, begunAt);
				const isKnown = !world.fault.forgetsRowsOfEarlierPortions;
				const newest = isKnown ? withNewestLink(outcome, memory) : outcome;
				applied.push(withoutTwins(newest, memory));
				yield;
			}
		}
		for (const { side, error } of applied) if (error !== undefined) memory.failed[side]++;
		const hasFailed = memory.failed.A + memory.failed.B > 0;
		const { links, audit } = world.engine.commit({
			runId: this.id,
			now: world.now,
			begunAt,
			items: this.options.twice ? [...applied, ...applied].reverse() : applied,
			runRow: hasFailed ? undefined : portion.runRow,
		});
		for (const row of links) {
			if (portion.goOn.includes(row.pairId)) memory.rows[row.pairId] = row;
			else delete memory.rows[row.pairId];
		}
		yield* this.insert(links);
		world.audits.push(...audit);
		this.watch.portionDone();
		yield;
	}

	private write(item: PlanItem, begunAt: number): AppliedItem {
		const { memory, watch, world } = this;
		if (memory.ended[item.side]) return { ...item, error: { message: 'Not tried', sent: false } };
		watch.beforeWrite(item, begunAt);
		const outcome = world[item.side].apply(item, world.now);
		watch.afterWrite(item, outcome.result?.id);
		if (this.writes++ !== this.options.lost) return outcome;
		memory.ended[item.side] = 'No answer';
		return { ...item, error: { message: 'No answer', sent: true } };
	}
}
