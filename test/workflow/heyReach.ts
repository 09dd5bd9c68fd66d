import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { HeyReachApi } from '../../credentials/HeyReachApi.credentials';
import { HeyReach } from '../../nodes/HeyReach/HeyReach.node.ts';
import { SANDBOX, type Sandbox } from '../../sandbox';
import { CredentialStore, runNode } from './support';

export interface HeyReachRun {
	items?: IDataObject[];
	apiKey?: string;
	/** In place of the credential with one key. */
	credentials?: CredentialStore;
	onError?: INode['onError'];
	abortWhen?: Promise<unknown>;
	/** Of the workflow; UTC without it. */
	timezone?: string;
}

/** The operations that HeyReach takes an organization key for. */
export const isOfOrganization = (key: string) => /^(workspace|organizationUser):/.test(key);

export function heyReachCredentials(
	sandbox: Pick<Sandbox, 'heyReachUrl'>,
	more: { apiKey?: string; baseUrl?: string } = {},
): CredentialStore {
	return new CredentialStore([new HeyReachApi()], {
		heyReachApi: { apiKey: SANDBOX.heyReachKey, baseUrl: sandbox.heyReachUrl, ...more },
	});
}

/** The workspaces of the sandbox's clients, as the credential carries them. */
export const CLIENT_WORKSPACES: IDataObject = Object.fromEntries(
	SANDBOX.heyReachClients.map(({ name, key }, at) => [`workspace${at + 2}`, { name, apiKey: key }]),
);

/** The same without one of them. */
export const workspacesWithout = (name: string): IDataObject =>
	Object.fromEntries(
		Object.entries(CLIENT_WORKSPACES).filter(
			([, workspace]) => (workspace as IDataObject).name !== name,
		),
	);

/** A credential with the workspaces of three clients, for a sandbox with `heyReachClients`. */
export function agencyCredentials(
	sandbox: Pick<Sandbox, 'heyReachUrl'>,
	workspaces = CLIENT_WORKSPACES,
): CredentialStore {
	const store = heyReachCredentials(sandbox);
	store.change('heyReachApi', { workspaces });
	return store;
}

/** As in n8n, one instance for all runs. */
const node = new HeyReach();

/** Runs `campaign:getMany` and the like in n8n's own engine against the sandbox. */
export async function runHeyReach(
	sandbox: Pick<Sandbox, 'heyReachUrl'>,
	operation: string,
	parameters: INodeParameters,
	run: HeyReachRun = {},
) {
	const [resource, value] = operation.split(':');
	const own = isOfOrganization(operation) ? SANDBOX.heyReachOrganizationKey : SANDBOX.heyReachKey;
	const result = await runNode({
		node,
		parameters: { resource, operation: value, ...parameters },
		items: run.items ?? [{}],
		credentials: run.credentials ?? heyReachCredentials(sandbox, { apiKey: run.apiKey ?? own }),
		onError: run.onError,
		abortWhen: run.abortWhen,
		timezone: run.timezone,
	});
	const json = (result.outputs[0] ?? []).map((item) => item.json);
	return { ...result, json };
}

/** The calls that HeyReach got, as `POST /campaign/GetAll`. */
export function heyReachCalls(sandbox: Sandbox): string[] {
	return sandbox.requests
		.list({ service: 'heyreach' })
		.map(({ method, path }) => `${method} ${path}`);
}
