import { SANDBOX, type Sandbox } from '../../../sandbox';
import type { N8nClient } from '../../../tools/n8n/client';
import { consent, oauthForm, signInAddress, type Consent } from '../../../tools/n8n/signIn';
import type { CredentialRef } from '../../../tools/n8n/workflow';

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
	return { credential: { id, name }, signIn: await signInAddress(client, id) };
}

/** The whole dance without a browser: consent on the sandbox's page, back to n8n's callback. */
export async function connectByHttp(
	client: N8nClient,
	sandbox: Sandbox,
	access?: string,
	locationId: string = SANDBOX.locationId,
): Promise<{ credential: CredentialRef; signIn: URL; page: string }> {
	const { credential, signIn } = await startSignIn(client, sandbox, access);
	const page = await consent(client, signIn, { locationIds: [locationId] });
	return { credential, signIn, page };
}

/**
 * The dance of somebody who may be a user of the agency.
 *
 * @param fields more of the credential's form
 * @param name of the credential
 * @returns with the text of n8n's page after the sign-in
 */
export async function connectAs(
	client: N8nClient,
	sandbox: Sandbox,
	who: Consent,
	fields: Record<string, unknown> = {},
	name = `GHL of ${who.user ?? 'subaccount'} ${Date.now()}`,
): Promise<{ credential: CredentialRef; page: string }> {
	const manyLocations = who.user === 'agency';
	const data = { ...oauthForm(sandbox), manyLocations, ...fields };
	const { id } = await client.createCredential({ name, type: 'ghlOAuth2Api', data });
	const page = await consent(client, await signInAddress(client, id), who);
	return { credential: { id, name }, page };
}
