import { toEpochMs, toOffsetSeconds } from '../../engine/dates';
import { BadInput } from '../../engine/call/errors';
import { field, required, text } from '../../engine/describe/fields';
import type { Call, Field } from '../../engine/operation';
import { calendarPicker, userPicker } from '../editor/pickers';
import { needsOneOf } from './records';

/** A moment that HighLevel wants with an offset: the one of the workflow's time zone. */
function time(displayName: string, name: string): Field {
	return field(
		{ displayName, name, type: 'dateTime', default: '' },
		{ in: 'body', key: name, as: (value, io) => toOffsetSeconds(value, io.context.getTimezone()) },
	);
}

/** When an appointment or a block begins and ends. */
export const startTime = time('Start', 'startTime');
export const endTime = time('End', 'endTime');

/** One end of a span of time, which lists of events and slots want in epoch milliseconds. */
export function spanEnd(displayName: string, key: string, description: string): Field {
	return required(
		field(
			{ displayName, name: key, type: 'dateTime', default: '', description },
			{ in: 'query', key, as: (value, io) => toEpochMs(value, io.context.getTimezone()) },
		),
	);
}

/** Whose events are listed, and of which time. */
export const eventFilters: Field[] = [
	spanEnd('From', 'startTime', 'Events that start at this time or later'),
	spanEnd('To', 'endTime', 'Events that start at this time or earlier'),
	calendarPicker('query', false),
	userPicker('User', 'userId', 'userId', 'query'),
	text('Calendar Group ID', 'groupId', {
		in: 'query',
		description: 'HighLevel wants a calendar, a user or a calendar group here',
	}),
];

const needsAnOwner = needsOneOf(
	'query',
	['calendarId', 'userId', 'groupId'],
	'“Calendar”, “User” and “Calendar Group ID” are all empty',
	'HighLevel lists the events of a calendar, of a user or of a calendar group: fill in one of them.',
);

/** Refuses a list of events that HighLevel would refuse. */
export function checkEvents(call: Call): void {
	needsAnOwner(call);
	checkSpan('startTime', 'endTime')(call);
}

/**
 * Refuses a span of time that ends before it begins, or is longer than `mostDays`. A day of a clock
 * change, which is an hour longer or shorter, is a day.
 */
export function checkSpan(from: string, to: string, mostDays = Infinity) {
	return ({ query }: Call) => {
		const days = (Number(query?.[to]) - Number(query?.[from])) / 86_400_000;
		if (days < 0) throw new BadInput('The time span ends before it begins', 'Check both times.');
		if (Math.round(days) > mostDays) {
			throw new BadInput(
				`The time span is ${Math.round(days)} days long`,
				`Ask for ${mostDays} days at the most.`,
			);
		}
	};
}
