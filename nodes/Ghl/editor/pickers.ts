import type { INodePropertyMode } from 'n8n-workflow';
import type { More } from '../../engine/describe/fields';
import { byId, byUrl, fromList, listOrId, mode, picker } from '../../engine/describe/locator';
import type { Field, Send } from '../../engine/operation';
import { toIds, toList } from '../../engine/values';
import { contactByIdentity } from '../calls/contactByIdentity';
import { idByName, type ListName } from '../calls/lists';
import { pipelineByName, stageByName } from '../calls/pipelineByName';
import { userByName } from '../calls/userByName';

/** The part of an address in the HighLevel app that names a contact: …/contacts/detail/<id>. */
const CONTACT_URL = '/contacts/detail/([A-Za-z0-9]+)';

/** A picker that all operations share. The node holds it once, wherever its value goes. */
const shared =
	({ property }: Field) =>
	(place: Send['in'], send: Partial<Send> = {}): Field => ({
		property,
		send: { in: place, key: property.name, ...send },
	});

const named = (search: string, example: string, idExample: string) => [
	fromList(search),
	mode('By Name', 'name', { placeholder: `e.g. ${example}` }),
	byId(idExample),
];

const contactModes = [
	fromList('searchContacts'),
	byUrl(
		CONTACT_URL,
		'https://app.gohighlevel.com/v2/location/…/contacts/detail/…',
		'Open the contact in HighLevel and copy the address from there',
	),
	byId('ocQHyuzHvysMo5N5VsXc'),
	mode('By LinkedIn or Email', 'identity', {
		placeholder: 'e.g. https://www.linkedin.com/in/jane-doe, jane@example.com',
	}),
];

const anyContact = shared(picker('Contact', 'contactId', contactModes, { required: true }));

/** The contact that an operation is about. */
export const contactPicker: typeof anyContact = (place, send) =>
	anyContact(place, { as: contactByIdentity, ...send });
export const contactId = contactPicker('path');

/** For an endpoint that wants a list of contacts. */
export const contactAsList: NonNullable<Send['as']> = async (value, io) => [
	await contactByIdentity(value, io),
];

const userModes = listOrId('searchUsers', '0IHuJvc2ofPAAA8GzTRi');

/** A user of the location. */
export const userPicker = (displayName: string, name: string, more: More = {}): Field =>
	picker(displayName, name, userModes, more);

const ownerModes = [
	fromList('searchUsers'),
	mode('By Name or Email', 'name', { placeholder: 'e.g. Jane Doe, or jane@example.com' }),
	byId('0IHuJvc2ofPAAA8GzTRi'),
];

/** The user to whom a record is given: also by name or email, so that a workflow works in every location. */
export const ownerPicker = picker('Assigned To', 'assignedTo', ownerModes, { as: userByName });

const inPath = { in: 'path', required: true } as const;

/** The user that an operation is about. */
export const userId = userPicker('User', 'userId', inPath);

/** The users that are added to the followers of a record, or removed from them. */
export const followers = userPicker('Follower', 'followers', {
	as: toIds,
	required: true,
	description:
		'A user of the location. By ID you can give several: a comma-separated list, or a list from an expression.',
});

export const calendarPicker = (place: Send['in'], more: More = { required: true }): Field =>
	picker('Calendar', 'calendarId', listOrId('searchCalendars', 'CVokAlI8fgw4WYWoCtQz'), {
		in: place,
		...more,
	});

const anyPipeline = shared(
	picker('Pipeline', 'pipelineId', named('searchPipelines', 'Sales', 'VDm7RPYC2GLUvdpKmBfC')),
);
export const pipelinePicker: typeof anyPipeline = (place, send) =>
	anyPipeline(place, { as: pipelineByName, ...send });

const stageModes = named('searchPipelineStages', 'Replied', '7915dedc-8f18-44d5-8bc3-77c04e994a10');
const anyStage = shared(picker('Stage', 'pipelineStageId', stageModes));

/** A stage of the pipeline that is chosen beside it. Without a pipeline all stages are listed. */
export const stagePicker: typeof anyStage = (place, send) =>
	anyStage(place, { as: stageByName, ...send });

const opportunityModes = listOrId('searchOpportunities', 'yWQobCRIhRguQtD2llvk');

/** The opportunity that an operation is about. */
export const opportunityId = picker('Opportunity', 'opportunityId', opportunityModes, {
	...inPath,
	key: 'id',
});

const lostReasonModes = listOrId('searchLostReasons', 'CLu7BaljjqrEjBGKTNNe');
export const lostReasonPicker = picker('Lost Reason', 'lostReasonId', lostReasonModes);

const conversationModes = listOrId('searchConversations', 'tDtDnQdgm2LXpyiqYvZ6');
export const conversationPicker = shared(
	picker('Conversation', 'conversationId', conversationModes, { required: true }),
);
export const conversationId = conversationPicker('path');

