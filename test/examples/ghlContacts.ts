import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { ghlCalendarExamples } from './ghlCalendar';
import { ghlConversationExamples } from './ghlConversation';
import { ghlFormExamples } from './ghlForm';
import { ghlLocationExamples } from './ghlLocation';
import { ghlMessageExtraExamples } from './ghlMessageExtras';
import { ghlObjectExamples } from './ghlObjects';
import { ghlOpportunityExamples } from './ghlOpportunity';
import { byId, byName, columns, known, type Example } from './values';

/**
 * A call with every field filled in, for each operation of GHL Contacts, by `resource:operation`.
 * The contract, SDK and fault tests walk all operations and fail for one that is not here.
 */
export const ghlExamples: Record<string, Example> = {
	'contact:create': (sandbox) => ({
		contactFields: columns({ companyName: 'Acme', gender: 'female', ...everyColumn }),
		additionalFields: { ...everyExtra(sandbox), tags: 'a, b' },
	}),
	'contact:upsert': (sandbox) => ({
		contactFields: columns({ companyName: 'Acme', gender: 'female', ...everyColumn }),
		additionalFields: {
			...everyExtra(sandbox),
			createNewIfDuplicateAllowed: false,
			tags: 'a, b',
			addTags: 'c',
		},
	}),
	'contact:getOrCreate': (sandbox) => ({
		contactFields: columns({ companyName: 'Acme', gender: 'female', ...everyColumn }),
		additionalFields: { assignedTo: byId(known(sandbox).user.id), addTags: 'c' },
	}),
	'contact:delete': (sandbox) => ({ contactId: byId(known(sandbox).contact.id) }),
	'contact:getManyByBusiness': (sandbox) => ({
		businessId: byId(known(sandbox).business.id),
		textQuery: 'a',
		returnAll: true,
		simplify: false,
	}),
	'contact:list': () => ({ textQuery: 'a', returnAll: false, limit: 20, simplify: false }),
	'contact:findDuplicate': (sandbox) => ({
		duplicateEmail: known(sandbox).contact.email ?? 'nobody@example.com',
		duplicatePhone: '+15555550100',
	}),
	'contact:lookUp': (sandbox) => ({ lookUpEmail: known(sandbox).contact.email ?? '' }),
	'contact:get': (sandbox) => ({
		contactId: byId(known(sandbox).contact.id),
		options: { customFieldsByName: true },
	}),
	'contact:getMany': () => ({
		combine: 'OR',
		filters: {
			values: [
				{ field: 'customField', customField: byName('Job title'), operator: 'exists' },
				{ field: 'dateAdded', operator: 'range', from: '2020-01-01', to: '2030-01-01T00:00:00' },
				{ field: 'dnd', operator: 'eq', value: 'false' },
				{ field: 'tags', operator: 'contains_set', value: 'customer, lead' },
			],
		},
		returnAll: false,
		limit: 5,
		options: { query: 'a', sort: { values: [{ field: 'dateAdded', direction: 'desc' }] } },
	}),
	'contact:update': (sandbox) => ({
		contactId: byId(known(sandbox).contact.id),
		contactFields: columns(everyColumn),
		additionalFields: { ...everyExtra(sandbox), tags: 'only, these' },
	}),
	'contact:setBusiness': (sandbox) => ({
		contactId: byId(known(sandbox).contact.id),
		businessId: byId(known(sandbox).business.id),
	}),
	'contact:removeFromBusiness': (sandbox) => ({ contactId: byId(known(sandbox).contact.id) }),
	'contactTag:removeAll': (sandbox) => ({ contactId: byId(known(sandbox).contact.id) }),
	'contactTag:bulkUpdate': (sandbox) => ({
		contactIds: [...sandbox.state.contacts.keys()].slice(0, 3).join(', '),
		change: 'add',
		tags: 'Webinar, hot lead',
	}),
	'contactTag:add': (sandbox) => ({
		contactId: byId(known(sandbox).contact.id),
		tags: 'Webinar, hot lead',
	}),
	'contactTag:remove': (sandbox) => ({
		contactId: byId(known(sandbox).contact.id),
		tags: 'webinar',
	}),
	'contactNote:create': (sandbox) => ({
		contactId: byId(known(sandbox).contact.id),
		body: 'Called, wants a demo',
		additionalFields: noteDetails(sandbox),
	}),
	'contactNote:delete': (sandbox) => ofNote(sandbox),
	'contactNote:get': (sandbox) => ofNote(sandbox),
	'contactNote:getMany': (sandbox) => ({
		contactId: byId(known(sandbox).note.contactId),
		returnAll: true,
	}),
	'contactNote:update': (sandbox) => ({
		...ofNote(sandbox),
		updateFields: { body: 'Wants two demos', ...noteDetails(sandbox) },
	}),
	'contactTask:complete': (sandbox) => ofTask(sandbox),
	'contactTask:create': (sandbox) => ({
		contactId: byId(known(sandbox).contact.id),
		title: 'Send the offer',
		dueDate: '2027-01-31T09:30:00',
		additionalFields: { completed: true, ...taskDetails(sandbox) },
	}),
	'contactTask:delete': (sandbox) => ofTask(sandbox),
	'contactTask:get': (sandbox) => ofTask(sandbox),
	'contactTask:getMany': (sandbox) => ({
		contactId: byId(known(sandbox).task.contactId),
		returnAll: true,
	}),
	'contactTask:getManyOfLocation': (sandbox) => ({
		filters: {
			assignedTo: byId(known(sandbox).user.id),
			businessId: byId(known(sandbox).business.id),
			completed: false,
			contactId: byId(known(sandbox).task.contactId),
			query: known(sandbox).task.title,
		},
		returnAll: true,
	}),
	'contactTask:reopen': (sandbox) => ofTask(sandbox),
	'contactTask:update': (sandbox) => ({
		...ofTask(sandbox),
		updateFields: {
			title: 'Send the second offer',
			dueDate: '2027-02-28T09:30:00.000Z',
			completed: true,
			...taskDetails(sandbox),
		},
	}),
	'appointment:create': (sandbox) => ({
		calendarId: byId(known(sandbox).calendar.id),
		contactId: byId(known(sandbox).contact.id),
		startTime: '2027-03-01T09:30:00',
		additionalFields: appointmentDetails(sandbox),
	}),
	'appointment:delete': (sandbox) => ({ eventId: known(sandbox).appointment.id }),
	'appointment:get': (sandbox) => ({ eventId: known(sandbox).appointment.id, simplify: false }),
	'appointment:getManyForContact': (sandbox) => ({
		contactId: byId(known(sandbox).appointment.contactId),
		returnAll: true,
		simplify: false,
	}),
	'appointment:update': (sandbox) => ({
		eventId: known(sandbox).appointment.id,
		updateFields: {
			calendarId: byId(known(sandbox).calendar.id),
			startTime: '2027-03-01T10:30:00',
			...appointmentDetails(sandbox),
		},
	}),
	'business:create': () => ({
		name: 'Acme Robotics',
		additionalFields: businessFields,
	}),
	'business:delete': (sandbox) => ({ businessId: byId(known(sandbox).business.id) }),
	'business:get': (sandbox) => ({ businessId: byId(known(sandbox).business.id) }),
	'business:getMany': () => ({ returnAll: true }),
	'business:update': (sandbox) => ({
		businessId: byId(known(sandbox).business.id),
		updateFields: { name: 'Acme Robots', ...businessFields },
	}),
	...ghlLocationExamples,
	...ghlCalendarExamples,
	...ghlOpportunityExamples,
	...ghlConversationExamples,
	...ghlFormExamples,
	...ghlMessageExtraExamples,
	...ghlObjectExamples,
};

