import type { IDataObject } from 'n8n-workflow';
import { ApiFault } from '../../engine/call/errors';
import { isObject, rowsOf } from '../../engine/values';
import type { Call, Fold, Io, Problem, Share } from '../../engine/operation';
import { foldOf } from './folds';
import { readOrNone } from '../../engine/call/callTo';
import { read } from './read';

/** Where the leads of a call stand in its body. */
type Place = 'leads' | 'accountLeadPairs';

/**
 * Leads that an earlier call has sent, whose answer was lost or whose counts did not tell which
 * part failed.
 */
const sentBefore = new WeakSet<object>();

/**
 * Leads for the same list or campaign share a call. HeyReach answers with counts only. Every lead
 * is taken where the counts say that all were. Otherwise the halves are sent again, which changes
 * nothing for the leads that were taken.
 *
 * The `result` of each record is `added`, `updated`, or `saved` where the counts hold both.
 * `confirmTaken` looks into `untold`: no count moved.
 */
export function foldLeads(place: Place): Fold {
	const fold = foldOf(place, ({ body, repeated }, calls) => {
		const entries = calls.flatMap((call) => entriesOf(call, place));
		if (repeated) for (const entry of entries) sentBefore.add(entry);
		const counts = countsOf(body);
		const taken = counts.added + counts.updated;
		if (taken === entries.length && counts.failed === 0) {
			return calls.map((call, index) => share(call, place, resultOf(counts, entries[index])));
		}
		if (calls.length > 1) {
			for (const entry of entries) sentBefore.add(entry);
			return 'divide';
		}
		if (taken === 0 && counts.failed === 0) return [share(calls[0], place, 'untold')];
		return [{ problem: notTaken(counts) }];
	});
	// The target alone, without the options that would set a campaign going.
	const probe = (call: Call): Call => ({ ...call, body: { ...targetOf(call), [place]: [] } });
	return { ...fold, hasTarget: true, probe };
}

function entriesOf({ body }: Call, place: Place): IDataObject[] {
	return rowsOf(body, place);
}

interface Counts {
	added: number;
	updated: number;
	failed: number;
}

function countsOf(body: unknown): Counts {
	const of = (name: string) => (isObject(body) ? Number(body[name]) || 0 : 0);
	return {
		added: of('addedLeadsCount'),
		updated: of('updatedLeadsCount'),
		failed: of('failedLeadsCount'),
	};
}

function resultOf({ added, updated }: Counts, entry: object): string {
	if (updated === 0) return 'added';
	// HeyReach counts a lead as updated where an earlier call has added it.
	return added === 0 && !sentBefore.has(entry) ? 'updated' : 'saved';
}

function share(call: Call, place: Place, result: string): Share {
	const [entry] = entriesOf(call, place);
	const { profileUrl, firstName, lastName } = leadIn(entry);
	return { record: { ...targetOf(call), profileUrl, firstName, lastName, result } };
}

function targetOf({ body: { listId, campaignId } = {} }: Call): IDataObject {
	return listId === undefined ? { campaignId } : { listId };
}

const leadIn = (entry: IDataObject): IDataObject =>
	isObject(entry.lead) ? (entry.lead as IDataObject) : entry;

function notTaken({ added, updated, failed }: Counts): Problem {
	return {
		kind: 'refused',
		message: 'HeyReach did not accept this lead',
		description: `It counts ${added} added, ${updated} updated and ${failed} failed. Check the profile URL: it must be the address of a person on LinkedIn.`,
		details: { addedLeadsCount: added, updatedLeadsCount: updated, failedLeadsCount: failed },
	};
}

/**
 * Asks HeyReach for a lead that it has not counted. HeyReach was seen to drop such a lead, and to
 * have it already without a change.
 *
 * @throws ApiFault when it is not
 */
export async function confirmTaken(
	record: IDataObject,
	io: Pick<Io, 'send'>,
): Promise<IDataObject> {
	if (record.result !== 'untold') return record;
	const { listId, campaignId, profileUrl } = record;
	const call =
		listId !== undefined
			? read('/list/GetLeadsFromList', { listId, leadProfileUrl: profileUrl, offset: 0, limit: 1 })
			: read('/campaign/GetCampaignsForLead', { profileUrl, offset: 0, limit: 100 });
	const rows = rowsOf(await readOrNone(call, io), 'items');
	const isThere = listId !== undefined ? rows.length > 0 : rows.some(isOf(campaignId));
	if (isThere) return { ...record, result: 'unchanged' };
	throw new ApiFault(notTaken({ added: 0, updated: 0, failed: 0 }), call);
}

const isOf = (campaignId: unknown) => (row: IDataObject) => row.campaignId === campaignId;
