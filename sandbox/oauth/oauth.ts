import { randomBytes } from 'node:crypto';
import { SANDBOX } from '../accounts';
import type { AccessToken } from '../accounts';
import { GhlError } from '../ghl/errors';
import { idFrom } from '../ids';
import type { Settings } from '../settings';
import type { SandboxState } from '../state';
import { APP } from './app';
import type { Grant } from './grant';
import { Installations } from './installations';
import type { Breadth } from './installations';
import { MintLog } from './mints';

/** The answer of the token endpoint, as documented. The two of `Breadth` are on agency tokens only. */
export interface TokenAnswer extends Partial<Breadth> {
	access_token: string;
	token_type: 'Bearer';
	/** Seconds. */
	expires_in: number;
	refresh_token: string;
	scope: string;
	userType: AccessToken['level'];
	/** Absent on agency tokens. */
	locationId?: string;
	companyId: string;
	/** Agency tokens only. */
	approvedLocations?: string[];
	userId: string;
	planId: string;
	isBulkInstallation: boolean;
}

/** The answer of the location token endpoint: no refresh token, and where it came from. */
export type LocationTokenAnswer = Pick<
	TokenAnswer,
	'access_token' | 'token_type' | 'expires_in' | 'scope' | 'planId' | 'userId'
> & { locationId: string; appId: string; versionId: string };

export interface ClientPair {
	client_id: string;
	client_secret: string;
}

export interface CodeExchange extends ClientPair {
	code: string;
	redirect_uri?: string;
	user_type?: AccessToken['level'];
}

export interface Refresh extends ClientPair {
	refresh_token: string;
	/** May be left out. */
	user_type?: AccessToken['level'];
}

/** A pair of tokens as the control API shows it: only their last characters. */
export interface IssuedToken extends Grant {
	accessToken: string;
	issuedAt: string;
	expiresAt: string;
	expired: boolean;
	/** Absent on location tokens, which have none. */
	refreshToken?: { token: string; state: RefreshState };
}

type RefreshState = 'live' | 'used' | 'revoked';

interface Issued {
	grant: Grant;
	accessToken: string;
	issuedAt: number;
	refreshToken?: string;
	refreshState: RefreshState;
	/** What the refresh token was turned into, and when (epoch ms). */
	renewal?: { answer: TokenAnswer; at: number };
}

interface PendingCode {
	grant: Grant;
	redirectUri: string;
	expiresAt: number;
}

const USER_ID = idFrom('user:seed:0');
const PLAN_ID = '5b0c0ffee0a9911ab0000009';

/** The error form of the OAuth endpoints. Of the texts only the unknown code's is documented. */
const oauthError = (status: number, error: string, description: string): GhlError =>
	new GhlError(status, { error, error_description: description });
export const unsupportedGrant = (): GhlError =>
	oauthError(400, 'unsupported_grant_type', 'This grant type is not supported');
const unknownCode = (): GhlError =>
	oauthError(401, 'UnAuthorized!', 'Authorization code not found');
const deadRefreshToken = (): GhlError =>
	oauthError(400, 'invalid_grant', 'This refresh token is invalid');
const wrongClient = (): GhlError => oauthError(401, 'UnAuthorized!', 'Invalid client credentials!');
/** That a wrong one fails is known; the status and the words are a guess. */
const wrongUserType = (): GhlError =>
	oauthError(400, 'invalid_grant', 'user_type is not the one the refresh token was issued for');
const wrongRedirect = (): GhlError =>
	oauthError(400, 'invalid_grant', 'redirect_uri is not the one the code was issued for');

const newToken = (kind: string): string => `sbx-${kind}-${randomBytes(24).toString('hex')}`;
const ending = (token: string): string => `…${token.slice(-4)}`;

/**
 * The app's grants and tokens. Refresh tokens rotate: each works once, and the one that replaces it
 * is in the same answer. For `refreshGraceMs` a used one gives that same answer again; then it is
 * dead, but takes nothing else down with it.
 */
