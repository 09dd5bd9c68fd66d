import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { compareIdentities, identityOf, isMemberId } from '../../linkedInIdentity';
import { changedSince, customNameOf, isAllLeft, without } from '../../planItem';
import type { PlanItem, Taken } from '../../planItem';
import { customName, isCustomFieldName, isLeadField } from '../fields/leadColumns';
import { toProfileUrl } from '../fields/leadKey';
import { addressesIn } from './leadKeys';
import type { LeadPortion, LeadWrite } from './leadPortion';
import { bodyOf, missingValues, readFields } from './leadValues';

/**
 * Compares the lead with what the plan saw, and makes the body that is to be sent, if any. A write that is
 * not to be carried out comes to its end here.
 *
 * @throws BadInput for a lead that cannot be written
 */
export function decideWrite(write: LeadWrite, portion: LeadPortion): void {
	const { item, lead } = write;
	if (!lead) requireAddress(write);
	if (!lead && item.action === 'update') throw notFound(write);
	if (isOthers(write) || (lead !== undefined && isAnother(item, lead))) {
		endStale(write, portion);
		return;
	}
	if (item.action === 'update' && lead) write.left = changedSince(item, readFields(lead, item));
	leaveOut(write);
	if (isAllLeft(write.item)) {
		endStale(write, portion);
		return;
	}
	if (write.isProbe) {
		// All that will be sent is checked before the first of it is.
		bodyOf(write, missingValues(write.item, {}));
		write.body = bodyOf(write, {});
		return;
	}
	const changes = missingValues(write.item, lead ?? {});
	const isNew = item.action === 'create' && !write.isListed;
	if (isNew || Object.keys(changes).length > 0) write.body = bodyOf(write, changes);
}

/**
 * Whether the address of the lead to create is that of another person by now, by the member ID. A name on
 * LinkedIn can pass from one person to another.
 */
export function isOthers(write: LeadWrite): boolean {
	write.taken = takenBy(write.item, write.lead);
	return write.taken !== undefined;
}

function takenBy({ action, keys }: PlanItem, lead: IDataObject | undefined): Taken[] | undefined {
	if (action === 'update' || !lead) return undefined;
	const [wanted, has] = [keys.memberId, lead.linkedin_id].map((id) => identityOf([], [id]));
	if (compareIdentities(wanted, has) !== 'other') return undefined;
	const id = String(lead.linkedin_id);
	const owner = [lead.firstName, lead.lastName].filter(Boolean).join(' ');
	return [{ name: 'profileUrl', id, owner: owner || id }];
}

/**
 * Whether the lead is another person than the plan saw. An ID that becomes a number is no other person: the
 * first one was provisional.
 */
function isAnother({ action, id }: PlanItem, lead: IDataObject): boolean {
	const now = String(lead.linkedin_id ?? '');
	return action === 'update' && now !== id && isMemberId(now) && isMemberId(id);
}

function requireAddress({ address, item }: LeadWrite): void {
	if (address !== undefined) return;
	const others = addressesIn(item).filter((one) => typeof one === 'string' && one !== '');
	if (others.length > 0) toProfileUrl(others[0]);
	throw new BadInput(
		`${item.name || 'This lead'} has no LinkedIn address, which HeyReach needs to identify a lead`,
		'Add the address to the contact in HighLevel, in the custom field that the field table maps to the LinkedIn URL.',
	);
}

function notFound({ item }: LeadWrite): BadInput {
	return new BadInput(
		`HeyReach does not find ${item.name || 'this lead'} by its LinkedIn address`,
		'It may have been removed since the plan was made. The next run sees it.',
	);
}

/** Leaves out what has changed meanwhile, and custom fields whose name HeyReach does not take. */
function leaveOut(write: LeadWrite): void {
	const { item, left } = write;
	for (const name of Object.keys(item.set)) {
		if (isLeadField(name) || isCustomFieldName(customNameOf(name))) continue;
		left[name] = `“${name}” cannot be the name of a custom field in HeyReach`;
		if (isAllLeft(without(item, left))) customName(name);
	}
	write.item = without(item, left);
}

export function endStale(write: LeadWrite, portion: LeadPortion): void {
	portion.finish(write, { id: write.item.id, stale: true });
}
