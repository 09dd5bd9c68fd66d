import * as n8nWorkflow from 'n8n-workflow';
import type { INodeProperties, IWebhookDescription } from 'n8n-workflow';
import { BadInput } from '../badInput';
import { unreadableEntries } from './ipAllowlist';

/** In the words of n8n's own Webhook node. */
export const ipAllowlist: INodeProperties = {
	displayName: 'IP(s) Allowlist',
	name: 'ipAllowlist',
	type: 'string',
	default: '',
	placeholder: 'e.g. 127.0.0.1, 192.168.1.0/24',
	description:
		'Comma-separated list of allowed IP addresses or CIDR ranges. Leave empty to allow all IPs.',
};

/** @throws BadInput for an entry that is no address: such a list would refuse everybody */
export function checkAllowlist(allowlist: string): void {
	const [entry] = unreadableEntries(allowlist);
	if (entry === undefined) return;
	throw new BadInput(
		`“${entry}” in IP(s) Allowlist is not an IP address`,
		'Use addresses like 203.0.113.7 or ranges like 203.0.113.0/24, separated by commas.',
	);
}

/** In the words of n8n's own Webhook node. */
export const respond: INodeProperties = {
	displayName: 'Respond',
	name: 'respond',
	type: 'options',
	options: [
		{
			name: 'Immediately',
			value: 'onReceived',
			description: 'Confirm once n8n has stored the execution. Right for most workflows.',
		},
		{
			name: 'When Last Node Finishes',
			value: 'lastNode',
			description:
				'Confirm once the workflow has ended without an error. If it fails or n8n stops, the event is sent again. Only for workflows that take seconds.',
		},
	],
	default: 'lastNode',
	description: 'When to confirm to the sender that the event arrived',
};

/** Newer n8n have them; n8n 1 has not. */
const { fromParameter, webhookDescriptionFields } = n8nWorkflow as Partial<typeof n8nWorkflow>;

/**
 * When the trigger answers. A newer n8n reads the parameter itself; the expression alone would cost it an
 * evaluation in an isolate with each delivery.
 */
const responseMode: Pick<IWebhookDescription, 'responseMode'> =
	fromParameter && webhookDescriptionFields
		? webhookDescriptionFields({
				responseMode: fromParameter(['options', 'respond'], 'onReceived'),
			})
		: { responseMode: '={{$parameter["options"]["respond"] || "onReceived"}}' };

/** The webhook of a trigger: POST only. The answer holds nothing of the workflow's output. */
export const postWebhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	...responseMode,
	responseData: 'noData',
	path: 'webhook',
};
