import {
	flag,
	integer,
	list,
	object,
	orNull,
	page,
	paging,
	text,
	uri,
	whole,
	type HeyReachOperation,
} from './shapes';

const webhookName = { type: 'string', minLength: 3, maxLength: 25 };
/** Twelve are documented, more exist: any is taken. */
const eventType = { type: 'string', pattern: '^[A-Z_]+$' };
const customHeaders = orNull({ type: 'object', additionalProperties: text });
const byId = { webhookId: integer };

const webhook = object(
	{
		id: integer,
		webhookName: text,
		webhookUrl: text,
		eventType: text,
		campaignIds: list(integer),
		isActive: flag,
		customHeaders,
	},
	['id', 'webhookName', 'webhookUrl', 'eventType', 'campaignIds', 'isActive'],
);

export const webhooks: HeyReachOperation[] = [
	{
		method: 'POST',
		path: '/webhooks/CreateWebhook',
		confidence: 'C',
		body: object(
			{
				webhookName,
				webhookUrl: uri,
				eventType,
				campaignIds: list(integer),
				customHeaders,
			},
			['webhookName', 'webhookUrl', 'eventType', 'campaignIds'],
		),
		// Not documented; two clients read `webhookId`.
		answer: {
			...object({ webhookId: integer, id: integer }),
			anyOf: [{ required: ['webhookId'] }, { required: ['id'] }],
		},
	},
	{
		method: 'GET',
		path: '/webhooks/GetWebhookById',
		confidence: 'C',
		query: object({ ...byId, includeCustomHeaders: flag }, ['webhookId']),
		answer: webhook,
	},
	{
		method: 'POST',
		path: '/webhooks/GetAllWebhooks',
		confidence: 'C',
		body: object({ ...paging(), includeCustomHeaders: flag }),
		answer: page(webhook),
	},
	{
		method: 'PATCH',
		path: '/webhooks/UpdateWebhook',
		confidence: 'C',
		query: whole(byId),
		body: object({
			webhookName: orNull(webhookName),
			webhookUrl: orNull(uri),
			eventType: orNull(eventType),
			campaignIds: orNull(list(integer)),
			isActive: orNull(flag),
			customHeaders,
		}),
		answer: 'empty',
	},
	{
		method: 'DELETE',
		path: '/webhooks/DeleteWebhook',
		confidence: 'C',
		query: whole(byId),
		answer: 'empty',
	},
];
