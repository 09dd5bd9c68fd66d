import { filters, flag, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { toList } from '../../engine/values';
import { calendarPicker } from '../editor/pickers';

const ofLocation = verbs('calendar', {
	path: '/calendars/{calendarId}',
	listPath: '/calendars/',
	id: calendarPicker('path'),
	scope: 'calendars',
	result: 'calendar',
	reads: {
		simple: toList(
			'id, name, description, calendarType, isActive, groupId, slotDuration, slotDurationUnit, eventTitle, teamMembers',
		),
	},
});

export const calendar: Resource = {
	value: 'calendar',
	name: 'Calendar',
	operations: [
		ofLocation.get({
			description: 'Get one calendar with its settings: slot length, open hours, team members',
		}),
		ofLocation.getMany({
			description: 'Get the calendars of the location',
			query: { locationId: '{locationId}' },
			fields: [
				filters([
					text('Calendar Group ID', 'groupId', {
						placeholder: 'e.g. BqTwX8QFwXzpegMve9EQ',
						in: 'query',
						description: 'Only return calendars of this group',
					}),
					flag(
						'Include Drafts',
						'showDrafted',
						'Whether to also return inactive calendars, as HighLevel does by default',
						{ in: 'query' },
					),
				]),
			],
			pages: onePage('calendars'),
		}),
	],
};
