import type { IDataObject } from 'n8n-workflow';
import { buildCall } from '../../engine/call/build';
import { BadInput, isObject } from '../../engine/call/errors';
import { collection, flag, required, text } from '../../engine/describe/fields';
import type { Field, Io, Operation } from '../../engine/operation';
import { readById } from '../calls/read';
import { campaignPicker, leadListPicker, someSenders, templatePicker } from '../editor/pickers';
import { done } from '../calls/done';
import { recoverByName } from '../calls/recover';
import { checkSchedule, needsASchedule, schedule } from '../fields/schedule';
import { sequence } from '../fields/sequence';

const campaignId = campaignPicker('body');

const unlessRunning = (what: string) =>
	`${what}. Works while the campaign is a draft, scheduled or paused.`;

const name = text('Name', 'name', { placeholder: 'e.g. Founders in Austin' });

const requiredName = required(name);
const requiredSequence = required(sequence);

const leadList = leadListPicker(
	'Lead List',
	'linkedInUserListId',
	'Where the campaign takes its leads from',
);

/** Whom a campaign leaves out. */
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
	leadListPicker('Exclude List', 'excludeListId', 'Leads of this list are left out'),
];

const additional = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	placeholder: 'Add Field',
};

function checkName({ body }: { body?: IDataObject }): void {
	const given = String(body?.name ?? '');
	if (given === '' || given.length <= 50) return;
	throw new BadInput(
		`The name of the campaign has ${given.length} characters`,
		'HeyReach takes up to 50.',
	);
}

const more = collection(additional, exclusions);

const asCampaignId = (row: IDataObject): IDataObject => ({ campaignId: row.id });

/**
 * The settings that a campaign has now, by the names under which they are written: what is left out
 * of an update is reset by HeyReach.
 */
function currentSettings(campaign: IDataObject): IDataObject {
	const settings: IDataObject = {
		name: campaign.name,
		linkedInUserListId: campaign.linkedInUserListId,
		excludeContactedFromOtherCampaigns: campaign.excludeInOtherCampaigns,
		excludeHasOtherAccConversations: campaign.excludeHasOtherAccConversations,
		excludeContactedFromSenderInOtherCampaign: campaign.excludeContactedFromSenderInOtherCampaign,
		excludeListId: campaign.excludeListId,
	};
	const present = Object.entries(settings).filter(
		([, value]) => value !== undefined && value !== null,
	);
	return Object.fromEntries(present);
}

const updateSettings: Operation = {
	value: 'updateSettings',
	name: 'Update Settings',
	action: 'Update the settings of a campaign',
	description: unlessRunning(
		'Change the name, the lead list or whom the campaign leaves out. HeyReach replaces all settings, so the node reads the present ones first and sends them along',
	),
	request: { method: 'POST', path: '/campaign/UpdateSettings', repeatable: true },
	writes: true,
	fields: [
		campaignId,
		collection({ displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add Field' }, [
			name,
			leadList,
			...exclusions,
		]),
	],
	check: ({ body }) => {
		checkName({ body });
		if (Object.keys(body ?? {}).length > 1) return;
		throw new BadInput(
			'There is nothing to update',
			'Add at least one field, or check that the expressions find values in this item.',
		);
	},
	finish: done('campaignId'),
};

async function withCurrentSettings(io: Io) {
	const call = await buildCall(updateSettings, io);
	// Not `io.read`, which may have been answered before an earlier item changed the campaign.
	const { body } = await io.send(
		readById('/campaign/GetById', { campaignId: call.body?.campaignId }),
	);
	const current = isObject(body) ? currentSettings(body as IDataObject) : {};
	return { ...call, body: { ...current, ...call.body } };
}

/** Adds or removes senders and leaves the others; once more changes nothing. */
const senderChange = (
	value: string,
	name: string,
	action: string,
	path: string,
	what: string,
): Operation => ({
	value,
	name,
	action,
	description: unlessRunning(what),
	request: { method: 'POST', path, repeatable: true },
	writes: true,
	fields: [campaignId, someSenders('linkedInAccountIds')],
	finish: done('campaignId'),
});

/** Creating a campaign and changing how it works. */
export const campaignSetup: Operation[] = [
	senderChange(
		'addSender',
		'Add Sender',
		'Add a sender to a campaign',
		'/campaign/AddLinkedInAccountsToCampaign',
		'Add one sender or several to those that a campaign has',
	),
	{
		value: 'create',
		name: 'Create',
		action: 'Create a campaign',
		description: 'Create a campaign as a draft. Start begins it.',
		request: { method: 'POST', path: '/campaign/Create' },
		writes: true,
		fields: [requiredName, leadList, someSenders('linkedInAccountIds'), sequence, schedule, more],
		check: (call) => {
			checkName(call);
			checkSchedule(call);
		},
		recover: recoverByName('/campaign/GetAll', asCampaignId),
	},
	{
		value: 'createFromTemplate',
		name: 'Create From Template',
		action: 'Create a campaign from another one',
		description:
			'Create a campaign with the sequence, schedule and settings of another one. HeyReach documents little of this endpoint.',
		request: { method: 'POST', path: '/campaign/CreateCampaignFromTemplate' },
		writes: true,
		fields: [
			templatePicker,
			requiredName,
			leadList,
			// The vendor's spelling.
			someSenders('linkedInAcccountIdsForCampaign'),
			more,
		],
		check: checkName,
		recover: recoverByName('/campaign/GetAll', asCampaignId),
	},
	{
		value: 'getSequence',
		name: 'Get Sequence',
		action: 'Get the sequence of a campaign',
		description: 'Get the tree of steps of a campaign; empty if it has none',
		request: { method: 'GET', path: '/campaign/GetCampaignSequence' },
		writes: false,
		fields: [campaignPicker('query')],
	},
	senderChange(
		'removeSender',
		'Remove Sender',
		'Remove a sender from a campaign',
		'/campaign/RemoveLinkedInAccountsFromCampaign',
		'Take one sender or several from a campaign and leave the others. HeyReach stops the leads of a removed sender for good',
	),
	{
		value: 'updateSchedule',
		name: 'Update Schedule',
		action: 'Update the schedule of a campaign',
		description: unlessRunning('Replace the schedule of a campaign'),
		request: { method: 'POST', path: '/campaign/UpdateSchedule', repeatable: true },
		writes: true,
		fields: [campaignId, schedule],
		check: needsASchedule,
		finish: done('campaignId'),
	},
	{
		value: 'updateSenders',
		name: 'Update Senders',
		action: 'Update the senders of a campaign',
		description: unlessRunning('Replace all senders of a campaign by the chosen ones'),
		request: { method: 'POST', path: '/campaign/UpdateAccounts', repeatable: true },
		writes: true,
		fields: [campaignId, someSenders('linkedInAccountIds')],
		finish: done('campaignId'),
	},
	{
		value: 'updateSequence',
		name: 'Update Sequence',
		action: 'Update the sequence of a campaign',
		description: unlessRunning('Replace the steps of a campaign'),
		request: { method: 'POST', path: '/campaign/UpdateSequence', repeatable: true },
		writes: true,
		fields: [campaignId, requiredSequence],
		finish: done('campaignId'),
	},
	{ ...updateSettings, build: withCurrentSettings },
];
