import { Answers } from './answers';
import { accountPair, isAbout } from './accountPair';
import { UniqueValues } from './uniqueValues';
import { KeyReader } from '../values/identityKeys';
import { pairName, sharedKeys } from './linksTable';
import type { Versions } from './linksTable';
import { compile } from './compilePolicy';
import type { Compiled } from './compilePolicy';
import { SideRecords } from './sideRecords';
import type { PlanItem } from '../contract/output';
import type {
	AccountPair,
	AuditKind,
	AuditRow,
	LinkRow,
	LinkState,
	ReviewRow,
} from '../contract/rows';
import type { Both, PlanInput, Side, SyncRecord, Value } from '../contract/input';

/** How long the lists may lack a new record, in ms, unless the policy says otherwise. */
const GRACE_MS = 15 * 60_000;

/** A write that earlier runs have tried in vain, with its row for people. */
export interface NotWritten {
	/** The written side. */
	side: Side;
	/** The row of the field table; empty for a record that was to be created. */
	field: string;
	row: ReviewRow;
}

/** One run of Plan: its prepared input, and its decisions so far. */
export class PlanRun {
	readonly policy: Compiled;
	readonly A: SideRecords;
	readonly B: SideRecords;
	/** The moment of the run, ISO. */
	readonly at: string;
	/** The number that the row of this run will have. */
	readonly fullRuns: number;
	/** Records may be linked, created or missed only when both sides are wholly here. */
	readonly whole: boolean;

	readonly keys: KeyReader;
	readonly holders: Both<UniqueValues>;
	readonly links: LinkRow[] = [];
	readonly audit: AuditRow[] = [];
	readonly items: Both<PlanItem[]> = { A: [], B: [] };
	readonly review: ReviewRow[] = [];
	readonly notWritten: NotWritten[] = [];
	readonly gone: Both<number> = { A: 0, B: 0 };
	inSync = 0;
	unlinked = 0;

	/** The two accounts. */
	readonly pair: AccountPair;
	/** The generation of the rows that this run stores. */
	generation: number;
	/** Stored rows that are about other accounts. */
	readonly otherRows: number;

	/** The answers of people. */
	readonly answers: Answers;

	constructor(
		readonly input: PlanInput,
		public versions: Versions,
	) {
		this.policy = compile(input.policy);
		this.keys = new KeyReader(input.policy.matchByPhone ?? false, sharedKeys(versions));
		this.A = new SideRecords('A', input.sides.A);
		this.B = new SideRecords('B', input.sides.B);
		const { unique } = input.policy;
		this.holders = {
			A: new UniqueValues(this.A, unique?.A ?? {}),
			B: new UniqueValues(this.B, unique?.B ?? {}),
		};
		this.at = isoMoment(input.now);
		this.pair = accountPair(input.pair);
		this.generation = versions.generation;
		this.fullRuns = (versions.run?.fullRuns ?? 0) + (input.mode === 'full' ? 1 : 0);
		this.whole = input.mode === 'full' && input.sides.A.complete && input.sides.B.complete;
		const rows = input.resolutions ?? [];
		const own = rows.filter((row) => isAbout(row, this.pair));
		this.answers = new Answers(own);
		this.otherRows = versions.otherRows + rows.length - own.length;
	}

	/** Whether a record of the link was created a moment ago, so that the lists may not show it yet. */
	isFresh({ opKey, changedAt }: LinkRow): boolean {
		if (opKey === '') return false;
		return this.input.now - Date.parse(changedAt) < (this.policy.policy.graceMs ?? GRACE_MS);
	}

	/** A row that is not stored yet. If its name was used before, it goes on from there. */
	newLink(aId: string, bId: string, state: LinkState, pairId = pairName(aId, bId)): LinkRow {
		return {
			...this.pair,
			pairId,
			aId,
			bId,
			state,
			rev: this.versions.rest.get(pairId)?.rev ?? 0,
			base: '',
			aliases: '',
			keys: '',
			opKey: '',
			fullRuns: this.fullRuns,
			changedAt: this.at,
			generation: this.generation,
			writes: '',
		};
	}

	/** A row that goes into the table, changed in this run. */
	store(row: LinkRow, base = row.base): LinkRow {
		const stored = {
			location: this.pair.location,
			workspace: this.pair.workspace,
			pairId: row.pairId,
			aId: row.aId,
			bId: row.bId,
			state: row.state,
			rev: row.rev + 1,
			base,
			aliases: row.aliases,
			keys: row.keys,
			opKey: row.opKey,
			fullRuns: this.fullRuns,
			changedAt: this.at,
			generation: this.generation,
			writes: row.writes,
		};
		this.links.push(stored);
		return stored;
	}

	/** Records a decision that needs no write. */
	note(
		link: Pick<LinkRow, 'pairId' | 'aId' | 'bId'>,
		kind: AuditKind,
		more: Partial<AuditRow> = {},
	): void {
		const { pairId, aId, bId } = link;
		this.audit.push({
			...blankAudit(this.input.runId, this.at, this.pair),
			...{ pairId, aId, bId, kind },
			...more,
		});
	}

	/** A value as the audit may show it. */
	shown(value: Value | undefined): string {
		return this.policy.policy.auditValues === false ? '' : valueText(value);
	}
}

export function isoMoment(now: number): string {
	return new Date(now).toISOString();
}

export function blankAudit(runId: string, at: string, pair: AccountPair): AuditRow {
	return {
		location: pair.location,
		workspace: pair.workspace,
		runId,
		at,
		pairId: '',
		aId: '',
		bId: '',
		side: '',
		field: '',
		kind: 'changed',
		rule: '',
		winner: '',
		before: '',
		after: '',
		other: '',
		opKey: '',
		applied: 'none',
		actor: 'rule',
		error: '',
	};
}

/** The value as a text for people. */
export function valueText(value: Value | undefined): string {
	if (value === null || value === undefined) return '';
	return typeof value === 'object' ? value.join(', ') : String(value);
}

/** The name of a person, or the id where there is none. */
export function nameOf(...records: (SyncRecord | undefined)[]): string {
	for (const record of records) if (record?.name?.trim()) return record.name.trim();
	return records.find((record) => record)?.id ?? '';
}
