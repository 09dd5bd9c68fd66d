import * as reconciler from '../../../../nodes/ContactSync/reconcile';
import type {
	AppliedItem,
	AuditRow,
	Both,
	LinkRow,
	PlanInput,
	PlanItem,
	PlanOutput,
	Policy,
	Resolution,
	ReviewRow,
	Side,
	SyncRecord,
} from '../../../../nodes/ContactSync/reconcile';
import { Peer } from './peer';
import type { Quirks } from './peer';

export type Engine = Pick<typeof reconciler, 'plan' | 'commit'>;

export const SIDES: readonly Side[] = ['A', 'B'];
export const MINUTE = 60_000;

/** Two services, the tables, and the workflow that plans, stores, writes and commits. */
export class World {
	readonly A: Peer;
	readonly B: Peer;
	links: LinkRow[] = [];
	answers: Resolution[] = [];
	audit: AuditRow[] = [];
	now = Date.UTC(2026, 0, 1);
	private runs = 0;

	constructor(
		readonly engine: Engine,
		readonly policy: Policy,
		quirks: Partial<Both<Quirks>> = {},
	) {
		this.A = new Peer('A', quirks.A);
		this.B = new Peer('B', quirks.B);
	}

	input(more: Partial<PlanInput> = {}): PlanInput {
		return {
			runId: `run ${++this.runs}`,
			now: this.now,
			mode: 'full',
			dryRun: false,
			sides: {
				A: { records: this.A.read(), complete: true, merged: this.A.merged },
				B: { records: this.B.read(), complete: true, merged: this.B.merged },
			},
			links: structuredClone(this.links),
			resolutions: this.answers,
			policy: this.policy,
			// Small worlds are often empty on a side.
			overrides: { emptySide: 1000 },
			...more,
		};
	}

	plan(more: Partial<PlanInput> = {}): PlanOutput {
		return this.engine.plan(this.input(more));
	}

	/** A partial run over some records of each side. */
	partial(ids: Both<readonly string[]>): PlanInput {
		const some = (side: Side): SyncRecord[] =>
			this[side].read().filter(({ id }) => ids[side].includes(id));
		return this.input({
			mode: 'partial',
			sides: {
				A: { records: some('A'), complete: false },
				B: { records: some('B'), complete: false },
			},
		});
	}

	/** Update where `pairId` and `rev` are as expected, else insert a first revision. */
	store(rows: readonly LinkRow[]): void {
		for (const row of rows) {
			const at = this.links.findIndex(({ pairId }) => pairId === row.pairId);
			if (at >= 0 && this.links[at].rev === row.rev - 1) this.links[at] = row;
			else if (at < 0 && row.rev === 1) this.links.push(row);
		}
	}

	apply(items: readonly PlanItem[]): AppliedItem[] {
		return items.map((item) => this[item.side].apply(item, this.now));
	}

	/** @param plan all of whose items are among them: the run has come to its end */
	commit(items: readonly AppliedItem[], plan?: PlanOutput): void {
		const { links, audit } = this.engine.commit({
			runId: `run ${this.runs}`,
			now: this.now,
			items,
			runRow: plan?.summary.runRow,
		});
		this.store(links);
		this.audit.push(...audit);
	}

	/** One whole run, as the template does it. */
	round(more: Partial<PlanInput> = {}): PlanOutput {
		this.now += MINUTE;
		const plan = this.plan(more);
		this.begin(plan);
		this.commit(this.apply(itemsOf(plan)), plan);
		return plan;
	}

	/** What is stored before anything is written. */
	begin(plan: PlanOutput): void {
		this.store(plan.links);
		this.audit.push(...plan.audit);
		this.answers = this.answers.concat(plan.review.filter(({ choose }) => choose !== ''));
	}

	/** How far the answers to this question have come. */
	statusOf(conflictId: string): string | undefined {
		const rows = this.answers.filter((row) => row.conflictId === conflictId);
		return rows.at(-1)?.status ?? undefined;
	}

	/** Runs until nothing is written. @returns the rounds it took, or undefined if it took more */
	rest(most = 6): number | undefined {
		for (let rounds = 0; rounds < most; rounds++) {
			// Long enough that whoever is still not listed is gone.
			this.now += 2 * MINUTE;
			if (itemsOf(this.round()).length === 0) return rounds;
		}
		return undefined;
	}
}

export function itemsOf({ applyA, applyB }: PlanOutput): PlanItem[] {
	return [...applyA, ...applyB];
}

/** The questions that nobody has answered. */
export function openRows({ review }: PlanOutput): ReviewRow[] {
	return review.filter(({ status, choose }) => status === 'open' && choose === '');
}

export function openIds(plan: PlanOutput): string[] {
	return openRows(plan).map(({ conflictId }) => conflictId);
}
