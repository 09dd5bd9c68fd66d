import type { IDataObject } from 'n8n-workflow';
import { buildCall } from '../../engine/call/build';
import { ApiFault, isObject } from '../../engine/call/errors';
import { collection, field } from '../../engine/describe/fields';
import type { Call, Io, Operation, Problem, Recovered, Resource } from '../../engine/operation';
import { searchAfterPages, skipPages, startAfterPages } from '../../engine/call/paginate';
import { toList } from '../../engine/values';
import { contactFields } from '../fields/contactMapper';
import { createExtras, updateExtras, upsertExtras } from '../fields/contactExtras';
import {
	CUSTOM_FIELD_KEYS,
	customFieldsByName,
	nameCustomFields,
} from '../fields/customFieldValues';
import { businessPicker, contactId } from '../editor/pickers';
import { deleted, needsAChange, needsOneOf } from '../fields/records';
import { holds } from '../calls/recover';
import { searchFields } from '../fields/contactSearch';
import { addTagsCall, duplicateCall } from '../calls/contacts';
import { compareAnswer, identityCheck, lookFirst } from '../calls/upsertIdentity';
import { contactBusinessOperations } from './contactBusiness';

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

const TAGS = 'addTags';

/** Reads Add Tags before anything is sent, so that a list that is none changes nothing. */
async function buildUpsert(io: Io): Promise<Call> {
	const more = io.parameter('additionalFields', {});
	io.notes.set(TAGS, toList((isObject(more) && more[TAGS]) || []));
	return await lookFirst(await buildCall(upsert, io), io);
}

/** Adds the tags of Add Tags after an upsert, whose own `tags` would replace all others. */
async function addTagsAfter(contact: IDataObject, io: Io): Promise<IDataObject> {
	const tags = io.notes.get(TAGS) as string[];
	if (tags.length === 0) return contact;
	const answer = await io.send(addTagsCall(String(contact.id), tags));
	return { ...contact, tags: isObject(answer.body) ? (answer.body.tags as string[]) : tags };
}

/** Which contact an upsert met, and whether it made it. */
function readUpsert(record: IDataObject): IDataObject {
	const contact = isObject(record.contact) ? (record.contact as IDataObject) : {};
	return { ...contact, new: record.new };
}

/** `searchAfter` is for paging only. */
function withoutCursor(record: IDataObject): IDataObject {
	const contact = { ...record };
	delete contact.searchAfter;
	return contact;
}

/** What Simplify leaves of a contact, and its custom fields: under their names where asked for. */
const SIMPLE = [
	'id',
	'firstName',
	'lastName',
	'email',
	'phone',
	'companyName',
	'tags',
	'assignedTo',
	'dateAdded',
	'dateUpdated',
	...CUSTOM_FIELD_KEYS,
];

const textQuery = field(
	{
		displayName: 'Search Text',
		name: 'textQuery',
		type: 'string',
		default: '',
		placeholder: 'e.g. jane',
		description: 'Finds similar ones too',
	},
	{ in: 'query', key: 'query' },
);

const additional = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	placeholder: 'Add Field',
};

const upsert: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update a contact',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	request: {
		method: 'POST',
		path: '/contacts/upsert',
		body: { locationId: '{locationId}' },
		repeatable: true,
	},
	scope: 'contacts.write',
	writes: true,
	fields: [contactFields, collection(additional, upsertExtras)],
	options: [identityCheck],
	check: needsOneOf(
		'body',
		['email', 'phone'],
		'“Email” and “Phone” are both empty',
		'HighLevel recognises a contact by one of them, and without would create a new one each time. Use Create for a contact that has neither.',
	),
	finish: async (record, io) => await addTagsAfter(compareAnswer(readUpsert(record), io), io),
};

