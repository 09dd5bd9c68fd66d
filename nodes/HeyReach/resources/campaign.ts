import { asOptions, choice, collection, field, flag, text } from '../../engine/describe/fields';
import type { Field, Operation, Resource } from '../../engine/operation';
import { offsetPages } from '../../engine/call/paginate';
import { momentField } from '../fields/dates';
import { leadField } from '../fields/leadKey';
import { confirmTaken, foldLeads } from '../calls/foldLeads';
import { clearEmptyFields, customFields, leadForCampaign } from '../fields/lead';
import { campaignPicker, optionalSender, senderIds } from '../editor/pickers';
import { done } from '../calls/done';
import { slimProfile } from '../fields/profile';
import { recoverStatus } from '../calls/recover';
import { campaignSetup } from './campaignSetup';

const inQuery = campaignPicker('query');
const inBody = campaignPicker('body');

const SIMPLE = [
	'id',
	'name',
	'status',
	'creationTime',
	'startedAt',
	'linkedInUserListId',
	'linkedInUserListName',
	'campaignAccountIds',
	'progressStats',
];

const SIMPLE_LEAD = [
	'id',
	'leadCampaignStatus',
	'leadConnectionStatus',
	'leadMessageStatus',
	'errorCode',
	'creationTime',
	'lastActionTime',
	'linkedInSenderId',
	'linkedInSenderFullName',
	'linkedInUserProfile',
];

const filters = collection({ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' }, [
	text('Search Text', 'keyword', {
		placeholder: 'e.g. founders',
		description: 'Part of the name of the campaign',
	}),
	senderIds('accountIds'),
	field(
		{
			displayName: 'Status',
			name: 'statuses',
			type: 'multiOptions',
			options: asOptions([
				['Canceled', 'CANCELED'],
				['Draft', 'DRAFT'],
				['Failed', 'FAILED'],
				['Finished', 'FINISHED'],
				['In Progress', 'IN_PROGRESS'],
				['Paused', 'PAUSED'],
				['Scheduled', 'SCHEDULED'],
				['Starting', 'STARTING'],
			]),
			default: [],
		},
		{ in: 'body', key: 'statuses' },
	),
]);

const leadFilters = collection(
	{ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' },
	[
		momentField('From', 'timeFrom'),
		choice(
			'Time to Compare',
			'timeFilter',
			[
				['Any of Them', 'Everywhere'],
				['Creation', 'CreationTime'],
				['Failure', 'FailedTime'],
				['Last Action', 'LastActionTakenTime'],
				['Last Action or Failure', 'LastActionTakenOrFailedTime'],
			],
			{ default: 'CreationTime', description: 'Which time of the lead From and To are about' },
		),
		momentField('To', 'timeTo'),
	],
);

const resume: Field[] = [
	flag(
		'Resume Finished Campaign',
		'resumeFinishedCampaign',
		'Whether to start the campaign again if it is finished. HeyReach takes no leads for a finished campaign without this.',
	),
	flag(
		'Resume Paused Campaign',
		'resumePausedCampaign',
		'Whether to go on with the campaign if it is paused. HeyReach takes no leads for a paused campaign without this.',
	),
];

const additional = collection(
	{ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add Field' },
	resume,
);

/** Pause, Resume, Start: the campaign in the query, an empty answer. */
function statusChange(
	value: string,
	endpoint: string,
	description: string,
	reached: string[],
): Operation {
	const name = value[0].toUpperCase() + value.slice(1);
	return {
		value,
		name,
		action: `${name} a campaign`,
		description,
		request: { method: 'POST', path: `/campaign/${endpoint}` },
		writes: true,
		fields: [inQuery],
		recover: recoverStatus(...reached),
		finish: done('campaignId'),
	};
}

export const campaign: Resource = {
	value: 'campaign',
	name: 'Campaign',
	successors: { addLeadV1: 'Add Lead' },
	operations: [
		{
			value: 'addLead',
			name: 'Add Lead',
			action: 'Add a lead to a campaign',
			description:
				'Add one lead for each item, in calls of up to 100 leads; one that is there already is updated. HeyReach takes leads for campaigns that run.',
			request: { method: 'POST', path: '/campaign/AddLeadsToCampaignV2', repeatable: true },
			writes: true,
			fields: [inBody, optionalSender, leadForCampaign, customFields, additional],
			options: [clearEmptyFields],
			fold: foldLeads('accountLeadPairs'),
			finish: confirmTaken,
		},
		...campaignSetup,
		{
			value: 'get',
			name: 'Get',
			action: 'Get a campaign',
			description: 'Get one campaign with its status and progress',
			request: { method: 'GET', path: '/campaign/GetById' },
			writes: false,
			fields: [inQuery],
			simple: SIMPLE,
		},
		{
			value: 'getLeads',
			name: 'Get Many Leads',
			action: 'Get many leads of a campaign',
			description: 'Get the leads of a campaign with their status in it',
			request: { method: 'POST', path: '/campaign/GetLeadsFromCampaign', repeatable: true },
			writes: false,
			fields: [inBody, leadFilters],
			pages: offsetPages(100),
			simple: SIMPLE_LEAD,
			finish: slimProfile('linkedInUserProfile'),
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many campaigns',
			description: 'Get the campaigns of the workspace',
			request: { method: 'POST', path: '/campaign/GetAll', repeatable: true },
			writes: false,
			fields: [filters],
			pages: offsetPages(100),
			simple: SIMPLE,
		},
		{
			value: 'getManyForLead',
			name: 'Get Many for Lead',
			action: 'Get many campaigns of a lead',
			description: 'Get the campaigns that a lead is in, and its status in each',
			request: { method: 'POST', path: '/campaign/GetCampaignsForLead', repeatable: true },
			writes: false,
			fields: [leadField({ url: 'profileUrl', id: 'linkedinId', email: 'email' })],
			pages: offsetPages(100),
		},
		statusChange('pause', 'Pause', 'Pause a campaign that runs', ['PAUSED']),
		statusChange(
			'resume',
			'Resume',
			'Go on with a campaign that is paused, finished or failed. One without leads pauses itself again after a second, and HeyReach says nothing.',
			['IN_PROGRESS', 'STARTING'],
		),
		statusChange(
			'start',
			'StartCampaign',
			'Start a campaign that is a draft. Get can show it as a draft for some seconds more.',
			// Whatever it has become since: it is a draft no more.
			['IN_PROGRESS', 'STARTING', 'SCHEDULED', 'PAUSED', 'FINISHED', 'FAILED', 'CANCELED'],
		),
		{
			value: 'stopLead',
			name: 'Stop Lead',
			action: 'Stop a lead in a campaign',
			description: 'End the sequence of one lead in a campaign; the others go on',
			request: { method: 'POST', path: '/campaign/StopLeadInCampaign', repeatable: true },
			writes: true,
			fields: [inBody, leadField({ url: 'leadUrl', id: 'leadMemberId' })],
			finish: done('campaignId', 'lead'),
		},
	],
};
