import { toUtcSeconds } from '../../engine/dates';
import {
	additionalFields,
	dateTime,
	filters,
	flag,
	formerly,
	required,
	text,
	updateFields,
} from '../../engine/describe/fields';
import { listOrId, picker } from '../../engine/describe/locator';
import { operation, verbs } from '../../engine/describe/verbs';
import type { Field, Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { skipInBodyPages } from '../calls/pages';
import { listed } from '../calls/recover';
import { userByName } from '../calls/userByName';
import { unlessOneContains, unlessOneExists, unlessThere } from '../calls/unlessThere';
import { contactAsList, contactId, ownerPicker, taskId, userPicker } from '../editor/pickers';

const PATH = '/contacts/{contactId}/tasks/{taskId}';

const title = text('Title', 'title', { placeholder: 'e.g. Intro call' });
const dueDate = dateTime('Due Date', 'dueDate', toUtcSeconds);
const completed = flag('Completed', 'completed', 'Whether the task is done', { default: false });
const details: Field[] = [
	ownerPicker,
	text('Description', 'body', { placeholder: 'e.g. Asked for a demo', typeOptions: { rows: 3 } }),
];

const contactModes = listOrId('searchContacts', 'ocQHyuzHvysMo5N5VsXc');
const businessModes = listOrId('searchBusinesses', '63771dcac1116f0e21de8e12');

const task = verbs('task', {
	of: 'a contact',
	path: PATH,
	parent: [contactId],
	id: taskId,
	scope: 'contacts',
	result: 'task',
});

const create = task.create({
	description: 'Create a task for a contact and return it',
	// HighLevel requires `completed` on every create.
	body: { completed: false },
	fields: [
		required(title),
		required(dueDate),
		formerly(completed),
		additionalFields([
			flag('Completed', 'completed', completed.property.description ?? ''),
			...details,
			unlessOneContains('tasks'),
			unlessOneExists('the task of the contact with the same title'),
		]),
	],
	recover: listed({
		rows: 'tasks',
		record: 'task',
		equal: ['title', 'dueDate', 'body', 'assignedTo'],
	}),
});

export const contactTask: Resource = {
	value: 'contactTask',
	name: 'Contact Task',
	first: true,
	operations: [
		task.other(`PUT ${PATH}/completed`, {
			value: 'complete',
			description: 'Mark a task as completed and return it',
			body: { completed: true },
			fields: [taskId],
		}),
		unlessThere(
			{
				rows: 'tasks',
				texts: ['title', 'body'],
				isLike: (row, body) => row.title === body.title,
			},
			create,
		),
		task.delete(),
		task.get(),
		task.getMany({
			description: 'Get the tasks of a contact, done and open',
			pages: onePage('tasks'),
		}),
		operation('POST /locations/{locationId}/tasks/search', {
			value: 'getManyOfLocation',
			name: 'Get Many of Location',
			action: 'Get many tasks of the location',
			description:
				'Search the tasks of all contacts by text, contact, user, business, or whether they are done',
			scope: 'locations/tasks',
			writes: false,
			fields: [
				filters([
					userPicker('Assigned To', 'assignedTo', {
						as: async (value, io) => [await userByName(value, io)],
					}),
					picker('Business', 'businessId', businessModes),
					flag('Completed', 'completed', 'Whether to return completed tasks instead of open ones'),
					picker('Contact', 'contactId', contactModes, { as: contactAsList }),
					text('Search Text', 'query', { placeholder: 'e.g. send the offer' }),
				]),
			],
			// 25 is what HighLevel gives unasked. The most it gives is not documented.
			pages: skipInBodyPages(25, 'tasks'),
		}),
		task.other(`PUT ${PATH}/completed`, {
			value: 'reopen',
			description: 'Mark a task as not completed and return it',
			body: { completed: false },
			fields: [taskId],
		}),
		task.update({ fields: [updateFields([completed, dueDate, title, ...details])] }),
	],
};
