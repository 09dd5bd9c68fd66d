/** A record in an official answer: the endpoint, and the way to it in the answer, `[]` for an element. */
export type Place = [endpoint: string, way: string];

/**
 * Where the official files describe the record that an operation puts out, if that is not the key or the
 * list that the operation itself reads.
 */
export const PLACES: Record<string, { place: Place; why: string }> = {
	'customObject:get': {
		place: ['GET /objects/{key}', 'object'],
		why: 'the node puts `fields` beside the parts of the object',
	},
	...Object.fromEntries(
		['association:getMany', 'association:getManyByObject'].map((operation) => [
			operation,
			{
				place: ['GET /associations/{associationId}', ''] as Place,
				why: 'described as one association (undocumentedObjects.ts)',
			},
		]),
	),
	'relation:getMany': {
		place: ['GET /associations/relations/{recordId}', ''],
		why: 'described as one association (undocumentedObjects.ts)',
	},
	'contact:upsert': {
		place: ['POST /contacts/upsert', 'contact'],
		why: 'the node puts `new` beside the fields of the record',
	},
	'contact:getOrCreate': {
		place: ['POST /contacts/', 'contact'],
		why: 'the node puts `new` beside the fields of the record',
	},
	'opportunity:upsert': {
		place: ['PUT /opportunities/{id}', 'opportunity'],
		why: 'the opportunity of an upsert is an object without properties',
	},
	'business:create': {
		place: ['POST /businesses/', 'buiseness'],
		why: 'the answer spells the key so',
	},
	'business:update': {
		place: ['PUT /businesses/{businessId}', 'buiseness'],
		why: 'the answer spells the key so',
	},
	'contact:findDuplicate': {
		place: ['GET /contacts/{contactId}', ''],
		why: 'the endpoint has no answer schema',
	},
	'contact:getMany': {
		place: ['GET /contacts/{contactId}', 'contact'],
		why: 'the endpoint has no answer schema',
	},
	'contact:lookUp': {
		place: ['GET /contacts/{contactId}', ''],
		why: 'an endpoint that the files do not have: newEndpoints.ts says little of its contacts',
	},
	...Object.fromEntries(
		['create', 'get', 'update'].map((value): [string, { place: Place; why: string }] => [
			`pipeline:${value}`,
			{
				place: ['GET /opportunities/pipelines/{pipelineId}', ''],
				why: 'described in newEndpoints.ts as the answer itself',
			},
		]),
	),
	'form:upload': {
		place: ['GET /contacts/{contactId}', 'contact'],
		why: 'the endpoint has no answer schema: “the updated contact object”',
	},
	'contactTag:bulkUpdate': {
		place: ['POST /contacts/bulk/tags/update/{type}', 'responses.[]'],
		why: 'the node puts out an item for each contact of the answer',
	},
	'message:getMany': {
		place: ['GET /conversations/{conversationId}/messages', 'messages.[]'],
		why: 'described as the page itself, and seen live inside `messages` (highlevel-api-docs issue 54)',
	},
};

/** Records that other answers describe more fully: there the other properties are looked up. */
export const FULLER: Record<string, Place[]> = {
	customObject: [['GET /objects/{key}', '']],
	contact: [['GET /contacts/{contactId}', 'contact']],
	contactTask: [['GET /contacts/{contactId}/tasks', 'tasks.[]']],
	conversation: [['GET /conversations/{conversationId}', '']],
	location: [['GET /locations/{locationId}', 'location']],
};

/** Operations that put out nothing of the answer. */
export const OWN_OUTPUTS: Array<{ operations: RegExp; why: string }> = [
	{
		operations: /^(emailSubscription|customSubtype):|^message:addAttachments$/,
		why: 'the endpoint has no answer schema',
	},
	{
		operations: /^message:(getRecording|downloadTranscription)$/,
		why: 'the answer is a file',
	},
	{
		operations:
			/:(delete|updateStatus)$|^contactCampaign:|^contactWorkflow:|^contactTag:removeAll$/,
		why: 'the answer says only that it went well',
	},
	{ operations: /^contact:(set|removeFrom)Business$/, why: 'the answer is for many contacts' },
	{ operations: /^freeSlot:getMany$/, why: 'an item is one time out of the lists of the answer' },
	{ operations: /^location:getTimezones$/, why: 'the endpoint has no answer schema' },
];

