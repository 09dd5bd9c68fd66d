import { randomBytes } from 'node:crypto';
import { SANDBOX } from '../accounts';
import type { AccessToken } from '../accounts';
import { badRequest, GhlError } from '../ghl/errors';
import { idFrom } from '../ids';
import type { Settings } from '../settings';
import type { SandboxState } from '../state';
import { APP } from './app';

/** What somebody allowed the app: these scopes, on one sub-account or on the agency. */
export interface Grant {
	level: AccessToken['level'];
	/** Absent on an agency grant. */
	locationId?: string;
	scopes: string[];
}

/** The answer of the token endpoint, as documented. */
export interface TokenAnswer {
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
const wrongRedirect = (): GhlError =>
	oauthError(400, 'invalid_grant', 'redirect_uri is not the one the code was issued for');

const newToken = (kind: string): string => `sbx-${kind}-${randomBytes(24).toString('hex')}`;
const ending = (token: string): string => `…${token.slice(-4)}`;

/**
 * The app's grants and tokens. Refresh tokens rotate: each works once, and the one that replaces it
 * is in the same answer. A used one is dead, but takes nothing else down with it.
 */
export class OAuth {
	/** Codes turned into tokens. */
	exchanges = 0;
	/** Refresh tokens turned into new tokens. */
	refreshes = 0;
	/** Token requests that were refused, whatever the reason. */
	refusals = 0;
	/** When the app was installed, by location id. */
	readonly installations = new Map<string, string>();
	/** Told when the app comes into a location or goes. */
	installationChanged?: (locationId: string, isInstalled: boolean) => void;
	private readonly codes = new Map<string, PendingCode>();
	private issued: Issued[] = [];

	constructor(
		private readonly state: SandboxState,
		private readonly settings: Settings,
	) {}

	/** Somebody said yes: a code for the app, good once and for a short time. */
	authorize(grant: Grant, redirectUri: string): string {
		this.install(grant);
		const code = this.secret(randomBytes(20).toString('hex'));
		const expiresAt = Date.now() + this.settings.codeLifeMs;
		this.codes.set(code, { grant, redirectUri, expiresAt });
		return code;
	}

	/**
	 * The code is looked at before the client pair (an unknown code gives the same answer whoever
	 * asks). `Company` makes an agency token of any grant; `Location` cannot make a sub-account token
	 * of an agency grant, which is the trap the real service sets too.
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
		const { scopes } = pending.grant;
		return this.issue(
			request.user_type === 'Company' ? { level: 'Company', scopes } : pending.grant,
		);
	}

	/** New tokens of the same class for a refresh token, which dies. Throws like `exchange`. */
	refresh(request: ClientPair & { refresh_token: string }): TokenAnswer {
		const used = this.issued.find(({ refreshToken }) => refreshToken === request.refresh_token);
		checkClient(request);
		if (used?.refreshState !== 'live') throw deadRefreshToken();
		used.refreshState = 'used';
		this.refreshes += 1;
		return this.issue(used.grant);
	}

	/** Tokens without the dance. `locationId` is the sandbox's own where a sub-account grant names none. */
	issue({ level, scopes, locationId = SANDBOX.locationId }: Grant): TokenAnswer {
		const grant: Grant = level === 'Location' ? { level, scopes, locationId } : { level, scopes };
		this.install(grant);
		const refreshToken = this.secret(newToken('refresh'));
		const access = this.newAccessToken(grant, refreshToken);
		return {
			...access,
			refresh_token: refreshToken,
			userType: level,
			companyId: SANDBOX.companyId,
			isBulkInstallation: level === 'Company',
			...(level === 'Location'
				? { locationId }
				: { approvedLocations: [...this.installations.keys()] }),
		};
	}

	/** A sub-account token for an agency one: its scopes, and the two OAuth scopes beside them. */
	locationToken({ scopes }: AccessToken, locationId: string): LocationTokenAnswer {
		if (!this.installations.has(locationId)) {
			throw badRequest(`The app is not installed in location ${locationId}`);
		}
		const gained = [...new Set([...scopes, 'oauth.readonly', 'oauth.write'])];
		const access = this.newAccessToken({ level: 'Location', locationId, scopes: gained });
		return { ...access, locationId, appId: APP.id, versionId: APP.versionId };
	}

	/** Takes the app out of the locations: their tokens, and with `all` the agency's, are gone. */
	uninstall(locationIds: string[], { all }: { all: boolean }): void {
		for (const id of locationIds) {
			if (this.installations.delete(id)) this.installationChanged?.(id, false);
		}
		for (const token of this.issued) {
			const gone = all || locationIds.includes(token.grant.locationId ?? '');
			if (!gone) continue;
			this.state.accessTokens.delete(token.accessToken);
			if (token.refreshState === 'live') token.refreshState = 'revoked';
		}
	}

	/** All access tokens expire now; the refresh tokens still work. */
	expireAll(): void {
		const now = Date.now();
		for (const { accessToken } of this.issued) {
			const access = this.state.accessTokens.get(accessToken);
			if (access !== undefined) access.expiresAt = Math.min(access.expiresAt ?? now, now);
		}
	}

	/** No refresh token works any more; access tokens live on until they expire. */
	revokeAll(): void {
		for (const token of this.issued) {
			if (token.refreshState === 'live') token.refreshState = 'revoked';
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
		this.codes.clear();
		this.issued = [];
	}

	/** An agency grant installs the app in all its locations. */
	private install({ locationId }: Grant): void {
		const ids = locationId === undefined ? [...this.state.locations.keys()] : [locationId];
		for (const id of ids) {
			if (this.installations.has(id)) continue;
			this.installations.set(id, new Date().toISOString());
			this.installationChanged?.(id, true);
		}
	}

	private secret(text: string): string {
		this.state.secrets.set(text, 'token');
		return text;
	}

	private newAccessToken(
		grant: Grant,
		refreshToken?: string,
	): Pick<
		TokenAnswer,
		'access_token' | 'token_type' | 'expires_in' | 'scope' | 'planId' | 'userId'
	> {
		const { accessTokenLifeMs } = this.settings;
		const accessToken = this.secret(newToken('access'));
		const issuedAt = Date.now();
		this.state.accessTokens.set(accessToken, {
			...grant,
			kind: 'oauth',
			companyId: SANDBOX.companyId,
			expiresAt: issuedAt + accessTokenLifeMs,
		});
		this.issued.push({ grant, accessToken, issuedAt, refreshToken, refreshState: 'live' });
		return {
			access_token: accessToken,
			token_type: 'Bearer',
			// A day is told as 86399 s.
			expires_in: Math.max(0, Math.ceil(accessTokenLifeMs / 1000) - 1),
			scope: grant.scopes.join(' '),
			planId: PLAN_ID,
			userId: USER_ID,
		};
	}
}

function checkClient({ client_id: id, client_secret: secret }: ClientPair): void {
	if (id !== APP.clientId || secret !== APP.clientSecret) throw wrongClient();
}
