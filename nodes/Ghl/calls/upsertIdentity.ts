import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { isObject } from '../../engine/values';
import { field } from '../../engine/describe/fields';
import type { Call, Io } from '../../engine/operation';
import { duplicateCall } from './contacts';

/**
 * HighLevel's upsert loses values in two cases without a word (its own issue tracker, 37 and 337). Where
 * the email belongs to one contact and the phone to another, it writes to one of them and drops the
 * other value. An additional email of a contact takes the place of the first, which is then gone.
 */

export const identityCheck = field({
	displayName: 'Email and Phone Check',
	name: 'identityCheck',
	type: 'options',
	options: [
		{
			name: 'Compare the Answer',
			value: 'answer',
			description: 'Show a hint if HighLevel kept another email or phone than the one sent',
		},
		{
			name: 'Check First and Stop',
			value: 'refuse',
			description:
				'Stop with an error if the email and phone belong to two contacts, or are additional ones of a contact. One or two more calls per item.',
		},
		{
			name: 'Check First and Warn',
			value: 'look',
			description: 'Show a hint and return what was replaced. One or two more calls per item.',
		},
	],
	default: 'answer',
	description:
		'HighLevel silently drops a phone that another contact has, and can replace the first email by an additional one',
});

const NOTE = 'upsert';
const PARTS = ['email', 'phone'] as const;
type Part = (typeof PARTS)[number];

/** The facts that `lookFirst` hands on to `compareAnswer`. */
interface Sent {
	/** The email and phone that were sent, without nulls. */
	values: Partial<Record<Part, string>>;
	/** The first email or phone of the contact, where the one that was sent is an additional one. */
	replaced: Partial<Record<Part, string>>;
}

/** Whether two values are the same to HighLevel, which changes case and writes phones as E.164. */
function isSame(part: Part, one: string, other: string): boolean {
	if (part === 'email') return one.trim().toLowerCase() === other.trim().toLowerCase();
	const [short, long] = [one, other]
		.map((phone) => phone.replace(/\D/g, '').replace(/^0+/, ''))
		.sort((a, b) => a.length - b.length);
	return short !== '' && long.endsWith(short);
}

/**
 * Notes what is sent, and finds the contacts that have it if the person has asked for that.
 *
 * @throws BadInput for an item that is to be refused
 */
export async function lookFirst(call: Call, io: Io): Promise<Call> {
	const { body = {} } = call;
	const sent: Sent = { values: {}, replaced: {} };
	io.notes.set(NOTE, sent);
	for (const part of PARTS) if (typeof body[part] === 'string') sent.values[part] = body[part];
	const options = io.parameter('options', {});
	const check = isObject(options) ? options.identityCheck : undefined;
	if (!['look', 'refuse'].includes(String(check)) || body.createNewIfDuplicateAllowed === true)
		return call;
	const owners = [await ownerOf('email', sent, io), await ownerOf('phone', sent, io)];
	if (check === 'refuse') refuse(owners, sent);
	return call;
}

/** The contact that has the email or phone, as its first or as another. */
async function ownerOf(
	part: Part,
	{ values, replaced }: Sent,
	io: Io,
): Promise<string | undefined> {
	const value = values[part];
	if (value === undefined) return undefined;
	const query = { [part === 'phone' ? 'number' : part]: value };
	const { body } = await io.send(duplicateCall(io.account.values.locationId, query));
	const owner = isObject(body) && isObject(body.contact) ? body.contact : undefined;
	if (!owner) return undefined;
	const first = owner[part];
	if (typeof first === 'string' && !isSame(part, first, value)) replaced[part] = first;
	return String(owner.id);
}

function refuse([ofEmail, ofPhone]: Array<string | undefined>, { replaced }: Sent): void {
	if (ofEmail && ofPhone && ofEmail !== ofPhone) {
		throw new BadInput(
			`The email belongs to contact ${ofEmail} and the phone to contact ${ofPhone}`,
			'HighLevel would update one of them and drop the other value. Correct the item or merge the contacts. Nothing was sent for this item.',
		);
	}
	const [part] = PARTS.filter((one) => replaced[one] !== undefined);
	if (part === undefined) return;
	throw new BadInput(
		`The ${part} is an additional one of contact ${ofEmail ?? ofPhone}, and would replace its first one`,
		`The first one would be lost. Send the first one, or use Contact: Update without ${part}. Nothing was sent for this item.`,
	);
}

/** Tells what HighLevel did not take, and what it replaced, in a hint and in the record. */
export function compareAnswer(contact: IDataObject, io: Io): IDataObject {
	const { values, replaced } = io.notes.get(NOTE) as Sent;
	const id = String(contact.id);
	const notTaken = PARTS.filter((part) => {
		const [sent, has] = [values[part], contact[part]];
		return sent !== undefined && !(typeof has === 'string' && isSame(part, has, sent));
	});
	for (const part of notTaken)
		io.tell(
			`HighLevel did not take the ${part} that was sent for these contacts; another contact may have it`,
			id,
		);
	const lost = PARTS.filter((part) => replaced[part] !== undefined && !notTaken.includes(part));
	for (const part of lost)
		io.tell(`An additional ${part} replaced the first one, which is lost, of these contacts`, id);
	return {
		...contact,
		...(notTaken.length > 0 && { notTaken }),
		...(lost.length > 0 && {
			replaced: Object.fromEntries(lost.map((part) => [part, replaced[part]])),
		}),
	};
}
