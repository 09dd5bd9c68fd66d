import { SANDBOX } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import type { N8nClient } from './client';
import { consent, oauthForm, signInAddress } from './signIn';
import type { CredentialRef } from './workflow';

/** By credential type. */
export type Credentials = Record<
	'ghlPrivateIntegrationApi' | 'heyReachApi' | 'httpBasicAuth',
	CredentialRef
> & {
	/** Where an agency is connected. */
	ghlOAuth2Api?: CredentialRef;
};

/** A HeyReach workspace of a client of an agency. */
export interface ClientWorkspace {
	name: string;
	key: string;
}

/** Who may open the forms of the templates. */
export const FORM_LOGIN = { user: 'sandbox', password: 'Sandbox-2026' };

/**
 * Stores the sandbox's accounts in n8n and tests them there. Throws when a test is not green.
 *
 * @param workspaces that the HeyReach credential carries beside its own
 */
export async function connectSandbox(
	client: N8nClient,
	sandbox: Pick<Sandbox, 'ghlUrl' | 'heyReachUrl'>,
	workspaces: readonly ClientWorkspace[] = [],
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
			workspaces: workspacePlaces(workspaces),
			baseUrl: sandbox.heyReachUrl,
		}),
	};
}

/**
 * Connects the sandbox's app as a user of the agency who ticks these locations. The sandbox forgets
 * its tokens when it stops, so each start signs in anew.
 *
 * @throws when the nodes do not find these locations with the credential
 */
export async function connectAgency(
	client: N8nClient,
	sandbox: Pick<Sandbox, 'ghlUrl' | 'marketplaceUrl'>,
	locationIds: readonly string[],
): Promise<CredentialRef> {
	const name = 'GHL sandbox agency';
	const data = { ...oauthForm(sandbox), manyLocations: true };
	const { id } = await client.saveCredential({ name, type: 'ghlOAuth2Api', data });
	await consent(client, await signInAddress(client, id), { user: 'agency', locationIds });
	// n8n tests no OAuth2 credential. What its editor lists under Location tells as much.
	const { results } = await client.resourceLocatorResults({
		nodeTypeAndVersion: { name: 'n8n-nodes-ghl-heyreach.ghlContacts', version: 1 },
		methodName: 'searchLocations',
		path: 'parameters.location',
		currentNodeParameters: { authentication: 'oAuth2' },
		credentials: { ghlOAuth2Api: { id, name } },
	});
	const found = results.map(({ value }) => value);
	if (!locationIds.every((locationId) => found.includes(locationId)))
		throw new Error(`The credential "${name}" opens ${found.join(', ') || 'no location'}.`);
	return { id, name };
}

/** Each workspace in a place of its own, as the form of the credential holds them. */
const workspacePlaces = (workspaces: readonly ClientWorkspace[]): object =>
	Object.fromEntries(
		workspaces.map(({ name, key }, at) => [`workspace${at + 2}`, { name, apiKey: key }]),
	);
