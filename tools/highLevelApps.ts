import type { Sandbox } from '../sandbox';
import type { N8nClient } from './n8n/client';
import type { ImportedTemplate } from './templates';

const GHL_TRIGGER = 'n8n-nodes-ghl-heyreach.ghlTrigger';

/**
 * Writes the address of each GHL Trigger of a workflow that is on into the sandbox, with the events
 * that it waits for, as people do it in HighLevel's marketplace: one app for each workflow, for an
 * app knows one address.
 */
export async function registerGhlTriggers(
	client: N8nClient,
	sandbox: Pick<Sandbox, 'ghlWebhooks'>,
	templates: readonly ImportedTemplate[],
): Promise<void> {
	sandbox.ghlWebhooks.subscriptions = [];
	for (const { id, active } of templates) {
		if (!active) continue;
		const workflow = await client.workflow(id);
		for (const { name, type, parameters, disabled } of workflow.nodes) {
			if (type !== GHL_TRIGGER || disabled) continue;
			const url = await client.webhookUrl(workflow, name);
			await client.waitForWebhook(url);
			sandbox.ghlWebhooks.subscriptions.push({ url, events: parameters.events as string[] });
		}
	}
}
