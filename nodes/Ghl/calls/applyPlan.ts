import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { callTo, readOrNone } from '../../engine/call/callTo';
import { ApiFault } from '../../engine/call/errors';
import { BadInput } from '../../engine/badInput';
import type { Call, Io, Problem, Recovered } from '../../engine/operation';
import { lacksList } from '../../engine/call/paginate';
import {
	applied,
	changedSince,
	isAllLeft,
	madeBefore,
	noteCreate,
	planItemOf,
	rememberMade,
	without,
} from '../../planItem';
import type { PlanItem, PlanResult, PlanValue, Taken } from '../../planItem';
import { textsIn, isObject, rowsOf } from '../../engine/values';
import { clearing } from '../fields/contactColumns';
import { isSamePerson, writtenIdentity } from './contactIdentity';
import { addTagsCall, duplicateCall, removeTagsCall } from './contacts';
import { bodyOf, valuesOf } from './planFields';
import { recoverCreate } from './recoverContact';

/** Fields whose value only one contact may have, with their names in the search for duplicates. */
const UNIQUE = { email: 'email', phone: 'number' };
type Unique = keyof typeof UNIQUE;
const UNIQUE_NAMES = Object.keys(UNIQUE) as Unique[];
const isUnique = (name: unknown): name is Unique => UNIQUE_NAMES.some((one) => one === name);

/** The first read: the contact of an update; for a create the search for a contact that exists already. */
export async function startApply(io: Io): Promise<Call> {
	const item = planItemOf(io, 'A');
	if (item.action === 'update') return readCall(item.id);
	const [first] = await looksFor(item, io);
	if (first) return first.call;
	throw new BadInput(
		`${item.name || 'This contact'} has no email, phone or LinkedIn address, and could not be found again`,
		'A create whose answer is lost would be made twice. Map a field that tells who it is.',
	);
}

/** Writes what is planned, and puts out the item with the contact as it is after the write. */
export async function finishApply(record: IDataObject, io: Io): Promise<IDataObject> {
	return applied(io, await applyOnce(io.itemIndex, io, record));
}

/** The items of one run. An item may have to wait for another one, and may be there twice. */
interface Batch {
	/** The index of the item that changes a contact, by the account and the contact's id. */
	updates: Map<string, number>;
	/** The index of the first create with a key, by the account and that key. */
	creates: Map<string, number>;
	/** The work on an item, by the item's index, from the moment it begins. */
	works: Map<number, { result: Promise<PlanResult>; notes: Io['notes'] }>;
	/** The index of the item for whose write an item waits, by the index of the waiting item. */
	waits: Map<number, number>;
	/** The fields that an item has still to write, by the item's index. */
	open: Map<number, IDataObject>;
	/** The fields (`item name`) that were cleared to free their value. */
	cleared: Set<string>;
}

const batches = new WeakMap<IExecuteFunctions, Batch>();

function batchOf(io: Io): Batch {
	const { context } = io;
	const known = batches.get(context);
	if (known) return known;
	const batch: Batch = {
		updates: new Map(),
		creates: new Map(),
		works: new Map(),
		waits: new Map(),
		open: new Map(),
		cleared: new Set(),
	};
	for (const [index, { json }] of context.getInputData().entries()) {
		const { action, id, opKey } = json;
		const key = keyIn(io.of(index), action === 'update' ? id : opKey);
		if (key === undefined) continue;
		if (action === 'update') batch.updates.set(key, index);
		if (action === 'create' && !batch.creates.has(key)) batch.creates.set(key, index);
	}
	batches.set(context, batch);
	return batch;
}

/** A name in the account of the item. An item that names no account is not worked on, and has none. */
function keyIn(io: Io, name: unknown): string | undefined {
	const known = String(name ?? '');
	if (known === '') return undefined;
	try {
		return `${io.account.budgetKey} ${known}`;
	} catch {
		return undefined;
	}
}

/**
 * Carries out an item of this run once. The first to ask is the item's own turn, or another item that
 * waits for a value that this item gives up.
 *
 * @param first the answer to the call of `startApply`
 */
async function applyOnce(index: number, io: Io, first?: IDataObject): Promise<PlanResult> {
	const { works } = batchOf(io);
	let work = works.get(index);
	if (!work) {
		const own = io.of(index);
		work = { result: apply(own, first), notes: own.notes };
		works.set(index, work);
	}
	const [outcome] = await Promise.allSettled([work.result]);
	for (const [key, note] of work.notes) io.notes.set(key, note);
	if (outcome.status === 'rejected') throw outcome.reason;
	return outcome.value;
}

