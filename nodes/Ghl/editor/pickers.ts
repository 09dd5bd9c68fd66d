import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { byId, byUrl, fromList, locator, mode } from '../../engine/describe/locator';
import type { Field, Send } from '../../engine/operation';
import { toIds } from '../../engine/values';
import { idByName, type ListName } from '../calls/lists';

/** How the parts of an address in the HighLevel app name a contact: …/contacts/detail/<id>. */
const CONTACT_URL = '/contacts/detail/([A-Za-z0-9]+)';

/** A picker that all operations share, so that the node holds it once, wherever its value goes. */
function shared(property: INodeProperties, key = property.name) {
	return (place: Send['in'], send: Partial<Send> = {}): Field => ({
		property,
		send: { in: place, key, ...send },
	});
}

/** The contact that an operation is about. */
export const contactPicker = shared(
	locator(
		'Contact',
		'contactId',
		[
			fromList('searchContacts'),
			byUrl(
				CONTACT_URL,
				'https://app.gohighlevel.com/v2/location/…/contacts/detail/…',
				'Open the contact in HighLevel and copy the address from there',
			),
			byId('ocQHyuzHvysMo5N5VsXc'),
		],
		{ required: true },
	),
);

export const contactId = contactPicker('path');

const userModes = [fromList('searchUsers'), byId('0IHuJvc2ofPAAA8GzTRi')];

/** A user of the location. */
export function userPicker(
	displayName: string,
	name: string,
	key: string,
	place: Send['in'] = 'body',
): Field {
	return {
		property: locator(displayName, name, userModes),
		send: { in: place, key },
	};
}

/** The user that an operation is about. */
export const userId: Field = {
	property: locator('User', 'userId', userModes, { required: true }),
	send: { in: 'path', key: 'userId' },
};

/** The users that follow a record, or shall no longer. */
export const followers: Field = {
	property: locator('Follower', 'followers', userModes, {
		required: true,
		description:
			'A user of the location. By ID, several can be given: separated by commas, or a list from an expression.',
	}),
	send: { in: 'body', key: 'followers', as: toIds },
};

export function calendarPicker(place: Send['in'], required = true): Field {
	const modes = [fromList('searchCalendars'), byId('CVokAlI8fgw4WYWoCtQz')];
	return {
		property: locator('Calendar', 'calendarId', modes, required ? { required } : {}),
		send: { in: place, key: 'calendarId' },
	};
}

export const pipelinePicker = shared(
	locator('Pipeline', 'pipelineId', [fromList('searchPipelines'), byId('VDm7RPYC2GLUvdpKmBfC')]),
);

/** A stage of the pipeline that is chosen beside it; of all pipelines while none is. */
export const stagePicker = shared(
	locator('Stage', 'pipelineStageId', [
		fromList('searchPipelineStages'),
		byId('7915dedc-8f18-44d5-8bc3-77c04e994a10'),
	]),
);

/** The opportunity that an operation is about. */
export const opportunityId: Field = {
	property: locator(
		'Opportunity',
		'opportunityId',
		[fromList('searchOpportunities'), byId('yWQobCRIhRguQtD2llvk')],
		{ required: true },
	),
	send: { in: 'path', key: 'id' },
};

export const lostReasonPicker: Field = {
	property: locator('Lost Reason', 'lostReasonId', [
		fromList('searchLostReasons'),
		byId('CLu7BaljjqrEjBGKTNNe'),
	]),
	send: { in: 'body', key: 'lostReasonId' },
};

export const conversationId: Field = {
	property: locator(
		'Conversation',
		'conversationId',
		[fromList('searchConversations'), byId('tDtDnQdgm2LXpyiqYvZ6')],
		{ required: true },
	),
	send: { in: 'path', key: 'conversationId' },
};

export const pickBusiness = shared(
	locator(
		'Business',
		'businessId',
		[fromList('searchBusinesses'), byId('63771dcac1116f0e21de8e12')],
		{ required: true },
	),
);

export const businessPicker = pickBusiness('path');

/** A record that can also be named, so that a workflow works in every location. */
function named(
	displayName: string,
	name: string,
	list: ListName,
	searchMethod: string,
	example: string,
	idExample: string,
	key = name,
): Field {
	return {
		property: locator(
			displayName,
			name,
			[
				fromList(searchMethod),
				mode('By Name', 'name', { placeholder: `e.g. ${example}` }),
				byId(idExample),
			],
			{ required: true },
		),
		send: { in: 'path', key, as: idByName(name, list) },
	};
}

export const campaignPicker = named(
	'Campaign',
	'campaignId',
	'campaigns',
	'searchCampaigns',
	'Spring offer',
	'CqwCOoTkHiTIvnRkDvZy',
);

export const workflowPicker = named(
	'Workflow',
	'workflowId',
	'workflows',
	'searchWorkflows',
	'New lead follow-up',
	'78559bb3-b920-461e-b010-7b2a2816d2a9',
);

export const tagPicker = named(
	'Tag',
	'tagId',
	'tags',
	'searchTags',
	'hot lead',
	'ABL5oYaCdHYK1wMzcmBg',
);

export const customValuePicker = named(
	'Custom Value',
	'customValueId',
	'customValues',
	'searchCustomValues',
	'Booking link',
	'3sv6UEo51C9Bmpo1cKTq',
	'id',
);

/** The modes of a picker for a custom field; a template names it by its name. */
export const customFieldModes: INodePropertyMode[] = [
	fromList('searchCustomFields'),
	mode('By Name or Key', 'name', { placeholder: 'e.g. LinkedIn profile' }),
	byId('3sv6UEo51C9Bmpo1cKTq'),
];
