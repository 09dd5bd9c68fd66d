import { daysAgo, toMonthDayYear } from '../../engine/dates';
import {
	choice,
	dateTime,
	filters,
	flag,
	number,
	optional,
	text,
} from '../../engine/describe/fields';
import { picker } from '../../engine/describe/locator';
import type { Field } from '../../engine/operation';
import { userByName } from '../calls/userByName';
import { toCountry } from '../editor/countries';
import {
	contactPicker,
	countryModes,
	followers,
	lostReasonPicker,
	ownerPicker,
	pipelinePicker,
	stagePicker,
	userPicker,
} from '../editor/pickers';

const STATUSES = { Abandoned: 'abandoned', Lost: 'lost', Open: 'open', Won: 'won' };

export const status = choice('Status', 'status', STATUSES, { default: 'open' });

export const name = text('Name', 'name', { placeholder: 'e.g. Website for Acme' });

const value = number('Value', 'monetaryValue', {
	typeOptions: { numberPrecision: 2 },
	description: 'Amount in the currency of the location',
});

const owner = ownerPicker;
const pipeline = pipelinePicker('body');

/** Without a stage, HighLevel takes the first of the pipeline. */
export const stage = stagePicker('body');

export const createDetails: Field[] = [owner, value];
export const updateDetails: Field[] = [name, owner, pipeline, stage, status, value];

/** What an upsert takes beside the pipeline. */
export const upsertDetails: Field[] = [
	optional(followers),
	choice(
		'Follower Action',
		'followersActionType',
		{ Added: 'add', Removed: 'remove' },
		{ description: 'Whether to add or remove the followers above' },
	),
	lostReasonPicker,
	name,
	owner,
	flag(
		'Remove All Followers',
		'isRemoveAllFollowers',
		'Whether to remove all followers of the opportunity',
	),
	status,
	value,
];

const { Abandoned, ...others } = STATUSES;
const inQuery = { in: 'query' } as const;

/** A day of creation, in HighLevel's own form for this endpoint. */
const day = (displayName: string, name: string, description: string): Field =>
	dateTime(displayName, name, toMonthDayYear, { ...inQuery, description });

/** HighLevel's query mixes `camelCase` and `snake_case` names. */
export const searchFilters = filters([
	userPicker('Assigned To', 'assignedTo', { ...inQuery, key: 'assigned_to', as: userByName }),
	text('Campaign ID', 'campaignId', {
		placeholder: 'e.g. CqwCOoTkHiTIvnRkDvZy',
		...inQuery,
		description: 'ID of a HighLevel campaign',
	}),
	optional(contactPicker('query', { key: 'contact_id' })),
	picker('Contact Country', 'country', countryModes, { ...inQuery, as: toCountry }),
	day('Created After', 'date', 'Created on this day or later, such as 2026-11-24'),
	day('Created Before', 'endDate', 'Created on this day or earlier, such as 2026-11-24'),
	number('Created in the Last (Days)', 'createdInLast', {
		...inQuery,
		key: 'date',
		default: 30,
		typeOptions: { minValue: 1 },
		as: (days, io) =>
			toMonthDayYear(daysAgo(days, 'Created in the Last (Days)'), io.context.getTimezone()),
	}),
	text('Opportunity ID', 'id', { ...inQuery, placeholder: 'e.g. yWQobCRIhRguQtD2llvk' }),
	text('Order', 'order', {
		...inQuery,
		placeholder: 'e.g. added_asc',
		description: 'HighLevel’s word for the order; not documented',
	}),
	pipelinePicker('query', { key: 'pipeline_id' }),
	stagePicker('query', { key: 'pipeline_stage_id' }),
	choice('Status', 'status', { Abandoned, All: 'all', ...others }, { ...inQuery, default: 'open' }),
]);
