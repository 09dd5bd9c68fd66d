import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/call/errors';
import { field } from '../../engine/describe/fields';
import type { Field, Io, Resource } from '../../engine/operation';
import { toIso } from '../fields/dates';
import { campaignIds, senderIds } from '../editor/pickers';

/** HeyReach wants both lists; an empty one stands for all. */
const everything = { accountIds: [], campaignIds: [] };

/** Earlier than HeyReach itself: its lists by campaign come back empty without dates. */
const BEGINNING = '2020-01-01T00:00:00.000Z';

const start = field({
	displayName: 'Start',
	name: 'startDate',
	type: 'dateTime',
	default: '',
	description: 'Leave Start and End empty for all of the time',
});

const endProperty = {
	displayName: 'End',
	name: 'endDate',
	type: 'dateTime' as const,
	default: '',
};

/** Both or neither, as HeyReach wants them. */
const end = (otherwise: () => IDataObject): Field => ({
	property: endProperty,
	spread: async (value, io) => {
		const from = io.parameter('startDate');
		if (isEmpty(from) && isEmpty(value)) return otherwise();
		if (isEmpty(from) || isEmpty(value)) {
			throw new BadInput(
				`“${isEmpty(from) ? 'Start' : 'End'}” is empty`,
				'HeyReach takes both or neither of them.',
			);
		}
		return period(from, value, io);
	},
});

function period(from: unknown, to: unknown, io: Io): IDataObject {
	const timezone = io.context.getTimezone();
	return { startDate: toIso(from, timezone), endDate: toIso(to, timezone) };
}

const isEmpty = (value: unknown) => String(value ?? '').trim() === '';

const fields = [campaignIds, senderIds('accountIds'), start];

export const stats: Resource = {
	value: 'stats',
	name: 'Stats',
	operations: [
		{
			value: 'getByCampaign',
			name: 'Get by Campaign',
			action: 'Get stats by campaign',
			description: 'Get the figures of each campaign. Rates are between 0 and 1.',
			request: {
				method: 'POST',
				path: '/stats/GetOverallStatsByCampaign',
				body: everything,
				repeatable: true,
			},
			writes: false,
			fields: [...fields, end(() => ({ startDate: BEGINNING, endDate: new Date().toISOString() }))],
			result: 'overallStats',
		},
		{
			value: 'getOverall',
			name: 'Get Overall',
			action: 'Get overall stats',
			description:
				'Get the figures of all chosen campaigns and senders together. Without Simplify those of each day come too.',
			request: {
				method: 'POST',
				path: '/stats/GetOverallStats',
				body: everything,
				repeatable: true,
			},
			writes: false,
			fields: [...fields, end(() => ({}))],
			simple: ['overallStats'],
		},
	],
};