export class OAuth {
	/** Codes turned into tokens. */
	exchanges = 0;
	/** Refresh requests that got tokens; one that got the same answer again counts too. */
	refreshes = 0;
	/** Token requests that were refused, whatever the reason. */
	refusals = 0;
	readonly installations: Installations;
	readonly mints = new MintLog();
	private readonly codes = new Map<string, PendingCode>();
	private issued: Issued[] = [];

	constructor(
		private readonly state: SandboxState,
		private readonly settings: Settings,
	) {
		this.installations = new Installations(state);
	}

	/** Somebody said yes: a code for the app, good once and for a short time. */
	authorize(grant: Grant, redirectUri: string): string {
		this.installations.install(grant);
		const code = this.secret(randomBytes(20).toString('hex'));
		const expiresAt = Date.now() + this.settings.codeLifeMs;
		this.codes.set(code, { grant, redirectUri, expiresAt });
		return code;
	}

	/**
	 * The code is looked at before the client pair (an unknown code gives the same answer whoever
	 * asks). `Company` makes an agency token of any grant. `Location` makes no sub-account token of an
	 * agency grant, even where one location alone was ticked (seen live: highlevel-api-docs 294).
	 *
	 * @throws GhlError in the OAuth form.
	 */
	exchange(request: CodeExchange): TokenAnswer {
		const pending = this.codes.get(request.code);
		if (pending === undefined || pending.expiresAt <= Date.now()) throw unknownCode();
		checkClient(request);
		if ((request.redirect_uri ?? pending.redirectUri) !== pending.redirectUri) {
			throw wrongRedirect();
		}
		this.codes.delete(request.code);
		this.exchanges += 1;
		const { scopes, locationId } = pending.grant;
		return this.newPair(
			request.user_type === 'Company' && locationId !== undefined
				? { level: 'Company', scopes, ticked: [locationId] }
				: pending.grant,
		);
	}

	/**
	 * New tokens of the same class for a refresh token, which dies. The locations keep the app, or stay
	 * without it. Throws like `exchange`.
	 */
	refresh(request: Refresh): TokenAnswer {
		const used = this.issued.find(({ refreshToken }) => refreshToken === request.refresh_token);
		checkClient(request);
		const again = used?.renewal;
		const isAgain = again !== undefined && Date.now() - again.at < this.settings.refreshGraceMs;
		if (used === undefined || (used.refreshState !== 'live' && !isAgain)) throw deadRefreshToken();
		if ((request.user_type ?? used.grant.level) !== used.grant.level) throw wrongUserType();
		this.refreshes += 1;
		if (isAgain) return again.answer;
		used.refreshState = 'used';
		const answer = this.newPair(used.grant);
		used.renewal = { answer, at: Date.now() };
		return answer;
	}

	/** Tokens without the dance. `locationId` is the sandbox's own where a sub-account grant names none. */
	issue({ locationId = SANDBOX.locationId, ...given }: Grant): TokenAnswer {
		const grant: Grant = given.level === 'Location' ? { ...given, locationId } : given;
		this.installations.install(grant);
		return this.newPair(grant);
	}

	private newPair(grant: Grant): TokenAnswer {
		const { level, locationId } = grant;
		const refreshToken = this.secret(newToken('refresh'));
		const access = this.newAccessToken(grant, { refreshToken });
		return {
			...access,
			refresh_token: refreshToken,
			userType: level,
			companyId: SANDBOX.companyId,
			isBulkInstallation: level === 'Company',
			...(level === 'Location'
				? { locationId }
				: {
						approvedLocations: this.installations.locationIds(),
						...this.installations.breadth(grant),
					}),
		};
	}

