interface PollingEvent {
	name: string;
	value: string;
	description: string;
	/** The scope that the token needs. */
	scope: string;
}

/** The events of the polling trigger. */
export const ghlPollingEvents: PollingEvent[] = [
	{
		name: 'Contact Created',
		value: 'contactCreated',
		description: 'A contact was added, by a person, a form, an import or the API',
		scope: 'contacts.readonly',
	},
	{
		name: 'Contact Updated',
		value: 'contactUpdated',
		description: 'A contact was changed or added; changes made by your own workflows count too',
		scope: 'contacts.readonly',
	},
	{
		name: 'Form Submitted',
		value: 'formSubmitted',
		description: 'A person filled in a form',
		scope: 'forms.readonly',
	},
	{
		name: 'Survey Submitted',
		value: 'surveySubmitted',
		description: 'A person filled in a survey',
		scope: 'surveys.readonly',
	},
	{
		name: 'Task Due',
		value: 'taskDue',
		description: 'An open task of a contact becomes due; once for each due date',
		scope: 'locations/tasks.readonly',
	},
];

/** HighLevel's search filters and sorts by these (docs/apis/highlevel.md#contact-search). */
export const STAMPS = { contactCreated: 'dateAdded', contactUpdated: 'dateUpdated' } as const;

export type ContactEvent = keyof typeof STAMPS;

export function isContactEvent(event: string): event is ContactEvent {
	return event in STAMPS;
}

export const SUBMISSION_EVENTS = ['formSubmitted', 'surveySubmitted'] as const;

export type SubmissionEvent = (typeof SUBMISSION_EVENTS)[number];

export function isSubmissionEvent(event: string): event is SubmissionEvent {
	return SUBMISSION_EVENTS.some((one) => one === event);
}
