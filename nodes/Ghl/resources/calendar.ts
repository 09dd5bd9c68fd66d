import { collection, flag, text } from '../../engine/describe/fields';
import type { Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { calendarPicker } from '../editor/pickers';

const SIMPLE = [
	'id',
	'name',
	'description',
	'calendarType',
	'isActive',
	'groupId',
	'slotDuration',
	'slotDurationUnit',
	'eventTitle',
	'teamMembers',
];

export const calendar: Resource = {
	value: 'calendar',
	name: 'Calendar',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get a calendar',
			description: 'Get one calendar with its settings: slot length, open hours, team members',
			request: { method: 'GET', path: '/calendars/{calendarId}' },
			scope: 'calendars.readonly',
			writes: false,
			fields: [calendarPicker('path')],
			result: 'calendar',
			simple: SIMPLE,
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many calendars',
			description: 'Get the calendars of the location, which HighLevel returns all at once',
			request: { method: 'GET', path: '/calendars/', query: { locationId: '{locationId}' } },
			scope: 'calendars.readonly',
			writes: false,
			fields: [
				collection({ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' }, [
					text('Calendar Group ID', 'groupId', {
						in: 'query',
						description: 'Only the calendars of this group',
					}),
					flag(
						'Include Drafts',
						'showDrafted',
						'Whether to return calendars that are not active, which HighLevel does unless told not to',
						{ in: 'query' },
					),
				]),
			],
			pages: onePage('calendars'),
			simple: SIMPLE,
		},
	],
};