async function apply(io: Io, first?: IDataObject): Promise<PlanResult> {
	const item = planItemOf(io, 'A');
	if (item.action === 'update') return await update(item, io, first);
	const same = batchOf(io).creates.get(keyIn(io, item.opKey) ?? '') ?? io.itemIndex;
	return same === io.itemIndex ? await create(item, io, first) : await applyOnce(same, io);
}

// ---------------------------------------------------------------- Update

async function update(whole: PlanItem, io: Io, read?: IDataObject): Promise<PlanResult> {
	const { id } = whole;
	const names = Object.keys(whole.set);
	const contact = read ? contactIn(read) : await readContact(id, io);
	const before = await valuesOf(contact, names, io, true);
	const result: PlanResult = { id, fields: before, tags: textsIn(contact.tags) };
	const left = changedSince(whole, before);
	const item = without(whole, left);
	const { body, refused } = await bodyOf(item, io);
	Object.assign(left, refused);
	if (Object.keys(left).length > 0) result.left = left;
	if (isAllLeft(without(item, refused))) return { ...result, stale: true };
	if (Object.keys(body).length > 0) {
		const { contact: after, taken } = await putFields(item, body, io);
		for (const { name, id: other, owner } of taken) {
			left[name] = `the value is that of another contact, ${owner} (${other})`;
			if (batchOf(io).cleared.has(`${io.itemIndex} ${name}`)) before[name] = null;
		}
		result.fields = {
			...pick(before, Object.keys(left)),
			...(await valuesOf(after, names, io, false)),
		};
		if (Array.isArray(after.tags)) result.tags = textsIn(after.tags);
		if (taken.length > 0) Object.assign(result, { left, taken });
		if (isAllLeft(without(item, left))) return { ...result, stale: true };
	}
	const { addTags, removeTags } = item;
	if (addTags.length > 0) result.tags = await tagsAfter(addTagsCall(id, [...addTags]), io);
	if (removeTags.length > 0) result.tags = await tagsAfter(removeTagsCall(id, [...removeTags]), io);
	return result;
}

/** Writes the body without the values that another contact has and does not give up. */
async function putFields(
	{ id, name: person }: PlanItem,
	body: IDataObject,
	io: Io,
): Promise<{ contact: IDataObject; taken: Taken[] }> {
	batchOf(io).open.set(io.itemIndex, body);
	const taken: Taken[] = [];
	const waited = new Set<string>();
	while (Object.keys(body).length > 0) {
		const sent = await sendOrClash(putCall(id, body), io);
		if ('contact' in sent) return { contact: sent.contact, taken };
		const { owner, name } = sent;
		if (name === undefined || !(name in body)) throw sent.error;
		const again = `${name} ${owner}`;
		if (!waited.has(again) && (await givenUp(name, owner, io))) {
			waited.add(again);
			continue;
		}
		taken.push(takenBy(name, await readContact(owner, io), person, io));
		delete body[name];
	}
	return { contact: {}, taken };
}

/**
 * Whether the contact that has a value gives it up in this run. The write of that contact is then done
 * first. Two contacts that swap their emails wait for each other: the field of the other contact is
 * then cleared until its own write.
 */
async function givenUp(name: Unique, owner: string, io: Io): Promise<boolean> {
	const batch = batchOf(io);
	const index = batch.updates.get(keyIn(io, owner) ?? '');
	if (index === undefined || index === io.itemIndex) return false;
	const { set } = io.context.getInputData()[index].json;
	const open = batch.open.get(index) ?? (isObject(set) ? set : {});
	if (!(name in open)) return false;
	if (isWaiting(index, io.itemIndex, batch)) {
		await io.send(putCall(owner, { [name]: clearing(name) }));
		batch.cleared.add(`${index} ${name}`);
		return true;
	}
	batch.waits.set(io.itemIndex, index);
	await Promise.allSettled([applyOnce(index, io)]);
	batch.waits.delete(io.itemIndex);
	return true;
}

/** Whether an item waits for another one, directly or through items in between. */
function isWaiting(index: number, other: number, { waits }: Batch): boolean {
	for (let at = waits.get(index); at !== undefined; at = waits.get(at)) {
		if (at === other) return true;
	}
	return false;
}

const putCall = (contactId: string, body: IDataObject): Call =>
	callTo('PUT /contacts/{contactId}', { values: { contactId }, body, scope: 'contacts.write' });

const pick = (values: Record<string, PlanValue>, names: string[]) =>
	Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));

