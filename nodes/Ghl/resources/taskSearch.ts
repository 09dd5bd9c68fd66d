import { flag, text } from '../../engine/describe/fields';
import { byId, fromList, locator } from '../../engine/describe/locator';
import type { Field, Operation } from '../../engine/operation';
import { skipInBodyPages } from '../../engine/call/paginate';
import { toOneId } from '../../engine/values';
import { userPicker } from '../editor/pickers';
import { filters } from '../fields/records';

const assigned = userPicker('Assigned To', 'assignedTo', 'assignedTo');

const ofContact: Field = {
	property: locator('Contact', 'contactId', [
		fromList('searchContacts'),
		byId('ocQHyuzHvysMo5N5VsXc'),
	]),
	send: { in: 'body', key: 'contactId', as: toOneId },
};

const ofBusiness: Field = {
	property: locator('Business', 'businessId', [
		fromList('searchBusinesses'),
		byId('63771dcac1116f0e21de8e12'),
	]),
	send: { in: 'body', key: 'businessId' },
};

/** Tasks across contacts, which the endpoint of one contact does not give. */
export const searchTasks: Operation = {
	value: 'getManyOfLocation',
	name: 'Get Many of Location',
	action: 'Get many tasks of the location',
	description:
		'Search the tasks of all contacts by text, contact, user, business, or whether they are done',
	request: { method: 'POST', path: '/locations/{locationId}/tasks/search', repeatable: true },
	scope: 'locations/tasks.readonly',
	writes: false,
	fields: [
		filters([
			{ ...assigned, send: { in: 'body', key: 'assignedTo', as: toOneId } },
			ofBusiness,
			flag(
				'Completed',
				'completed',
				'Whether to get the tasks that are done, or those that are open',
			),
			ofContact,
			text('Search Text', 'query', { placeholder: 'e.g. send the offer' }),
		]),
	],
	// 25 is what HighLevel gives unasked; the most it gives is not documented.
	pages: skipInBodyPages(25, 'tasks'),
};
