import type { Fault, FaultKind } from './faults';
import type { Service } from './requestLog';
import type { Settings } from './settings';

/** An answer that takes the place of the real one. */
export interface FaultAnswer {
	status: number;
	headers: Record<string, string>;
	/** JSON unless it is a text. */
	body: unknown;
}

const DAY_MS = 24 * 60 * 60 * 1000;

const rateHeaders = (
	{ burst, dailyQuota }: Settings,
	daily: number,
	remaining: number,
): Record<string, string> => ({
	'X-RateLimit-Limit-Daily': String(dailyQuota),
	'X-RateLimit-Daily-Remaining': String(daily),
	'X-RateLimit-Daily-Reset': String(DAY_MS - (Date.now() % DAY_MS)),
	'X-RateLimit-Interval-Milliseconds': String(burst.intervalMs),
	'X-RateLimit-Max': String(burst.max),
	'X-RateLimit-Remaining': String(remaining),
});

const refusal = (statusCode: number, message: string, error?: string): Partial<FaultAnswer> => ({
	status: statusCode,
	body: { statusCode, message, ...(error === undefined ? {} : { error }) },
});
const tooMany = refusal(429, 'Too Many Requests');
const unauthorized = (message: string): Partial<FaultAnswer> =>
	refusal(401, message, 'Unauthorized');

type Own = Partial<Record<FaultKind, (settings: Settings) => Partial<FaultAnswer>>>;

/** What HighLevel itself answers. */
const HIGHLEVEL: Own = {
	rateLimited: (settings) => ({
		...tooMany,
		headers: rateHeaders(settings, settings.dailyQuota - 1000, 0),
	}),
	quotaUsedUp: (settings) => ({
		...tooMany,
		headers: rateHeaders(settings, 0, settings.burst.max),
	}),
	tokenRejected: () => unauthorized('Invalid token: access token is invalid'),
	scopeRemoved: () => unauthorized('The token is not authorized for this scope.'),
	locationForbidden: () =>
		refusal(403, 'The token does not have access to this location.', 'Forbidden'),
	locationPaused: () => refusal(400, 'Location is not active', 'Bad Request'),
	// Under which status is not known.
	appNotInstalled: () =>
		refusal(
			400,
			'Invalid locationId or accessToken does not have access to following location',
			'Bad Request',
		),
	notInPlan: () => unauthorized('You do not have access to this feature'),
	// With `after` on a create of a contact: refused, and made all the same (highlevel-api-docs issue 64).
	fieldsRefused: () => ({
		status: 422,
		body: {
			message: ['property x should not exist'],
			error: 'Unprocessable Entity',
			statusCode: 422,
		},
	}),
};

/** HeyReach knows neither headers nor scopes nor quotas; its plain texts have no content type. */
const HEYREACH: Own = {
	rateLimited: () => ({ status: 429, body: '' }),
	tokenRejected: () => ({ status: 401, body: 'Invalid API key' }),
	scopeRemoved: () => ({ status: 403, body: { errorMessage: 'Not allowed with this key.' } }),
};

const OWN: Record<Service, Own> = {
	highlevel: HIGHLEVEL,
	marketplace: HIGHLEVEL,
	heyreach: HEYREACH,
};

const HTML =
	'<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>' +
	'<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>\n';

const PLAIN: Own = {
	status: () => ({ status: 500, body: { statusCode: 500, message: 'Injected fault' } }),
	htmlPage: () => ({ status: 502, headers: { 'content-type': 'text/html' }, body: HTML }),
	malformed: () => ({
		status: 200,
		headers: { 'content-type': 'application/json; charset=utf-8' },
		body: '{"id":"',
	}),
	emptyPage: () => ({ status: 200 }),
	keyless: () => ({ status: 200, body: {} }),
};

/** What the fault answers, if it answers anything; what it says itself goes before. */
export function faultAnswer(
	{ kind, status, body, headers }: Fault,
	service: Service,
	settings: Settings,
): FaultAnswer | undefined {
	const own = (OWN[service][kind] ?? PLAIN[kind])?.(settings);
	if (own === undefined) return undefined;
	return {
		status: status ?? own.status ?? 500,
		body: body === undefined ? (own.body ?? '') : body,
		headers: headers ?? own.headers ?? {},
	};
}
