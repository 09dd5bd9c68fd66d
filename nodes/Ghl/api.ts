import { createHash } from 'node:crypto';
import type { INodeProperties } from 'n8n-workflow';
import { checkedBaseUrl } from '../engine/baseUrl';
import { BadInput, isObject, succeeded, textOf } from '../engine/call/errors';
import { parameterOf } from '../engine/call/parameter';
import type { Account, Answer, ApiContext, Call, Problem, Service } from '../engine/operation';
import { presetWith } from './scopes';

/** The documented Version header: calendars and conversations are older than the rest. */
const VERSIONS: Array<[prefix: string, version: string]> = [
	['/calendars/', '2021-04-15'],
	['/conversations/', '2021-04-15'],
	['/', '2021-07-28'],
];

/** The Version header that a path wants. */
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
};

interface Connection {
	credentialType: string;
	name: string;
	/** Whether n8n renews its token. */
	refreshable: boolean;
	/** Which app, and so which rate budget, the token belongs to. */
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

/** The location that an OAuth2 token was made for; n8n keeps all that came with the token. */
function tokenLocation({ oauthTokenData }: Credentials): string {
	const token = isObject(oauthTokenData) ? oauthTokenData : {};
	if (!token.access_token) {
		throw new Error(
			'The HighLevel credential is not connected yet. Open it and choose Connect my account.',
		);
	}
	// A location id may be left over from an earlier connection, so the kind of token counts first.
	const locationId = token.userType === 'Company' ? '' : String(token.locationId ?? '');
	if (locationId) return locationId;
	throw new BadInput(
		'The HighLevel credential was connected for a whole agency, and this version cannot use such a token: contacts belong to a sub-account',
		AGENCY_ADVICE,
	);
}

/**
 * An agency user gets a token of the agency whatever the app's target user is and whatever is ticked;
 * only a user of the sub-account gets one of the sub-account.
 */
const AGENCY_ADVICE =
	'HighLevel gives an agency user a token of the agency, also when one sub-account is chosen, and this version cannot use it. Choose Private Integration as Authentication, with a token made in the sub-account (Settings > Private Integrations there); or let a user of the sub-account, who is no agency user, open the credential and connect it.';

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

/** The agency that an OAuth2 token belongs to; a private integration does not name it. */
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

function problemOf(answer: Answer, call: Call, account: Account): Problem | undefined {
	if (succeeded(answer)) return undefined;
	const problem = readProblem(answer, call, account);
	const traceId = isObject(answer.body) ? answer.body.traceId : undefined;
	if (typeof traceId === 'string') problem.details = { ...problem.details, traceId };
	return problem;
}

function readProblem(answer: Answer, call: Call, account: Account): Problem {
	const said = textOf(answer.body);
	const because = said ? `: ${said}` : '';
	const ofLocation = answer.statusCode < 500 && locationProblem(said, account);
	if (ofLocation) return ofLocation;
	switch (answer.statusCode) {
		case 401:
			return unauthorized(said, call, account);
		case 403:
			// With a token of a sub-account HighLevel refuses this search altogether.
			if (call.template === '/locations/search') {
				return {
					kind: 'refused',
					about: 'endpoint',
					message: 'HighLevel refuses this token a search through locations',
					description:
						'The token of a private integration may read its own location only: use Location: Get.',
				};
			}
			return {
				kind: 'refused',
				message: `HighLevel refuses this token access to location “${account.values.locationId}”`,
				description: `The token belongs to another sub-account, or the record does. ${
					account.refreshable
						? 'Check the ID of the record, or connect the credential as a user of the sub-account that is meant.'
						: 'Check the Location ID of the credential and the ID of the record, or use a token of that sub-account.'
				}`,
			};
		case 404:
			return { kind: 'refused', missing: true, message: `HighLevel found nothing there${because}` };
		case 400:
			// Some endpoints say 400 where others say 404.
			if (/not found/i.test(said)) {
				return {
					kind: 'refused',
					missing: true,
					message: `HighLevel found nothing there${because}`,
				};
			}
			return duplicate(answer.body) ?? refusal(answer.statusCode, because, call);
		case 422:
			return {
				kind: 'refused',
				// HighLevel has refused fields of a new contact and made it all the same (its issue 64).
				maybeDone: call.method === 'POST' && call.template === '/contacts/' ? true : undefined,
				message: `HighLevel does not accept these fields${because}`,
				description: 'Correct or remove the fields that are named, then run this item again.',
			};
		case 429:
			return tooMany(answer);
		case 502:
		case 503:
		case 504:
			return {
				kind: 'temporary',
				message: `HighLevel is out of order for the moment (${answer.statusCode})`,
				description: 'Run this again later.',
			};
		default:
			return refusal(answer.statusCode, because, call);
	}
}

/** What HighLevel says of a location that takes no calls, under one status or another. */
function locationProblem(said: string, { values }: Account): Problem | undefined {
	if (/location is not active/i.test(said)) {
		return {
			kind: 'refused',
			about: 'account',
			message: `The sub-account “${values.locationId}” is paused in HighLevel`,
			description: 'Have the agency make it active again, then run the items that are left.',
		};
	}
	if (/does not have access to (the )?following location/i.test(said)) {
		return {
			kind: 'refused',
			about: 'account',
			message: `The app is not installed in the sub-account “${values.locationId}”, or there is none with that ID`,
			description:
				'Install the app there and connect the credential again, or check the Location ID.',
		};
	}
	return undefined;
}

function refusal(status: number, because: string, call: Call): Problem {
	return {
		kind: 'refused',
		message: `HighLevel refused ${call.method} ${call.template} (${status})${because}`,
	};
}

/** HighLevel says 401 for much that no new token would mend: its text tells which it is. */
function unauthorized(said: string, call: Call, account: Account): Problem {
	if (/not authorized for this scope/i.test(said)) return missingScope(call.scope ?? '', account);
	if (/access to this feature/i.test(said)) {
		return {
			kind: 'refused',
			about: 'endpoint',
			message: 'The HighLevel plan of this account does not have what this call needs',
			description:
				'The token is good: HighLevel says “You do not have access to this feature”. Ask whoever looks after the plan of the sub-account, or leave this operation out.',
		};
	}
	if (/authClass|user type mismatch/i.test(said)) {
		return {
			kind: 'refused',
			about: 'account',
			message: 'This is an agency token, and contacts belong to a sub-account',
			description: account.refreshable
				? AGENCY_ADVICE
				: 'Make the token in the sub-account itself: Settings > Private Integrations there, not in the agency view. Each sub-account needs a token of its own.',
		};
	}
	if (/version header|IAM/i.test(said)) {
		return {
			kind: 'refused',
			about: 'endpoint',
			message: `HighLevel does not open this endpoint: ${said}`,
		};
	}
	return {
		kind: 'expired',
		// A text about anything else may be about one record.
		...(isAboutToken(said) && { about: 'account' }),
		message: 'HighLevel does not accept the token',
		description:
			'It was rotated, deleted or copied in part. Copy the current token into the credential: Settings > Private Integrations in the sub-account.',
	};
}

const isAboutToken = (said: string) =>
	said === '' || /\b(token|jwt|unauthori[sz]ed|authorization|credentials?)\b/i.test(said);

function missingScope(scope: string, account: Account): Problem {
	const preset = presetWith(scope);
	const howTo = account.refreshable
		? `Open the credential, set Access to “${preset?.name ?? 'Custom'}” or more, and connect again. The app in HighLevel must have the scope too.`
		: 'Add the scope to the private integration: Settings > Private Integrations in the sub-account.';
	return {
		kind: 'refused',
		about: 'endpoint',
		message: `The token lacks the scope ${scope || 'that this needs'}`,
		description: howTo,
		details: scope ? { scope } : undefined,
	};
}

/** The location allows no duplicates: the answer names the contact that has the email or phone. */
function duplicate(body: unknown): Problem | undefined {
	const meta = isObject(body) && isObject(body.meta) ? body.meta : undefined;
	if (!meta || typeof meta.contactId !== 'string') return undefined;
	const field = typeof meta.matchingField === 'string' ? meta.matchingField : 'email or phone';
	return {
		kind: 'refused',
		message: `A contact with this ${field} is there already: ${meta.contactId}`,
		description:
			'Update that contact, use Create or Update, or allow duplicate contacts in the settings of the location.',
		details: { contactId: meta.contactId, matchingField: field },
	};
}

function tooMany(answer: Answer): Problem {
	if (answer.headers['x-ratelimit-daily-remaining'] === '0') {
		return {
			kind: 'quota',
			message: 'HighLevel takes no more calls from this account today: its daily limit is used up',
			description:
				'A location has 200,000 calls a day for each app. Run the items that are left when the day is over.',
		};
	}
	return {
		kind: 'rate',
		message: 'HighLevel asks to slow down, and still did after several waits',
		description:
			'A location takes 100 calls in 10 seconds for each app. Something else uses the same account heavily.',
	};
}
