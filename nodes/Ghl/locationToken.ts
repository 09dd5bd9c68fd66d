import { isObject } from '../engine/values';
import { callTo } from '../engine/call/callTo';
import type { Account, ExchangedToken, RateLimit, TokenExchange } from '../engine/operation';

/** The limit of an agency: as that of a location, and five calls at once. */
export const MINTS_AT_ONCE: RateLimit = { max: 100, intervalMs: 10_000, concurrency: 5 };

/** The life (ms) of a location token where HighLevel does not tell it. */
const USUAL_LIFE_MS = 86_399_000;

/**
 * The exchange of an agency's token for that of one of its locations (docs/apis/highlevel.md#agency).
 * A location token is exchanged anew and never refreshed.
 */
export function locationExchange(
	agency: Account,
	key: string,
	companyId: string,
	locationId: string,
): TokenExchange {
	return {
		key,
		// The location is the one that an error names.
		owner: { ...agency, values: { ...agency.values, locationId } },
		call: callTo('POST /oauth/locationToken', {
			readyBody: {
				contentType: 'application/x-www-form-urlencoded',
				data: new URLSearchParams({ companyId, locationId }),
			},
			repeatable: true,
			scope: 'oauth.write',
		}),
		tokenIn: (body) => tokenIn(body, locationId),
	};
}

/** The token in an answer. One that HighLevel says is for another location is not taken. */
function tokenIn(body: unknown, locationId: string): ExchangedToken | undefined {
	if (!isObject(body) || typeof body.access_token !== 'string' || body.access_token === '') {
		return undefined;
	}
	if ((body.locationId ?? locationId) !== locationId) return undefined;
	const seconds = Number(body.expires_in);
	return { value: body.access_token, lifeMs: seconds > 0 ? seconds * 1000 : USUAL_LIFE_MS };
}