const everyColumn = {
	email: 'new.person@example.com',
	phone: '+15555550199',
	firstName: 'New',
	lastName: 'Person',
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
	'Job title': 'Engineer',
	'contact.deal_size': '1200',
	Interests: 'Golf, Chess',
	'Renewal date': '2027-01-31T00:00:00',
};

function everyExtra(sandbox: Sandbox): INodeParameters {
	return {
		assignedTo: byId(known(sandbox).user.id),
		dnd: true,
		dndSettings: {
			values: [
				{ channel: 'Email', status: 'active', message: 'asked', code: '' },
				{ channel: 'SMS', status: 'inactive', message: '', code: '103' },
			],
		},
		inboundDndSettings: { all: { status: 'inactive', message: 'fine' } },
	};
}

const businessFields = {
	address: '1 Main Street',
	city: 'Austin',
	country: 'US',
	description: 'Builds robots',
	email: 'hello@example.com',
	phone: '+15555550123',
	postalCode: '73301',
	state: 'TX',
	website: 'https://example.com',
};

function ofNote(sandbox: Sandbox): INodeParameters {
	const { id, contactId } = known(sandbox).note;
	return { contactId: byId(contactId), noteId: id };
}

function noteDetails(sandbox: Sandbox): INodeParameters {
	return {
		color: '#FFAA00',
		pinned: true,
		title: 'Call',
		userId: byId(known(sandbox).user.id),
	};
}

function ofTask(sandbox: Sandbox): INodeParameters {
	const { id, contactId } = known(sandbox).task;
	return { contactId: byId(contactId), taskId: id };
}

function taskDetails(sandbox: Sandbox): INodeParameters {
	return { assignedTo: byId(known(sandbox).user.id), body: 'With the new prices' };
}

function appointmentDetails(sandbox: Sandbox): INodeParameters {
	return {
		endTime: '2027-03-01T11:00:00',
		address: 'Zoom',
		assignedUserId: byId(known(sandbox).user.id),
		description: 'First demo',
		ignoreDateRange: true,
		ignoreFreeSlotValidation: true,
		meetingLocationId: 'default',
		meetingLocationType: 'custom',
		toNotify: false,
		overrideLocationConfig: true,
		appointmentStatus: 'confirmed',
		title: 'Demo',
	};
}
