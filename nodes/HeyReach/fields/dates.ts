import { toDay, toEpochMs } from '../../engine/dates';
import { dateTime } from '../../engine/describe/fields';
import type { Field } from '../../engine/operation';

/** A moment in the body, sent as ISO in UTC. */
export const momentField = (displayName: string, name: string): Field =>
	dateTime(displayName, name, toIso);

/** A day in the body, sent as its midnight UTC. HeyReach looks at the day only. */
export const dayField = (displayName: string, name: string): Field =>
	dateTime(displayName, name, (value, timezone) => `${toDay(value, timezone)}T00:00:00.000Z`, {
		description: 'HeyReach uses only the date, not the time',
	});

export const toIso = (value: unknown, timezone: string): string =>
	new Date(toEpochMs(value, timezone)).toISOString();
