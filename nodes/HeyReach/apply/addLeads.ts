import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { mayBeDone } from '../../applyFailure';
import { Cancelled } from '../../engine/call/errors';
import { batchesOf, sendBatch, type Outcome, type Part, type Probes } from '../../engine/call/fold';
import { inParallel } from '../../engine/call/inParallel';
import type { Call, Fold } from '../../engine/operation';
import { confirmTaken, foldLeads } from '../calls/foldLeads';
import { read } from '../calls/read';
import { WIDTH, type LeadPortion, type LeadWrite } from './leadPortion';
import { readBack, type ReadBack } from './readBack';
import { showsSent } from './leadValues';

const dividing = foldLeads('leads');

/**
 * Where the counts do not tell which leads were taken, no half is sent again: the list shows it in fewer
 * calls.
 */
const inDoubt: Fold = {
	...dividing,
	split: (answer, calls) => {
		const shares = dividing.split(answer, calls);
		return shares === 'divide' ? calls.map(() => ({ record: { result: 'untold' } })) : shares;
	},
};

/**
 * Adds the leads to the sync list, 100 a call, and reads them back. Adding a lead again is how HeyReach
 * changes one. `lead` of each write is then as HeyReach shows it. A write that failed has come to its end.
 */
export async function addLeads(portion: LeadPortion, writes: readonly LeadWrite[]): Promise<void> {
	const told = await send(portion, writes, inDoubt);
	const isOpen = (write: LeadWrite) => isPerhapsDone(told.get(write));
	const shown = await readBack(
		portion,
		writes.filter(isOpen),
		(write) => told.get(write) === 'taken',
	);
	const again: LeadWrite[] = [];
	for (const write of writes) {
		const outcome = told.get(write) ?? 'untold';
		const { row, fault } = isOpen(write) ? shown(write) : {};
		if (outcome === 'taken' || (row && showsSent(write.body ?? {}, row)))
			confirm(write, { row, fault }, portion);
		else if (typeof outcome === 'object') portion.fail(write, outcome.error);
		else if (fault !== undefined) portion.fail(write, fault);
		else again.push(write);
	}
	if (again.length > 0) await addAgain(portion, again);
}

/** Sends leads again of which no answer has told whether they were taken, so that a bad one is found. */
async function addAgain(portion: LeadPortion, writes: readonly LeadWrite[]): Promise<void> {
	const told = await send(portion, writes, dividing);
	await portion.each(writes, async (write) => {
		const outcome = told.get(write);
		if (typeof outcome === 'object') throw outcome.error;
		if (outcome === 'untold') await confirmTaken(recordOf(write, portion), portion);
	});
	const taken = writes.filter(({ end }) => end === undefined);
	const shown = await readBack(portion, taken, () => true);
	for (const write of taken) confirm(write, shown(write), portion);
}

/** Takes over what HeyReach shows of a lead that it took. */
function confirm(write: LeadWrite, { row, fault }: ReadBack, portion: LeadPortion): void {
	write.created = 'done';
	if (row?.linkedin_id) write.lead = row;
	else portion.fail(write, fault ?? notShown(write));
}

/** For a lead that HeyReach took, and does not show so that it can be linked. */
export function notShown({ item }: LeadWrite): BadInput {
	return new BadInput(
		`HeyReach took ${item.name || 'the lead'}, and does not show it yet`,
		'Nothing is lost: the next run finds it and links it.',
	);
}

/** Whether HeyReach may have taken the lead. */
const isPerhapsDone = (told: Told | undefined): boolean =>
	typeof told !== 'object' || mayBeDone(told.error);

const recordOf = ({ body }: LeadWrite, { to }: LeadPortion): IDataObject => ({
	result: 'untold',
	listId: to.listId,
	profileUrl: body?.profileUrl,
});

/** What the answer of HeyReach says of a lead that was sent. */
type Told = 'taken' | 'untold' | { error: unknown };

async function send(
	portion: LeadPortion,
	writes: readonly LeadWrite[],
	fold: Fold,
): Promise<Map<LeadWrite, Told>> {
	const { listId } = portion.to;
	const told = new Map<LeadWrite, Told>();
	const parts = writes.map(
		({ body }, itemIndex): Part => ({
			itemIndex,
			call: read('/list/AddLeadsToListV2', { listId, leads: [body ?? {}] }),
		}),
	);
	const probes: Probes = new Map();
	const settle = async ({ itemIndex }: Part, outcome: Outcome) => {
		told.set(writes[itemIndex], toldBy(outcome));
	};
	await inParallel(batchesOf(fold, parts), WIDTH, async (batch) => {
		const sendOne = async (call: Call) => {
			const isVain = portion.vain(call) !== undefined;
			for (const { itemIndex } of isVain ? [] : batch) writes[itemIndex].created ??= 'begun';
			return await portion.send(call);
		};
		await sendBatch(fold, portion.io.account, batch, sendOne, settle, probes);
		const outcomes = batch.map(({ itemIndex }) => told.get(writes[itemIndex]));
		const isCancelled = (one: Told | undefined) =>
			typeof one === 'object' && one.error instanceof Cancelled;
		if (outcomes.some(isCancelled)) throw new Cancelled();
	});
	return told;
}

function toldBy(outcome: Outcome): Told {
	if ('error' in outcome) return { error: outcome.error };
	return outcome.record.result === 'untold' ? 'untold' : 'taken';
}
