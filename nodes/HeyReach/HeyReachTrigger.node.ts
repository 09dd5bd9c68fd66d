import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { credentialTest } from './credentialTest';
import { deliveries } from './trigger/delivery';
import { postWebhook } from '../engine/webhook/properties';
import { receive } from '../engine/webhook/receive';
import { triggerLoadOptions } from './editor/loadOptions';
import { createWebhooks, removeWebhooks, webhooksExist } from './trigger/registration';
import { triggerProperties } from './trigger/settings';

export class HeyReachTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HeyReach Trigger',
		name: 'heyReachTrigger',
		icon: { light: 'file:../../icons/heyreach.svg', dark: 'file:../../icons/heyreach.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ").replaceAll("_", " ") }}',
		// n8n shows it above the actions of HeyReach too, so it fits both.
		description:
			'LinkedIn campaigns, leads and conversations in HeyReach. HeyReach Trigger starts the workflow when something happens there, such as a reply.',
		eventTriggerDescription: 'Waiting for HeyReach to send one of the chosen events',
		activationMessage: 'HeyReach now sends the chosen events to this workflow.',
		triggerPanel: {
			header: 'Get events from HeyReach',
			executionsHelp: {
				inactive:
					"<b>While you build</b>, click the 'listen' button and let one of the chosen events happen in HeyReach. It shows up here in the editor.<br /><br /><b>When you are done</b>, publish the workflow: it then runs for each event automatically. You do not have to set up anything in HeyReach; this node adds its webhooks there and removes them again.",
				active:
					"<b>The workflow is active</b> and runs for each event: see the <a data-key='executions'>executions list</a>.<br /><br /><b>To try out a change</b>, click the 'listen' button and let one of the chosen events happen in HeyReach. It shows up here in the editor.",
			},
			activationHint:
				'Publish the workflow, and it runs for each event without a click on this button.',
		},
		defaults: { name: 'HeyReach Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'heyReachApi', required: true, testedBy: 'testHeyReachApi' }],
		webhooks: [postWebhook],
		properties: triggerProperties,
	};

	methods = { credentialTest, loadOptions: triggerLoadOptions };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await webhooksExist(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await createWebhooks(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await removeWebhooks(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, deliveries);
	}
}
