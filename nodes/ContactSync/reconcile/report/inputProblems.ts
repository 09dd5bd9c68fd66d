import type { SideRecords } from '../state/sideRecords';
import { SIDES } from '../state/compilePolicy';
import { count, listed, reportProblem } from './reviewRow';
import type { PlanRun } from '../state/planRun';
import type { Side, SyncRecord } from '../contract/input';

/** Reports the problems of the records and of the field table. */
export function reportInput(run: PlanRun): void {
	for (const side of SIDES) {
		reportRecords(run, run[side]);
		reportFields(run, side);
		if (run.input.mode === 'full' && !run[side].input.complete) reportHalfRead(run, side);
	}
	for (const { field, why } of run.policy.badFields) {
		reportProblem(run, 'unknownField', `row ${field} ${why}`, {
			field,
			reason: `The row “${field}” of the field table is not used: ${why}.`,
			whatToDo: 'Correct the row.',
		});
	}
}

function reportRecords(run: PlanRun, { side, withoutId, duplicateIds }: SideRecords): void {
	const name = run.policy.names[side];
	if (withoutId > 0)
		reportProblem(run, 'recordWithoutId', side, {
			reason: `${count(withoutId, 'record')} of ${name} ${withoutId === 1 ? 'has' : 'have'} no id, so nothing could be done with ${withoutId === 1 ? 'it' : 'them'}.`,
			whatToDo: `Check that the input gets ${name} records with their id.`,
		});
	if (duplicateIds.size > 0)
		reportProblem(run, 'duplicateId', side, {
			reason: `${count(duplicateIds.size, 'id')} of ${name} came more than once. These records were not changed, because it is unclear which is right.`,
			whatToDo: 'Check that each record is read only once.',
			aId: side === 'A' ? listed([...duplicateIds]) : '',
			bId: side === 'B' ? listed([...duplicateIds]) : '',
		});
}

/** Reports fields that no row of the table names, and rows that name a field which no record has. */
function reportFields(run: PlanRun, side: Side): void {
	const seen = fieldNames(run[side].records);
	const inTable = new Set(run.input.policy.fields.map((row) => row[side]));
	const sideName = run.policy.names[side];
	for (const name of [...seen].filter((one) => !inTable.has(one)).sort())
		reportProblem(run, 'unknownField', `${side} ${name}`, {
			field: name,
			status: 'info',
			reason: `The ${sideName} field “${name}” is in no row of the field table, so it is not kept in step.`,
			whatToDo: 'Add a row for it, or leave it out of the input.',
		});
	if (run.input.mode === 'partial' || run[side].records.length === 0) return;
	for (const { untold = [] } of run[side].records) for (const name of untold) seen.add(name);
	for (const { field, [side]: name, occasional } of run.policy.fields) {
		if (seen.has(name) || occasional) continue;
		reportProblem(run, 'unknownField', `${side} unread ${name}`, {
			field,
			status: 'info',
			reason: `No record of ${sideName} has a field “${name}”, so nothing is written for it.`,
			whatToDo: 'Check the name in the field table, and that the field is read.',
		});
	}
}

/** All field names of the records. Nearly all have the same names in the same order as the one before. */
function fieldNames(records: readonly SyncRecord[]): Set<string> {
	const seen = new Set<string>();
	let expected: string[] = [];
	for (const { fields } of records) {
		let at = 0;
		for (const name in fields) if (name !== expected[at++]) at = -Infinity;
		if (at === expected.length) continue;
		expected = Object.keys(fields);
		for (const name of expected) seen.add(name);
	}
	return seen;
}

function reportHalfRead(run: PlanRun, side: Side): void {
	reportProblem(run, 'halfReadSide', side, {
		reason: `${run.policy.names[side]} was not read to its end. Linked records were synced; no record was linked, created or marked as gone.`,
		whatToDo: 'Run again. If it happens again, look for an error where the records are read.',
	});
}

/**
 * Ends the answers whose question is gone. A run that has not seen all records cannot tell: there only
 * answers about the pairs it has seen are judged.
 */
export function endAnswers(run: PlanRun): void {
	const unmet = run.answers.unmet();
	if (unmet.length === 0) return;
	const links = new Map(run.versions.linked.map((link) => [link.pairId, link]));
	const isSeen = (pairId: string) => {
		const link = links.get(pairId);
		return link !== undefined && run.A.find(link.aId) >= 0 && run.B.find(link.bId) >= 0;
	};
	for (const { conflictId, pairId } of unmet)
		if (run.whole || isSeen(pairId ?? '')) run.answers.end(conflictId);
}
