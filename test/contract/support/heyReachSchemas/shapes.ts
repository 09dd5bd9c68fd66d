/**
 * How HeyReach's requests and answers look, read from the API facts alone: neither the nodes nor the
 * sandbox is looked at here, so that both can be held against it.
 */
export type JsonSchema = Record<string, unknown>;

/**
 * - `C`: at least two independent sources agree.
 * - `1`: one source.
 * - `I`: the path is known; the shape is our reading and checks little.
 */
type Confidence = 'C' | '1' | 'I';

export interface HeyReachOperation {
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** Behind the base address, `{name}` for a parameter. */
	path: string;
	/** Whether it takes an organization's key instead of a workspace's. */
	organization?: boolean;
	confidence: Confidence;
	query?: JsonSchema;
	pathParameters?: JsonSchema;
	/** Absent: none is sent. */
	body?: JsonSchema;
	/** `empty`: 200 without a body. */
	answer: JsonSchema | 'empty';
	/** Whether 200 may also come without a body. */
	mayBeEmpty?: boolean;
}

export const object = (
	properties: Record<string, JsonSchema>,
	required: string[] = [],
): JsonSchema => ({ type: 'object', properties, required });
/** Every key must be there. */
export const whole = (properties: Record<string, JsonSchema>): JsonSchema =>
	object(properties, Object.keys(properties));
export const list = (items: JsonSchema, maxItems?: number): JsonSchema => ({
	type: 'array',
	items,
	...(maxItems === undefined ? {} : { maxItems }),
});
export const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });

export const text: JsonSchema = { type: 'string' };
export const filledText: JsonSchema = { type: 'string', minLength: 1 };
export const textOrNull: JsonSchema = { type: ['string', 'null'] };
export const integer: JsonSchema = { type: 'integer' };
export const number: JsonSchema = { type: 'number' };
export const flag: JsonSchema = { type: 'boolean' };
export const dateTime: JsonSchema = { type: 'string', format: 'date-time' };
export const dateTimeOrNull = orNull(dateTime);
export const anything: JsonSchema = {};
/** A number between 0 and 1. */
export const rate: JsonSchema = { type: 'number', minimum: 0, maximum: 1 };
export const uri: JsonSchema = { type: 'string', format: 'uri' };

/** `offset` and `limit` of a list. */
export const paging = (maximum = 100): Record<string, JsonSchema> => ({
	offset: { type: 'integer', minimum: 0 },
	limit: { type: 'integer', minimum: 1, maximum },
});
/** `totalCount` is a text in one description. */
export const page = (item: JsonSchema): JsonSchema =>
	whole({
		totalCount: { anyOf: [integer, { type: 'string', pattern: '^\\d+$' }] },
		items: list(item),
	});

const profileUrl: JsonSchema = {
	type: 'string',
	// `/pub/` addresses are refused.
	pattern: '^https?://([a-z]+\\.)?linkedin\\.com/(in|sales)/',
};

/** A lead as it is written. Without both names it is dropped silently, so they must be there. */
export const lead = object(
	{
		profileUrl,
		firstName: filledText,
		lastName: filledText,
		location: text,
		summary: text,
		companyName: text,
		position: text,
		about: text,
		emailAddress: text,
		customUserFields: list(
			whole({ name: { type: 'string', pattern: '^[A-Za-z0-9_]+$' }, value: text }),
		),
	},
	['profileUrl', 'firstName', 'lastName'],
);
export const MAX_LEADS = 100;

const profileKeys = {
	id: anything,
	linkedin_id: text,
	profileUrl: text,
	firstName: textOrNull,
	lastName: textOrNull,
	headline: textOrNull,
	imageUrl: textOrNull,
	location: textOrNull,
	companyName: textOrNull,
	companyUrl: textOrNull,
	position: textOrNull,
	about: textOrNull,
	connections: orNull(integer),
	followers: orNull(integer),
	emailAddress: textOrNull,
	enrichedEmailAddress: textOrNull,
	customEmailAddress: textOrNull,
	tags: list(text),
	autoTags: list(whole({ name: text, campaignId: orNull(integer) })),
	customFields: list(whole({ name: text, value: textOrNull })),
};
const ALWAYS = ['linkedin_id', 'profileUrl', 'firstName', 'lastName', 'headline', 'companyName'];
/** A profile as lists show it. */
export const profile = object(profileKeys, [...ALWAYS, 'emailAddress']);
/** GetConversationsV3 leaves e-mail addresses and custom fields out. */
export const bareProfile = object(profileKeys, ALWAYS);
export const leadInList = object(profileKeys, [
	'id',
	...ALWAYS,
	'emailAddress',
	'tags',
	'customFields',
]);

/** The lead named by any of the three. */
export const leadIdentity: JsonSchema = {
	...object({ email: text, linkedinId: text, profileUrl: text, ...paging() }),
	anyOf: ['email', 'linkedinId', 'profileUrl'].map((name) => ({
		properties: { [name]: filledText },
		required: [name],
	})),
};

export const addedCounts = whole({
	addedLeadsCount: integer,
	updatedLeadsCount: integer,
	failedLeadsCount: integer,
});
