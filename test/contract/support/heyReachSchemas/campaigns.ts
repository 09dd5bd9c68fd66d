import {
	addedCounts,
	anything,
	dateTime,
	dateTimeOrNull,
	flag,
	integer,
	lead,
	leadIdentity,
	list,
	MAX_LEADS,
	number,
	object,
	orNull,
	page,
	paging,
	profile,
	text,
	textOrNull,
	whole,
	type HeyReachOperation,
	type JsonSchema,
} from './shapes';

const status = {
	enum: [
		'DRAFT',
		'IN_PROGRESS',
		'PAUSED',
		'FINISHED',
		'CANCELED',
		'FAILED',
		'STARTING',
		'SCHEDULED',
	],
};
const byId = object({ campaignId: integer }, ['campaignId']);

const campaign = object(
	{
		id: integer,
		name: text,
		creationTime: dateTime,
		startedAt: dateTimeOrNull,
		linkedInUserListName: textOrNull,
		linkedInUserListId: orNull(integer),
		campaignAccountIds: list(integer),
		status,
		progressStats: whole({
			totalUsers: integer,
			totalUsersInProgress: integer,
			totalUsersPending: integer,
			totalUsersFinished: integer,
			totalUsersFailed: integer,
			totalUsersManuallyStopped: integer,
			totalUsersExcluded: integer,
		}),
		excludeInOtherCampaigns: flag,
		excludeHasOtherAccConversations: flag,
		excludeContactedFromSenderInOtherCampaign: flag,
		excludeListId: orNull(integer),
		organizationUnitId: integer,
	},
	['id', 'name', 'creationTime', 'campaignAccountIds', 'status', 'progressStats'],
);

const campaignLead = object(
	{
		id: integer,
		linkedInUserProfileId: anything,
		linkedInUserProfile: orNull(profile),
		lastActionTime: dateTimeOrNull,
		failedTime: dateTimeOrNull,
		creationTime: dateTime,
		leadCampaignStatus: {
			enum: ['Pending', 'InSequence', 'Finished', 'Paused', 'Failed', 'Excluded'],
		},
		leadConnectionStatus: { enum: ['None', 'ConnectionSent', 'ConnectionAccepted'] },
		leadMessageStatus: { enum: ['None', 'MessageSent', 'MessageReply'] },
		errorCode: textOrNull,
		leadCampaignStatusMessage: textOrNull,
		linkedInSenderId: orNull(integer),
		linkedInSenderFullName: textOrNull,
	},
	['id', 'linkedInUserProfile', 'creationTime', 'leadCampaignStatus', 'linkedInSenderId'],
);

const addLeads = object(
	{
		campaignId: integer,
		accountLeadPairs: {
			...list(object({ linkedInAccountId: orNull(integer), lead }, ['lead']), MAX_LEADS),
			minItems: 1,
		},
		resumeFinishedCampaign: flag,
		resumePausedCampaign: flag,
	},
	['campaignId', 'accountLeadPairs'],
);

const time = { type: 'string', pattern: '^\\d\\d:\\d\\d:\\d\\d$' };
const date = orNull({ type: 'string', format: 'date' });
const schedule = object(
	{
		dailyStartTime: time,
		dailyEndTime: time,
		timeZoneId: text,
		...Object.fromEntries(
			['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((day) => [
				`enabled${day}`,
				flag,
			]),
		),
		startDate: date,
		endDate: date,
	},
	['dailyStartTime', 'dailyEndTime', 'timeZoneId'],
);

/** A tree; its payload depends on the type of the node and is left open here. */
const sequence: JsonSchema = {
	$id: 'heyReachSequence',
	...object(
		{
			nodeType: {
				enum: [
					'CONNECTION_REQUEST',
					'MESSAGE',
					'INMAIL',
					'VIEW_PROFILE',
					'FOLLOW',
					'LIKE_POST',
					'FIND_EMAIL',
					'CHECK_IS_CONNECTION',
					'CHECK_IS_OPEN_PROFILE',
					'SEND_LEAD_TO_INSTANTLY',
					'SEND_LEAD_TO_SMARTLEAD',
					'SEND_LEAD_TO_BISON',
					'END',
				],
			},
			payload: orNull({ type: 'object' }),
			actionDelay: { ...number, minimum: 0, maximum: 100 },
			actionDelayUnit: { enum: ['HOUR', 'DAY'] },
			conditionalNode: { anyOf: [{ $ref: '#' }, { type: 'null' }] },
			unconditionalNode: { anyOf: [{ $ref: '#' }, { type: 'null' }] },
			externalReference: orNull({ ...text, maxLength: 100 }),
		},
		['nodeType'],
	),
};

const name = { type: 'string', minLength: 1, maxLength: 50 };
const accounts = { ...list(integer, 100), minItems: 1 };
const settings = {
	name,
	linkedInUserListId: integer,
	excludeContactedFromOtherCampaigns: flag,
	excludeHasOtherAccConversations: flag,
	excludeContactedFromSenderInOtherCampaign: flag,
	excludeListId: orNull(integer),
};
const created = whole({ campaignId: integer });

