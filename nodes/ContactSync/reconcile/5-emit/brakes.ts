import { countWork } from '../state/planItem';
import type { LinkJoin } from '../1-links/joinLinks';
import { SIDES } from '../state/compilePolicy';
import { count } from '../report/reviewRow';
import { RECORDS, remedy } from '../report/summaryText';
import type { BrakeReport } from '../contract/output';
import type { LinkRow } from '../contract/rows';
import type { PlanRun } from '../state/planRun';
import type { BrakeName, Limit, Side } from '../contract/input';
import { unfinished } from './firstRunProgress';

/** The limits of one run for each side: the larger of a number and a share counts. */
export const DEFAULT_LIMITS: Record<'creates' | 'updates' | 'gone', Limit> = {
	creates: { count: 50, share: 0.2 },
	updates: { count: 50, share: 0.25 },
	gone: { count: 5, share: 0.01 },
};

/** The measured number of a brake, and the number that it allows. */
interface Reading {
	brake: BrakeName;
	side: Side | '';
	measured: number;
	limit: number;
	/** What has happened, in a sentence. */
	what: string;
}

/**
 * Looks for what a wrong setting or a failing service would do: a side that is suddenly empty, far more
 * writes than usual, many people gone, a policy nobody has seen the effect of. A tripped brake keeps
 * the whole run from being written.
 *
 * Only brakes that tripped, that an override has lifted, or that held something back are returned.
 */
export function readBrakes(
	run: PlanRun,
	join: LinkJoin,
	runRow: LinkRow | undefined,
): BrakeReport[] {
	const readings = [
		...SIDES.flatMap((side) => emptySide(run, join, side)),
		...SIDES.flatMap((side) => tooMany(run, join, side, runRow)),
		...newPolicy(run, runRow),
	];
	return [
		...readings.map((reading) => judge(run, reading)),
		...SIDES.flatMap((s) => halfRead(run, s)),
	];
}

function judge(run: PlanRun, { what, ...reading }: Reading): BrakeReport {
	const override = run.input.overrides?.[reading.brake];
	const limit = Math.max(reading.limit, override ?? reading.limit);
	const tripped = reading.measured > limit;
	const hasLimit = reading.brake !== 'emptySide' && reading.brake !== 'newPolicy';
	const most = hasLimit ? `, and at most ${count(limit, 'is', 'are')} allowed in one run` : '';
	const reason = `${what}${most}`;
	const sentence = tripped ? tooMuch(reading, reason) : `${what}: allowed for this run.`;
	return { ...reading, limit, tripped, reason, sentence };
}

function tooMuch(reading: Omit<Reading, 'what'>, reason: string): string {
	if (reading.brake === 'newPolicy') return `${reason}, so this run is a preview.`;
	return `Nothing was written, because ${reason}. ${remedy([reading])}`;
}

function emptySide(run: PlanRun, { linkedRows }: LinkJoin, side: Side): Reading[] {
	const records = run.input.sides[side].records.length;
	if (run.input.mode === 'partial' || records > 0 || linkedRows === 0) return [];
	const name = run.policy.names[side];
	const what = `${name} has no records at all, though ${count(linkedRows, 'link')} to it ${linkedRows === 1 ? 'is' : 'are'} known`;
	return [{ brake: 'emptySide', side, measured: linkedRows, limit: 0, what }];
}

function tooMany(run: PlanRun, join: LinkJoin, side: Side, runRow: LinkRow | undefined): Reading[] {
	const { creates, updates } = countWork(run.items[side]);
	const name = run.policy.names[side];
	const one = RECORDS[side];
	const readings: Reading[] = [];
	const left = unfinished(runRow)?.[side];
	const read = (
		brake: 'creates' | 'updates' | 'gone',
		measured: number,
		of: number,
		what: string,
	) => {
		const { count: number, share } = run.policy.policy.brakes?.[brake] ?? DEFAULT_LIMITS[brake];
		const limit = Math.max(number, Math.floor(share * of));
		if (measured <= limit) return;
		const isLeft = brake !== 'gone' && measured <= (left?.[brake] ?? 0);
		const why = isLeft ? ' (the first run was to do as much, and ended early)' : '';
		readings.push({ brake, side, measured, limit: isLeft ? measured : limit, what: what + why });
	};
	// The first real run has been seen as a preview, and is large by nature.
	if ((runRow?.fullRuns ?? 0) > 0) {
		const records = run.input.sides[side].records.length;
		read('creates', creates, records, `${count(creates, one)} would be created in ${name}`);
		read('updates', updates, join.linkedRows, `${count(updates, one)} would be updated in ${name}`);
	}
	const gone = run.gone[side];
	read(
		'gone',
		gone,
		join.linkedRows,
		`${count(gone, `linked ${one}`)} ${gone === 1 ? 'is' : 'are'} gone in ${name}`,
	);
	return readings;
}

function newPolicy(run: PlanRun, runRow: LinkRow | undefined): Reading[] {
	if (run.policy.policy.brakes?.newPolicy === false) return [];
	if (runRow?.base === run.policy.hash) return [];
	const measured = run.items.A.length + run.items.B.length;
	const what = runRow ? 'The settings have changed' : 'These settings are new';
	return [{ brake: 'newPolicy', side: '', measured, limit: -1, what }];
}

/** Holds back the work that needs a whole side. The other writes go on. */
function halfRead(run: PlanRun, side: Side): BrakeReport[] {
	const { complete, records } = run.input.sides[side];
	if (run.input.mode === 'partial' || complete) return [];
	const reason = `${run.policy.names[side]} was not read to its end`;
	const sentence = `${reason}, so no record was linked, created or marked as gone. Linked records were kept in step.`;
	const rest = { measured: records.length, limit: 0, tripped: false };
	return [{ brake: 'halfRead', side, ...rest, reason, sentence }];
}
