import { secretsIn } from '../redact';
import { campaignOf } from './campaigns';
import { notFound, refused } from './errors';
import type { Webhook } from './records';
import { page, route } from './route';
import type { Paging, Route } from './route';
import { fields, flag, listOf, nullable, paging, whole } from './validate';
import { webhookView } from './views';
import type { WorkspaceData } from './workspace';

/** The event types that a webhook can be made for: these and no other. */
const WEBHOOK_EVENT_TYPES = [
	'CONNECTION_REQUEST_SENT',
	'CONNECTION_REQUEST_ACCEPTED',
	'MESSAGE_SENT',
	'MESSAGE_REPLY_RECEIVED',
	'INMAIL_SENT',
	'INMAIL_REPLY_RECEIVED',
	'EVERY_MESSAGE_REPLY_RECEIVED',
	'FOLLOW_SENT',
	'LIKED_POST',
	'VIEWED_PROFILE',
	'CAMPAIGN_COMPLETED',
	'LEAD_TAG_UPDATED',
] as const;

/** All that deliveries are known to be of. */
export const EVENT_TYPES = [
	...WEBHOOK_EVENT_TYPES,
	'LEAD_AUTO_TAGGED_POSITIVE',
	'LEAD_AUTO_TAGGED_INTERESTED',
	'LEAD_AUTO_TAGGED_NOT_INTERESTED',
	'LEAD_AUTO_TAGGED_GENERIC',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

type WebhookBody = Omit<Webhook, 'id' | 'isActive' | 'customHeaders' | 'campaignIds'> & {
	/** Absent in requests of some programs: all campaigns. */
	campaignIds?: number[] | null;
	customHeaders?: Record<string, string> | null;
};

const webhookFields = {
	webhookName: { type: 'string', minLength: 3, maxLength: 25 },
	webhookUrl: { type: 'string', format: 'uri', pattern: '^https?://' },
	eventType: { enum: WEBHOOK_EVENT_TYPES },
	campaignIds: listOf(whole),
};
const customHeaders = nullable({ type: 'object', additionalProperties: { type: 'string' } });
const byId = { webhookId: whole };

function webhookOf(state: WorkspaceData, id: number): Webhook {
	const webhook = state.webhooks.get(id);
	if (webhook === undefined) throw notFound('Webhook', id);
	return webhook;
}

/** A webhook cannot be scoped to a campaign that is still a draft. */
function checkCampaigns(state: WorkspaceData, ids: number[]): void {
	for (const id of ids) {
		if (campaignOf(state, id).status === 'DRAFT') {
			throw refused(`Campaign ${id} is a draft; a webhook cannot be limited to it.`);
		}
	}
}

export const webhooks: Route[] = [
	route<WebhookBody>({
		method: 'POST',
		path: '/webhooks/CreateWebhook',
		body: fields(
			{ ...webhookFields, campaignIds: nullable(webhookFields.campaignIds), customHeaders },
			['webhookName', 'webhookUrl', 'eventType'],
		),
		// Not idempotent: the same URL and event make another webhook and duplicate deliveries.
		handle: ({ state, body }) => {
			const { webhookName, webhookUrl, eventType } = body;
			const campaignIds = body.campaignIds ?? [];
			checkCampaigns(state, campaignIds);
			const id = state.ids.nextNumber('webhook', 501);
			for (const secret of secretsIn(webhookUrl)) state.secrets.set(secret, 'webhook');
			state.webhooks.set(id, {
				id,
				webhookName,
				webhookUrl,
				eventType,
				campaignIds,
				isActive: true,
				customHeaders: body.customHeaders ?? {},
			});
			return { webhookId: id };
		},
	}),
	route<unknown, { webhookId: number; includeCustomHeaders?: boolean }>({
		method: 'GET',
		path: '/webhooks/GetWebhookById',
		query: fields({ ...byId, includeCustomHeaders: flag }, ['webhookId']),
		handle: ({ state, query }) =>
			webhookView(webhookOf(state, query.webhookId), query.includeCustomHeaders),
	}),
	route<Paging & { includeCustomHeaders?: boolean }>({
		method: 'POST',
		path: '/webhooks/GetAllWebhooks',
		body: fields({ ...paging(), includeCustomHeaders: flag }),
		handle: ({ state, body }) =>
			page([...state.webhooks.values()], body, (webhook) =>
				webhookView(webhook, body.includeCustomHeaders),
			),
	}),
	route<{ [Key in keyof Webhook]?: Webhook[Key] | null }, { webhookId: number }>({
		method: 'PATCH',
		path: '/webhooks/UpdateWebhook',
		query: fields(byId, ['webhookId']),
		body: fields({
			webhookName: nullable(webhookFields.webhookName),
			webhookUrl: nullable(webhookFields.webhookUrl),
			eventType: nullable(webhookFields.eventType),
			campaignIds: nullable(webhookFields.campaignIds),
			isActive: nullable(flag),
			customHeaders,
		}),
		// null or absent keeps; an empty campaignIds means all campaigns.
		handle: ({ state, query, body }) => {
			const webhook = webhookOf(state, query.webhookId);
			checkCampaigns(state, body.campaignIds ?? []);
			state.webhooks.set(webhook.id, {
				id: webhook.id,
				webhookName: body.webhookName ?? webhook.webhookName,
				webhookUrl: body.webhookUrl ?? webhook.webhookUrl,
				eventType: body.eventType ?? webhook.eventType,
				campaignIds: body.campaignIds ?? webhook.campaignIds,
				isActive: body.isActive ?? webhook.isActive,
				customHeaders: body.customHeaders ?? webhook.customHeaders,
			});
		},
	}),
	route<unknown, { webhookId: number }>({
		method: 'DELETE',
		path: '/webhooks/DeleteWebhook',
		query: fields(byId, ['webhookId']),
		handle: ({ state, query }) => {
			state.webhooks.delete(webhookOf(state, query.webhookId).id);
		},
	}),
];
