import type { FastifyInstance } from 'fastify';
import { CONTACT_ACTS } from './contactActs';
import type { ContactAct } from './contactActs';
import { count, flag, object, share, text, textsByName } from './controlSchemas';
import type { Flood } from './flood';
import type { WrittenByUser } from './ghl/providerMessages';
import type { ConversationProvider } from './ghl/records';
import { EVENT_TYPES as GHL_EVENT_TYPES } from './ghl/webhooks/eventTypes';
import { legacyPublicKey, PUBLIC_KEY, SIGNATURES } from './ghl/webhooks/keys';
import type { GhlEvent, Subscription, WorkflowWebhook } from './ghl/webhooks/sender';
import { EVENT_TYPES } from './heyreach/webhooks';
import type { WorkspaceEvent } from './heyreach/workspaceEvents';
import type { Sandbox } from './sandbox';
import { redact } from './redact';

const heyReachEvent = object(
	{
		eventType: { enum: EVENT_TYPES },
		leadId: text,
		profileUrl: text,
		campaignId: { type: 'integer', nullable: true },
		upperCase: flag,
		omitEventType: flag,
		flat: { enum: ['camel', 'snake'] },
		message: text,
		attachment: flag,
		correlationId: text,
		daysLater: count,
		test: flag,
		workspaceId: count,
	},
	['eventType'],
);
const subscription = object(
	{ url: text, events: { type: 'array', items: text }, legacySignature: flag },
	['url'],
);
const ghlEvent = object(
	{
		type: text,
		recordId: text,
		payload: { type: 'object' },
		omit: { type: 'array', items: text },
		webhookId: text,
		signature: { enum: SIGNATURES },
		url: text,
	},
	['type'],
);
const workflowWebhook = object(
	{ url: text, headers: textsByName, contactId: text, payload: { type: 'object' } },
	['url'],
);
const providers = object(
	{
		providers: {
			type: 'array',
			items: object(
				{ id: text, name: text, type: { enum: ['SMS', 'Email'] }, custom: flag, deliveryUrl: text },
				['id', 'name', 'type', 'custom', 'deliveryUrl'],
			),
		},
	},
	['providers'],
);
const writtenByUser = object(
	{
		contactId: text,
		message: text,
		conversationProviderId: text,
		userId: text,
		attachments: { type: 'array', items: text },
	},
	['contactId', 'message'],
);
const flood = object(
	{
		service: { enum: ['highlevel', 'heyreach'] },
		events: { ...count, maximum: 20_000 },
		duplicates: share,
		connections: { type: 'integer', minimum: 1, maximum: 200 },
		seed: count,
		types: { type: 'array', items: text, minItems: 1 },
	},
	['service', 'events'],
);

const redacted = (set: Subscription): object => ({ ...set, url: redact(set.url) });

/** The webhooks of the marketplace apps, as HighLevel's developer pages show them. */
function ghlView({ ghlWebhooks: { subscription: set, subscriptions } }: Sandbox): object {
	return {
		publicKey: PUBLIC_KEY,
		...(set?.legacySignature === true ? { legacyPublicKey: legacyPublicKey() } : {}),
		eventTypes: GHL_EVENT_TYPES,
		subscription: set === undefined ? null : redacted(set),
		subscriptions: subscriptions.map(redacted),
	};
}

/** Events of both services: who listens, what was delivered, and sending by hand. */
export async function controlWebhooks(
	app: FastifyInstance,
	{ sandbox }: { sandbox: Sandbox },
): Promise<void> {
	const { ghlWebhooks } = sandbox;
	app.post<{ Body: WorkspaceEvent }>(
		'/control/heyreach/events',
		{ schema: { body: heyReachEvent } },
		({ body }) => sandbox.sendHeyReachEvent(body),
	);

	app.get('/control/highlevel/webhooks', () => ghlView(sandbox));
	app.put<{ Body: Subscription }>(
		'/control/highlevel/webhooks',
		{ schema: { body: subscription } },
		({ body }) => {
			ghlWebhooks.subscription = body;
			return ghlView(sandbox);
		},
	);
	app.post<{ Body: Subscription }>(
		'/control/highlevel/webhooks',
		{ schema: { body: subscription } },
		({ body }) => {
			ghlWebhooks.subscriptions.push(body);
			return ghlView(sandbox);
		},
	);
	app.delete('/control/highlevel/webhooks', () => {
		ghlWebhooks.subscription = undefined;
		return ghlView(sandbox);
	});
	app.delete<{ Params: { at: number } }>(
		'/control/highlevel/webhooks/:at',
		{ schema: { params: object({ at: count }) } },
		({ params: { at } }) => {
			ghlWebhooks.subscriptions.splice(at, 1);
			return ghlView(sandbox);
		},
	);
	app.post<{ Params: { id: string; act: ContactAct }; Body: { text?: string } }>(
		'/control/highlevel/contacts/:id/:act',
		{
			schema: {
				params: object({ id: text, act: { enum: CONTACT_ACTS } }),
				body: object({ text: { ...text, minLength: 1 } }),
			},
		},
		({ params: { id, act }, body }) => {
			sandbox.actOnContact(id, { act, ...body });
			return { contact: sandbox.state.contacts.get(id) };
		},
	);
	app.post<{ Body: GhlEvent }>(
		'/control/highlevel/events',
		{ schema: { body: ghlEvent } },
		async ({ body }) => ({ delivery: (await ghlWebhooks.send(body)) ?? null }),
	);
	app.post<{ Body: WorkflowWebhook }>(
		'/control/highlevel/workflow-webhook',
		{ schema: { body: workflowWebhook } },
		async ({ body }) => ({ delivery: await ghlWebhooks.sendWorkflow(body) }),
	);
	app.put<{ Body: { providers: ConversationProvider[] } }>(
		'/control/highlevel/conversation-providers',
		{ schema: { body: providers } },
		({ body }) => {
			const { conversationProviders: known } = sandbox.state;
			known.clear();
			for (const provider of body.providers) known.set(provider.id, provider);
			return body;
		},
	);
	app.post<{ Body: WrittenByUser }>(
		'/control/highlevel/provider-messages',
		{ schema: { body: writtenByUser } },
		({ body }) => ({ message: sandbox.writeAsUser(body) }),
	);
	app.get<{ Querystring: { limit?: number } }>(
		'/control/highlevel/deliveries',
		{ schema: { querystring: object({ limit: { ...count, minimum: 1 } }) } },
		({ query: { limit = 1000 } }) => ({ deliveries: ghlWebhooks.deliveries.slice(-limit) }),
	);
	app.post<{ Params: { id: number } }>(
		'/control/highlevel/deliveries/:id/resend',
		{ schema: { params: object({ id: count }) } },
		async ({ params }) => ({ delivery: await ghlWebhooks.resend(params.id) }),
	);

	app.post<{ Body: Flood }>('/control/flood', { schema: { body: flood } }, ({ body }) =>
		sandbox.flood(body),
	);
}
