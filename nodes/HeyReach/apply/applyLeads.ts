import { failureOf, isOfAccount } from '../../applyFailure';
import { BadInput } from '../../engine/badInput';
import { Cancelled } from '../../engine/call/errors';
import type { Io } from '../../engine/operation';
import { TAGS, type Applied, type PlanItem } from '../../planItem';
import { addLeads, notShown } from './addLeads';
import { changeTags } from './changeTags';
import { decideWrite, endStale, isOthers } from './decideWrite';
import { listOf } from './leadCalls';
import { LeadPortion, type ApplyTo, type LeadWrite } from './leadPortion';
import { bodyOf, isBrandNew, missingValues, readFields } from './leadValues';
import { completeLead, hasCustom, lacksField, lookAtLeads } from './lookAtLeads';

/**
 * Carries out plan items for leads, all of one workspace, and gives what came of each, in their order.
 * A failure of one is data.
 *
 * The look before and the read-back are pages of lists (1,000 leads a call), the writes go 100 a call.
 * Leads that HeyReach may know, although no list shows them, are added in two steps: with the names
 * alone, and then with the fields that are blank in what HeyReach shows. So nothing is written over a value
 * that the plan has not seen. One look at each lead (`GetLead`) would be as safe and take 30 times the calls.
 * The names are the exception: HeyReach takes no lead without them, and those of a lead that is in no list
 * at all become the contact's.
 *
 * @throws Cancelled
 */
export async function applyLeads(
	items: readonly PlanItem[],
	io: Io,
	to: ApplyTo,
): Promise<Applied[]> {
	const portion = new LeadPortion(items, io, to);
	await unlessFailed(portion, async () => {
		await refuseEnrolment(portion);
		await lookAtLeads(portion);
	});
	await portion.each(portion.open, async (write) => decideWrite(write, portion));
	await unlessFailed(portion, async () => await addLeads(portion, portion.open.filter(hasBody)));
	const probes = portion.open.filter(({ isProbe }) => isProbe);
	await portion.each(probes, async (write) => await decideRest(write, portion));
	const rest = probes.filter((write) => write.end === undefined && hasBody(write));
	await unlessFailed(portion, async () => await addLeads(portion, rest));
	await portion.each(portion.open, async (write) => {
		const { item, lead = {} } = write;
		const tags = await tagsAfter(write, portion);
		const id = item.action === 'update' ? item.id : String(lead.linkedin_id);
		portion.finish(write, { id, fields: readFields(lead, item), ...(tags && { tags }) });
	});
	return portion.writes.map(({ end }) => end as Applied);
}

/**
 * Changes the tags. A failure is that of the tags alone where the lead itself was written.
 *
 * @returns all tags of the lead, as far as they are known
 */
async function tagsAfter(write: LeadWrite, portion: LeadPortion): Promise<string[] | undefined> {
	const [tags] = await Promise.allSettled([changeTags(write, portion)]);
	if (tags.status === 'fulfilled') return tags.value;
	const error: unknown = tags.reason;
	if (error instanceof Cancelled || isOfAccount(error) || !hasBody(write)) throw error;
	const { item, left } = write;
	left[TAGS] = failureOf(error, portion.io.context.getNode(), item, write.created).message;
	return undefined;
}

const hasBody = ({ body }: LeadWrite) => body !== undefined;

/** Work for all writes: what it throws is the failure of each that is open. */
async function unlessFailed(portion: LeadPortion, work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		for (const write of portion.open) portion.fail(write, error);
	}
}

/** @throws BadInput for a list that campaigns use: adding to it could send messages */
async function refuseEnrolment(portion: LeadPortion): Promise<void> {
	const { listId, allowEnrolment } = portion.to;
	if (allowEnrolment) return;
	const { name, campaignIds } = await listOf(listId, portion);
	if (!Array.isArray(campaignIds) || campaignIds.length === 0) return;
	throw new BadInput(
		`The list “${String(name ?? listId)}” is used by ${campaignIds.length === 1 ? 'a campaign' : `${campaignIds.length} campaigns`}, so adding leads to it could send them messages`,
		'Make a list of its own for the sync, which no campaign uses, and choose it here. If the leads are meant to enter the campaign, turn on Allow a List With Campaigns. Nothing was written.',
	);
}

/** Sees who was added with the names alone, and makes the body with the fields that are still blank. */
async function decideRest(write: LeadWrite, portion: LeadPortion): Promise<void> {
	write.body = undefined;
	if (isOthers(write)) {
		endStale(write, portion);
		return;
	}
	const { item, lead = {} } = write;
	if (!isBrandNew(lead)) {
		// What it has already is not known, so nothing may be written over it.
		if (hasCustom(write) && !Array.isArray(lead.customFields)) throw notShown(write);
		if (lacksField(item, lead)) await completeLead(write, portion);
	}
	const changes = missingValues(item, write.lead ?? {});
	if (Object.keys(changes).length > 0) write.body = bodyOf(write, changes);
}
