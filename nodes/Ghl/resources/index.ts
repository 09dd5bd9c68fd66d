import type { Resource } from '../../engine/operation';
import { apiCall } from './apiCall';
import { appointment } from './appointment';
import { appointmentNote } from './appointmentNote';
import { association } from './association';
import { blockSlot } from './blockSlot';
import { business } from './business';
import { calendar } from './calendar';
import { campaign } from './campaign';
import { contact } from './contact';
import { contactCampaign } from './contactCampaign';
import { contactFollower } from './contactFollower';
import { contactNote } from './contactNote';
import { contactTag } from './contactTag';
import { contactTask } from './contactTask';
import { contactWorkflow } from './contactWorkflow';
import { conversation } from './conversation';
import { customField } from './customField';
import { customObject } from './customObject';
import { customSubtype } from './customSubtype';
import { customValue } from './customValue';
import { email } from './email';
import { emailSubscription } from './emailSubscription';
import { form } from './form';
import { freeSlot } from './freeSlot';
import { link } from './link';
import { location } from './location';
import { locationTag } from './locationTag';
import { lostReason } from './lostReason';
import { message } from './message';
import { objectRecord } from './objectRecord';
import { opportunity } from './opportunity';
import { opportunityFollower } from './opportunityFollower';
import { pipeline } from './pipeline';
import { relation } from './relation';
import { survey } from './survey';
import { user } from './user';
import { workflow } from './workflow';

/** Every operation of GHL Contacts; the tests and the catalog walk this list. */
export const ghlResources: Resource[] = [
	contact,
	contactTag,
	contactNote,
	contactTask,
	contactFollower,
	contactCampaign,
	contactWorkflow,
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
	email,
	emailSubscription,
	customSubtype,
	form,
	survey,
	business,
	customField,
	customValue,
	customObject,
	objectRecord,
	association,
	relation,
	location,
	locationTag,
	link,
	user,
	campaign,
	workflow,
	apiCall,
];
