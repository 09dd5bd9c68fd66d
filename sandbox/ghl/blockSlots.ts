import { eventQuery, eventsOf, eventView } from './calendarEvents';
import type { EventQuery } from './calendarEvents';
import { calendarOf } from './calendars';
import { withOffset, zoneOf } from './calendarTime';
import { badRequest } from './errors';
import type { BlockSlot } from './records';
import { checkUser, ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, formatted, requiredText, text } from './validate';

/** A block is answered in the form of an appointment, of nobody. */
const blockView = (call: Call<unknown, unknown>, block: BlockSlot): object =>
	eventView(call, {
		...block,
		contactId: '',
		groupId: call.state.calendars.get(block.calendarId)?.groupId ?? '',
		appointmentStatus: 'confirmed',
		users: [],
	});

interface BlockBody {
	calendarId: string;
	locationId: string;
	title?: string;
	assignedUserId?: string;
	startTime?: string;
	endTime?: string;
}

const blockBody = closed(
	{
		calendarId: requiredText,
		locationId: requiredText,
		title: text,
		assignedUserId: text,
		startTime: formatted('iso-offset'),
		endTime: formatted('iso-offset'),
	},
	['calendarId', 'locationId'],
);

/** Saves a new block, or an old one with other values. It has no dates in its answer. */
function savedBlock(call: Call<BlockBody, unknown>, old?: BlockSlot): object {
	const { state, body } = call;
	checkUser(call, body.assignedUserId);
	const calendar = calendarOf(call, body.calendarId);
	const startTime = body.startTime ?? old?.startTime;
	const endTime = body.endTime ?? old?.endTime;
	// Both may be left out by the API description, which cannot make a block.
	if (startTime === undefined || endTime === undefined) {
		throw badRequest('startTime and endTime are required');
	}
	const now = new Date().toISOString();
	const block: BlockSlot = {
		id: old?.id ?? state.ids.next('blockSlot'),
		calendarId: calendar.id,
		locationId: calendar.locationId,
		title: body.title ?? old?.title ?? 'Blocked',
		assignedUserId:
			body.assignedUserId ?? old?.assignedUserId ?? calendar.teamMembers[0]?.userId ?? '',
		startTime: new Date(startTime).toISOString(),
		endTime: new Date(endTime).toISOString(),
		dateAdded: old?.dateAdded ?? now,
		dateUpdated: now,
	};
	if (block.endTime <= block.startTime) throw badRequest('endTime must be after startTime');
	state.blockSlots.set(block.id, block);
	const zone = zoneOf(state, block.locationId);
	return {
		...block,
		dateAdded: undefined,
		dateUpdated: undefined,
		startTime: withOffset(block.startTime, zone),
		endTime: withOffset(block.endTime, zone),
	};
}

export const blockSlots: Route[] = [
	route<unknown, EventQuery>({
		method: 'GET',
		path: '/calendars/blocked-slots',
		scope: 'calendars/events.readonly',
		query: eventQuery,
		handle: (call) => ({
			events: eventsOf(call, call.state.blockSlots).map((block) => blockView(call, block)),
		}),
	}),
	route<BlockBody>({
		method: 'POST',
		path: '/calendars/events/block-slots',
		scope: 'calendars/events.write',
		status: 201,
		body: blockBody,
		handle: (call) => savedBlock(call),
	}),
	route<BlockBody>({
		method: 'PUT',
		path: '/calendars/events/block-slots/:eventId',
		scope: 'calendars/events.write',
		status: 201,
		body: blockBody,
		handle: (call) =>
			savedBlock(call, ownRecord(call.token, call.state.blockSlots, 'Event', call.params.eventId)),
	}),
];
