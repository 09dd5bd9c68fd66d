import type { RawSchema } from './schemas';
import type { Correction, OwnSchema } from './ownSchemas';
import { OBJECT_CORRECTIONS, OBJECT_SCHEMAS } from './undocumentedObjects';

const operators =
	'eq not_eq contains not_contains wildcard not_wildcard match not_match exists not_exists range ' +
	'not_range contains_set contains_not_set gt gte lt lte nested nested_not has_child has_parent';

/** Epoch milliseconds (an ISO string is accepted and matches nothing), never `{from, to}`. */
const range: RawSchema = {
	type: 'object',
	properties: {
		gte: { type: 'number' },
		lte: { type: 'number' },
		gt: { type: 'number' },
		lt: { type: 'number' },
	},
	additionalProperties: false,
};

const filter: RawSchema = {
	type: 'object',
	required: ['field', 'operator'],
	properties: {
		field: { type: 'string', minLength: 1 },
		operator: { type: 'string', enum: operators.split(' ') },
		value: {
			anyOf: [
				{ type: 'string', maxLength: 75 },
				{ type: 'number' },
				{ type: 'boolean' },
				{ type: 'array' },
				range,
			],
		},
	},
};

/** Groups of groups of filters: one more level than the nodes offer. */
function group(depth: number): RawSchema {
	return {
		type: 'object',
		required: ['group', 'filters'],
		properties: {
			group: { type: 'string', enum: ['AND', 'OR'] },
			filters: { type: 'array', items: depth > 0 ? { anyOf: [filter, group(depth - 1)] } : filter },
		},
	};
}

/** What the sandbox's log tells of a file of a form. */
const uploaded: RawSchema = {
	type: 'object',
	required: ['fieldname', 'originalname', 'mimetype', 'size'],
	properties: {
		fieldname: { type: 'string', minLength: 1 },
		originalname: { type: 'string', minLength: 1 },
		encoding: { type: 'string' },
		mimetype: { type: 'string', pattern: '^[^/]+/[^/]+$' },
		size: { type: 'number', minimum: 1 },
	},
};

export const OWN_SCHEMAS: OwnSchema[] = [
	...OBJECT_SCHEMAS,
	{
		operation: 'POST /contacts/search',
		where: 'request',
		why: 'the body schema is an object without properties (docs/apis/highlevel.md#contact-search)',
		schema: {
			type: 'object',
			required: ['locationId', 'pageLimit'],
			properties: {
				locationId: { type: 'string', minLength: 1 },
				pageLimit: { type: 'number', minimum: 1, maximum: 500 },
				page: { type: 'number', minimum: 1 },
				searchAfter: { type: 'array', minItems: 1 },
				query: { type: 'string', maxLength: 75 },
				filters: { type: 'array', items: { anyOf: [filter, group(2)] } },
				sort: {
					type: 'array',
					items: {
						type: 'object',
						required: ['field', 'direction'],
						properties: {
							field: { type: 'string' },
							direction: { type: 'string', enum: ['asc', 'desc'] },
						},
					},
				},
			},
		},
	},
	{
		operation: 'POST /contacts/search',
		where: 'response',
		why: 'no response schema (docs/apis/highlevel.md#contact-search)',
		schema: {
			type: 'object',
			required: ['contacts', 'total'],
			properties: {
				contacts: {
					type: 'array',
					items: {
						type: 'object',
						required: ['id', 'searchAfter'],
						properties: { id: { type: 'string' }, searchAfter: { type: 'array' } },
					},
				},
				total: { type: 'number' },
				traceId: { type: 'string' },
			},
		},
	},
	{
		operation: 'GET /contacts/search/duplicate',
		where: 'response',
		why: 'no response schema (docs/apis/highlevel.md#contacts)',
		schema: {
			type: 'object',
			required: ['contact'],
			properties: {
				contact: {
					type: 'object',
					nullable: true,
					required: ['id'],
					properties: { id: { type: 'string' } },
				},
				traceId: { type: 'string' },
			},
		},
	},
	{
		operation: 'GET /conversations/{conversationId}/messages',
		where: 'response',
		why: 'described as the page itself, and seen live inside `messages` (highlevel-api-docs issue 54)',
		schema: {
			type: 'object',
			required: ['messages'],
			properties: {
				messages: {
					type: 'object',
					required: ['messages', 'nextPage', 'lastMessageId'],
					properties: {
						messages: {
							type: 'array',
							items: {
								type: 'object',
								required: ['id', 'conversationId', 'contactId', 'messageType'],
								properties: { id: { type: 'string' } },
							},
						},
						nextPage: { type: 'boolean' },
						lastMessageId: { type: 'string' },
					},
				},
				traceId: { type: 'string' },
			},
		},
	},
	{
		operation: 'GET /calendars/{calendarId}/free-slots',
		where: 'response',
		why: 'every key is declared a day; answers may carry `traceId` too (docs/apis/highlevel.md#addresses-and-versions)',
		schema: {
			type: 'object',
			properties: { traceId: { type: 'string' } },
			additionalProperties: {
				type: 'object',
				required: ['slots'],
				properties: { slots: { type: 'array', items: { type: 'string' } } },
			},
		},
	},
	{
		operation: 'POST /forms/upload-custom-files',
		where: 'request',
		why: 'the form is described in words alone: a part for each file, named by field and file',
		schema: {
			type: 'object',
			required: ['files'],
			properties: { files: { type: 'array', minItems: 1, items: uploaded } },
		},
	},
	{
		operation: 'POST /conversations/messages/upload',
		where: 'request',
		why: 'the form is described without its files, and with `attachmentUrls` that there are not yet',
		schema: {
			type: 'object',
			required: ['conversationId', 'contactId', 'locationId', 'files'],
			properties: {
				conversationId: { type: 'string', minLength: 1 },
				contactId: { type: 'string', minLength: 1 },
				locationId: { type: 'string', minLength: 1 },
				files: { type: 'array', minItems: 1, items: uploaded },
			},
		},
	},
	{
		operation: 'POST /locations/{locationId}/customFields/upload',
		where: 'request',
		why: 'the form is described without its files (operations.json); the sandbox logs them as `files`',
		schema: {
			type: 'object',
			required: ['id', 'files'],
			properties: {
				id: { type: 'string', minLength: 1 },
				maxFiles: { type: 'string' },
				files: { type: 'array', minItems: 1, items: uploaded },
			},
		},
	},
];