	/**
	 * A sub-account token for an agency one: its scopes, and the two OAuth scopes beside them. It has
	 * no refresh token, and lives on when the agency token is renewed or expires.
	 */
	locationToken({ scopes }: AccessToken, locationId: string): LocationTokenAnswer {
		const gained = [...new Set([...scopes, 'oauth.readonly', 'oauth.write'])];
		const access = this.newAccessToken(
			{ level: 'Location', locationId, scopes: gained },
			{ lifeMs: this.settings.locationTokenLifeMs },
		);
		return { ...access, locationId, appId: APP.id, versionId: APP.versionId };
	}

	/** Takes the app out of the locations: their tokens, and with `all` the agency's, are gone. */
	uninstall(locationIds: string[], { all }: { all: boolean }): void {
		this.installations.remove(locationIds, { all });
		for (const token of this.issued) {
			const gone = all || locationIds.includes(token.grant.locationId ?? '');
			if (!gone) continue;
			token.renewal = undefined;
			this.state.accessTokens.delete(token.accessToken);
			if (token.refreshState === 'live') token.refreshState = 'revoked';
		}
	}

	/** All access tokens (of that level) expire now; the refresh tokens still work. */
	expireAll(level?: AccessToken['level']): void {
		const now = Date.now();
		for (const { accessToken, grant } of this.issued) {
			if (grant.level !== (level ?? grant.level)) continue;
			const access = this.state.accessTokens.get(accessToken);
			if (access !== undefined) access.expiresAt = Math.min(access.expiresAt ?? now, now);
		}
	}

	/** No refresh token works any more; access tokens live on until they expire. */
	revokeAll(): void {
		for (const token of this.issued) {
			if (token.refreshState === 'live') token.refreshState = 'revoked';
			token.renewal = undefined;
		}
	}

	/** Every token issued since the last reset, oldest first. */
	list(): IssuedToken[] {
		return this.issued.map(({ grant, accessToken, issuedAt, refreshToken, refreshState }) => {
			const expiresAt = this.state.accessTokens.get(accessToken)?.expiresAt ?? 0;
			return {
				...grant,
				accessToken: ending(accessToken),
				issuedAt: new Date(issuedAt).toISOString(),
				expiresAt: new Date(expiresAt).toISOString(),
				expired: expiresAt <= Date.now(),
				...(refreshToken && {
					refreshToken: { token: ending(refreshToken), state: refreshState },
				}),
			};
		});
	}

	clear(): void {
		this.exchanges = 0;
		this.refreshes = 0;
		this.refusals = 0;
		this.installations.clear();
		this.mints.clear();
		this.codes.clear();
		this.issued = [];
	}

	private secret(text: string): string {
		this.state.secrets.set(text, 'token');
		return text;
	}

	private newAccessToken(
		grant: Grant,
		{
			lifeMs = this.settings.accessTokenLifeMs,
			refreshToken,
		}: { lifeMs?: number; refreshToken?: string } = {},
	): Pick<
		TokenAnswer,
		'access_token' | 'token_type' | 'expires_in' | 'scope' | 'planId' | 'userId'
	> {
		const accessToken = this.secret(newToken('access'));
		const issuedAt = Date.now();
		const { level, locationId, scopes } = grant;
		this.state.accessTokens.set(accessToken, {
			kind: 'oauth',
			level,
			locationId,
			scopes,
			companyId: SANDBOX.companyId,
			expiresAt: issuedAt + lifeMs,
		});
		this.issued.push({ grant, accessToken, issuedAt, refreshToken, refreshState: 'live' });
		return {
			access_token: accessToken,
			token_type: 'Bearer',
			// A day is told as 86399 s.
			expires_in: Math.max(0, Math.ceil(lifeMs / 1000) - 1),
			scope: grant.scopes.join(' '),
			planId: PLAN_ID,
			userId: USER_ID,
		};
	}
}

function checkClient({ client_id: id, client_secret: secret }: ClientPair): void {
	if (id !== APP.clientId || secret !== APP.clientSecret) throw wrongClient();
}
