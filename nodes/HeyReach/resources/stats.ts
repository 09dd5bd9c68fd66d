import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { isSimple } from '../../engine/call/commonParameters';
import { dateTime, notSent } from '../../engine/describe/fields';
import { operation } from '../../engine/describe/verbs';
import type { Field, Resource } from '../../engine/operation';
import { toList } from '../../engine/values';
import { campaignIds, senderIds } from '../editor/pickers';
import { toIso } from '../fields/dates';

/** HeyReach wants both lists; an empty list stands for all. */
const everything = { accountIds: [], campaignIds: [] };

/** A moment before HeyReach existed. Without dates the stats by campaign come back empty. */
const BEGINNING = '2020-01-01T00:00:00.000Z';

const start = notSent(
	dateTime('Start', 'startDate', toIso, {
		description: 'Start of the period. Leave Start and End empty for all time.',
	}),
);

const end = dateTime('End', 'endDate', toIso);

/** Start and End in one: HeyReach takes both or neither. */
const endOr = (otherwise: () => IDataObject): Field => ({
	...notSent(end),
	spread: async (to, io) => {
		const from = io.parameter('startDate');
		if (isEmpty(from) && isEmpty(to)) return otherwise();
		if (isEmpty(from) || isEmpty(to)) {
			throw new BadInput(
				`“${isEmpty(from) ? 'Start' : 'End'}” is empty`,
				'Fill in both of them or neither.',
			);
		}
		const timezone = io.context.getTimezone();
		return { startDate: toIso(from, timezone), endDate: toIso(to, timezone) };
	},
});

/** What Simplify leaves of the overall stats, beside the record that holds them. */
const FIGURES = toList(`
	uniqueLeadsContacted, profileViews, follows, postLikes,
	connectionsSent, connectionsAccepted, connectionAcceptanceRate,
	messagesSent, totalMessageStarted, totalMessageReplies, messageReplyRate,
	inmailMessagesSent, totalInmailStarted, totalInmailReplies, inMailReplyRate,
	totalAutoTagged, autoTaggedInterested, autoTaggedInterestedRate
`);

const isEmpty = (value: unknown) => String(value ?? '').trim() === '';

const fields = [campaignIds, senderIds('accountIds'), start];

export const stats: Resource = {
	value: 'stats',
	name: 'Stats',
	operations: [
		operation('POST /stats/GetOverallStatsByCampaign', {
			value: 'getByCampaign',
			name: 'Get by Campaign',
			action: 'Get stats by campaign',
			description: 'Get the statistics of each campaign. Rates are between 0 and 1.',
			writes: false,
			body: everything,
			fields: [
				...fields,
				endOr(() => ({ startDate: BEGINNING, endDate: new Date().toISOString() })),
			],
			result: 'overallStats',
		}),
		operation('POST /stats/GetOverallStats', {
			value: 'getOverall',
			action: 'Get overall stats',
			description:
				'Get the statistics of all chosen campaigns and senders together. Turn off Simplify to get each day too.',
			writes: false,
			body: everything,
			fields: [...fields, endOr(() => ({}))],
			simple: [...FIGURES, 'overallStats'],
			finish: (record, io) =>
				isSimple(io) ? { ...(record.overallStats as IDataObject | undefined), ...record } : record,
		}),
	],
};
