import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { GhlWebhookSecretApi } from '../../credentials/GhlWebhookSecretApi.credentials';
import { GhlTrigger } from '../../nodes/Ghl/GhlTrigger.node.ts';
import { CredentialStore, webhookFunctions, type Delivery, type NodeSetup } from './support';

export const trigger = new GhlTrigger();

/** HighLevel's private key is HighLevel's: the tests sign with a pair of their own. */
const pair = generateKeyPairSync('ed25519');
export const publicKey = String(pair.publicKey.export({ type: 'spki', format: 'pem' }));

export const SECRET = 'a-secret-of-the-workflow-builder';

export const webhookSecret = (more: ICredentialDataDecryptedObject = {}) =>
	new CredentialStore([new GhlWebhookSecretApi()], {
		ghlWebhookSecretApi: { headerName: 'X-Webhook-Secret', secret: SECRET, ...more },
	});

/** The signature of these bytes, as HighLevel puts it into its header. */
export function signature(bytes: Buffer | string, key: KeyObject = pair.privateKey): string {
	return sign(null, Buffer.from(bytes), key).toString('base64');
}

let webhooks = 0;

/** An event as live deliveries have it, with a `webhookId` of its own. */
export function event(more: IDataObject = {}): IDataObject {
	return {
		type: 'ContactCreate',
		locationId: 'location1',
		id: 'contact1',
		firstName: 'Ann',
		appId: 'app1',
		versionId: 'app1',
		webhookId: `webhook-${++webhooks}`,
		timestamp: new Date().toISOString(),
		...more,
	};
}

/** A delivery of these bytes with a good signature; headers can be laid over it. */
export function signedDelivery(body: IDataObject | string | Buffer, more: Delivery = {}): Delivery {
	const isText = typeof body === 'string' || Buffer.isBuffer(body);
	const rawBody = Buffer.from(isText ? body : JSON.stringify(body));
	return { rawBody, ...more, headers: { 'x-ghl-signature': signature(rawBody), ...more.headers } };
}

/** What became of one request to GHL Trigger. */
export interface Outcome {
	/** What the workflow was started with; absent if it was not. */
	items?: IDataObject[];
	/** Of the answer: the node's own, or the 200 that n8n gives. */
	status: number;
	body: unknown;
	logs: string[];
	finish(statusCode?: number): void;
	hangUp(): void;
}

/** A workflow with GHL Trigger, which takes requests. */
export function ghlWorkflow(parameters: INodeParameters = {}, more: Partial<NodeSetup> = {}) {
	const { options, ...rest } = parameters;
	const setup: NodeSetup = {
		node: trigger,
		mode: 'webhook',
		...more,
		parameters: { ...rest, options: { publicKeys: publicKey, ...(options as INodeParameters) } },
	};
	return async (delivery: Delivery): Promise<Outcome> => {
		const call = webhookFunctions({ ...setup, ...delivery });
		const { result, sent } = await call.deliver();
		const answer = result.webhookResponse as unknown;
		return {
			items: result.workflowData?.[0].map((item) => item.json),
			status: sent.statusCode,
			body: sent.ended ? sent.body : answer,
			logs: call.logs,
			finish: (statusCode) => sent.finish(statusCode),
			hangUp: () => sent.hangUp(),
		};
	};
}
