import {
	anything,
	flag,
	integer,
	list,
	number,
	object,
	orNull,
	page,
	paging,
	rate,
	text,
	textOrNull,
	whole,
	type HeyReachOperation,
	type JsonSchema,
} from './shapes';

/** A LinkedIn account that sends. */
export const sender = object(
	{
		id: integer,
		emailAddress: textOrNull,
		firstName: textOrNull,
		lastName: textOrNull,
		isActive: flag,
		activeCampaigns: integer,
		authIsValid: flag,
		isValidNavigator: flag,
		isValidRecruiter: flag,
		profileUrl: textOrNull,
		accountLimits: anything,
	},
	['id', 'firstName', 'lastName', 'isActive', 'activeCampaigns', 'authIsValid'],
);

export const senders: HeyReachOperation[] = [
	{
		method: 'POST',
		path: '/li_account/GetAll',
		confidence: 'C',
		body: object({ ...paging(), keyword: text }),
		answer: page(sender),
	},
	{
		method: 'GET',
		path: '/li_account/GetById',
		confidence: 'C',
		query: whole({ accountId: integer }),
		answer: sender,
	},
	{
		method: 'GET',
		path: '/li_account/GetAccountStatus/{accountId}',
		confidence: '1',
		pathParameters: whole({ accountId: integer }),
		answer: object(
			{
				accountId: { anyOf: [integer, text] },
				status: text,
				failureReason: textOrNull,
				profile: anything,
				salesNavigator: anything,
				recruiter: anything,
			},
			['accountId', 'status'],
		),
	},
];

const counters: Record<string, JsonSchema> = {
	profileViews: integer,
	postLikes: integer,
	follows: integer,
	messagesSent: integer,
	totalMessageStarted: integer,
	totalMessageReplies: integer,
	inmailMessagesSent: integer,
	totalInmailStarted: integer,
	totalInmailReplies: integer,
	connectionsSent: integer,
	connectionsAccepted: integer,
	messageReplyRate: rate,
	inMailReplyRate: rate,
	connectionAcceptanceRate: rate,
};
/** Newer ones, which need not be there. */
const newCounters = {
	uniqueLeadsContacted: integer,
	autoTaggedInterested: integer,
	totalAutoTagged: integer,
	autoTaggedInterestedRate: number,
};
const counted = object({ ...counters, ...newCounters }, Object.keys(counters));
const ofCampaign = object(
	{
		campaignId: integer,
		campaignName: textOrNull,
		isCampaignDeleted: flag,
		...counters,
		...newCounters,
	},
	['campaignId', 'campaignName', 'isCampaignDeleted', ...Object.keys(counters)],
);

const date = orNull({ type: 'string', anyOf: [{ format: 'date' }, { format: 'date-time' }] });
/** Both lists must be sent; empty means all. Both dates or neither. */
const window: JsonSchema = {
	...object(
		{ accountIds: list(integer), campaignIds: list(integer), startDate: date, endDate: date },
		['accountIds', 'campaignIds'],
	),
	dependentRequired: { startDate: ['endDate'], endDate: ['startDate'] },
};
const byDay = (value: JsonSchema): JsonSchema => ({
	type: 'object',
	propertyNames: { pattern: '^\\d{4}-\\d\\d-\\d\\d' },
	additionalProperties: value,
});

export const stats: HeyReachOperation[] = [
	{
		method: 'POST',
		path: '/stats/GetOverallStats',
		confidence: 'C',
		body: window,
		answer: whole({ byDayStats: byDay(counted), overallStats: counted }),
	},
	{
		method: 'POST',
		path: '/stats/GetOverallStatsByCampaign',
		confidence: 'C',
		body: window,
		answer: whole({ byDayStats: byDay(list(ofCampaign)), overallStats: list(ofCampaign) }),
	},
];