/**
 * Types that no example shows, so that the schema says null. What the files get wrong stands in
 * undocumented.ts.
 */
export const NEVER_SHOWN: Array<{ operation: string; property: string; why: string }> = [
	{
		operation: 'contactTag:bulkUpdate',
		property: 'tagsRemoved[]',
		why: 'one call adds or removes, and the example adds',
	},
	{
		operation: 'opportunity:create',
		property: 'followers[]',
		why: 'a create names no followers, and the new opportunity has none',
	},
	{
		operation: 'opportunity:upsert',
		property: 'customFields[]',
		why: 'an upsert takes no custom fields, and the new opportunity has none',
	},
	{ operation: 'opportunityFollower:removeAll', property: 'followers[]', why: 'nobody is left' },
];

/** Properties that no official answer describes. */
export const UNDESCRIBED: Array<{ operations: RegExp; properties: string[]; why: string }> = [
	{
		operations: /^relation:(create|getMany)$/,
		properties: ['associationId', 'firstRecordId', 'secondRecordId'],
		why: 'described as an association; the events of relations have these (undocumentedObjects.ts)',
	},
	{
		operations:
			/^(appointment|association|blockSlot|conversation|customField|email|message|opportunityFollower|pipeline|form|relation|user):/,
		properties: ['traceId'],
		why: 'any answer may carry it (docs/apis/highlevel.md#addresses-and-versions)',
	},
	{
		operations: /^(contact|opportunity):(get|getMany|getManyByBusiness|list|search)$/,
		properties: ['customFieldValues'],
		why: 'the node gives the values of custom fields by their names',
	},
	{
		operations: /^opportunity:(get|getMany|search)$/,
		properties: ['pipelineName', 'pipelineStageName'],
		why: 'the node gives the names beside the ids',
	},
	{
		operations: /^contact(Tag|Follower):/,
		properties: ['contactId'],
		why: 'the node puts it beside what the answer says',
	},
	{
		operations: /^opportunityFollower:/,
		properties: ['opportunityId'],
		why: 'the node puts it beside what the answer says',
	},
	{
		operations: /^contact:(upsert|getOrCreate|findDuplicate|lookUp)$/,
		properties: ['new', 'assigned', 'found', 'contacts'],
		why: 'the node puts it beside the contact',
	},
	{
		operations: /^opportunity:upsert$/,
		properties: ['new'],
		why: 'the node puts it beside the opportunity',
	},
	{
		operations: /^(contact:(create|getOrCreate|update|upsert|findDuplicate|lookUp)|form:upload)$/,
		properties: [
			...['additionalEmails', 'additionalPhones', 'followers', 'inboundDndSettings'],
			...['contact.additionalEmails', 'contact.additionalPhones', 'contact.followers'],
		],
		why: 'rows of a search have them, or requests; the sandbox answers the whole contact',
	},
	{
		operations: /^opportunity:/,
		properties: ['customFields[].fieldValue'],
		why: 'corrected in undocumented.ts: the value comes under one of several keys',
	},
	{
		operations: /^pipeline:getMany$/,
		properties: [
			...['stages[].position', 'stages[].showInFunnel', 'stages[].showInPieChart'],
			'stages[].stageWinProbability',
		],
		why: 'corrected in undocumented.ts: stages are declared as lists',
	},
	{
		operations: /^pipeline:getMany$/,
		properties: ['useOpportunityProbability', 'dateAdded', 'dateUpdated'],
		why: 'the answer of v3 has them',
	},
	{
		operations: /^(form|survey):getSubmissions$/,
		properties: ['others.email', 'others.first_name', 'others.last_name', 'others.phone'],
		why: 'the fields of the form, by their names',
	},
	{
		operations: /^conversation:getMany$/,
		properties: ['lastMessageDate'],
		why: 'rows are sorted by it (`last_message_date`), and only other answers describe it',
	},
];
