import type { ContactBody } from './contactDtos';
import { contactTags, createContact, updateContact, upsertContact } from './contactDtos';
import { contactView, createdContactView } from './contactViews';
import { newContact, refuseDuplicate, upserted, written } from './contactWrites';
import { phoneNumber, tagNames } from './normalise';
import type { Contact } from './records';
import { contactOf, createdOrUpdated, route } from './route';
import type { Call, Route } from './route';
import { closed, requiredText, text } from './validate';

type ContactCall = Call<ContactBody, unknown>;

/** Both answers of an upsert and a create start here: a contact that does not exist yet. */
function created({ state, body }: ContactCall): Contact {
	const contact = written(state, newContact(state.ids.next('contact'), body.locationId, ''), body);
	return { ...contact, dateAdded: contact.dateUpdated };
}

function upsert(call: ContactCall): object {
	const { state, settings, body } = call;
	const [match] = state.contactOwners.of(body.locationId, {
		email: body.email ?? undefined,
		phone: phoneNumber(body.phone ?? ''),
	});
	// `createNewIfDuplicateAllowed` counts only where the location allows duplicates.
	const makeNew = body.createNewIfDuplicateAllowed === true && settings.allowDuplicateContact;
	const isNew = match === undefined || makeNew;
	const contact = isNew ? created(call) : upserted(state, match.contact, body);
	state.saveContact(contact);
	return { new: isNew, contact: contactView(contact) };
}

/** The contact with other tags; answers all tags it has now, and after adding those that are new. */
function retag(
	call: Call<{ tags: string[] }, unknown>,
	change: (had: string[], given: string[]) => { tags: string[]; tagsAdded?: string[] },
): object {
	const contact = contactOf(call);
	const answer = change(contact.tags, tagNames(call.body.tags));
	const { tags } = answer;
	call.state.saveContact({ ...contact, tags, dateUpdated: new Date().toISOString() });
	return answer;
}

export const contacts: Route[] = [
	route<ContactBody>({
		method: 'POST',
		path: '/contacts/',
		scope: 'contacts.write',
		status: 201,
		body: createContact,
		handle: (call) => {
			const contact = created(call);
			if (!call.settings.allowDuplicateContact) refuseDuplicate(call.state, contact);
			call.state.saveContact(contact);
			return { contact: createdContactView(contact) };
		},
	}),
	route<ContactBody>({
		method: 'POST',
		path: '/contacts/upsert',
		scope: 'contacts.write',
		status: createdOrUpdated,
		body: upsertContact,
		handle: upsert,
	}),
	route<unknown, { number?: string; email?: string; locationId: string }>({
		method: 'GET',
		path: '/contacts/search/duplicate',
		scope: 'contacts.readonly',
		query: closed({ locationId: requiredText, number: text, email: text }, ['locationId']),
		handle: ({ state, query }) => {
			const [match] = state.contactOwners.of(query.locationId, {
				email: query.email,
				phone: phoneNumber(query.number ?? ''),
			});
			return { contact: match === undefined ? null : contactView(match.contact) };
		},
	}),
	route({
		method: 'GET',
		path: '/contacts/:contactId',
		scope: 'contacts.readonly',
		handle: (call) => ({ contact: contactView(contactOf(call)) }),
	}),
	route<ContactBody>({
		method: 'PUT',
		path: '/contacts/:contactId',
		scope: 'contacts.write',
		body: updateContact,
		handle: (call) => {
			const contact = written(call.state, contactOf(call), call.body);
			if (!call.settings.allowDuplicateContact) refuseDuplicate(call.state, contact);
			call.state.saveContact(contact);
			return { succeded: true, contact: contactView(contact) };
		},
	}),
	route({
		method: 'DELETE',
		path: '/contacts/:contactId',
		scope: 'contacts.write',
		handle: (call) => {
			call.state.deleteContact(contactOf(call).id);
			return { succeded: true };
		},
	}),
	route<{ tags: string[] }>({
		method: 'POST',
		path: '/contacts/:contactId/tags',
		scope: 'contacts.write',
		status: 201,
		body: contactTags,
		handle: (call) =>
			retag(call, (had, given) => {
				const tagsAdded = given.filter((tag) => !had.includes(tag));
				return { tags: [...had, ...tagsAdded], tagsAdded };
			}),
	}),
	route<{ tags: string[] }>({
		method: 'DELETE',
		path: '/contacts/:contactId/tags',
		scope: 'contacts.write',
		body: contactTags,
		handle: (call) =>
			retag(call, (had, given) => ({ tags: had.filter((tag) => !given.includes(tag)) })),
	}),
];