/** Error answers that any operation may give and few operations list (docs/apis/highlevel.md#errors). */
export const STATUSES_ANYWHERE = [400, 401, 403, 404, 422, 429, 500, 502, 503, 504];

/** Successes that were seen live under another status than the one described. */
export const SEEN_STATUSES: Record<string, { seen: number; described: number } | undefined> = {
	// An upsert that creates; several live reports.
	'POST /contacts/upsert': { seen: 201, described: 200 },
	'POST /opportunities/upsert': { seen: 201, described: 200 },
	'POST /oauth/locationToken': { seen: 201, described: 200 },
};

/** Keys that are described as required, and that most clients leave out. */
export const RELAXED: Array<{ file: string; schema: string; required: string[]; why: string }> = [
	{
		file: 'conversations.json',
		schema: 'SendMessageBodyDto',
		required: ['type', 'contactId'],
		why: '`subType` and `status` are required in the files of May 2026 only; most clients send neither',
	},
];

/** Named schemas that a file refers to and does not have: they take any value. */
export const ABSENT: Array<{ file: string; schema: string; why: string }> = [
	'BadRequestDTO',
	'UnauthorizedDTO',
].map((schema) => ({
	file: 'links.json',
	schema,
	why: 'the answers of an error; every other file refers to the common schemas for them',
}));

export const CORRECTIONS: Correction[] = [
	...OBJECT_CORRECTIONS,
	{
		file: 'opportunities.json',
		schema: 'UpsertOpportunityDto',
		property: 'contactId',
		absent: true,
		why: 'required until the files of May 2026, and sent by six public clients, one of which saw a 201',
		instead: { type: 'string' },
	},
	{
		file: 'locations.json',
		schema: 'FileUploadResponseDto',
		property: 'meta',
		why: 'declared as texts; the official example beside it has one object for each file',
		instead: {
			type: 'array',
			items: {
				type: 'object',
				required: ['originalname', 'mimetype', 'size', 'url'],
				properties: {
					fieldname: { type: 'string' },
					originalname: { type: 'string' },
					encoding: { type: 'string' },
					mimetype: { type: 'string' },
					size: { type: 'number' },
					url: { type: 'string' },
				},
			},
		},
	},
	{
		file: 'locations.json',
		schema: 'LocationTaskListSuccessfulResponseDto',
		property: 'tasks',
		why: 'declared as a list of lists; a task is an object everywhere else',
		instead: {
			type: 'array',
			items: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
		},
	},
	{
		file: 'contacts.json',
		schema: 'CustomFieldSchema',
		property: 'value',
		why:
			'declared as a string for every kind of field; the official webhook schemas (ContactCreate) say ' +
			'string, number, array or object for the same record, and opportunities.json nearly so',
		instead: {
			anyOf: ['string', 'number', 'array']
				.map((type) => ({ type }) as RawSchema)
				.concat({
					type: 'object',
					properties: {},
				}),
		},
	},
	{
		file: 'contacts.json',
		schema: 'UpdateTagsResponseDTO',
		property: 'responses',
		why: 'declared as strings; the official example beside it has one object for each contact',
		instead: {
			type: 'array',
			items: {
				type: 'object',
				required: ['contactId', 'message', 'type'],
				properties: {
					contactId: { type: 'string' },
					message: { type: 'string' },
					type: { type: 'string', enum: ['success', 'error'] },
					oldTags: { type: 'array', items: { type: 'string' } },
					tagsAdded: { type: 'array', items: { type: 'string' } },
					tagsRemoved: { type: 'array', items: { type: 'string' } },
				},
			},
		},
	},
	...(['followers', 'notes', 'tasks', 'calendarEvents'] as const).map((property) => ({
		file: 'opportunities.json',
		schema: 'SearchOpportunitiesResponseSchema',
		property,
		why: 'declared as a list of lists; followers are user ids, the others records (docs/apis/highlevel.md#opportunities)',
		instead: {
			type: 'array',
			items: property === 'followers' ? { type: 'string' } : { type: 'object', properties: {} },
		},
	})),
	{
		file: 'opportunities.json',
		schema: 'SearchOpportunitiesResponseSchema',
		property: 'customFields',
		why:
			'declared with `fieldValue`; the search answers `fieldValueString`, `fieldValueNumber` and so on ' +
			'in its place (highlevel-api-docs issue 87)',
		instead: {
			type: 'array',
			items: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
		},
	},
	{
		file: 'opportunities.json',
		schema: 'PipelinesResponseSchema',
		property: 'stages',
		why: 'declared as a list of lists; stages have at least an id and a name (docs/apis/highlevel.md#opportunities)',
		instead: {
			type: 'array',
			items: {
				type: 'object',
				required: ['id', 'name'],
				properties: { id: { type: 'string' }, name: { type: 'string' } },
			},
		},
	},
];
