import type { SandboxState } from '../state';
import { unprocessable } from './errors';
import { tagNames } from './normalise';
import type { Contact } from './records';
import { ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, flag, listOf, requiredText, text } from './validate';

interface TagsBody {
	contacts: string[];
	tags: string[];
	locationId: string;
	removeAllTags?: boolean;
}

/** Each contact gets its own result; one that cannot be changed does not stop the others. */
function bulkTags({ state, params: { type }, body }: Call<TagsBody, unknown>): object {
	if (type !== 'add' && type !== 'remove') {
		throw unprocessable(['type must be one of the following values: add, remove']);
	}
	if (type === 'add' && body.removeAllTags === true) {
		throw unprocessable(['removeAllTags can only be used with type remove']);
	}
	const named = tagNames(body.tags);
	const change = (had: string[]): string[] => {
		if (type === 'add') return [...new Set([...had, ...named])];
		return body.removeAllTags === true ? [] : had.filter((tag) => !named.includes(tag));
	};
	const responses = body.contacts.map((id) => {
		const contact = state.contacts.get(id);
		const error = refusal(id, contact, body.locationId);
		if (contact === undefined || error !== undefined) {
			return { contactId: id, message: error, type: 'error' };
		}
		const tags = change(contact.tags);
		state.saveContact({ ...contact, tags, dateUpdated: new Date().toISOString() });
		return {
			contactId: id,
			message: 'Tags updated',
			type: 'success',
			oldTags: contact.tags,
			tagsAdded: tags.filter((tag) => !contact.tags.includes(tag)),
			tagsRemoved: contact.tags.filter((tag) => !tags.includes(tag)),
		};
	});
	const errorCount = responses.filter((response) => response.type === 'error').length;
	return { succeded: true, errorCount, responses };
}

/** The sentences of the API description's own example. */
function refusal(id: string, contact: Contact | undefined, locationId: string): string | undefined {
	if (!/^[0-9A-Za-z]{20}$/.test(id)) return 'contact id is not a valid firebase id';
	if (contact === undefined) return 'contact is deleted';
	if (contact.locationId !== locationId) return 'contact does not belong to location';
	return undefined;
}

interface BusinessBody {
	locationId: string;
	ids: string[];
	businessId: string | null;
}

/** Answers the ids that were changed; the others are left out. null takes contacts out again. */
function bulkBusiness({ state, token, body }: Call<BusinessBody, unknown>): object {
	const businessId =
		body.businessId === null
			? undefined
			: ownRecord(token, state.businesses, 'Business', body.businessId).id;
	const ids = body.ids.filter((id) => attach(state, id, body.locationId, businessId));
	return { success: true, ids };
}

function attach(state: SandboxState, id: string, locationId: string, businessId?: string): boolean {
	const contact = state.contacts.get(id);
	if (contact?.locationId !== locationId) return false;
	state.saveContact({ ...contact, businessId, dateUpdated: new Date().toISOString() });
	return true;
}

export const contactBulk: Route[] = [
	route<TagsBody>({
		method: 'POST',
		path: '/contacts/bulk/tags/update/:type',
		scope: 'contacts.write',
		status: 201,
		body: closed(
			{
				contacts: listOf(text),
				tags: listOf(text),
				locationId: requiredText,
				removeAllTags: flag,
			},
			['contacts', 'tags', 'locationId'],
		),
		handle: bulkTags,
	}),
	route<BusinessBody>({
		method: 'POST',
		path: '/contacts/bulk/business',
		scope: 'contacts.write',
		body: closed(
			{
				locationId: requiredText,
				ids: { ...listOf(requiredText), maxItems: 50 },
				businessId: { type: ['string', 'null'] },
			},
			['locationId', 'ids', 'businessId'],
		),
		handle: bulkBusiness,
	}),
];