const byQuery = (path: string): HeyReachOperation => ({
	method: 'POST',
	path,
	confidence: 'C',
	// In the query string; a JSON body is refused.
	query: byId,
	answer: 'empty',
});

export const campaigns: HeyReachOperation[] = [
	{
		method: 'POST',
		path: '/campaign/GetAll',
		confidence: 'C',
		body: object({
			...paging(),
			keyword: text,
			statuses: list(status),
			accountIds: list(integer),
		}),
		answer: page(campaign),
	},
	{ method: 'GET', path: '/campaign/GetById', confidence: 'C', query: byId, answer: campaign },
	byQuery('/campaign/Pause'),
	byQuery('/campaign/Resume'),
	byQuery('/campaign/StartCampaign'),
	{
		method: 'POST',
		path: '/campaign/AddLeadsToCampaign',
		confidence: 'C',
		body: addLeads,
		answer: integer,
	},
	{
		method: 'POST',
		path: '/campaign/AddLeadsToCampaignV2',
		confidence: 'C',
		body: addLeads,
		answer: addedCounts,
	},
	{
		method: 'POST',
		path: '/campaign/StopLeadInCampaign',
		confidence: 'C',
		body: {
			...object({ campaignId: integer, leadMemberId: text, leadUrl: text }, ['campaignId']),
			anyOf: [{ required: ['leadMemberId'] }, { required: ['leadUrl'] }],
		},
		answer: 'empty',
	},
	{
		method: 'POST',
		path: '/campaign/GetLeadsFromCampaign',
		confidence: 'C',
		body: object(
			{
				...paging(),
				campaignId: integer,
				timeFrom: dateTimeOrNull,
				timeTo: dateTimeOrNull,
				timeFilter: {
					enum: [
						'CreationTime',
						'LastActionTakenTime',
						'FailedTime',
						'LastActionTakenOrFailedTime',
						'Everywhere',
					],
				},
			},
			['campaignId'],
		),
		answer: page(campaignLead),
	},
	{
		method: 'POST',
		path: '/campaign/GetCampaignsForLead',
		confidence: 'C',
		body: leadIdentity,
		answer: object(
			{
				leadFullName: textOrNull,
				totalCount: integer,
				items: list(
					whole({
						campaignId: integer,
						campaignName: text,
						campaignStatus: status,
						leadStatus: text,
					}),
				),
			},
			['totalCount', 'items'],
		),
	},
	{
		method: 'POST',
		path: '/campaign/Create',
		confidence: 'C',
		body: object({ ...settings, linkedInAccountIds: accounts, schedule, sequence }, [
			'name',
			'linkedInAccountIds',
		]),
		answer: created,
	},
	{
		method: 'POST',
		path: '/campaign/CreateCampaignFromTemplate',
		// The path is sure; the body rests on one source, the answer is read as that of Create.
		confidence: '1',
		body: object(
			{
				...settings,
				campaignIdForTemplate: integer,
				// The vendor's spelling.
				linkedInAcccountIdsForCampaign: accounts,
			},
			['campaignIdForTemplate', 'name', 'linkedInAcccountIdsForCampaign'],
		),
		answer: created,
		mayBeEmpty: true,
	},
	{
		method: 'POST',
		path: '/campaign/UpdateSettings',
		confidence: 'C',
		body: object({ campaignId: integer, ...settings }, ['campaignId', 'name']),
		answer: 'empty',
	},
	{
		method: 'POST',
		path: '/campaign/UpdateSequence',
		confidence: 'C',
		body: object({ campaignId: integer, sequence }, ['campaignId', 'sequence']),
		answer: 'empty',
	},
	{
		method: 'POST',
		path: '/campaign/UpdateAccounts',
		confidence: 'C',
		body: object({ campaignId: integer, linkedInAccountIds: accounts }, [
			'campaignId',
			'linkedInAccountIds',
		]),
		answer: 'empty',
	},
	...['AddLinkedInAccountsToCampaign', 'RemoveLinkedInAccountsFromCampaign'].map(
		(name): HeyReachOperation => ({
			method: 'POST',
			path: `/campaign/${name}`,
			// The path is sure, the body good; what it answers is not known.
			confidence: '1',
			body: whole({ campaignId: integer, linkedInAccountIds: accounts }),
			answer: anything,
			mayBeEmpty: true,
		}),
	),
	{
		method: 'POST',
		path: '/campaign/UpdateSchedule',
		confidence: 'C',
		body: object({ campaignId: integer, schedule }, ['campaignId', 'schedule']),
		answer: 'empty',
	},
	{
		method: 'GET',
		path: '/campaign/GetCampaignSequence',
		confidence: 'C',
		query: byId,
		answer: sequence,
		mayBeEmpty: true,
	},
];
