import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { BadInput } from '../../engine/call/errors';
import { field } from '../../engine/describe/fields';
import { byId, byUrl, fromList, locator } from '../../engine/describe/locator';
import type { Field, Send } from '../../engine/operation';
import { idOf, idsOf } from '../fields/ids';

/** How an address in the HeyReach app names a campaign. */
const CAMPAIGN_URL = '/campaigns/(\\d+)';

type Place = Send['in'];

const required = { required: true };

const campaignModes: INodePropertyMode[] = [
	fromList('searchCampaigns'),
	byUrl(
		CAMPAIGN_URL,
		'https://app.heyreach.io/app/campaigns/1234',
		'Open the campaign in HeyReach and copy the address from there',
	),
	byId('1234'),
];

const senderModes = [fromList('searchSenders'), byId('1234')];
const leadListModes = [fromList('searchLeadLists'), byId('1234')];

const campaignProperty = locator('Campaign', 'campaignId', campaignModes, required);
const senderProperty = locator('Sender', 'senderId', senderModes, required);
const conversationProperty = locator(
	'Conversation',
	'conversationId',
	[fromList('searchConversations'), byId('2-NmE4…')],
	required,
);

/** The campaign that an operation is about. */
export const campaignPicker = (place: Place): Field => ({
	property: campaignProperty,
	send: { in: place, key: 'campaignId', as: (value) => idOf(value, 'campaign') },
});

/** The campaign that a new one is made like. */
export const templatePicker: Field = {
	property: locator('Template Campaign', 'campaignId', campaignModes, required),
	send: { in: 'body', key: 'campaignIdForTemplate', as: (value) => idOf(value, 'campaign') },
};

const list = (search: string, place: Place): Field => ({
	property: locator('List', 'listId', [fromList(search), byId('1234')], required),
	send: { in: place, key: 'listId', as: (value) => idOf(value, 'list') },
});

/** The list that an operation is about; what it offers is narrowed to the kind that fits. */
export const anyList = list('searchLists', 'query');
export const leadList = list('searchLeadLists', 'body');
export const companyList = list('searchCompanyLists', 'body');

/** The list that takes what a sync writes; the value is read by a function of the operation. */
export const syncList: Field = {
	property: locator('Sync List', 'listId', leadListModes, {
		required: true,
		description: 'A list of its own that no campaign uses, so that nobody is written to',
	}),
};

/** A list of leads that a campaign refers to. */
export const leadListPicker = (displayName: string, key: string, description: string): Field => ({
	property: locator(displayName, key, leadListModes, { description }),
	send: { in: 'body', key, as: (value) => idOf(value, 'list') },
});

/** The sender (a LinkedIn account) that an operation is about, by the endpoint's name for it. */
export const senderPicker = (place: Place, key: string): Field => ({
	property: senderProperty,
	send: { in: place, key, as: (value) => idOf(value, 'sender') },
});

/** A sender that need not be named; the value is read by a function of the operation. */
export const optionalSender: Field = {
	property: locator('Sender', 'senderId', senderModes, {
		description: 'Leave empty to let HeyReach pick one of the senders of the campaign',
	}),
};

/** A conversation of the sender that is chosen above it. */
export const conversationPicker = (place: Place): Field => ({
	property: conversationProperty,
	send: { in: place, key: 'conversationId' },
});

export const webhookPicker: Field = {
	property: locator('Webhook', 'webhookId', [fromList('searchWebhooks'), byId('1234')], required),
	send: { in: 'query', key: 'webhookId', as: (value) => idOf(value, 'webhook') },
};

export const workspacePicker: Field = {
	property: locator(
		'Workspace',
		'workspaceId',
		[fromList('searchWorkspaces'), byId('1234')],
		required,
	),
	send: { in: 'path', key: 'workspaceId', as: (value) => idOf(value, 'workspace') },
};

/** The description that n8n asks for on lists that are loaded. */
const FROM_LIST =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

const many = (displayName: string, name: string, loadOptionsMethod: string): INodeProperties => ({
	displayName,
	name,
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod },
	default: [],
	description: FROM_LIST,
});

const campaignsProperty = many('Campaign Names or IDs', 'campaignIds', 'getCampaigns');
const sendersProperty = many('Sender Names or IDs', 'senderIds', 'getSenders');

/** Several campaigns. */
export const campaignIds: Field = field(campaignsProperty, {
	in: 'body',
	key: 'campaignIds',
	as: (value) => idsOf(value, 'campaign'),
});

/** Several senders, under the name that the endpoint has for them. */
export const senderIds = (key: string): Field =>
	field(sendersProperty, { in: 'body', key, as: (value) => idsOf(value, 'sender') });

/** Several senders, at least one. HeyReach takes up to 100 in a campaign. */
export const someSenders = (key: string): Field =>
	field(sendersProperty, {
		in: 'body',
		key,
		as: (value) => {
			const ids = [...new Set(idsOf(value, 'sender'))];
			if (ids.length > 100) {
				throw new BadInput(
					`There are ${ids.length} senders`,
					'HeyReach takes up to 100 senders in one call.',
				);
			}
			if (ids.length > 0) return ids;
			throw new BadInput(
				'“Sender Names or IDs” is empty',
				'Choose at least one LinkedIn account. A campaign needs one that runs it.',
			);
		},
	});
