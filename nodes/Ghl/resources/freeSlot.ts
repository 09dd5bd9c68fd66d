import { filters, list, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Field, Resource } from '../../engine/operation';
import { spanPages } from '../calls/pages';
import { readSlots } from '../calls/slots';
import { toIds, isObject } from '../../engine/values';
import { checkSpan, spanEnd } from '../fields/calendar';
import { calendarPicker, userPicker } from '../editor/pickers';

const DAY_MS = 86_400_000;

const slotFilters: Field[] = [
	text('Timezone', 'timezone', {
		in: 'query',
		placeholder: 'e.g. America/Chicago',
		description: 'In which the slots are written; the one of the location otherwise',
	}),
	userPicker('User', 'userId', { in: 'query' }),
	list('User IDs', 'userIds', '082goXVW3lIExEQPOnd3, 0IHuJvc2ofPAAA8GzTRi', toIds, {
		in: 'query',
		description: 'For several users: separated by commas, or a list from an expression',
	}),
];

export const freeSlot: Resource = {
	value: 'freeSlot',
	name: 'Free Slot',
	operations: [
		verbs('free slot', { scope: 'calendars' }).getMany({
			route: 'GET /calendars/{calendarId}/free-slots',
			description:
				'Get the times at which an appointment can be booked in a calendar: one item a slot, with its start, for Appointment: Create',
			fields: [
				calendarPicker('path'),
				spanEnd('From', 'startDate', 'Slots that start at this time or later'),
				spanEnd('To', 'endDate', 'Slots that start at this time or earlier, up to a year later'),
				filters(slotFilters),
			],
			check: checkSpan('startDate', 'endDate', 366),
			// HighLevel takes 31 days at once.
			pages: spanPages(['startDate', 'endDate'], 31 * DAY_MS, (body, call) =>
				isObject(body) ? readSlots(body, call) : undefined,
			),
			finish: ({ start, date }, io) => ({
				start,
				date,
				calendarId: io.parameter('calendarId') as string,
			}),
		}),
	],
};
