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
import { campaignPicker, optionalSender, senderIds } from '../editor/pickers';
import { momentField } from '../fields/dates';
import {
	clearEmptyFields,
	customFields,
	skipWithoutAddress,
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
		description: 'Which time of the lead From and To are about',
	}),
	momentField('To', 'timeTo'),
]);

const resume = additionalFields([
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
				'Add one lead for each item, in calls of up to 100 leads; one that is there already is updated. HeyReach takes leads for campaigns that run.',
			repeatable: true,
			fields: [inBody, optionalSender, leadForCampaign, customFields, resume],
			options: [clearEmptyFields, skipWithoutAddress],
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
			description: 'Pause a campaign that runs',
			...reaching('PAUSED'),
		}),
		campaigns.other('POST /campaign/Resume', {
			value: 'resume',
			description:
				'Go on with a campaign that is paused, finished or failed. One without leads pauses itself again after a second, and HeyReach says nothing.',
			...reaching('IN_PROGRESS', 'STARTING'),
		}),
		campaigns.other('POST /campaign/StartCampaign', {
			value: 'start',
			description:
				'Start a campaign that is a draft. Get can show it as a draft for some seconds more.',
			// Every status but DRAFT: the campaign may have gone on since.
			...reaching(
				...['IN_PROGRESS', 'STARTING', 'SCHEDULED', 'PAUSED', 'FINISHED', 'FAILED', 'CANCELED'],
			),
		}),
		operation('POST /campaign/StopLeadInCampaign', {
			value: 'stopLead',
			action: 'Stop a lead in a campaign',
			description: 'End the sequence of one lead in a campaign; the others go on',
			repeatable: true,
			fields: [inBody, leadField({ url: 'leadUrl', id: 'leadMemberId' })],
			finish: done('campaignId', 'lead'),
		}),
	],
};
