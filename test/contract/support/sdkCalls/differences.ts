/** Operations whose call differs from the SDK's on purpose, and why. */
export const sdkDifferences: Record<string, string> = {
	'contact:lookUp': 'of August 2026; the SDK does not have it yet',
	...Object.fromEntries(
		['create', 'delete', 'get', 'update'].map((value) => [
			`pipeline:${value}`,
			'of v3 since June 2026; the SDK has the list of pipelines alone',
		]),
	),
	'form:upload': 'the SDK turns the form into JSON, in which no file can be',
	'customField:upload': 'the SDK turns the form into JSON, in which no file can be',
	'message:uploadAttachments': 'the SDK turns the form into JSON, in which no file can be',
};

/** Methods of the SDK that no operation of the node is, in groups with one reason. */
export const sdkOutside: Array<{ why: string; methods: string[] }> = [
	{
		why: 'calendars and their groups are set up in HighLevel; the node books in them',
		methods: [
			'calendars.createCalendar',
			'calendars.updateCalendar',
			'calendars.deleteCalendar',
			'calendars.getGroups',
			'calendars.createCalendarGroup',
			'calendars.validateGroupsSlug',
			'calendars.deleteGroup',
			'calendars.editGroup',
			'calendars.disableGroup',
		],
	},
	{
		why: 'rooms and equipment belong to no contact',
		methods: [
			'calendars.getCalendarResource',
			'calendars.updateCalendarResource',
			'calendars.deleteCalendarResource',
			'calendars.fetchCalendarResources',
			'calendars.createCalendarResource',
		],
	},
	{
		why: 'what a calendar sends to guests is set up in HighLevel',
		methods: [
			'calendars.getEventNotification',
			'calendars.createEventNotification',
			'calendars.findEventNotification',
			'calendars.updateEventNotification',
			'calendars.deleteEventNotification',
		],
	},
	{
		why: 'the working hours of users are set up in HighLevel',
		methods: [
			'calendars.getAllSchedules',
			'calendars.getScheduleById',
			'calendars.updateSchedule',
			'calendars.deleteSchedule',
			'calendars.createSchedule',
			'calendars.addCalendarToSchedule',
			'calendars.removeCalendarFromSchedule',
		],
	},
];
