import { toUtcSeconds } from '../../engine/dates';
import { collection, field, required } from '../../engine/describe/fields';
import type { Field, Operation, Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { contactId, userPicker } from '../editor/pickers';
import { deleted, needsAChange } from '../fields/records';
import { listed } from '../calls/recover';
import { searchTasks } from './taskSearch';

const PATH = '/contacts/{contactId}/tasks';

const taskId = required(
	field(
		{
			displayName: 'Task ID',
			name: 'taskId',
			type: 'string',
			default: '',
			placeholder: 'e.g. ocQHyuzHvysMo5N5VsXc',
		},
		{ in: 'path', key: 'taskId' },
	),
);

const title = field(
	{ displayName: 'Title', name: 'title', type: 'string', default: '' },
	{ in: 'body', key: 'title' },
);

const dueDate = field(
	{ displayName: 'Due Date', name: 'dueDate', type: 'dateTime', default: '' },
	{
		in: 'body',
		key: 'dueDate',
		as: (value, io) => toUtcSeconds(value, io.context.getTimezone()),
	},
);

const completed = field(
	{
		displayName: 'Completed',
		name: 'completed',
		type: 'boolean',
		default: false,
		description: 'Whether the task is done',
	},
	{ in: 'body', key: 'completed' },
);

const details: Field[] = [
	userPicker('Assigned To', 'assignedTo', 'assignedTo'),
	field(
		{
			displayName: 'Description',
			name: 'body',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
		},
		{ in: 'body', key: 'body' },
	),
];

/** Marks a task as done, or as open again. */
function setCompleted(value: string, name: string, action: string, done: boolean): Operation {
	return {
		value,
		name,
		action,
		description: done ? 'Mark a task as done' : 'Mark a task as not done',
		request: { method: 'PUT', path: `${PATH}/{taskId}/completed`, body: { completed: done } },
		scope: 'contacts.write',
		writes: true,
		fields: [contactId, taskId],
		result: 'task',
	};
}

export const contactTask: Resource = {
	value: 'contactTask',
	name: 'Contact Task',
	first: true,
	operations: [
		setCompleted('complete', 'Complete', 'Complete a task', true),
		{
			value: 'create',
			name: 'Create',
			action: 'Create a task',
			description: 'Create a task on a contact',
			request: { method: 'POST', path: PATH },
			scope: 'contacts.write',
			writes: true,
			fields: [
				contactId,
				required(title),
				required(dueDate),
				// HighLevel wants it on every create.
				completed,
				collection(
					{
						displayName: 'Additional Fields',
						name: 'additionalFields',
						placeholder: 'Add Field',
					},
					details,
				),
			],
			result: 'task',
			recover: listed({
				rows: 'tasks',
				record: 'task',
				equal: ['title', 'dueDate', 'body', 'assignedTo'],
			}),
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a task',
			description: 'Delete a task for good',
			request: { method: 'DELETE', path: `${PATH}/{taskId}` },
			scope: 'contacts.write',
			writes: true,
			fields: [contactId, taskId],
			finish: deleted,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a task',
			description: 'Get one task of a contact',
			request: { method: 'GET', path: `${PATH}/{taskId}` },
			scope: 'contacts.readonly',
			writes: false,
			fields: [contactId, taskId],
			result: 'task',
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many tasks',
			description: 'Get the tasks of a contact, done and open',
			request: { method: 'GET', path: PATH },
			scope: 'contacts.readonly',
			writes: false,
			fields: [contactId],
			pages: onePage('tasks'),
		},
		searchTasks,
		setCompleted('reopen', 'Reopen', 'Reopen a task', false),
		{
			value: 'update',
			name: 'Update',
			action: 'Update a task',
			description: 'Change some parts of a task; the others stay as they are',
			request: { method: 'PUT', path: `${PATH}/{taskId}` },
			scope: 'contacts.write',
			writes: true,
			fields: [
				contactId,
				taskId,
				collection(
					{ displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add Field' },
					[completed, dueDate, title, ...details],
				),
			],
			check: needsAChange,
			result: 'task',
		},
	],
};
