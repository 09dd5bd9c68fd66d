import { refused } from './errors';
import type { Activity, ActivityKind } from './records';
import { epochOf, route } from './route';
import type { Call, Route } from './route';
import { fields, listOf, time, whole } from './validate';

interface StatsBody {
	accountIds: number[];
	campaignIds: number[];
	startDate?: string | null;
	endDate?: string | null;
}

/** Both lists must be there (empty means all), both dates or neither. */
const model = fields(
	{ accountIds: listOf(whole), campaignIds: listOf(whole), startDate: time, endDate: time },
	['accountIds', 'campaignIds'],
);

function inWindow({ state, body }: Call<StatsBody, unknown>): Activity[] {
	const { accountIds, campaignIds, startDate, endDate } = body;
	if (!startDate !== !endDate) throw refused('Send both startDate and endDate, or neither.');
	const from = startDate ? epochOf(startDate) : -Infinity;
	const to = endDate ? epochOf(endDate) : Infinity;
	return state.activities.filter(
		({ at, accountId, campaignId }) =>
			Date.parse(at) >= from &&
			Date.parse(at) <= to &&
			(accountIds.length === 0 || accountIds.includes(accountId)) &&
			(campaignIds.length === 0 || (campaignId !== null && campaignIds.includes(campaignId))),
	);
}

/** Between 0 and 1. */
const rate = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

function counters(activities: Activity[]): object {
	const of = (...kinds: ActivityKind[]): Activity[] =>
		activities.filter(({ kind }) => kinds.includes(kind));
	const leadsOf = (...kinds: ActivityKind[]): number =>
		new Set(of(...kinds).map(({ linkedinId }) => linkedinId)).size;
	const connectionsSent = of('connectionSent').length;
	const connectionsAccepted = of('connectionAccepted').length;
	const totalMessageStarted = leadsOf('message');
	const totalMessageReplies = leadsOf('messageReply');
	const totalInmailStarted = leadsOf('inMail');
	const totalInmailReplies = leadsOf('inMailReply');
	const autoTaggedInterested = of('interested').length;
	const totalAutoTagged = of('interested', 'otherAutoTag').length;
	return {
		profileViews: of('profileView').length,
		postLikes: of('postLike').length,
		follows: of('follow').length,
		messagesSent: of('message').length,
		totalMessageStarted,
		totalMessageReplies,
		inmailMessagesSent: of('inMail').length,
		totalInmailStarted,
		totalInmailReplies,
		connectionsSent,
		connectionsAccepted,
		messageReplyRate: rate(totalMessageReplies, totalMessageStarted),
		inMailReplyRate: rate(totalInmailReplies, totalInmailStarted),
		connectionAcceptanceRate: rate(connectionsAccepted, connectionsSent),
		uniqueLeadsContacted: leadsOf('connectionSent', 'message', 'inMail'),
		autoTaggedInterested,
		totalAutoTagged,
		autoTaggedInterestedRate: rate(autoTaggedInterested, totalAutoTagged),
	};
}

/** By the midnight that begins the day (UTC); days on which nothing happened are left out. */
function byDay<T>(activities: Activity[], value: (ofDay: Activity[]) => T): Record<string, T> {
	const days = new Map<string, Activity[]>();
	for (const activity of activities) {
		const day = `${activity.at.slice(0, 10)}T00:00:00Z`;
		const ofDay = days.get(day) ?? [];
		ofDay.push(activity);
		days.set(day, ofDay);
	}
	return Object.fromEntries([...days].sort().map(([day, ofDay]) => [day, value(ofDay)]));
}

function overall(call: Call<StatsBody, unknown>): object {
	const activities = inWindow(call);
	return { byDayStats: byDay(activities, counters), overallStats: counters(activities) };
}

/** The same by campaign. Without dates it comes back empty. */
function overallByCampaign(call: Call<StatsBody, unknown>): object {
	const activities = inWindow(call);
	if (!call.body.startDate) return { byDayStats: {}, overallStats: [] };
	const perCampaign = (some: Activity[]): object[] => {
		const ids = new Set(some.map(({ campaignId }) => campaignId));
		return [...ids]
			.filter((id) => id !== null)
			.map((campaignId) => {
				const campaign = call.state.campaigns.get(campaignId);
				return {
					campaignId,
					campaignName: campaign?.name ?? null,
					isCampaignDeleted: campaign === undefined,
					...counters(some.filter((activity) => activity.campaignId === campaignId)),
				};
			});
	};
	return { byDayStats: byDay(activities, perCampaign), overallStats: perCampaign(activities) };
}

export const stats: Route[] = [
	route<StatsBody>({
		method: 'POST',
		path: '/stats/GetOverallStats',
		body: model,
		handle: overall,
	}),
	route<StatsBody>({
		method: 'POST',
		path: '/stats/GetOverallStatsByCampaign',
		body: model,
		handle: overallByCampaign,
	}),
];
