import type { IDataObject } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import { ApiFault } from '../../engine/call/errors';
import type { CallPair } from '../../engine/call/callPair';
import { isObject } from '../../engine/values';
import type { Call, Io } from '../../engine/operation';
import type { Taken } from '../../planItem';

/** Fields whose value only one contact may have, with their names in the search for duplicates. */
export const UNIQUE = { email: 'email', phone: 'number' };
export type Unique = keyof typeof UNIQUE;
export const UNIQUE_NAMES = Object.keys(UNIQUE) as Unique[];
export const isUnique = (name: unknown): name is Unique => UNIQUE_NAMES.some((one) => one === name);

export const readCall = (contactId: string): Call =>
	callTo('GET /contacts/{contactId}', { values: { contactId }, scope: 'contacts.readonly' });

export const putCall = (contactId: string, body: IDataObject): Call =>
	callTo('PUT /contacts/{contactId}', { values: { contactId }, body, scope: 'contacts.write' });

export async function readContact(id: string, io: Io, pair?: CallPair): Promise<IDataObject> {
	return contactIn((await io.send(readCall(id), pair)).body);
}

export function contactIn(body: unknown): IDataObject {
	if (!isObject(body)) return {};
	return (isObject(body.contact) ? body.contact : body) as IDataObject;
}

/** A write that succeeded, or the contact (`owner`) that has one of its values already. */
export type Sent = { contact: IDataObject } | { owner: string; name?: Unique; error: ApiFault };

export async function sendOrClash(call: Call, io: Io, pair?: CallPair): Promise<Sent> {
	const [answer] = await Promise.allSettled([io.send(call, pair)]);
	if (answer.status === 'fulfilled') return { contact: contactIn(answer.value.body) };
	const error: unknown = answer.reason;
	const { contactId, matchingField } = (error instanceof ApiFault && error.problem.details) || {};
	if (!(error instanceof ApiFault) || typeof contactId !== 'string') throw error;
	return { owner: contactId, error, ...(isUnique(matchingField) && { name: matchingField }) };
}

/** Notes, also in a hint of the run, that another contact has the value of a field. */
export function takenBy(name: Unique, contact: IDataObject, person: string, io: Io): Taken {
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
