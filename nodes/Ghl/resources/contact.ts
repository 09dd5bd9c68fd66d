import type { IDataObject } from 'n8n-workflow';
import { buildCall } from '../../engine/call/build';
import { additionalFields, text } from '../../engine/describe/fields';
import { needsAChange, operation, verbs } from '../../engine/describe/verbs';
import type { Call, Io, Operation, Resource } from '../../engine/operation';
import { searchAfterPages, skipPages, startAfterPages } from '../calls/pages';
import { isObject } from '../../engine/values';
import { addTagsAfter, noteTags } from '../calls/tagsAfter';
import { recoverCreate } from '../calls/recoverContact';
import { compareAnswer, identityCheck, lookFirst } from '../calls/upsertIdentity';
import { businessPicker, contactId } from '../editor/pickers';
import { needsOneOf } from '../fields/checks';
import { createExtras, updateExtras, upsertExtras } from '../fields/contactAdditionalFields';
import { contactFields } from '../fields/contactColumns';
import { searchFields, searchOptions } from '../fields/contactSearch';
import { SIMPLE_CONTACT } from '../fields/simpleContact';
import { customFieldsByName, nameCustomFields } from '../fields/customFields';
import { contactBusinessOperations } from './contactBusiness';
import { getOrCreate } from './contactGetOrCreate';
import { lookUp } from './contactLookUp';

/** Reads Add Tags before anything is sent, so that a value that is no list changes nothing. */
async function buildUpsert(io: Io): Promise<Call> {
	noteTags(io);
	return await lookFirst(await buildCall(upsert, io), io);
}

/** The contact of an upsert, and whether the upsert created it (`new`). */
function readUpsert(record: IDataObject): IDataObject {
	const contact = isObject(record.contact) ? (record.contact as IDataObject) : {};
	return { ...contact, new: record.new };
}

/** The contact without `searchAfter`, which is for paging only. */
function withoutCursor(record: IDataObject): IDataObject {
	const contact = { ...record };
	delete contact.searchAfter;
	return contact;
}

const textQuery = text('Search Text', 'textQuery', {
	in: 'query',
	key: 'query',
	placeholder: 'e.g. jane',
	description: 'Text to search for; also finds similar ones',
});

const person = verbs('contact', {
	path: '/contacts/{contactId}',
	listPath: '/contacts/',
	id: contactId,
	scope: 'contacts',
	result: 'contact',
	reads: {
		options: [customFieldsByName],
		simple: SIMPLE_CONTACT,
		finish: nameCustomFields,
	},
});

const upsert: Operation = person.other('POST /contacts/upsert', {
	value: 'upsert',
	name: 'Create or Update',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	body: { locationId: '{locationId}' },
	repeatable: true,
	fields: [contactFields, additionalFields(upsertExtras)],
	options: [identityCheck],
	build: buildUpsert,
	check: needsOneOf(
		'body',
		['email', 'phone'],
		'“Email” and “Phone” are both empty',
		'HighLevel recognises a contact by one of them; without them it would create a new contact each time. Use Create for a contact that has neither.',
	),
	result: undefined,
	finish: async (record, io) => await addTagsAfter(compareAnswer(readUpsert(record), io), io),
});

export const contact: Resource = {
	value: 'contact',
	name: 'Contact',
	first: true,
	operations: [
		person.create({
			description:
				'Create a contact and return it. If the email or phone belongs to another contact and the location allows no duplicates, the error gives the ID of that contact.',
			body: { locationId: '{locationId}' },
			fields: [contactFields, additionalFields(createExtras)],
			check: needsOneOf(
				'body',
				undefined,
				'The contact has no field set',
				'Fill in at least one field, or check that the expressions find values in this item.',
			),
			recover: recoverCreate,
		}),
		upsert,
		getOrCreate(person),
		person.delete({ description: 'Delete a contact permanently, with its notes and tasks' }),
		operation('GET /contacts/search/duplicate', {
			value: 'findDuplicate',
			action: 'Find a duplicate contact',
			description:
				'Find the contact with an email or phone. Also finds a contact created a moment ago, which a search may not.',
			query: { locationId: '{locationId}' },
			scope: 'contacts',
			fields: [
				text('Email', 'duplicateEmail', {
					in: 'query',
					key: 'email',
					placeholder: 'e.g. name@example.com',
					description: 'The email to look for. Fill in Email, Phone or both.',
				}),
				text('Phone', 'duplicatePhone', {
					in: 'query',
					key: 'number',
					placeholder: 'e.g. +15550100123',
				}),
			],
			check: needsOneOf(
				'query',
				undefined,
				'“Email” and “Phone” are both empty',
				'Fill in the email or the phone to look for.',
			),
			finish: (record) =>
				isObject(record.contact) ? { found: true, contact: record.contact } : { found: false },
		}),
		person.get(),
		lookUp,
		person.getMany({
			route: 'POST /contacts/search',
			description: 'Search contacts with filters and sorting',
			body: { locationId: '{locationId}' },
			fields: searchFields,
			options: [customFieldsByName, ...searchOptions],
			// 500 is the most that pageLimit takes.
			pages: searchAfterPages(500, 'contacts'),
			finish: async (record, io) => await nameCustomFields(withoutCursor(record), io),
		}),
		person.other('GET /contacts/business/{businessId}', {
			value: 'getManyByBusiness',
			name: 'Get Many by Business',
			action: 'Get many contacts by business',
			description: 'Get the contacts that belong to a business',
			query: { locationId: '{locationId}' },
			fields: [businessPicker('path'), textQuery],
			pages: skipPages(100, 'contacts'),
		}),
		person.other('GET /contacts/', {
			value: 'list',
			name: 'List (Deprecated)',
			action: 'List contacts',
			description:
				'Get contacts from the older endpoint, which HighLevel plans to remove. Use Get Many instead.',
			query: { locationId: '{locationId}' },
			fields: [textQuery],
			pages: startAfterPages(100, 'contacts'),
		}),
		person.update({
			description:
				'Change fields of a contact and return it; fields you leave out keep their values',
			fields: [contactFields, additionalFields(updateExtras)],
			check: needsAChange(),
		}),
		...contactBusinessOperations,
	],
};
