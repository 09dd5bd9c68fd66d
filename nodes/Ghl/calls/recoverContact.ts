import type { IDataObject } from 'n8n-workflow';
import { ApiFault } from '../../engine/call/errors';
import { isObject } from '../../engine/values';
import type { Call, Io, Problem, Recovered } from '../../engine/operation';
import { duplicateCall } from './contacts';
import { holds } from './recover';

/**
 * Finds what became of a create whose answer was lost. The contact with the email or phone of the call
 * was made by the call if the contact is no older than the call; a minute is allowed for clocks that
 * differ. An older contact is a duplicate, and HighLevel says so when the create is sent again. A
 * create that was refused counts as carried out if the contact holds all that was sent.
 *
 * @throws ApiFault that names the contact where it was made and lacks a part of what was sent
 */
export async function recoverCreate(
	call: Call,
	io: Io,
	startedAt: number,
	refusal?: Problem,
): Promise<Recovered> {
	const query: IDataObject = {};
	if (call.body?.email) query.email = call.body.email;
	if (call.body?.phone) query.number = call.body.phone;
	if (Object.keys(query).length === 0) return 'unknown';
	const answer = await io.send(duplicateCall(io.account.values.locationId, query));
	const contact = isObject(answer.body) ? answer.body.contact : undefined;
	if (!isObject(contact)) return 'not done';
	const addedAt = Date.parse(String(contact.dateAdded));
	if (!(addedAt >= startedAt - 60_000)) return 'not done';
	if (!refusal || holds(contact as IDataObject, call.body ?? {})) {
		return { ...answer, body: { contact } };
	}
	const contactId = String(contact.id);
	throw new ApiFault(
		{
			...refusal,
			message: `${refusal.message}. A contact was created anyway: ${contactId}`,
			description:
				'The refused values are missing in it. Correct the fields that are named, and update this contact instead of creating it again.',
			details: { ...refusal.details, contactId },
		},
		call,
		'422',
	);
}
