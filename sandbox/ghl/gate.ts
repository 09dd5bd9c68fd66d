import type { AccessToken } from '../accounts';
import type { Settings } from '../settings';
import { SlidingWindow } from '../slidingWindow';
import type { Counters } from '../slidingWindow';
import { GhlError, pausedLocation, unauthorized, wrongLocation } from './errors';
import { SUB_ACCOUNT } from './route';
import type { Access, Route } from './route';
import type { SandboxState } from '../state';

/** `v3` is another API: few routes are served under it. */
const DATE_VERSIONS: readonly string[] = ['2021-07-28', '2021-04-15', '2023-02-21'];

export function checkVersion(version: unknown, known = DATE_VERSIONS): void {
	if (version === undefined || version === '') throw unauthorized('version header was not found.');
	checkVersionIfSent(version, known);
}

/** The token endpoint needs no Version. */
export function checkVersionIfSent(version: unknown, known = DATE_VERSIONS): void {
	if (version === undefined) return;
	if (!known.includes(String(version))) throw unauthorized('version header is invalid');
}

export function bearerToken(
	tokens: Map<string, AccessToken>,
	header: string | undefined,
): AccessToken {
	const token = tokens.get(/^Bearer (.+)$/i.exec(header ?? '')?.[1] ?? '');
	// An expired one is answered like one that never was.
	if (token === undefined || (token.expiresAt ?? Infinity) <= Date.now()) {
		throw unauthorized('Invalid token: access token is invalid');
	}
	return token;
}

const ADMITS: Record<Access, (token: AccessToken) => boolean> = {
	'Location-Access': ({ level }) => level === 'Location',
	'Location-Access-Only': ({ level, kind }) => level === 'Location' && kind === 'oauth',
	'Agency-Access': ({ level }) => level === 'Company',
	'Agency-Access-Only': ({ level, kind }) => level === 'Company' && kind === 'oauth',
};

/**
 * User type, then scope, then location: HighLevel answers 401 to the first two and 403 to the last.
 * `needsScope`: false where the scope that is documented is not asked for.
 */
export function checkAccess(
	token: AccessToken,
	route: Route,
	{ asked, needsScope }: { asked: unknown; needsScope: boolean },
): void {
	if (!(route.access ?? SUB_ACCOUNT).some((access) => ADMITS[access](token))) {
		throw unauthorized(
			token.kind === 'oauth'
				? 'This authClass type is not allowed to access this scope. Please verify your IAM configuration if this is not the case.'
				: "Token's user type mismatch!",
		);
	}
	if (needsScope && !token.scopes.includes(route.scope)) {
		throw unauthorized('The token is not authorized for this scope.');
	}
	if (token.level === 'Location' && typeof asked === 'string' && asked !== token.locationId) {
		throw wrongLocation();
	}
}

/**
 * What stands in the way in the location itself: its account's plan has no API, or the agency has
 * paused it. Both meet whatever token there is. Which of the two comes first is a guess.
 */
export function checkLocation(state: SandboxState, locationId: string | undefined): void {
	if (locationId === undefined) return;
	if (state.locationsWithoutApi.has(locationId)) {
		throw unauthorized('You do not have access to this feature');
	}
	if (state.pausedLocations.has(locationId)) throw pausedLocation();
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The burst and daily limits, counted per location (or agency). */
export class RateLimits {
	private readonly burst = new SlidingWindow();
	private readonly daily = new Map<string, number>();

	constructor(private readonly settings: Settings) {}

	/** Counts a request; hands back the headers of its answer, and the 429 when it is one too many. */
	take(token: AccessToken): { headers: Record<string, string>; refusal?: GhlError } {
		const key = token.locationId ?? token.companyId;
		const { burst, dailyQuota } = this.settings;
		const now = Date.now();
		const today = `${key} ${Math.floor(now / DAY_MS)}`;
		const used = this.daily.get(today) ?? 0;
		const { allowed, remaining } = this.burst.take(
			key,
			used < dailyQuota ? burst.max : 0,
			burst.intervalMs,
		);
		if (allowed) this.daily.set(today, used + 1);
		return {
			headers: {
				'X-RateLimit-Limit-Daily': String(dailyQuota),
				'X-RateLimit-Daily-Remaining': String(
					Math.max(0, dailyQuota - (this.daily.get(today) ?? 0)),
				),
				'X-RateLimit-Daily-Reset': String(DAY_MS - (now % DAY_MS)),
				'X-RateLimit-Interval-Milliseconds': String(burst.intervalMs),
				'X-RateLimit-Max': String(burst.max),
				'X-RateLimit-Remaining': String(remaining),
			},
			// The exact body of a 429 is not documented.
			refusal: allowed
				? undefined
				: new GhlError(429, { statusCode: 429, message: 'Too Many Requests' }),
		};
	}

	counters(): Counters {
		return this.burst.counters();
	}

	clear(): void {
		this.burst.clear();
		this.daily.clear();
	}
}
