import { DateTime } from 'luxon';
import { freeStarts, zoneOf } from './calendarTime';
import { badRequest } from './errors';
import type { Calendar } from './records';
import { ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, flag, formatted, number, requiredText, text } from './validate';

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_DAYS = 31;

export const calendarOf = (call: Call<unknown, unknown>, id: string): Calendar =>
	ownRecord(call.token, call.state.calendars, 'Calendar', id);

interface SlotQuery {
	startDate: number;
	endDate: number;
	timezone?: string;
	userId?: string;
	userIds?: string | string[];
	'userIds[]'?: string | string[];
}

/** By day, in the time zone asked for. Past times are not free. */
function freeSlots(call: Call<unknown, SlotQuery>): object {
	const { startDate, endDate, timezone, userId } = call.query;
	if (endDate < startDate) throw badRequest('endDate must be after startDate');
	if (endDate - startDate > MAX_DAYS * DAY_MS) {
		throw badRequest(`Date range cannot be more than ${MAX_DAYS} days`);
	}
	const calendar = calendarOf(call, call.params.calendarId);
	const asked = [call.query.userIds ?? call.query['userIds[]'] ?? userId ?? []].flat();
	const starts = freeStarts(call.state, calendar, {
		from: Math.max(startDate, Date.now()),
		to: endDate,
		userIds: asked.length > 0 ? asked : undefined,
	});
	const zone = timezone ?? zoneOf(call.state, calendar.locationId);
	const days: Record<string, { slots: string[] }> = {};
	for (const start of starts) {
		const time = DateTime.fromMillis(start, { zone });
		const { slots } = (days[time.toFormat('yyyy-MM-dd')] ??= { slots: [] });
		slots.push(time.toISO({ suppressMilliseconds: true }) ?? '');
	}
	return days;
}

const oneOrMore = { type: ['string', 'array'], items: text };

export const calendars: Route[] = [
	route<unknown, { locationId: string; groupId?: string; showDrafted?: boolean }>({
		method: 'GET',
		path: '/calendars/',
		scope: 'calendars.readonly',
		query: closed({ locationId: requiredText, groupId: text, showDrafted: flag }, ['locationId']),
		handle: ({ state, query: { locationId, groupId, showDrafted = true } }) => ({
			calendars: [...state.calendars.values()].filter(
				(calendar) =>
					calendar.locationId === locationId &&
					(groupId === undefined || calendar.groupId === groupId) &&
					(showDrafted || calendar.isActive),
			),
		}),
	}),
	route<unknown, { locationId: string }>({
		method: 'GET',
		path: '/calendars/groups',
		scope: 'calendars/groups.readonly',
		query: closed({ locationId: requiredText }, ['locationId']),
		handle: ({ state, query: { locationId } }) => {
			const ids = [...state.calendars.values()]
				.filter((calendar) => calendar.locationId === locationId)
				.map(({ groupId }) => groupId);
			return {
				groups: [...new Set(ids)].map((id) => ({
					id,
					locationId,
					name: 'Calls',
					description: '',
					slug: `calls-${id}`,
					isActive: true,
				})),
			};
		},
	}),
	route({
		method: 'GET',
		path: '/calendars/:calendarId',
		scope: 'calendars.readonly',
		handle: (call) => ({ calendar: calendarOf(call, call.params.calendarId) }),
	}),
	route<unknown, SlotQuery>({
		method: 'GET',
		path: '/calendars/:calendarId/free-slots',
		scope: 'calendars.readonly',
		query: closed(
			{
				startDate: number,
				endDate: number,
				timezone: formatted('iana-timezone'),
				userId: text,
				userIds: oneOrMore,
				'userIds[]': oneOrMore,
			},
			['startDate', 'endDate'],
		),
		handle: freeSlots,
	}),
];
