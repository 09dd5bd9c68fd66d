import type { IDataObject } from 'n8n-workflow';
import { ApiFault, isObject } from '../../engine/call/errors';
import type { Call, Io, Problem, Recovered } from '../../engine/operation';
import { duplicateCall } from './contacts';
import { holds } from './recover';

/**
 * A create whose answer was lost: the contact that has its email or phone was made by it if it is
 * no older than the call (a minute is allowed for clocks that differ). An older one is a duplicate,
 * and the create, sent again, is told so by HighLevel. One that was made although fields of it were
 * refused is as good as created where it says all that was sent.
 *
 * @throws ApiFault that names the contact where it was made and lacks some of it
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
			message: `${refusal.message}. A contact was made all the same: ${contactId}`,
			description:
				'It lacks what was refused. Correct the fields that are named, and update this contact instead of creating it again.',
			details: { ...refusal.details, contactId },
		},
		call,
		'422',
	);
}
