import type { Resource } from '../../engine/operation';
import { appointment } from './appointment';
import { appointmentNote } from './appointmentNote';
import { blockSlot } from './blockSlot';
import { business } from './business';
import { calendar } from './calendar';
import { contact } from './contact';
import { contactNote } from './contactNote';
import { contactTag } from './contactTag';
import { contactTask } from './contactTask';
import { conversation } from './conversation';
import { customField } from './customField';
import { freeSlot } from './freeSlot';
import { lostReason } from './lostReason';
import { message } from './message';
import { opportunity } from './opportunity';
import { opportunityFollower } from './opportunityFollower';
import { pipeline } from './pipeline';

/** Every operation of GHL Contacts; the tests and the catalog walk this list. */
export const ghlResources: Resource[] = [
	contact,
	contactTag,
	contactNote,
	contactTask,
	appointment,
	appointmentNote,
	calendar,
	freeSlot,
	blockSlot,
	opportunity,
	opportunityFollower,
	pipeline,
	lostReason,
	conversation,
	message,
	business,
	customField,
];