/** Records that belong to the contact, appointment or calendar chosen beside them. */
export const taskId = picker(
	'Task',
	'taskId',
	listOrId('searchContactTasks', 'ocQHyuzHvysMo5N5VsXc'),
	inPath,
);

export const noteId = picker(
	'Note',
	'noteId',
	listOrId('searchContactNotes', 'YlWd2wuCAZQzh2cH1fVZ'),
	{ ...inPath, key: 'id' },
);

const appointmentModes = listOrId('searchAppointments', 'ocQHyuzHvysMo5N5VsXc');

/** The appointment that an operation is about. */
export const appointmentPicker = (name: string): Field =>
	picker('Appointment', name, appointmentModes, {
		...inPath,
		description:
			'The list shows appointments around today. Search by name to see all of a contact.',
	});

const appointmentNoteModes = listOrId('searchAppointmentNotes', 'HGPcayliwcdoUFzvbTok');
export const appointmentNoteId = picker('Note', 'noteId', appointmentNoteModes, inPath);

const blockedTimeModes = listOrId('searchBlockedTimes', '0TkCdp9PfvLeWKYRRvIz');
export const blockedTimeId = picker('Blocked Time', 'eventId', blockedTimeModes, inPath);

const messageModes = listOrId('searchMessages', 've9EPM428h8vShlRW1KT');
export const messageId = picker('Message', 'messageId', messageModes, {
	...inPath,
	description: 'The list shows the latest messages. Search by contact name to see others.',
});

const businessModes = listOrId('searchBusinesses', '63771dcac1116f0e21de8e12');
export const businessPicker = shared(
	picker('Business', 'businessId', businessModes, { required: true }),
);

/** By which form or survey submissions are narrowed. */
export const formPicker = picker(
	'Form',
	'formId',
	listOrId('searchForms', 'YSWdvS4Is98wtIDGnpmI'),
	{
		in: 'query',
	},
);
export const surveyPicker = picker(
	'Survey',
	'surveyId',
	listOrId('searchSurveys', 'I5GFa3d3cKjojpe4VVUx'),
	{ in: 'query' },
);

/** A record that can also be chosen by its name, so that a workflow works in every location. */
const namedPicker = (
	displayName: string,
	name: string,
	list: ListName,
	modes: INodePropertyMode[],
	key = name,
): Field => picker(displayName, name, modes, { ...inPath, key, as: idByName(name, list) });

const campaignModes = named('searchCampaigns', 'Spring offer', 'CqwCOoTkHiTIvnRkDvZy');
export const campaignPicker = namedPicker('Campaign', 'campaignId', 'campaigns', campaignModes);

const workflowModes = named(
	'searchWorkflows',
	'New lead follow-up',
	'78559bb3-b920-461e-b010-7b2a2816d2a9',
);
export const workflowPicker = namedPicker('Workflow', 'workflowId', 'workflows', workflowModes);

/** The modes of a picker for tags by name; several are typed with commas. */
export const tagNameModes = [
	fromList('searchTagNames'),
	mode('By Name', 'name', { placeholder: 'e.g. webinar, hot lead' }),
];

/** Tags of a contact. Older workflows have a text here. */
export const tagsPicker = (displayName: string, more: More = {}): Field =>
	picker(displayName, 'tags', tagNameModes, {
		...more,
		description: [
			more.description,
			'Comma-separated; put a tag with a comma in quotes. An expression can also give a list.',
		]
			.filter(Boolean)
			.join(' '),
		as: toList,
	});

const tagModes = named('searchTags', 'hot lead', 'ABL5oYaCdHYK1wMzcmBg');
export const tagPicker = namedPicker('Tag', 'tagId', 'tags', tagModes);

const valueModes = named('searchCustomValues', 'Booking link', '3sv6UEo51C9Bmpo1cKTq');
export const customValuePicker = namedPicker(
	'Custom Value',
	'customValueId',
	'customValues',
	valueModes,
	'id',
);

const linkModes = named('searchLinks', 'Webinar page', 'n4AriwEnFrGh3tu08W0U');
export const linkPicker = namedPicker('Trigger Link', 'linkId', 'links', linkModes);

/** A name from a list, or typed. */
export const listOrName = (search: string, example: string, displayName = 'By Name') => [
	fromList(search),
	mode(displayName, 'name', { placeholder: `e.g. ${example}` }),
];

export const countryModes = listOrName('searchCountries', 'US', 'By Code');

/** The modes of a picker for a custom field. Templates use the name. */
export const customFieldModes: INodePropertyMode[] = [
	fromList('searchCustomFields'),
	mode('By Name or Key', 'name', { placeholder: 'e.g. LinkedIn profile' }),
	byId('3sv6UEo51C9Bmpo1cKTq'),
];
