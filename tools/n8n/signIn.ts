import axios from 'axios';
import { SANDBOX, type Sandbox } from '../../sandbox';
import type { N8nClient } from './client';

/** What a person fills in for the sandbox's app; the hidden fields of the credential work out the rest. */
export function oauthForm(
	sandbox: Pick<Sandbox, 'ghlUrl' | 'marketplaceUrl'>,
	access = 'everything',
): Record<string, unknown> {
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

/** The address at which the sign-in of an OAuth2 credential in n8n begins. */
export const signInAddress = async (client: N8nClient, credentialId: string): Promise<URL> =>
	new URL(await client.request<string>('GET', `/rest/oauth2-credential/auth?id=${credentialId}`));

/** Who signs in on the sandbox's consent page. */
export interface Consent {
	/** A user of one sub-account where absent. */
	user?: 'agency' | 'subaccount';
	/** What is ticked or chosen. */
	locationIds: readonly string[];
}

/**
 * The rest of the dance without a browser: the consent form is sent, and n8n's callback is opened.
 *
 * @returns the status and the text of n8n's page: it answers 200 for failures too
 */
export async function consent(
	client: N8nClient,
	signIn: URL,
	{ user = 'subaccount', locationIds }: Consent,
): Promise<string> {
	const form = new URLSearchParams({ user, decision: 'allow' });
	for (const id of locationIds) form.append('location_id', id);
	const any = { validateStatus: () => true, maxRedirects: 0, proxy: false as const };
	const { headers } = await axios.post(signIn.href, form, any);
	const callback = String(headers.location);
	const done = await axios.get<string>(callback, { ...any, headers: { Cookie: client.session } });
	return `${done.status} ${done.data}`;
}