async function tagsAfter(call: Call, io: Io): Promise<string[] | undefined> {
	const { body } = await io.send(call);
	return isObject(body) && Array.isArray(body.tags) ? textsIn(body.tags) : undefined;
}

// ---------------------------------------------------------------- Create

async function create(item: PlanItem, io: Io, first?: IDataObject): Promise<PlanResult> {
	const id = madeBefore(io, item);
	const body = id === undefined ? undefined : await readOrNone(readCall(id), io);
	const made = body === undefined ? undefined : contactIn(body);
	if (made && (await isSamePerson(made, item, io)) !== 'other') return await asItIs(made, item, io);

	let { ours, taken } = await look(item, io, first);
	if (!ours && taken.length > 0 && (await areGivenUp(taken, io))) {
		({ ours, taken } = await look(item, io));
	}
	if (!ours && taken.length === 0) {
		const { body, refused } = await bodyOf(item, io);
		const sent = await sendCreate(item, body, io);
		if ('made' in sent) return await asItIs(sent.made, item, io);
		if ('contact' in sent) return await created(sent.contact, item, refused, io);
		const owner = await readContact(sent.owner, io);
		if ((await isSamePerson(owner, item, io)) === 'same') ours = owner;
		else taken = [takenBy(sent.name ?? 'email', owner, item.name, io)];
	}
	if (!ours) return { id: '', stale: true, taken };
	const found = await asItIs(await readContact(String(ours.id), io), item, io);
	// No earlier run was to make this contact, and it has other values: the next plan compares them.
	const others = changedSince({ ...item, expect: item.set }, found.fields ?? {});
	const isOther = Object.keys(others).length > 0 && !item.lookUpFirst;
	return isOther ? { ...found, stale: true } : found;
}

interface Look {
	call: Call;
	/** The field by whose value the call searches; absent for a search by the LinkedIn address. */
	name?: Unique;
}

/**
 * The searches for the contacts that have the email and the phone of an item. A search by the LinkedIn
 * address is added where only it would find a contact that an earlier run has created.
 */
async function looksFor(item: PlanItem, io: Io): Promise<Look[]> {
	const { locationId } = io.account.values;
	const looks: Look[] = UNIQUE_NAMES.filter((name) => item.set[name]).map((name) => ({
		call: duplicateCall(locationId, { [UNIQUE[name]]: item.set[name] }),
		name,
	}));
	if (item.set.email && !item.lookUpFirst) return looks;
	for (const [id, value] of await writtenIdentity(item, io)) {
		const filters = [{ field: `customFields.${id}`, operator: 'eq', value }];
		looks.push({
			call: callTo('POST /contacts/search', {
				body: { locationId, page: 1, pageLimit: 10, filters },
				repeatable: true,
				scope: 'contacts.readonly',
				lacks: lacksList('contacts'),
			}),
		});
	}
	return looks;
}

/**
 * `ours` is the contact that is the same person as the item, by the LinkedIn identity. `taken` are the
 * contacts that have its email or phone and are not known to be that person: people share mailboxes
 * and phone lines.
 */
async function look(
	item: PlanItem,
	io: Io,
	first?: IDataObject,
): Promise<{ ours?: IDataObject; taken: Taken[] }> {
	const taken: Taken[] = [];
	for (const [at, { call, name }] of (await looksFor(item, io)).entries()) {
		const body = at === 0 && first ? first : (await io.send(call)).body;
		const contact = isObject(body) && isObject(body.contact) ? [body.contact as IDataObject] : [];
		for (const found of name ? contact : rowsOf(body, 'contacts')) {
			if ((await isSamePerson(found, item, io)) === 'same') return { ours: found, taken: [] };
			if (name) taken.push(takenBy(name, found, item.name, io));
		}
	}
	return { taken };
}

async function areGivenUp(taken: Taken[], io: Io): Promise<boolean> {
	for (const { name, id } of taken) {
		if (!isUnique(name) || !(await givenUp(name, id, io))) return false;
	}
	return true;
}

/** Sends a create. `made` is a contact that HighLevel has made although it refused the call. */
async function sendCreate(
	item: PlanItem,
	body: IDataObject,
	io: Io,
): Promise<Sent | { made: IDataObject }> {
	const { locationId } = io.account.values;
	const tags = item.addTags.length > 0 ? { tags: [...item.addTags] } : {};
	const call = callTo('POST /contacts/', {
		body: { locationId, ...body, ...tags },
		scope: 'contacts.write',
	});
	noteCreate(io, 'begun');
	const [sent] = await Promise.allSettled([sendOrClash(call, io)]);
	if (sent.status === 'rejected') {
		const made = await madeAllTheSame(sent.reason, item, io);
		if (!made) throw sent.reason;
		rememberMade(io, item, String(made.id));
		return { made };
	}
	noteCreate(io, 'contact' in sent.value ? 'done' : undefined);
	return sent.value;
}

