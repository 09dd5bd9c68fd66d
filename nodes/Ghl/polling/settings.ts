import type { INodeProperties, IPollFunctions } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { toList, isObject, unwrap } from '../../engine/values';
import { formPicker, surveyPicker, tagsPicker, userPicker } from '../editor/pickers';
import { ghlPollingEvents, isContactEvent, isSubmissionEvent, SUBMISSION_EVENTS } from './events';

/** HighLevel speaks of seconds. Two minutes leave room. */
const DEFAULT_LAG_SECONDS = 120;

/** The parameter that names the form or survey. */
const FORMS = { formSubmitted: 'formId', surveySubmitted: 'surveyId' } as const;

const CONTACT_EVENTS = ['contactCreated', 'contactUpdated'];

const forEvents = (path: string, events: string[]): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show: { [path]: events } },
});

export const pollingProperties: INodeProperties[] = [
	{
		displayName: 'Event',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: ghlPollingEvents.map(({ name, value, description }) => ({ name, value, description })),
		default: 'contactCreated',
		description: 'HighLevel events that start the workflow',
	},
	{
		displayName:
			'Changes made by your own workflows are updates too. If this workflow changes the contact that started it, change only what differs; otherwise it starts itself in a loop.',
		name: 'loopNotice',
		type: 'notice',
		default: '',
		...forEvents('event', ['contactUpdated']),
	},
	{
		...formPicker.property,
		description: 'Only submissions of this form. Leave empty for all forms.',
		...forEvents('event', ['formSubmitted']),
	},
	{
		...surveyPicker.property,
		description: 'Only submissions of this survey. Leave empty for all surveys.',
		...forEvents('event', ['surveySubmitted']),
	},
	{
		displayName: 'Minutes Before',
		name: 'minutesBefore',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'How many minutes before its due date a task starts the workflow',
		...forEvents('event', ['taskDue']),
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: false,
		description:
			'Whether to return a simplified version of the contact, with its custom fields by name, instead of the raw data',
		...forEvents('event', [...CONTACT_EVENTS, 'taskDue']),
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				...userPicker('Assigned To', 'assignedTo').property,
				description: 'Only contacts or tasks that are assigned to this user',
				...forEvents('/event', [...CONTACT_EVENTS, 'taskDue']),
			},
			{
				displayName: 'Include Contact',
				name: 'includeContact',
				type: 'boolean',
				default: false,
				description: "Whether to read each task's contact and add it to the output",
				...forEvents('/event', ['taskDue']),
			},
			{
				displayName: 'Look Back (Seconds)',
				name: 'lagSeconds',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: DEFAULT_LAG_SECONDS,
				description:
					"How long a contact or submission may take to appear in HighLevel's search. Each poll reads this period again and drops items it has already returned.",
				...forEvents('/event', [...CONTACT_EVENTS, ...SUBMISSION_EVENTS]),
			},
			{
				...tagsPicker('With Any of These Tags', {
					description: 'Only contacts that have at least one of them.',
				}).property,
				...forEvents('/event', CONTACT_EVENTS),
			},
		],
	},
];

/** The settings of the node, checked. */
export interface PollingSettings {
	event: string;
	leadMs: number;
	lagMs: number;
	/** The contacts or tasks that are wanted. A change of it starts the poll's state anew. */
	filters: PollingFilters;
	includeContact: boolean;
	/** Contacts come simplified. */
	simple: boolean;
}

export interface PollingFilters {
	/** Lower case, sorted. Empty: any. */
	tags: string[];
	/** The id of a user. Empty: anybody. */
	assignedTo: string;
	/** The id of a form or survey. Empty: any. Absent for other events. */
	form?: string;
}

/** @throws BadInput with a sentence for the person */
export function readPollingSettings(context: IPollFunctions): PollingSettings {
	const given: unknown = context.getNodeParameter('options', {});
	const options = isObject(given) ? given : {};
	const minutes = context.getNodeParameter('minutesBefore', 0);
	const event = String(context.getNodeParameter('event'));
	// An option that the chosen event does not show can still hold a value.
	const tags = isContactEvent(event) ? toList(unwrap(options.tags) ?? '') : [];
	return {
		event,
		leadMs: 60_000 * amount('Minutes Before', minutes),
		lagMs: 1000 * amount('Look Back (Seconds)', options.lagSeconds ?? DEFAULT_LAG_SECONDS),
		filters: {
			tags: [...new Set(tags.map((tag) => tag.toLowerCase()))].sort(),
			assignedTo: locatorValue(options.assignedTo),
			...(isSubmissionEvent(event) && {
				form: locatorValue(context.getNodeParameter(FORMS[event], '')),
			}),
		},
		includeContact: options.includeContact === true,
		simple: context.getNodeParameter('simplify', false) === true,
	};
}

function amount(name: string, value: unknown): number {
	const found = Number(value);
	if (Number.isFinite(found) && found >= 0) return found;
	throw new BadInput(
		`${name} must be a number, and not below zero: it is “${String(value)}”`,
		'Write it with digits alone, such as 15.',
	);
}

function locatorValue(value: unknown): string {
	const found = isObject(value) ? value.value : value;
	return typeof found === 'string' ? found.trim() : '';
}
