import type { INodeParameters } from 'n8n-workflow';
import { HeyReachTrigger } from '../../nodes/HeyReach/HeyReachTrigger.node.ts';
import type { Sandbox } from '../../sandbox';
import { heyReachCredentials } from './heyReach';
import { hookFunctions, type NodeSetup } from './support';

export const trigger = new HeyReachTrigger();
const { checkExists, create, delete: remove } = trigger.webhookMethods.default;

/** Where the node under test is reached, in these tests. */
export const ADDRESS = 'https://n8n.example.com/webhook/webhook-of-node-under-test/webhook';

export type TriggerWorkflow = ReturnType<typeof triggerWorkflow>;

/** A workflow whose trigger has these parameters; its static data lasts from step to step. */
export function triggerWorkflow(
	sandbox: Pick<Sandbox, 'heyReachUrl'>,
	parameters: INodeParameters = {},
	more: Partial<NodeSetup> = {},
) {
	const setup: NodeSetup = {
		node: trigger,
		parameters,
		staticData: {},
		credentials: heyReachCredentials(sandbox),
		webhookBaseUrl: 'https://n8n.example.com/webhook',
		...more,
	};
	const hook = () => hookFunctions(setup);
	return {
		setup,
		/** What n8n does with the node's webhooks when the workflow is activated; whether it made any. */
		async activate() {
			if (await hook().call(checkExists)) return false;
			return await hook().call(create);
		},
		checkExists: async () => await hook().call(checkExists),
		deactivate: async () => await hook().call(remove),
		secret: () => String(setup.staticData?.secret),
	};
}

/** The webhooks that HeyReach has. */
export const webhooksOf = (sandbox: Sandbox) => [...sandbox.state.webhooks.values()];

type Webhook = ReturnType<typeof webhooksOf>[number];

/** A webhook that somebody else made, or that a person made by hand. */
export function plantWebhook(sandbox: Sandbox, webhookUrl: string, more: Partial<Webhook> = {}) {
	const id = sandbox.state.ids.nextNumber('webhook', 501);
	const webhook = { id, webhookName: 'planted', webhookUrl, eventType: 'MESSAGE_SENT' };
	const rest = { campaignIds: [], customHeaders: {}, isActive: true };
	sandbox.state.webhooks.set(id, { ...webhook, ...rest, ...more });
	return id;
}
