import type { INodeProperties, IPollFunctions } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { toList, isObject } from '../../engine/values';
import { idsOf, placedIdsOf, type PlacedId } from '../fields/ids';
import { reloadWithWorkspace, workspaceOrAll, WORKSPACE_PARAMETER } from '../fields/workspace';
import { ALL_WORKSPACES, folded, OWN_WORKSPACE } from '../workspaces';
import { heyReachPollingEvents, LEAD_EVENTS, SENDER_EVENTS, type LeadEvent } from './events';
import { WATCHED_FIELDS } from './leadHash';
import type { SenderSettings } from './senderPoll';

const forLeads = { show: { events: LEAD_EVENTS } };

export const pollingProperties: INodeProperties[] = [
	workspaceOrAll,
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: heyReachPollingEvents,
		default: ['lead_created'],
		description: 'HeyReach events that start the workflow',
	},
	{
		displayName: 'List Names or IDs',
		name: 'lists',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getLeadLists', ...reloadWithWorkspace },
		displayOptions: forLeads,
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
	{
		displayName: 'Campaign Names or IDs',
		name: 'campaigns',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getCampaigns', ...reloadWithWorkspace },
		displayOptions: forLeads,
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: 'Up to 10,000 leads of a workspace in all chosen lists and campaigns. A list shows more of a profile than a campaign does; a status is in campaigns only.',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		displayOptions: forLeads,
		default: false,
		description: 'Whether to return a simplified version of the lead instead of the raw data',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Include Senders Found Disconnected',
				name: 'tellsFound',
				type: 'boolean',
				displayOptions: { show: { '/events': ['sender_disconnected'] } },
				default: false,
				description:
					'Whether senders that are already disconnected also start the workflow: when you publish the workflow, or when a sender is new in HeyReach',
			},
			{
				displayName: 'Watched Fields',
				name: 'watchedFields',
				type: 'multiOptions',
				displayOptions: { show: { '/events': ['lead_updated'] } },
				options: WATCHED_FIELDS.map((name) => ({ name: titleOf(name), value: name })),
				default: [],
				description: 'Fields in which a change counts as an update. Leave empty for all fields.',
			},
		],
	},
];

/** The lists and campaigns to watch in one workspace: sorted, each once. */
export interface Watched {
	listIds: number[];
	campaignIds: number[];
}

/** The checked settings. */
export interface PollingSettings {
	/** The events of leads; empty where only those of senders are chosen. */
	events: LeadEvent[];
	senders: SenderSettings;
	fields: string[];
	/** Leads come without the row that HeyReach gave. */
	simple: boolean;
	/** The value of the field that names one workspace, and what to watch there. */
	one?: Watched & { workspace: unknown };
	/** With all workspaces: whose leads to watch in each, by the name that the ids give. */
	each: Map<string, Watched>;
}

/** @throws BadInput with a sentence for the person */
export function readPollingSettings(context: IPollFunctions): PollingSettings {
	const given: unknown = context.getNodeParameter('options', {});
	const options = isObject(given) ? given : {};
	const watched = toList(options.watchedFields ?? []);
	const chosen = chosenEvents(context.getNodeParameter('events', []));
	const events = LEAD_EVENTS.filter((event) => chosen.has(event));
	const senders = {
		events: SENDER_EVENTS.filter((event) => chosen.has(event)),
		tellsFound: options.tellsFound === true,
	};
	const fields = watched.length > 0 ? watched : [...WATCHED_FIELDS];
	const simple = context.getNodeParameter('simplify', false) === true;
	const workspace: unknown = context.getNodeParameter(WORKSPACE_PARAMETER, OWN_WORKSPACE);
	const lists: unknown = events.length > 0 ? context.getNodeParameter('lists', []) : [];
	const campaigns: unknown = events.length > 0 ? context.getNodeParameter('campaigns', []) : [];
	if (workspace === ALL_WORKSPACES) {
		const each = byWorkspace(placedIdsOf(lists, 'list'), placedIdsOf(campaigns, 'campaign'));
		check(events, [...each.values()]);
		return { events, senders, fields, simple, each };
	}
	const one = {
		workspace,
		listIds: onceEach(idsOf(lists, 'list')),
		campaignIds: onceEach(idsOf(campaigns, 'campaign')),
	};
	check(events, [one]);
	return { events, senders, fields, simple, one, each: new Map() };
}

function byWorkspace(lists: PlacedId[], campaigns: PlacedId[]): Map<string, Watched> {
	const idsIn = (placed: PlacedId[], name: string) =>
		onceEach(
			placed.filter(({ workspace }) => folded(workspace) === folded(name)).map(({ id }) => id),
		);
	// One that is written in two ways is polled once: a second state would give each lead twice.
	const names = new Map<string, string>();
	for (const { workspace } of [...lists, ...campaigns]) {
		if (!names.has(folded(workspace))) names.set(folded(workspace), workspace);
	}
	return new Map(
		[...names.values()].map((name) => [
			name,
			{ listIds: idsIn(lists, name), campaignIds: idsIn(campaigns, name) },
		]),
	);
}

function check(events: LeadEvent[], watched: Watched[]): void {
	if (events.length === 0) return;
	if (watched.every(({ listIds, campaignIds }) => listIds.length + campaignIds.length === 0)) {
		throw new BadInput(
			'No list and no campaign is chosen',
			'Choose at least one, whose leads the trigger watches.',
		);
	}
	const hasCampaign = watched.some(({ campaignIds }) => campaignIds.length > 0);
	if (!hasCampaign && events.includes('lead_status_changed')) {
		throw new BadInput(
			'Lead Status Changed needs a campaign',
			'A lead has a status in a campaign only. Choose the campaigns to watch.',
		);
	}
}

function chosenEvents(value: unknown): Set<string> {
	const known: string[] = heyReachPollingEvents.map((event) => event.value);
	const chosen = toList(value);
	const unknown = chosen.find((name) => !known.includes(name));
	if (unknown !== undefined) {
		throw new BadInput(
			`“${unknown}” is not an event of this trigger`,
			`It knows these: ${known.join(', ')}.`,
		);
	}
	if (chosen.length === 0) {
		throw new BadInput('No event is chosen', 'Choose at least one under Events.');
	}
	return new Set(chosen);
}

/** Sorted and each once: the same ids in another order are the same choice. */
function onceEach(ids: number[]): number[] {
	return [...new Set(ids)].sort((a, b) => a - b);
}

/** `Enriched Email Address` for `enrichedEmailAddress`. */
function titleOf(name: string): string {
	return name
		.replace(/([A-Z])/g, ' $1')
		.replace(/^./, (first) => first.toUpperCase())
		.replace('Url', 'URL');
}
