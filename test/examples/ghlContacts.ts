import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const byName = (value: string) => ({ __rl: true, mode: 'name', value });

/** Ids that an example may need, from what the sandbox holds now. */
export function known(sandbox: Sandbox) {
	const first = <T>(map: Map<unknown, T>) => [...map.values()][0];
	return {
		contact: first(sandbox.state.contacts),
		user: first(sandbox.state.users),
	};
}

type Example = (sandbox: Sandbox) => INodeParameters;

/**
 * A call with every field filled in, for each operation of GHL Contacts, by `resource:operation`.
 * The contract, SDK and fault tests walk all operations and fail for one that is not here.
 */
export const ghlExamples: Record<string, Example> = {
	'contact:create': (sandbox) => ({
		email: 'new.person@example.com',
		phone: '+15555550199',
		firstName: 'New',
		lastName: 'Person',
		additionalFields: {
			...everyField(sandbox),
			companyName: 'Acme',
			gender: 'female',
			tags: 'a, b',
		},
	}),
	'contact:upsert': (sandbox) => ({
		email: 'new.person@example.com',
		phone: '+15555550199',
		firstName: 'New',
		lastName: 'Person',
		additionalFields: {
			...everyField(sandbox),
			companyName: 'Acme',
			gender: 'female',
			createNewIfDuplicateAllowed: false,
			tags: 'a, b',
			addTags: 'c',
		},
	}),
	'contact:findDuplicate': (sandbox) => ({
		duplicateEmail: known(sandbox).contact.email ?? 'nobody@example.com',
		duplicatePhone: '+15555550100',
	}),
	'contact:get': (sandbox) => ({
		contactId: byId(known(sandbox).contact.id),
		options: { customFieldsByName: true },
	}),
	'contact:getMany': () => ({
		query: 'a',
		combine: 'OR',
		filters: {
			values: [
				{ field: 'customField', customField: byName('Job title'), operator: 'exists' },
				{ field: 'dateAdded', operator: 'range', from: '2020-01-01', to: '2030-01-01T00:00:00' },
				{ field: 'dnd', operator: 'eq', value: 'false' },
				{ field: 'tags', operator: 'contains_set', value: 'customer, lead' },
			],
		},
		sort: { values: [{ field: 'dateAdded', direction: 'desc' }] },
		returnAll: false,
		limit: 5,
		options: {},
	}),
	'contact:update': (sandbox) => ({
		contactId: byId(known(sandbox).contact.id),
		updateFields: {
			...everyField(sandbox),
			email: 'changed.person@example.com',
			phone: '+15555550198',
			firstName: 'Changed',
			lastName: 'Person',
			tags: 'only, these',
		},
	}),
	'contactTag:add': (sandbox) => ({
		contactId: byId(known(sandbox).contact.id),
		tags: 'Webinar, hot lead',
	}),
	'contactTag:remove': (sandbox) => ({
		contactId: byId(known(sandbox).contact.id),
		tags: 'webinar',
	}),
	'customField:create': () => ({
		fieldName: 'Favourite colour',
		dataType: 'TEXT',
		model: 'contact',
		additionalFields: { placeholder: 'e.g. green', position: 3 },
	}),
	'customField:getMany': () => ({ modelFilter: 'all' }),
};

/** The fields that create, update and upsert have in common. */
function everyField(sandbox: Sandbox): INodeParameters {
	return {
		name: 'New Person',
		address1: '1 Main Street',
		city: 'Austin',
		state: 'TX',
		country: 'US',
		postalCode: '73301',
		website: 'https://example.com',
		timezone: 'America/Chihuahua',
		source: 'public api',
		dateOfBirth: '1990-05-04T00:00:00',
		assignedTo: byId(known(sandbox).user.id),
		dnd: true,
		dndSettings: {
			values: [
				{ channel: 'Email', status: 'active', message: 'asked', code: '' },
				{ channel: 'SMS', status: 'inactive', message: '', code: '103' },
			],
		},
		inboundDndSettings: { all: { status: 'inactive', message: 'fine' } },
		customFields: {
			values: [
				{ field: byName('Job title'), value: 'Engineer' },
				{ field: byName('contact.deal_size'), value: '1200' },
				{ field: byName('Interests'), value: 'Golf, Chess' },
				{ field: byName('Renewal date'), value: '2027-01-31T00:00:00' },
			],
		},
	};
}
