import { createHash } from 'node:crypto';
import type { INodeProperties } from 'n8n-workflow';
import { checkedBaseUrl } from '../engine/baseUrl';
import { BadInput } from '../engine/badInput';
import { isObject, numberIn } from '../engine/values';
import { parameterOf } from '../engine/call/parameter';
import type { Account, Answer, ApiContext, LimitReport, Service } from '../engine/operation';
import { AGENCY_ADVICE, problemOf } from './problems';

/** The documented Version headers. Those of calendars and conversations are older than the others. */
const VERSIONS: Array<[prefix: string, version: string]> = [
	['/calendars/', '2021-04-15'],
	['/conversations/', '2021-04-15'],
	['/', '2021-07-28'],
];

/** The Version header for a path. */
export function apiVersion(template: string): string {
	return VERSIONS.find(([prefix]) => template.startsWith(prefix))?.[1] ?? '2021-07-28';
}

/** HighLevel's API v2: 100 calls per 10 s for each app and location, and 200,000 a day. */
export const highLevel: Service = {
	name: 'HighLevel',
	limit: { max: 100, intervalMs: 10_000, concurrency: 20 },
	connect,
	headers: (call) => ({ Accept: 'application/json', Version: apiVersion(call.template) }),
	problemOf,
	readLimits,
	// As HighLevel's own SDK writes a list.
	listFormat: 'brackets',
	timeoutMs: 60_000,
};

/** Documented in docs/apis/highlevel.md#limits. */
function readLimits(headers: Answer['headers']): LimitReport {
	return {
		max: numberIn(headers['x-ratelimit-max']) || undefined,
		intervalMs: numberIn(headers['x-ratelimit-interval-milliseconds']) || undefined,
		remaining: numberIn(headers['x-ratelimit-remaining']),
		quotaResetMs: numberIn(headers['x-ratelimit-daily-reset']) || undefined,
	};
}

interface Connection {
	credentialType: string;
	name: string;
	/** Whether n8n renews its token. */
	refreshable: boolean;
	/** The app of the token, which decides its rate budget. */
	app: (credentials: Credentials) => string;
	/** @throws Error with a sentence for the person when there is none */
	location: (credentials: Credentials) => string;
}

type Credentials = Record<string, unknown>;

/** The ways to connect, by the value of the node's Authentication parameter. */
const CONNECTIONS: Record<string, Connection> = {
	oAuth2: {
		credentialType: 'ghlOAuth2Api',
		name: 'OAuth2',
		refreshable: true,
		app: (credentials) => String(credentials.clientId),
		location: tokenLocation,
	},
	privateIntegration: {
		credentialType: 'ghlPrivateIntegrationApi',
		name: 'Private Integration',
		refreshable: false,
		// Private integrations of one location share one budget.
		app: () => 'private',
		location: (credentials) => {
			const locationId = String(credentials.locationId ?? '').trim();
			if (locationId) return locationId;
			throw new Error('The HighLevel credential has no Location ID. Open it and fill one in.');
		},
	},
};

/** The location of an OAuth2 token. n8n keeps all that came with the token. */
function tokenLocation({ oauthTokenData }: Credentials): string {
	const token = isObject(oauthTokenData) ? oauthTokenData : {};
	if (!token.access_token) {
		throw new Error(
			'The HighLevel credential is not connected yet. Open it and choose Connect my account.',
		);
	}
	// A location id may be left over from an earlier connection. The kind of token counts first.
	const locationId = token.userType === 'Company' ? '' : String(token.locationId ?? '');
	if (locationId) return locationId;
	throw new BadInput(
		'The HighLevel credential was connected for a whole agency, and this version cannot use such a token: contacts belong to a sub-account',
		AGENCY_ADVICE,
	);
}

const DEFAULT_CONNECTION = 'privateIntegration';

/** The credentials of a HighLevel node, for its description. */
export const ghlCredentials = Object.entries(CONNECTIONS).map(([value, { credentialType }]) => ({
	name: credentialType,
	required: true,
	displayOptions: { show: { authentication: [value] } },
}));

/** The selector between them. */
export const authentication: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: Object.entries(CONNECTIONS).map(([value, { name }]) => ({ name, value })),
	default: DEFAULT_CONNECTION,
};

/** The agency of an OAuth2 token. A private integration does not name it. */
function companyOf({ oauthTokenData }: Credentials): { companyId?: string } {
	const companyId = isObject(oauthTokenData) ? oauthTokenData.companyId : undefined;
	return typeof companyId === 'string' && companyId !== '' ? { companyId } : {};
}

async function connect(context: ApiContext, itemIndex: number): Promise<Account> {
	const chosen = parameterOf(context, 'authentication', itemIndex, DEFAULT_CONNECTION);
	const connection = CONNECTIONS[String(chosen)] ?? CONNECTIONS[DEFAULT_CONNECTION];
	const { credentialType, refreshable } = connection;
	const credentials = await context.getCredentials<Credentials>(credentialType);
	const baseUrl = checkedBaseUrl(credentials.baseUrl);
	const locationId = connection.location(credentials);
	const app = createHash('sha256').update(connection.app(credentials)).digest('hex').slice(0, 16);
	return {
		credentialType,
		baseUrl,
		budgetKey: `highlevel:${baseUrl}:${app}:${locationId}`,
		refreshable,
		values: { locationId, ...companyOf(credentials) },
	};
}
