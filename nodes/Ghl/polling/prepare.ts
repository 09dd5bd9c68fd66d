import type { IPollFunctions } from 'n8n-workflow';
import type { Call } from '../../engine/operation';
import type { Poll } from '../../engine/poll';
import { send } from '../../engine/call/send';
import { highLevel } from '../api';
import { contactPoll } from './contactPoll';
import { isContactEvent, isSubmissionEvent } from './events';
import { readPollingSettings } from './settings';
import { contactSimplifier, type ContactShape } from './simpleContacts';
import { submissionPoll } from './submissionPoll';
import { taskPoll } from './taskPoll';

/** The poll that the person chose, on the account of the node's credential. */
export async function preparePoll(context: IPollFunctions): Promise<Poll<unknown>> {
	const settings = readPollingSettings(context);
	const account = (await highLevel.connect(context)).accountOf(0);
	const line = { context, service: highLevel, account };
	const ask = async (call: Call) => await send(line, call);
	const { locationId } = account.values;
	const { event } = settings;
	const shape: ContactShape = settings.simple
		? contactSimplifier(locationId, context.getTimezone(), ask)
		: async (contact) => await Promise.resolve(contact);
	if (isContactEvent(event)) return contactPoll(event, settings, locationId, ask, shape);
	if (isSubmissionEvent(event)) return submissionPoll(event, settings, locationId, ask);
	return taskPoll(settings, locationId, ask, shape);
}
