import { toOffsetSeconds } from '../../engine/dates';
import { additionalFields, dateTime } from '../../engine/describe/fields';
import { operation } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { outcome } from '../calls/contacts';
import { contactId, workflowPicker } from '../editor/pickers';

const PATH = '/contacts/{contactId}/workflow/{workflowId}';

const eventStart = dateTime('Event Start', 'eventStartTime', toOffsetSeconds, {
	description: 'The time of the event that the workflow’s waiting steps count from',
});
const common = {
	scope: 'contacts',
	fields: [contactId, workflowPicker, additionalFields([eventStart])],
};

export const contactWorkflow: Resource = {
	value: 'contactWorkflow',
	name: 'Contact Workflow',
	first: true,
	operations: [
		operation(`POST ${PATH}`, {
			value: 'add',
			action: 'Add a contact to a workflow',
			description:
				'Start one of HighLevel’s own workflows for a contact. HighLevel queues it and runs it a little later.',
			...common,
			finish: outcome('added'),
		}),
		operation(`DELETE ${PATH}`, {
			value: 'remove',
			action: 'Remove a contact from a workflow',
			description: 'Take a contact out of one of HighLevel’s own workflows, wherever it is in it',
			...common,
			finish: outcome('removed'),
		}),
	],
};
