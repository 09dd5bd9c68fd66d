import type { INodeParameters } from 'n8n-workflow';
import { event, ghlWorkflow, signature, signedDelivery } from '../workflow/ghlTrigger';
import { heyReachCredentials } from '../workflow/heyReach';
import { triggerWorkflow } from '../workflow/heyReachTrigger';
import { webhookFunctions, type Delivery } from '../workflow/support';
import type { Workspace } from './agency';

/** What n8n does with a delivery. */
interface Taken {
	/** Whether the workflow starts. */
	isStarted: boolean;
	status: number;
	/** n8n answers. */
	finish(statusCode?: number): void;
	hangUp(): void;
}

/** A published workflow that begins with a webhook trigger of this package. */
export interface Receiver {
	take(delivery: Delivery): Promise<Taken>;
	/** As the service sends it. */
	genuine(id: string): Delivery;
	/** As a stranger sends it. */
	forged(id: string): Delivery;
	/** n8n's own data of the node; the database keeps it. */
	staticData(): unknown;
	unpublish(): Promise<void>;
}

/** Of an event of HighLevel, which has about 800 bytes. */
const contact = {
	address1: '3535 1st St N',
	city: 'Dolomite',
	companyName: 'Loram ipsum',
	dateAdded: '2026-11-26T12:41:02.193Z',
	email: 'john.deo@example.com',
	phone: '+919509597501',
	tags: ['customer', 'newsletter', 'linkedin-replied'],
	customFields: Array.from({ length: 4 }, (_, at) => ({ id: `field${at}`, value: 'x' })),
};

export async function ghlReceiver(workflowId: string): Promise<Receiver> {
	const deliver = ghlWorkflow({}, { workflowId });
	const body = (id: string) => JSON.stringify(event({ ...contact, webhookId: id }));
	return {
		take: async (delivery) => {
			const { items, ...taken } = await deliver(delivery);
			return { ...taken, isStarted: items !== undefined };
		},
		genuine: (id) => signedDelivery(body(id)),
		forged: (id) => ({
			rawBody: body(id),
			headers: { 'x-ghl-signature': signature(body('another')) },
		}),
		staticData: () => undefined,
		unpublish: async () => {},
	};
}

const events: INodeParameters = { events: ['every_message_reply_received'] };

/** It registers its webhook in the sandbox, as n8n does when a workflow is published. */
export async function heyReachReceiver(
	workflowId: string,
	heyReachUrl: string,
	{ key }: Workspace,
): Promise<Receiver> {
	const credentials = heyReachCredentials({ heyReachUrl }, { apiKey: key });
	const webhookBaseUrl = `https://n8n.example.com/${workflowId}`;
	const more = { workflowId, credentials, webhookBaseUrl };
	const flow = triggerWorkflow({ heyReachUrl }, events, more);
	await flow.activate();
	const body = (id: string) => ({
		event_type: 'every_message_reply_received',
		correlation_id: id,
		lead: contact,
	});
	return {
		take: async (delivery) => {
			const call = webhookFunctions({ ...flow.setup, mode: 'webhook', ...delivery });
			const { result, sent } = await call.deliver();
			const isStarted = result.workflowData !== undefined;
			return { isStarted, status: sent.statusCode, finish: sent.finish, hangUp: sent.hangUp };
		},
		genuine: (id) => ({ body: body(id), query: { secret: flow.secret() } }),
		forged: (id) => ({ body: body(id), query: { secret: 'f'.repeat(64) } }),
		staticData: () => flow.setup.staticData,
		unpublish: async () => void (await flow.deactivate()),
	};
}