async function madeAllTheSame(
	error: unknown,
	item: PlanItem,
	io: Io,
): Promise<IDataObject | undefined> {
	if (!(error instanceof ApiFault) || !error.problem.maybeDone) return undefined;
	const { ours, taken } = await look(item, io);
	const isSeenAtOnce = UNIQUE_NAMES.some((name) => item.set[name]);
	if (!ours && taken.length === 0 && isSeenAtOnce) noteCreate(io, undefined);
	return ours && (await readContact(String(ours.id), io));
}

async function created(
	contact: IDataObject,
	item: PlanItem,
	left: Record<string, string>,
	io: Io,
): Promise<PlanResult> {
	const id = String(contact.id);
	rememberMade(io, item, id);
	const fields = await valuesOf(contact, Object.keys(without(item, left).set), io, false);
	const result: PlanResult = { id, fields, tags: textsIn(contact.tags) };
	if (Object.keys(left).length > 0) result.left = left;
	if (item.removeTags.length > 0)
		result.tags = await tagsAfter(removeTagsCall(id, [...item.removeTags]), io);
	return result;
}

/** The result for a contact that an earlier run has made of this item. */
async function asItIs(contact: IDataObject, item: PlanItem, io: Io): Promise<PlanResult> {
	const fields = await valuesOf(contact, Object.keys(item.set), io, true);
	return { id: String(contact.id), fields, tags: textsIn(contact.tags) };
}

/**
 * Finds what became of a create whose answer was lost. Only a contact with the same LinkedIn identity
 * counts as made by it. An item that writes no LinkedIn identity goes by the first and last name. A
 * create that was refused is looked into by `madeAllTheSame`.
 */
export async function recoverApply(
	lost: Call,
	io: Io,
	startedAt: number,
	refusal?: Problem,
): Promise<Recovered> {
	const found = refusal ? 'unknown' : await recoverCreate(lost, io, startedAt);
	if (typeof found === 'string') return found;
	const item = planItemOf(io, 'A');
	const contact = contactIn(found.body);
	const isNamedSo = ['firstName', 'lastName'].every(
		(name) => plain(contact[name]) === plain(lost.body?.[name]),
	);
	const hasIdentity = (await writtenIdentity(item, io)).size > 0;
	const isOurs = hasIdentity ? (await isSamePerson(contact, item, io)) === 'same' : isNamedSo;
	return isOurs ? found : 'unknown';
}

const plain = (value: unknown) =>
	String(value ?? '')
		.trim()
		.toLowerCase();

// ---------------------------------------------------------------- Calls

/** A write that succeeded, or the contact (`owner`) that has one of its values already. */
type Sent = { contact: IDataObject } | { owner: string; name?: Unique; error: ApiFault };

async function sendOrClash(call: Call, io: Io): Promise<Sent> {
	const [answer] = await Promise.allSettled([io.send(call)]);
	if (answer.status === 'fulfilled') return { contact: contactIn(answer.value.body) };
	const error: unknown = answer.reason;
	const { contactId, matchingField } = (error instanceof ApiFault && error.problem.details) || {};
	if (!(error instanceof ApiFault) || typeof contactId !== 'string') throw error;
	return { owner: contactId, error, ...(isUnique(matchingField) && { name: matchingField }) };
}

function takenBy(name: Unique, contact: IDataObject, person: string, io: Io): Taken {
	const id = String(contact.id);
	const { contactName, firstName, lastName, name: whole, email, companyName } = contact;
	const full = [firstName, lastName].filter(Boolean).join(' ');
	const owner = [contactName, full, whole, email, companyName].find(Boolean);
	const taken = { name, id, owner: String(owner ?? id) };
	io.tell(
		'Not written, because another contact has it',
		`${name} of ${person} (${taken.owner}, ${id})`,
	);
	return taken;
}

const readCall = (contactId: string): Call =>
	callTo('GET /contacts/{contactId}', { values: { contactId }, scope: 'contacts.readonly' });

async function readContact(id: string, io: Io): Promise<IDataObject> {
	return contactIn((await io.send(readCall(id))).body);
}

function contactIn(body: unknown): IDataObject {
	if (!isObject(body)) return {};
	return (isObject(body.contact) ? body.contact : body) as IDataObject;
}