export const contact: Resource = {
	value: 'contact',
	name: 'Contact',
	first: true,
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a contact',
			description:
				'Create a contact. Where the location allows no duplicates, an email or phone that is taken is refused with the ID of the contact that has it.',
			request: { method: 'POST', path: '/contacts/', body: { locationId: '{locationId}' } },
			scope: 'contacts.write',
			writes: true,
			fields: [contactFields, collection(additional, createExtras)],
			check: needsOneOf(
				'body',
				undefined,
				'The contact has no field set',
				'Fill in at least one field, or check that the expressions find values in this item.',
			),
			result: 'contact',
			recover: recoverCreate,
		},
		{ ...upsert, build: buildUpsert },
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a contact',
			description: 'Delete a contact for good, with its notes and tasks',
			request: { method: 'DELETE', path: '/contacts/{contactId}' },
			scope: 'contacts.write',
			writes: true,
			fields: [contactId],
			finish: deleted,
		},
		{
			value: 'findDuplicate',
			name: 'Find Duplicate',
			action: 'Find a duplicate contact',
			description:
				'Find the contact that has an email or phone. Sees contacts at once, while a search may lag by seconds.',
			request: {
				method: 'GET',
				path: '/contacts/search/duplicate',
				query: { locationId: '{locationId}' },
			},
			scope: 'contacts.readonly',
			writes: false,
			fields: [
				field(
					{
						displayName: 'Email',
						name: 'duplicateEmail',
						type: 'string',
						default: '',
						placeholder: 'e.g. name@example.com',
						description: 'The email to look for; give it or Phone, or both',
					},
					{ in: 'query', key: 'email' },
				),
				field(
					{
						displayName: 'Phone',
						name: 'duplicatePhone',
						type: 'string',
						default: '',
						placeholder: 'e.g. +15550100123',
					},
					{ in: 'query', key: 'number' },
				),
			],
			check: needsOneOf(
				'query',
				undefined,
				'“Email” and “Phone” are both empty',
				'Give the email or the phone to look for.',
			),
			finish: (record) =>
				isObject(record.contact) ? { found: true, contact: record.contact } : { found: false },
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a contact',
			description: 'Get one contact by its ID',
			request: { method: 'GET', path: '/contacts/{contactId}' },
			scope: 'contacts.readonly',
			writes: false,
			fields: [contactId],
			options: [customFieldsByName],
			result: 'contact',
			simple: SIMPLE,
			finish: nameCustomFields,
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many contacts',
			description: 'Search contacts with filters and sorting, to any depth',
			request: {
				method: 'POST',
				path: '/contacts/search',
				body: { locationId: '{locationId}' },
				repeatable: true,
			},
			scope: 'contacts.readonly',
			writes: false,
			fields: searchFields,
			options: [customFieldsByName],
			// 500 is the most that pageLimit takes.
			pages: searchAfterPages(500, 'contacts'),
			simple: SIMPLE,
			finish: async (record, io) => await nameCustomFields(withoutCursor(record), io),
		},
		{
			value: 'getManyByBusiness',
			name: 'Get Many by Business',
			action: 'Get many contacts by business',
			description: 'Get the contacts that belong to a business',
			request: {
				method: 'GET',
				path: '/contacts/business/{businessId}',
				query: { locationId: '{locationId}' },
			},
			scope: 'contacts.readonly',
			writes: false,
			fields: [businessPicker, textQuery],
			options: [customFieldsByName],
			pages: skipPages(100, 'contacts'),
			simple: SIMPLE,
			finish: nameCustomFields,
		},
		{
			value: 'list',
			name: 'List (Deprecated)',
			action: 'List contacts',
			description:
				'Get contacts from the older endpoint, which HighLevel means to end. Use Get Many instead.',
			request: { method: 'GET', path: '/contacts/', query: { locationId: '{locationId}' } },
			scope: 'contacts.readonly',
			writes: false,
			fields: [textQuery],
			options: [customFieldsByName],
			pages: startAfterPages(100, 'contacts'),
			simple: SIMPLE,
			finish: nameCustomFields,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a contact',
			description: 'Change some fields of a contact; the others stay as they are',
			request: { method: 'PUT', path: '/contacts/{contactId}' },
			scope: 'contacts.write',
			writes: true,
			fields: [contactId, contactFields, collection(additional, updateExtras)],
			check: needsAChange,
			result: 'contact',
		},
		...contactBusinessOperations,
	],
};
