import { toDay, toEpochMs } from '../../engine/dates';
import { dateTime } from '../../engine/describe/fields';
import type { Field, Io } from '../../engine/operation';

/** A moment in the body, sent as ISO in UTC. */
export const momentField = (displayName: string, name: string): Field =>
	dateTime(displayName, name, { as: toIso });

/** The end of a span of which HeyReach looks at the day only: midnight UTC of that day. */
export const dayField = (displayName: string, name: string): Field =>
	dateTime(displayName, name, {
		description: 'HeyReach looks at the day only',
		as: (value, io) => `${toDay(value, io.context.getTimezone())}T00:00:00.000Z`,
	});

export function toIso(value: unknown, io: Io): string {
	return new Date(toEpochMs(value, io.context.getTimezone())).toISOString();
}
