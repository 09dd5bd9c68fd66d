import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/**
 * The secret that HighLevel's workflow action Custom Webhook sends in a header. It is a credential, so
 * that n8n encrypts it, keeps it out of exported workflows, and changes it in one place for all triggers.
 * A community node cannot use n8n's own Header Auth credential.
 */
export class GhlWebhookSecretApi implements ICredentialType {
	name = 'ghlWebhookSecretApi';

	displayName = 'HighLevel (GHL) Webhook Secret API';

	documentationUrl =
		'https://github.com/ghl-heyreach/n8n-nodes-ghl-heyreach/blob/main/docs/triggers.md#custom-webhook';

	icon: Icon = { light: 'file:../icons/ghl.svg', dark: 'file:../icons/ghl.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'X-Webhook-Secret',
			required: true,
			description: 'The header that carries the secret, as set in the Custom Webhook action',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'A secret of at least 16 characters, for example from a password generator',
		},
		{
			displayName: 'Previous Secret',
			name: 'previousSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The old secret, also accepted while you change the secret in the actions one by one. Clear it afterwards.',
		},
	];
}
