import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IHookFunctions,
	INodeCredentialTestResult,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { toNodeError } from '../engine/call/errors';
import { postWebhook } from '../engine/webhook/properties';
import { receive } from '../engine/webhook/receive';
import { deliveries } from './trigger/delivery';
import { readTriggerSettings, triggerProperties } from './trigger/settings';
import { testSecret } from './trigger/secret';

export class GhlTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GHL Trigger',
		name: 'ghlTrigger',
		icon: { light: 'file:../../icons/ghl.svg', dark: 'file:../../icons/ghl.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["authentication"] === "secretHeader" ? "Custom Webhook" : ($parameter["events"].join(", ") || "all events") }}',
		description:
			'Starts the workflow when HighLevel sends a webhook: contacts, notes, tasks, appointments, opportunities, messages …',
		eventTriggerDescription: 'Waiting for HighLevel to send one of the chosen events',
		activationMessage:
			'This workflow now receives the events that HighLevel sends to its production URL.',
		triggerPanel: {
			header: 'Get events from HighLevel',
			executionsHelp: {
				inactive:
					'<b>While you build</b>, put the <b>Test URL</b> into HighLevel, click the ‘listen’ button and let one of the chosen events happen there. It shows up here in the editor.<br /><br /><b>When you are done</b>, put the <b>Production URL</b> into HighLevel and publish the workflow: it then runs for each event automatically.<br /><br /><b>Where in HighLevel:</b> marketplace.gohighlevel.com &gt; My Apps &gt; your app &gt; Advanced Settings &gt; Webhooks. You have to do this by hand: HighLevel’s API cannot do it.',
				active:
					"<b>The workflow is active</b> and runs for each event that HighLevel sends to the <b>Production URL</b>: see the <a data-key='executions'>executions list</a>.<br /><br /><b>To try out a change</b>, put the <b>Test URL</b> into HighLevel for a moment, click the 'listen' button and let one of the chosen events happen there.",
			},
			activationHint:
				'Publish the workflow, and it runs for each event without a click on this button.',
		},
		defaults: { name: 'GHL Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'ghlWebhookSecretApi',
				required: true,
				testedBy: 'webhookSecretTest',
				displayOptions: { show: { authentication: ['secretHeader'] } },
			},
		],
		webhooks: [postWebhook],
		properties: triggerProperties,
	};

	methods = {
		credentialTest: {
			async webhookSecretTest(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				return testSecret(credential);
			},
		},
	};

	/** HighLevel's webhooks are set by hand: all there is to do here is to look at the settings. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				try {
					readTriggerSettings(this);
				} catch (error) {
					throw toNodeError(this.getNode(), error);
				}
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, deliveries);
	}
}
