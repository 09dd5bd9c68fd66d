import axios from 'axios';
import { SANDBOX, type Sandbox } from '../../../sandbox';
import type { N8nClient } from '../../../tools/n8n/client';
import type { CredentialRef } from '../../../tools/n8n/workflow';

/** What a person fills in; the hidden fields of the credential work out the rest. */
function oauthForm(sandbox: Sandbox, access = 'everything'): Record<string, unknown> {
	return {
		clientId: SANDBOX.oauthClientId,
		clientSecret: SANDBOX.oauthClientSecret,
		appVersionId: SANDBOX.oauthVersionId,
		access,
		authHost: 'other',
		otherAuthHost: `${sandbox.marketplaceUrl}/v2`,
		baseUrl: sandbox.ghlUrl,
	};
}

/** Makes an OAuth2 credential in n8n and the address at which its sign-in begins. */
export async function startSignIn(
	client: N8nClient,
	sandbox: Sandbox,
	access?: string,
): Promise<{ credential: CredentialRef; signIn: URL }> {
	const name = `GHL OAuth2 ${access ?? ''} ${Date.now()}`;
	const { id } = await client.createCredential({
		name,
		type: 'ghlOAuth2Api',
		data: oauthForm(sandbox, access),
	});
	const address = await client.request<string>('GET', `/rest/oauth2-credential/auth?id=${id}`);
	return { credential: { id, name }, signIn: new URL(address) };
}

/** The whole dance without a browser: consent on the sandbox's page, back to n8n's callback. */
export async function connectByHttp(
	client: N8nClient,
	sandbox: Sandbox,
	access?: string,
	locationId: string = SANDBOX.locationId,
): Promise<{ credential: CredentialRef; signIn: URL; page: string }> {
	const { credential, signIn } = await startSignIn(client, sandbox, access);
	const form = new URLSearchParams({ location_id: locationId, decision: 'allow' });
	const any = { validateStatus: () => true, maxRedirects: 0, proxy: false as const };
	const consent = await axios.post(signIn.href, form, any);
	const callback = String(consent.headers.location);
	const done = await axios.get<string>(callback, { ...any, headers: { Cookie: client.session } });
	// n8n answers 200 for failures too: its page tells which it is.
	return { credential, signIn, page: `${done.status} ${done.data}` };
}
