import type { IHookFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { toList, isObject } from '../../engine/values';
import { checkAllowlist, ipAllowlist, respond } from '../../engine/webhook/properties';
import { eventName, heyReachEvents } from './events';
import { idsOf } from '../fields/ids';
import { reloadWithWorkspace, workspaceOrAll, WORKSPACE_PARAMETER } from '../fields/workspace';
import { ALL_WORKSPACES, OWN_WORKSPACE } from '../workspaces';

export const triggerProperties: INodeProperties[] = [
	workspaceOrAll,
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: heyReachEvents,
		default: ['every_message_reply_received'],
		description: 'HeyReach events that start the workflow',
	},
	{
		displayName:
			'<b>Message Reply Received</b> and <b>InMail Reply Received</b> come once for each lead: for the first reply. Choose <b>Every Message Reply Received</b> instead to get all replies.',
		name: 'firstReplyNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { events: ['message_reply_received', 'inmail_reply_received'] } },
	},
	{
		displayName:
			'Outside of campaigns HeyReach sends <b>Every Message Reply Received</b> and <b>Lead Tag Updated</b> only if its own switch “Track and import all conversations” is on.',
		name: 'allConversationsNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { events: ['every_message_reply_received', 'lead_tag_updated'] } },
	},
	{
		displayName: 'Campaign Names or IDs',
		name: 'campaigns',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getCampaigns', ...reloadWithWorkspace },
		default: [],
		displayOptions: { hide: { workspace: [ALL_WORKSPACES] } },
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: 'Leave empty for all campaigns. Events outside of campaigns always start the workflow.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			ipAllowlist,
			{
				displayName: 'Other Events',
				name: 'otherEvents',
				type: 'string',
				default: '',
				placeholder: 'e.g. NAME_OF_THE_EVENT',
				description:
					'Comma-separated names of HeyReach events that are not in the list above. HeyReach refuses unknown names.',
			},
			respond,
		],
	},
];

/** The checked settings. */
export interface TriggerSettings {
	/** What the field names: a workspace, or all of them. */
	workspace: unknown;
	/** Lower-case names, each once. */
	events: string[];
	/** Empty: all campaigns. */
	campaignIds: number[];
	ipAllowlist: string;
}

/** @throws BadInput with a sentence for the person */
export function readTriggerSettings(context: IHookFunctions | IWebhookFunctions): TriggerSettings {
	const given = context.getNodeParameter('options', {});
	const options = isObject(given) ? given : {};
	const workspace = context.getNodeParameter(WORKSPACE_PARAMETER, OWN_WORKSPACE);
	const campaigns = context.getNodeParameter('campaigns', []);
	const settings = {
		workspace,
		events: eventNames(context.getNodeParameter('events', []), options.otherEvents),
		// A campaign is of one workspace.
		campaignIds: workspace === ALL_WORKSPACES ? [] : idsOf(campaigns, 'campaign'),
		ipAllowlist: String(options.ipAllowlist ?? ''),
	};
	checkAllowlist(settings.ipAllowlist);
	return settings;
}

function eventNames(...lists: unknown[]): string[] {
	const names = lists
		.flatMap((list) => toList(list ?? []))
		.map(eventName)
		.filter((name) => name !== '');
	if (names.length === 0) {
		throw new BadInput('No event is chosen', 'Choose at least one under Events.');
	}
	const strange = names.find((name) => !/^[a-z\d_]+$/.test(name));
	if (strange !== undefined) {
		throw new BadInput(
			`“${strange}” is not the name of an event`,
			'Names under Other Events are like LEAD_TAG_UPDATED, separated by commas.',
		);
	}
	return [...new Set(names)];
}
