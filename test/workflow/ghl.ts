import type { INode, INodeParameters } from 'n8n-workflow';
import { GhlOAuth2Api } from '../../credentials/GhlOAuth2Api.credentials';
import { GhlPrivateIntegrationApi } from '../../credentials/GhlPrivateIntegrationApi.credentials';
import { GhlContacts } from '../../nodes/Ghl/GhlContacts.node.ts';
import { ACCESS_PRESETS } from '../../nodes/Ghl/accessPresets';
import { ghlResources } from '../../nodes/Ghl/resources';
import { SANDBOX, type Grant, type Sandbox } from '../../sandbox';
import { exampleFile } from '../examples/values';
import { CredentialStore, runNode, type Items } from './support';

export interface GhlRun {
	/** Default: one empty item with the file of the examples. */
	items?: Items;
	token?: string;
	locationId?: string;
	onError?: INode['onError'];
	credentials?: CredentialStore;
	abortWhen?: Promise<unknown>;
	/** Of the workflow; UTC without it. */
	timezone?: string;
}

/** The operations that are about the agency and not about one location. */
export const ofAgency = ghlResources.flatMap(({ value, operations }) =>
	operations
		// That of one location may search too, and finds itself.
		.filter(({ asOwner, request }) => asOwner === true && request.path !== '/locations/search')
		.map((operation) => `${value}:${operation.value}`),
);

export function ghlCredentials(
	sandbox: Pick<Sandbox, 'ghlUrl'>,
	run: GhlRun = {},
): CredentialStore {
	return new CredentialStore([new GhlPrivateIntegrationApi(), new GhlOAuth2Api()], {
		ghlOAuth2Api: {
			clientId: SANDBOX.oauthClientId,
			clientSecret: SANDBOX.oauthClientSecret,
			baseUrl: sandbox.ghlUrl,
			oauthTokenData: {
				access_token: run.token ?? SANDBOX.agencyAppToken,
				userType: 'Company',
				companyId: SANDBOX.companyId,
			},
		},
		ghlPrivateIntegrationApi: {
			token: run.token ?? SANDBOX.privateToken,
			locationId: run.locationId ?? SANDBOX.locationId,
			baseUrl: sandbox.ghlUrl,
		},
	});
}

/** A connected OAuth2 credential, as n8n stores it, with all scopes where `grant` names none. */
export function connectedGhl(
	sandbox: Sandbox,
	grant: Partial<Grant> = {},
	more = {},
): CredentialStore {
	const scopes = ACCESS_PRESETS.find(({ value }) => value === 'everything')?.scopes ?? [];
	const { locationId } = SANDBOX;
	const token = sandbox.oauth.issue({ level: 'Location', locationId, scopes, ...grant });
	return new CredentialStore([new GhlOAuth2Api()], {
		ghlOAuth2Api: {
			clientId: SANDBOX.oauthClientId,
			clientSecret: SANDBOX.oauthClientSecret,
			baseUrl: sandbox.ghlUrl,
			oauthTokenData: { ...token },
			...more,
		},
	});
}

/** One that is good for the operation: HighLevel refuses to a private integration a search through locations, and conversation providers. */
export const tokenFor = (operation: string): string => {
	if (ofAgency.includes(operation)) return SANDBOX.agencyAppToken;
	return ofApp.includes(operation) ? SANDBOX.appToken : SANDBOX.privateToken;
};

const ofApp = ['contact:lookUp', 'location:getMany', 'message:addInbound', 'message:updateStatus'];

/** As in n8n, one instance for all runs. */
const node = new GhlContacts();

/** Runs `contact:create` and the like in n8n's own engine against the sandbox. */
export async function runGhl(
	sandbox: Pick<Sandbox, 'ghlUrl'>,
	operation: string,
	parameters: INodeParameters,
	run: GhlRun = {},
) {
	const [resource, value] = operation.split(':');
	const token = run.token ?? tokenFor(operation);
	const result = await runNode({
		node,
		parameters: {
			...(ofAgency.includes(operation) && { authentication: 'oAuth2' }),
			...{ resource, operation: value, ...parameters },
		},
		items: run.items ?? [{ json: {}, binary: exampleFile }],
		credentials: run.credentials ?? ghlCredentials(sandbox, { ...run, token }),
		onError: run.onError,
		abortWhen: run.abortWhen,
		timezone: run.timezone,
	});
	const json = (result.outputs[0] ?? []).map((item) => item.json);
	return { ...result, json };
}

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const byName = (value: string) => ({ __rl: true, mode: 'name', value });

/** The calls that HighLevel got, as `POST /contacts/`. */
export function callsOf(sandbox: Sandbox): string[] {
	return sandbox.requests
		.list({ service: 'highlevel' })
		.map(({ method, path }) => `${method} ${path}`);
}
