import type { IDataObject } from 'n8n-workflow';
import { buildCall } from '../../engine/call/build';
import { callTo } from '../../engine/call/callTo';
import { additionalFields } from '../../engine/describe/fields';
import type { verbs } from '../../engine/describe/verbs';
import type { Call, Io, Operation } from '../../engine/operation';
import { isObject, rowsOf } from '../../engine/values';
import { LINKEDIN_NAME, MEMBER_ID_NAME } from '../../linkedInIdentity';
import { contactsWith, isSearchable, several, tooLong } from '../calls/contactByIdentity';
import { duplicateCall } from '../calls/contacts';
import { readList } from '../calls/lists';
import { readAt } from '../calls/recover';
import { recoverCreate } from '../calls/recoverContact';
import { addTagsAfter, noteTags, tagsToAdd } from '../calls/tagsAfter';
import { needsOneOf } from '../fields/checks';
import { getOrCreateExtras } from '../fields/contactAdditionalFields';
import { contactFields } from '../fields/contactColumns';

const IS_NEW = 'getOrCreate: new';
const OWNER = 'getOrCreate: owner';

/** Gives an owner to a contact that has none. */
async function giveOwner(contact: IDataObject, assignedTo: string, io: Io): Promise<IDataObject> {
	const call = callTo('PUT /contacts/{contactId}', {
		values: { contactId: String(contact.id) },
		body: { assignedTo },
		repeatable: true,
		scope: 'contacts.write',
	});
	await io.send(call);
	return { ...contact, assignedTo };
}

/** The LinkedIn addresses and member ids among the custom fields of a create. */
async function linkedInOf(body: IDataObject, io: Io): Promise<string[]> {
	const values = rowsOf(body, 'customFields');
	if (values.length === 0) return [];
	const fields = (await readList('customFields', io)).filter(({ name }) =>
		[LINKEDIN_NAME, MEMBER_ID_NAME].some((pattern) => pattern.test(String(name).trim())),
	);
	return values
		.filter(({ id }) => fields.some((field) => field.id === id))
		.map((row) => String(row.field_value ?? '').trim())
		.filter(Boolean);
}

/**
 * The ID of the contact that is the person of a create. LinkedIn decides, where a contact has it: an
 * email can be shared.
 *
 * @throws BadInput where several contacts have the person's LinkedIn profile or member id
 */
async function whoIsIt(body: IDataObject, io: Io): Promise<string | undefined> {
	const given = await linkedInOf(body, io);
	const texts = given.filter(isSearchable);
	if (given.length > texts.length && texts.length === 0 && !body.email && !body.phone)
		throw tooLong(given.join(', '));
	const found = texts.length > 0 ? await contactsWith(texts, io) : [];
	if (found.length > 1) throw several(found, texts.join(', '));
	if (found.length === 1) return String(found[0].id);
	for (const [key, value] of [
		['email', body.email],
		['number', body.phone],
	] as const) {
		if (!value) continue;
		const answer = await io.send(duplicateCall(io.account.values.locationId, { [key]: value }));
		const contact = isObject(answer.body) ? answer.body.contact : undefined;
		if (isObject(contact)) return String(contact.id);
	}
	return undefined;
}

/** Contact: Get or Create. `person`: the verbs of a contact. */
export function getOrCreate(person: ReturnType<typeof verbs>): Operation {
	const build = async (io: Io): Promise<Call> => {
		noteTags(io);
		const call = await buildCall(operation, io);
		const id = await whoIsIt(call.body ?? {}, io);
		io.notes.set(IS_NEW, id === undefined);
		io.notes.set(OWNER, call.body?.assignedTo);
		if (id !== undefined)
			return readAt({ ...call, template: '/contacts/{contactId}', path: `/contacts/${id}` });
		const tags = tagsToAdd(io);
		return { ...call, body: { ...call.body, ...(tags.length > 0 && { tags }) } };
	};
	const operation: Operation = person.other('POST /contacts/', {
		value: 'getOrCreate',
		name: 'Get or Create',
		action: 'Get or create a contact',
		description:
			'Find the contact by LinkedIn profile, LinkedIn member ID, email or phone, create it if there is none, and return it. An existing contact gets the tags, and the owner if it has none. Its other fields are not changed. The output says whether the contact is new, and whether it was assigned.',
		body: { locationId: '{locationId}' },
		fields: [contactFields, additionalFields(getOrCreateExtras)],
		build,
		check: needsOneOf(
			'body',
			undefined,
			'The contact has no field set',
			'Fill in at least one field, or check that the expressions find values in this item.',
		),
		recover: recoverCreate,
		finish: async (contact, io) => {
			const owner = io.notes.get(OWNER) as string | undefined;
			if (io.notes.get(IS_NEW) === true)
				return { ...contact, new: true, assigned: owner !== undefined };
			const isLacking = owner !== undefined && !contact.assignedTo;
			const owned = isLacking ? await giveOwner(contact, owner, io) : contact;
			const tags = tagsToAdd(io, contact.tags);
			return { ...(await addTagsAfter(owned, io, tags)), new: false, assigned: isLacking };
		},
	});
	return operation;
}
