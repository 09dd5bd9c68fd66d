import { toOffsetSeconds } from '../../engine/dates';
import { additionalFields, dateTime } from '../../engine/describe/fields';
import { operation } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { outcome } from '../calls/contacts';
import { contactId, workflowPicker } from '../editor/pickers';

const PATH = '/contacts/{contactId}/workflow/{workflowId}';

const eventStart = dateTime('Event Start', 'eventStartTime', toOffsetSeconds, {
	description: 'The event time that the workflow’s wait steps count from',
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
				'Add a contact to a HighLevel workflow, which starts a little later. Returns added: true.',
			...common,
			finish: outcome('added'),
		}),
		operation(`DELETE ${PATH}`, {
			value: 'remove',
			action: 'Remove a contact from a workflow',
			description:
				'Remove a contact from a HighLevel workflow at whatever step it is; returns removed: true',
			...common,
			finish: outcome('removed'),
		}),
	],
};
