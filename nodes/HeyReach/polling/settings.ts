import type { INodeProperties, IPollFunctions } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { toList, isObject } from '../../engine/values';
import { idsOf } from '../fields/ids';
import { heyReachPollingEvents, type LeadEvent } from './events';
import { WATCHED_FIELDS } from './leadHash';

export const pollingProperties: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: heyReachPollingEvents,
		default: ['lead_created'],
		description: 'What in HeyReach starts the workflow',
	},
	{
		displayName: 'List Names or IDs',
		name: 'lists',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getLeadLists' },
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
	{
		displayName: 'Campaign Names or IDs',
		name: 'campaigns',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getCampaigns' },
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: 'Up to 10,000 leads in all chosen lists and campaigns. A list shows more of a profile than a campaign does; a status is in campaigns only.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Watched Fields',
				name: 'watchedFields',
				type: 'multiOptions',
				options: WATCHED_FIELDS.map((name) => ({ name: titleOf(name), value: name })),
				default: [],
				description: 'In which fields a change counts as an update. Leave empty for all of them.',
			},
		],
	},
];

/** The checked settings. */
export interface PollingSettings {
	events: LeadEvent[];
	listIds: number[];
	campaignIds: number[];
	fields: string[];
}

/** @throws BadInput with a sentence for the person */
export function readPollingSettings(context: IPollFunctions): PollingSettings {
	const given: unknown = context.getNodeParameter('options', {});
	const options = isObject(given) ? given : {};
	const watched = toList(options.watchedFields ?? []);
	const settings = {
		events: eventsOf(context.getNodeParameter('events', [])),
		listIds: each(idsOf(context.getNodeParameter('lists', []), 'list')),
		campaignIds: each(idsOf(context.getNodeParameter('campaigns', []), 'campaign')),
		fields: watched.length > 0 ? watched : [...WATCHED_FIELDS],
	};
	check(settings);
	return settings;
}

function check({ events, listIds, campaignIds }: PollingSettings): void {
	if (events.length === 0) {
		throw new BadInput('No event is chosen', 'Choose at least one under Events.');
	}
	if (listIds.length + campaignIds.length === 0) {
		throw new BadInput(
			'No list and no campaign is chosen',
			'Choose at least one, whose leads the trigger is to watch.',
		);
	}
	if (campaignIds.length === 0 && events.includes('lead_status_changed')) {
		throw new BadInput(
			'Lead Status Changed needs a campaign',
			'A lead has a status in a campaign only. Choose the campaigns to watch.',
		);
	}
}

function eventsOf(value: unknown): LeadEvent[] {
	const known = heyReachPollingEvents.map((event) => event.value);
	return toList(value).map((name) => {
		const found = known.find((event) => event === name);
		if (found) return found;
		throw new BadInput(
			`“${name}” is not an event of this trigger`,
			`It knows these: ${known.join(', ')}.`,
		);
	});
}

/** Sorted and each once: the same ids in another order are the same choice. */
function each(ids: number[]): number[] {
	return [...new Set(ids)].sort((a, b) => a - b);
}

/** `Enriched Email Address` for `enrichedEmailAddress`. */
function titleOf(name: string): string {
	return name
		.replace(/([A-Z])/g, ' $1')
		.replace(/^./, (first) => first.toUpperCase())
		.replace('Url', 'URL');
}
