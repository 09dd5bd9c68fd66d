import { toOffsetSeconds } from '../../engine/dates';
import { field } from '../../engine/describe/fields';
import type { Operation, Resource } from '../../engine/operation';
import { contactId, workflowPicker } from '../editor/pickers';
import { additionalFields, outcome } from '../fields/records';

const common = {
	scope: 'contacts.write',
	writes: true,
	fields: [
		contactId,
		workflowPicker,
		additionalFields([
			field(
				{
					displayName: 'Event Start',
					name: 'eventStartTime',
					type: 'dateTime',
					default: '',
					description: 'The time of the event that the workflow’s waiting steps count from',
				},
				{
					in: 'body',
					key: 'eventStartTime',
					as: (value, io) => toOffsetSeconds(value, io.context.getTimezone()),
				},
			),
		]),
	],
} satisfies Partial<Operation>;

export const contactWorkflow: Resource = {
	value: 'contactWorkflow',
	name: 'Contact Workflow',
	first: true,
	operations: [
		{
			value: 'add',
			name: 'Add',
			action: 'Add a contact to a workflow',
			description:
				'Start one of HighLevel’s own workflows for a contact. HighLevel queues it and runs it a little later.',
			request: { method: 'POST', path: '/contacts/{contactId}/workflow/{workflowId}' },
			...common,
			finish: outcome('added'),
		},
		{
			value: 'remove',
			name: 'Remove',
			action: 'Remove a contact from a workflow',
			description: 'Take a contact out of one of HighLevel’s own workflows, wherever it is in it',
			request: { method: 'DELETE', path: '/contacts/{contactId}/workflow/{workflowId}' },
			...common,
			finish: outcome('removed'),
		},
	],
};
