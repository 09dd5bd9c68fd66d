import type { INodePropertyMode } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { notSent, parameter, type More } from '../../engine/describe/fields';
import { byId, byUrl, fromList, listOrId, picker } from '../../engine/describe/locator';
import type { Field, Send } from '../../engine/operation';
import { idOf, idsOf } from '../fields/ids';
import { reloadWithWorkspace } from '../fields/workspace';

/** How an address in the HeyReach app names a campaign. */
const CAMPAIGN_URL = '/campaigns/(\\d+)';

/** A picker for a record whose id is a number; `noun` is the word for it: `campaign`. */
const numbered = (
	displayName: string,
	name: string,
	modes: INodePropertyMode[],
	noun: string,
	more: More = { required: true },
): Field =>
	picker(displayName, name, modes, {
		typeOptions: reloadWithWorkspace,
		as: (value) => idOf(value, noun),
		...more,
	});

/** The same parameter for several operations, which send it to different places or by other names. */
const shared =
	({ property, send }: Field) =>
	(place: Send['in'], key = property.name, as = send?.as): Field => ({
		property,
		send: { in: place, key, as },
	});

const campaignModes = [
	fromList('searchCampaigns'),
	byUrl(
		CAMPAIGN_URL,
		'https://app.heyreach.io/app/campaigns/1234',
		'Open the campaign in HeyReach and copy the address from there',
	),
	byId('1234'),
];

/** The campaign that an operation is about. */
export const campaignPicker = shared(numbered('Campaign', 'campaignId', campaignModes, 'campaign'));

/** The campaign that a new one is made like. */
export const templatePicker = numbered(
	'Template Campaign',
	'campaignId',
	campaignModes,
	'campaign',
	{ key: 'campaignIdForTemplate', required: true },
);

const list = (search: string, place: Send['in']): Field =>
	numbered('List', 'listId', listOrId(search, '1234'), 'list', { in: place, required: true });

/** The list that an operation is about; what it offers is narrowed to the kind that fits. */
export const anyList = list('searchLists', 'query');
export const leadList = list('searchLeadLists', 'body');
export const companyList = list('searchCompanyLists', 'body');

const leadListModes = listOrId('searchLeadLists', '1234');

/** The list that takes what a sync writes; the value is read by a function of the operation. */
export const syncList = notSent(
	picker('Sync List', 'listId', leadListModes, {
		required: true,
		typeOptions: reloadWithWorkspace,
		description: 'A list of its own that no campaign uses, so that no one gets a message',
	}),
);

/** A list of leads that a campaign refers to. */
export const leadListPicker = (displayName: string, name: string, description: string): Field =>
	numbered(displayName, name, leadListModes, 'list', { description });

const senderModes = listOrId('searchSenders', '1234');

/** The sender (a LinkedIn account) that an operation is about, by the endpoint's name for it. */
export const senderPicker = shared(numbered('Sender', 'senderId', senderModes, 'sender'));

/** A sender that need not be named; the value is read by a function of the operation. */
export const optionalSender = notSent(
	picker('Sender', 'senderId', senderModes, {
		typeOptions: reloadWithWorkspace,
		description: 'Leave empty to let HeyReach choose a sender of the campaign',
	}),
);

/** A conversation of the sender that is chosen above it. */
export const conversationPicker = shared(
	picker('Conversation', 'conversationId', listOrId('searchConversations', '2-NmE4…'), {
		required: true,
		typeOptions: reloadWithWorkspace,
	}),
);

export const webhookPicker = numbered(
	'Webhook',
	'webhookId',
	listOrId('searchWebhooks', '1234'),
	'webhook',
	{ in: 'query', required: true },
);

export const workspacePicker = numbered(
	'Workspace',
	'workspaceId',
	listOrId('searchWorkspaces', '1234'),
	'workspace',
	{ in: 'path', required: true },
);

/** Several records of a loaded list, with the description that n8n asks for on such lists. */
const several = (displayName: string, name: string, loadOptionsMethod: string, noun: string) =>
	parameter('multiOptions', [], displayName, name, {
		typeOptions: { loadOptionsMethod, ...reloadWithWorkspace },
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		as: (value) => idsOf(value, noun),
	});

export const campaignIds = several(
	'Campaign Names or IDs',
	'campaignIds',
	'getCampaigns',
	'campaign',
);

const sharedSenders = shared(several('Sender Names or IDs', 'senderIds', 'getSenders', 'sender'));

/** Several senders, under the name that the endpoint has for them. */
export const senderIds = (key: string): Field => sharedSenders('body', key);

/** Several senders, at least one. HeyReach takes up to 100 in a campaign. */
export const someSenders = (key: string): Field =>
	sharedSenders('body', key, (value) => {
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
	});
