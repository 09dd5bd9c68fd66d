import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { readOrNone } from '../../engine/call/callTo';
import { textsIn } from '../../engine/values';
import { changedSince, madeBefore, rememberMade, without } from '../../planItem';
import type { PlanItem, PlanResult } from '../../planItem';
import { isSamePerson } from './contactIdentity';
import { bodyOf, valuesOf } from './planFields';
import { contactIn, readCall, readContact, takenBy, UNIQUE_NAMES } from './contactCalls';
import { areGivenUp } from './handOver';
import { lookForContact, searchesFor } from './lookForContact';
import type { Portion, Write } from './portion';
import { sendCreate } from './sendCreate';
import { tagsToWrite } from './writeTags';

/** Creates the contact of a plan item, unless it is there already. */
export async function createContact(write: Write, portion: Portion): Promise<PlanResult> {
	const { item } = write;
	const same = portion.creates.get(item.opKey ?? '') ?? write;
	if (same === write) return await create(write, portion);
	const [outcome] = await Promise.allSettled([portion.carryOut(same)]);
	write.created = same.created;
	if (outcome.status === 'rejected') throw outcome.reason;
	return outcome.value;
}

async function create(write: Write, portion: Portion): Promise<PlanResult> {
	const { item } = write;
	const { io } = portion;
	const id = madeBefore(io, item);
	const body = id === undefined ? undefined : await readOrNone(readCall(id), io);
	const made = body === undefined ? undefined : contactIn(body);
	if (made && (await isSamePerson(made, item, io)) !== 'other') return await asItIs(made, item, io);

	if (await isRefusedTwice(item, portion)) {
		const done = await createNow(write, portion);
		// The refusal names one contact; the look finds the others and tells who they are.
		if (!('owner' in done)) return done;
	}
	const searches = await searchesFor(item, io);
	if (searches.length === 0) throw untraceable(item);
	let { ours, taken } = await lookForContact(item, searches, io);
	if (!ours && taken.length > 0 && (await areGivenUp(taken, write, portion))) {
		({ ours, taken } = await lookForContact(item, searches, io));
	}
	if (!ours && taken.length === 0) {
		const done = await createNow(write, portion);
		if (!('owner' in done)) return done;
		const owner = await readContact(done.owner, io);
		if ((await isSamePerson(owner, item, io)) === 'same') ours = owner;
		else taken = [takenBy(done.name ?? 'email', owner, item.name, io)];
	}
	if (!ours) return { id: '', stale: true, taken };
	const found = await asItIs(await readContact(String(ours.id), io), item, io);
	// No earlier run was to make this contact, and it has other values: the next plan compares them.
	const others = changedSince({ ...item, expect: item.set }, found.fields ?? {});
	const isOther = Object.keys(others).length > 0 && !item.lookUpFirst;
	return isOther ? { ...found, stale: true } : found;
}

/**
 * Whether HighLevel itself refuses this create where the contact is there already. The create then needs
 * no look before it.
 */
async function isRefusedTwice(item: PlanItem, portion: Portion): Promise<boolean> {
	const isUnique = UNIQUE_NAMES.some((name) => item.set[name]);
	return isUnique && !item.lookUpFirst && (await portion.refusesDuplicates());
}

/** @returns the contact that was made, or the one (`owner`) that has a value of it already */
async function createNow(
	write: Write,
	portion: Portion,
): Promise<PlanResult | Extract<Awaited<ReturnType<typeof sendCreate>>, { owner: string }>> {
	const { item } = write;
	const { io } = portion;
	const { body, refused } = await bodyOf(item, io);
	const sent = await sendCreate(write, body, portion);
	if ('owner' in sent) return sent;
	if ('made' in sent) return await asItIs(sent.made, item, io);
	const { contact } = sent;
	const id = String(contact.id);
	rememberMade(io, item, id);
	write.tags = { ...tagsToWrite(item, contact.tags), add: [] };
	const names = Object.keys(without(item, refused).set);
	const fields = await valuesOf(contact, names, io, false);
	const result: PlanResult = { id, fields, tags: textsIn(contact.tags) };
	if (Object.keys(refused).length > 0) result.left = refused;
	return result;
}

/** The result for a contact that an earlier run has made of this item. */
async function asItIs(
	contact: IDataObject,
	item: PlanItem,
	io: Portion['io'],
): Promise<PlanResult> {
	const fields = await valuesOf(contact, Object.keys(item.set), io, true);
	return { id: String(contact.id), fields, tags: textsIn(contact.tags) };
}

const untraceable = ({ name }: PlanItem) =>
	new BadInput(
		`${name || 'This contact'} has no email, phone or LinkedIn address, and could not be found again`,
		'If the answer to a create is lost, the contact would be created twice. Map a field that identifies the contact.',
	);
