import type { IDataObject } from 'n8n-workflow';
import { buildCall } from '../../engine/call/build';
import { BadInput } from '../../engine/badInput';
import { isObject } from '../../engine/values';
import { additionalFields, flag, required, text, updateFields } from '../../engine/describe/fields';
import { needsAChange, operation, type Told } from '../../engine/describe/verbs';
import type { Call, Field, Io, Operation, Route } from '../../engine/operation';
import { done } from '../calls/done';
import { readById } from '../calls/read';
import { recoverByName } from '../calls/recover';
import { campaignPicker, leadListPicker, someSenders, templatePicker } from '../editor/pickers';
import { checkSchedule, needsASchedule, schedule } from '../fields/schedule';
import { sequence } from '../fields/sequence';

const name = text('Name', 'name', { placeholder: 'e.g. Founders in Austin' });
const requiredName = required(name);
const senders = someSenders('linkedInAccountIds');

const leadList = leadListPicker(
	'Lead List',
	'linkedInUserListId',
	'The list with the leads of the campaign',
);

/** Which leads a campaign leaves out. */
const exclusions: Field[] = [
	flag(
		'Exclude Contacted From Other Campaigns',
		'excludeContactedFromOtherCampaigns',
		'Whether to leave out leads that another campaign has contacted',
	),
	flag(
		'Exclude Contacted From Sender in Other Campaign',
		'excludeContactedFromSenderInOtherCampaign',
		'Whether to leave out leads that a sender of this campaign has contacted in another one',
	),
	flag(
		'Exclude Leads With Other Conversations',
		'excludeHasOtherAccConversations',
		'Whether to leave out leads that have a conversation with another sender of the workspace',
	),
	leadListPicker('Exclude List', 'excludeListId', 'The campaign leaves out leads of this list'),
];

const more = additionalFields(exclusions);

function checkName({ body }: Call): void {
	const given = String(body?.name ?? '');
	if (given.length <= 50) return;
	throw new BadInput(
		`The name of the campaign has ${given.length} characters`,
		'HeyReach takes up to 50.',
	);
}

const recover = recoverByName('/campaign/GetAll', ({ id }) => ({ campaignId: id }));

/** A change of a campaign's set-up. A second call changes nothing more. */
const change = (route: Route, { description, fields = [], ...parts }: Told): Operation =>
	operation(route, {
		repeatable: true,
		description: `${description}; returns success. The campaign must be a draft, scheduled or paused.`,
		fields: [campaignPicker('body'), ...fields],
		finish: done('campaignId'),
		...parts,
	});

/** The settings: the name under which each is written, and the one under which it is read. */
const SETTINGS = {
	name: 'name',
	linkedInUserListId: 'linkedInUserListId',
	excludeContactedFromOtherCampaigns: 'excludeInOtherCampaigns',
	excludeHasOtherAccConversations: 'excludeHasOtherAccConversations',
	excludeContactedFromSenderInOtherCampaign: 'excludeContactedFromSenderInOtherCampaign',
	excludeListId: 'excludeListId',
};

const updateSettings = change('POST /campaign/UpdateSettings', {
	value: 'updateSettings',
	action: 'Update the settings of a campaign',
	description:
		'Change the name, lead list or exclusions of a campaign. Settings you leave out keep their values',
	fields: [updateFields([name, leadList, ...exclusions])],
	check: (call) => {
		checkName(call);
		needsAChange({ campaignId: '' })(call);
	},
});

/** Sends the present settings along, since HeyReach resets those that are left out. */
async function withCurrentSettings(io: Io): Promise<Call> {
	const call = await buildCall(updateSettings, io);
	const { campaignId } = call.body ?? {};
	// `io.read` may hold an answer from before an earlier item changed the campaign.
	const { body: campaign } = await io.send(readById('/campaign/GetById', { campaignId }));
	const current: IDataObject = {};
	for (const [written, read] of Object.entries(SETTINGS)) {
		const value = isObject(campaign) ? (campaign as IDataObject)[read] : undefined;
		if (value !== undefined && value !== null) current[written] = value;
	}
	return { ...call, body: { ...current, ...call.body } };
}

/** Creating a campaign and changing how it works. */
export const campaignSetup: Operation[] = [
	change('POST /campaign/AddLinkedInAccountsToCampaign', {
		value: 'addSender',
		action: 'Add a sender to a campaign',
		description: 'Add senders to a campaign, which keeps its current ones',
		fields: [senders],
	}),
	operation('POST /campaign/Create', {
		value: 'create',
		action: 'Create a campaign',
		description: 'Create a campaign as a draft and return its ID. Use Start to run it.',
		fields: [requiredName, leadList, senders, sequence, schedule, more],
		check: (call) => {
			checkName(call);
			checkSchedule(call);
		},
		recover,
	}),
	operation('POST /campaign/CreateCampaignFromTemplate', {
		value: 'createFromTemplate',
		action: 'Create a campaign from another one',
		description:
			'Create a campaign with the sequence, schedule and settings of another one and return its ID. HeyReach documents little of this endpoint.',
		fields: [
			templatePicker,
			requiredName,
			leadList,
			// The vendor's spelling.
			someSenders('linkedInAcccountIdsForCampaign'),
			more,
		],
		check: checkName,
		recover,
	}),
	operation('GET /campaign/GetCampaignSequence', {
		value: 'getSequence',
		action: 'Get the sequence of a campaign',
		description: 'Get the steps of a campaign as a tree; empty if it has none',
		fields: [campaignPicker('query')],
	}),
	change('POST /campaign/RemoveLinkedInAccountsFromCampaign', {
		value: 'removeSender',
		action: 'Remove a sender from a campaign',
		description:
			'Remove senders from a campaign, which keeps its other ones. HeyReach stops the leads of a removed sender permanently',
		fields: [senders],
	}),
	change('POST /campaign/UpdateSchedule', {
		value: 'updateSchedule',
		action: 'Update the schedule of a campaign',
		description: 'Replace the schedule of a campaign',
		fields: [schedule],
		check: needsASchedule,
	}),
	change('POST /campaign/UpdateAccounts', {
		value: 'updateSenders',
		action: 'Update the senders of a campaign',
		description: 'Replace all senders of a campaign',
		fields: [senders],
	}),
	change('POST /campaign/UpdateSequence', {
		value: 'updateSequence',
		action: 'Update the sequence of a campaign',
		description: 'Replace the steps of a campaign',
		fields: [required(sequence)],
	}),
	{ ...updateSettings, build: withCurrentSettings },
];
