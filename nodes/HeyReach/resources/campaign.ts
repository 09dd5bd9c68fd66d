import { offsetPages } from '../calls/pages';
import {
	additionalFields,
	choice,
	choices,
	filters,
	flag,
	text,
} from '../../engine/describe/fields';
import { operation, verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { done } from '../calls/done';
import { confirmTaken, foldLeads } from '../calls/foldLeads';
import { recoverStatus } from '../calls/recover';
import { inAllCampaigns, stopsEverywhere } from '../calls/stopEverywhere';
import { campaignPicker, optionalSender, senderIds } from '../editor/pickers';
import { momentField } from '../fields/dates';
import {
	clearEmptyFields,
	customFields,
	skipWithoutAddress,
	skipWithoutName,
	leadForCampaign,
} from '../fields/lead';
import { leadField } from '../fields/leadKey';
import { simpleProfile } from '../fields/profile';
import { campaignSetup } from './campaignSetup';

const inQuery = campaignPicker('query');
const inBody = campaignPicker('body');

const SIMPLE =
	'id name status creationTime startedAt linkedInUserListId linkedInUserListName campaignAccountIds progressStats';

const SIMPLE_LEAD =
	'id leadCampaignStatus leadConnectionStatus leadMessageStatus errorCode creationTime lastActionTime linkedInSenderId linkedInSenderFullName linkedInUserProfile';

const campaignFilters = filters([
	text('Search Text', 'keyword', {
		placeholder: 'e.g. founders',
		description: 'Part of the name of the campaign',
	}),
	senderIds('accountIds'),
	choices('Status', 'statuses', {
		Canceled: 'CANCELED',
		Draft: 'DRAFT',
		Failed: 'FAILED',
		Finished: 'FINISHED',
		'In Progress': 'IN_PROGRESS',
		Paused: 'PAUSED',
		Scheduled: 'SCHEDULED',
		Starting: 'STARTING',
	}),
]);

const times = {
	'Any of Them': 'Everywhere',
	Creation: 'CreationTime',
	Failure: 'FailedTime',
	'Last Action': 'LastActionTakenTime',
	'Last Action or Failure': 'LastActionTakenOrFailedTime',
};

const leadFilters = filters([
	momentField('From', 'timeFrom'),
	choice('Time to Compare', 'timeFilter', times, {
		default: 'CreationTime',
		description: 'The time of the lead that From and To apply to',
	}),
	momentField('To', 'timeTo'),
]);

const resume = additionalFields([
	flag(
		'Resume Finished Campaign',
		'resumeFinishedCampaign',
		'Whether to resume the campaign if it is finished. A finished campaign accepts no leads.',
	),
	flag(
		'Resume Paused Campaign',
		'resumePausedCampaign',
		'Whether to resume the campaign if it is paused. A paused campaign accepts no leads.',
	),
]);

/**
 * Pause, Resume and Start: the campaign stands in the query, the answer is empty, and the campaign
 * gets one of these statuses.
 */
const reaching = (...statuses: string[]) => ({
	fields: [inQuery],
	recover: recoverStatus(...statuses),
	finish: done('campaignId'),
});

const readPages = { writes: false, pages: offsetPages(100) };

const campaigns = verbs('campaign', {
	of: 'the workspace',
	id: inQuery,
	reads: { simple: SIMPLE.split(' ') },
});

export const campaign: Resource = {
	value: 'campaign',
	name: 'Campaign',
	successors: { addLeadV1: 'Add Lead' },
	operations: [
		operation('POST /campaign/AddLeadsToCampaignV2', {
			value: 'addLead',
			action: 'Add a lead to a campaign',
			description:
				'Add one lead per item, up to 100 in a call; an existing lead is updated. The campaign must be running. Returns whether each lead was added, updated or failed.',
			repeatable: true,
			fields: [inBody, optionalSender, leadForCampaign, customFields, resume],
			options: [clearEmptyFields, skipWithoutAddress, skipWithoutName],
			fold: foldLeads('accountLeadPairs'),
			finish: confirmTaken,
		}),
		...campaignSetup,
		campaigns.get({
			route: 'GET /campaign/GetById',
			description: 'Get one campaign with its status and progress',
		}),
		operation('POST /campaign/GetLeadsFromCampaign', {
			...readPages,
			value: 'getLeads',
			name: 'Get Many Leads',
			action: 'Get many leads of a campaign',
			description: 'Get the leads of a campaign with their status in it',
			fields: [inBody, leadFilters],
			simple: SIMPLE_LEAD.split(' '),
			finish: simpleProfile('linkedInUserProfile'),
		}),
		campaigns.getMany({
			route: 'POST /campaign/GetAll',
			fields: [campaignFilters],
			pages: offsetPages(100),
		}),
		operation('POST /campaign/GetCampaignsForLead', {
			...readPages,
			value: 'getManyForLead',
			name: 'Get Many for Lead',
			action: 'Get many campaigns of a lead',
			description: 'Get the campaigns that a lead is in, and its status in each',
			fields: [leadField({ url: 'profileUrl', id: 'linkedinId', email: 'email' })],
		}),
		campaigns.other('POST /campaign/Pause', {
			value: 'pause',
			description: 'Pause a running campaign; returns success',
			...reaching('PAUSED'),
		}),
		campaigns.other('POST /campaign/Resume', {
			value: 'resume',
			description:
				'Resume a paused, finished or failed campaign; returns success. Without leads HeyReach pauses it again a second later, without an error.',
			...reaching('IN_PROGRESS', 'STARTING'),
		}),
		campaigns.other('POST /campaign/StartCampaign', {
			value: 'start',
			description:
				'Start a draft campaign; returns success. Get may show it as a draft for a few more seconds.',
			// Every status but DRAFT: the campaign may have gone on since.
			...reaching(
				...['IN_PROGRESS', 'STARTING', 'SCHEDULED', 'PAUSED', 'FINISHED', 'FAILED', 'CANCELED'],
			),
		}),
		stopsEverywhere(
			operation('POST /campaign/StopLeadInCampaign', {
				value: 'stopLead',
				action: 'Stop a lead in a campaign',
				description:
					'Stop the sequence of one lead in a campaign; other leads continue. Returns success.',
				repeatable: true,
				fields: [inBody, leadField({ url: 'leadUrl', id: 'leadMemberId' })],
				options: [inAllCampaigns],
				finish: done('campaignId', 'lead'),
			}),
		),
	],
};
