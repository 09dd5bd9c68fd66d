import { closed, flag, listOf, oneOf, requiredText, text } from './validate';
import type { Schema } from './validate';

const nullable = (schema: Schema): Schema => ({ ...schema, type: [schema.type, 'null'] });
const nullableText = nullable(text);

const dndSetting = closed(
	{ status: oneOf('active', 'inactive', 'permanent'), message: text, code: text },
	['status'],
);
const dndSettings = closed(
	Object.fromEntries(
		['Call', 'Email', 'SMS', 'WhatsApp', 'GMB', 'FB'].map((channel) => [channel, dndSetting]),
	),
);
const inboundDndSettings = closed({
	all: closed({ status: oneOf('active', 'inactive'), message: text }, ['status']),
});

/** `field_value` is documented for the date versions; `fieldValue` is reported to work too. */
const customFields = listOf(closed({ id: text, key: text, field_value: {}, fieldValue: {} }));

/** What all three writes take. */
const shared: Record<string, Schema> = {
	firstName: nullableText,
	lastName: nullableText,
	name: nullableText,
	email: { ...nullableText, format: 'email' },
	phone: nullableText,
	address1: nullableText,
	city: nullableText,
	state: nullableText,
	postalCode: text,
	website: nullableText,
	timezone: { ...nullableText, format: 'iana-timezone' },
	dnd: flag,
	dndSettings,
	inboundDndSettings,
	tags: listOf(text),
	customFields,
	source: text,
	dateOfBirth: { ...nullableText, format: 'date-of-birth' },
	country: { ...text, format: 'iso-country' },
	assignedTo: text,
};

export const createContact = closed(
	{ ...shared, locationId: requiredText, gender: text, companyName: nullableText },
	['locationId'],
);

/**
 * No locationId or gender here: each answers 422. `companyName` is missing from the API description
 * and was seen to be taken (highlevel-api-docs issue 314).
 */
export const updateContact = closed({
	...shared,
	companyName: nullableText,
	source: nullableText,
	assignedTo: nullableText,
});

export const upsertContact = closed(
	{
		...shared,
		locationId: requiredText,
		gender: text,
		companyName: nullableText,
		createNewIfDuplicateAllowed: flag,
	},
	['locationId'],
);

export const contactTags = closed({ tags: listOf(text) }, ['tags']);

type Nullable<T> = { [Key in keyof T]?: T[Key] | null };

/** The body of a contact write, as the three schemas prove it. */
export interface ContactBody
	extends Nullable<{
		firstName: string;
		lastName: string;
		name: string;
		email: string;
		phone: string;
		address1: string;
		city: string;
		state: string;
		website: string;
		timezone: string;
		companyName: string;
		source: string;
		dateOfBirth: string;
		assignedTo: string;
	}> {
	locationId: string;
	gender?: string;
	postalCode?: string;
	country?: string;
	dnd?: boolean;
	dndSettings?: Record<string, { status: 'active' | 'inactive' | 'permanent' }>;
	inboundDndSettings?: { all?: { status: 'active' | 'inactive' } };
	tags?: string[];
	customFields?: Array<{ id?: string; key?: string; field_value?: unknown; fieldValue?: unknown }>;
	createNewIfDuplicateAllowed?: boolean;
}
