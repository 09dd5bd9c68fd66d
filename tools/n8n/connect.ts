import { SANDBOX } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import type { N8nClient } from './client';
import type { CredentialRef } from './workflow';

/** By credential type. */
export type Credentials = Record<
	'ghlPrivateIntegrationApi' | 'heyReachApi' | 'httpBasicAuth',
	CredentialRef
>;

/** Who may open the forms of the templates. */
export const FORM_LOGIN = { user: 'sandbox', password: 'Sandbox-2026' };

/** Stores the sandbox's accounts in n8n and tests them there. Throws when a test is not green. */
export async function connectSandbox(
	client: N8nClient,
	sandbox: Pick<Sandbox, 'ghlUrl' | 'heyReachUrl'>,
): Promise<Credentials> {
	const save = async (name: string, type: string, data: Record<string, unknown>) => {
		const { id } = await client.saveCredential({ name, type, data });
		const { status, message } = await client.testCredential(id);
		if (status !== 'OK') throw new Error(`The credential "${name}" does not work: ${message}`);
		return { id, name };
	};
	// n8n has nothing to test this one against.
	const forms = await client.saveCredential({
		name: 'Forms of the templates',
		type: 'httpBasicAuth',
		data: FORM_LOGIN,
	});
	return {
		httpBasicAuth: { id: forms.id, name: forms.name },
		ghlPrivateIntegrationApi: await save('GHL sandbox', 'ghlPrivateIntegrationApi', {
			token: SANDBOX.privateToken,
			locationId: SANDBOX.locationId,
			baseUrl: sandbox.ghlUrl,
		}),
		heyReachApi: await save('HeyReach sandbox', 'heyReachApi', {
			apiKey: SANDBOX.heyReachKey,
			baseUrl: sandbox.heyReachUrl,
		}),
	};
}
