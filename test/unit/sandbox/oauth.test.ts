import axios from 'axios';
import type { AxiosResponse } from 'axios';
import { SANDBOX } from '../../../sandbox';
import { useClient } from './client';
import { ask, asIs, REDIRECT, signIn } from './signIn';

const { locationId, otherLocationId, companyId } = SANDBOX;
const client = useClient();

const { consent, decide, codeOf, token, exchange, refresh, mint } = signIn(client);
const codeFor = (place: string, query = ask()): Promise<string> =>
	codeOf({ location_id: place }, query);
const locationCall = (access: string, id: string = locationId): Promise<AxiosResponse> =>
	client.ghl('GET', `/locations/${id}`, undefined, { token: access });

const NOT_VALID = { statusCode: 401, message: 'Invalid token: access token is invalid' };

describe('the authorize page', () => {
	it.each(['/oauth/chooselocation', '/v2/oauth/chooselocation'])(
		'asks for a place and a yes at %s',
		async (path) => {
			const { status, data } = await consent(ask({ loginWindowOpenMode: 'self' }), path);
			expect(status).toBe(200);
			for (const text of [
				'Read contacts',
				locationId,
				otherLocationId,
				'An agency user',
				'Allow',
				'Cancel',
			])
				expect(data).toContain(text);
		},
	);

	it('goes back with a code, or with access_denied, and the state as it came', async () => {
		const yes = await decide({ decision: 'allow', location_id: locationId });
		expect(yes.status).toBe(302);
		const back = new URL(yes.headers.location);
		expect(back.origin + back.pathname).toBe(REDIRECT);
		expect(Object.fromEntries(back.searchParams)).toEqual({
			code: expect.stringMatching(/^\w{20,}$/),
			state: 'st+te=',
		});
		const no = await decide({ decision: 'cancel' });
		expect(Object.fromEntries(new URL(no.headers.location).searchParams)).toEqual({
			error: 'access_denied',
			state: 'st+te=',
		});
	});

	it.each<[string, Record<string, string>, string]>([
		['an unknown client', { client_id: 'abc-def' }, 'No integration found with the ID: abc'],
		['a scope the app lacks', { scope: 'contacts.readonly invoices.write' }, 'invoices.write'],
		['no scope', { scope: '' }, 'No scope'],
		['another version', { version_id: '000' }, 'No version 000'],
		['a redirect over plain HTTP', { redirect_uri: 'http://example.com/' }, 'HTTPS'],
		['text that would be read as HTML', { scope: '<b>' }, '&lt;b&gt;'],
	])('shows an error page for %s, and gives no code', async (_case, more, text) => {
		const shown = await consent(ask(more));
		expect([shown.status, shown.data]).toEqual([400, expect.stringContaining(text)]);
		const posted = await decide({ decision: 'allow', location_id: locationId }, ask(more));
		expect([posted.status, posted.headers.location]).toEqual([400, undefined]);
	});

	it('wants version_id where the app requires it', async () => {
		client.sandbox.settings.requireVersionId = true;
		expect((await consent()).data).toContain('error.noversionid');
		const { status } = await consent(ask({ version_id: SANDBOX.oauthVersionId }));
		expect(status).toBe(200);
	});
});

describe('the token endpoint', () => {
	it('turns a code into tokens that work where the person said', async () => {
		const { status, data } = await exchange(await codeFor(locationId), { user_type: 'Location' });
		expect(status).toBe(200);
		expect(data).toMatchObject({
			token_type: 'Bearer',
			expires_in: 86399,
			scope: 'contacts.readonly locations.readonly',
			userType: 'Location',
			locationId,
			companyId,
			userId: expect.any(String),
			refresh_token: expect.any(String),
		});
		expect((await locationCall(data.access_token)).status).toBe(200);
		const other = await locationCall(data.access_token, otherLocationId);
		expect([other.status, other.data.message]).toEqual([
			403,
			'The token does not have access to this location.',
		]);
		const write = await client.ghl(
			'POST',
			'/contacts/',
			{ locationId, firstName: 'A' },
			{ token: data.access_token },
		);
		expect([write.status, write.data.message]).toEqual([
			401,
			'The token is not authorized for this scope.',
		]);
	});

	it('takes a code once, in time, and for the same redirect address', async () => {
		const code = await codeFor(locationId);
		const elsewhere = await exchange(code, { redirect_uri: 'https://example.com/' });
		expect([elsewhere.status, elsewhere.data.error]).toEqual([400, 'invalid_grant']);
		expect((await exchange(code)).status).toBe(200);
		const gone = { error: 'UnAuthorized!', error_description: 'Authorization code not found' };
		const again = await exchange(code);
		expect([again.status, again.data]).toEqual([401, expect.objectContaining(gone)]);
		client.sandbox.settings.codeLifeMs = 0;
		expect((await exchange(await codeFor(locationId))).data).toMatchObject(gone);
	});

	it('looks at the code before the client pair', async () => {
		const bogus = await exchange('bogus', { client_secret: 'wrong' });
		expect(bogus.data.error_description).toBe('Authorization code not found');
		const wrong = await exchange(await codeFor(locationId), { client_secret: 'wrong' });
		expect([wrong.status, wrong.data]).toEqual([
			401,
			expect.objectContaining({ error: expect.any(String), error_description: expect.any(String) }),
		]);
	});

	it('is strict about its form', async () => {
		const empty = await token({});
		expect([empty.status, empty.data.message]).toEqual([422, ['grant_type should not be empty']]);
		expect((await exchange('x', { foo: 'bar' })).data.message).toEqual([
			'property foo should not exist',
		]);
		const json = await axios.post(`${client.sandbox.ghlUrl}/oauth/token`, { a: 1 }, asIs);
		expect(json.status).toBe(415);
		expect(client.sandbox.oauth.refusals).toBe(2);
	});

	it('rotates the refresh token: the used one is dead, the new one works', async () => {
		client.sandbox.settings.refreshGraceMs = 0;
		const first = (await exchange(await codeFor(locationId), { user_type: 'Location' })).data;
		const second = await refresh(first.refresh_token);
		expect(second.data).toMatchObject({ userType: 'Location', locationId, scope: first.scope });
		expect(second.data.refresh_token).not.toBe(first.refresh_token);
		const reuse = await refresh(first.refresh_token);
		expect([reuse.status, reuse.data]).toEqual([
			400,
			expect.objectContaining({ error: 'invalid_grant', error_description: expect.any(String) }),
		]);
		expect((await locationCall(second.data.access_token)).status).toBe(200);
		expect((await refresh(second.data.refresh_token)).status).toBe(200);
		const { exchanges, refreshes, refusals } = client.sandbox.oauth;
		expect({ exchanges, refreshes, refusals }).toEqual({ exchanges: 1, refreshes: 2, refusals: 1 });
	});

	it('lets one of two refreshes at once through, also when they are slow', async () => {
		client.sandbox.settings.refreshGraceMs = 0;
		const { refresh_token: refreshToken } = client.sandbox.oauth.issue({
			level: 'Location',
			scopes: ['contacts.readonly'],
		});
		client.sandbox.faults.add({ kind: 'delay', path: '^/oauth/token', delayMs: 50, times: 2 });
		const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
	});

	it('loses the refresh token with a lost answer', async () => {
		client.sandbox.settings.refreshGraceMs = 0;
		const { refresh_token: refreshToken } = client.sandbox.oauth.issue({
			level: 'Location',
			scopes: ['contacts.readonly'],
		});
		client.sandbox.faults.add({ kind: 'lostAnswer', path: '^/oauth/token' });
		await expect(refresh(refreshToken)).rejects.toThrow(/socket hang up|ECONNRESET/);
		expect((await refresh(refreshToken)).status).toBe(400);
	});

	it('writes no secret into the log', async () => {
		const code = await codeFor(locationId);
		const first = (await exchange(code)).data;
		const second = (await refresh(first.refresh_token)).data;
		await locationCall(second.access_token);
		const log = JSON.stringify(client.sandbox.requests.list());
		expect(log).toContain('/oauth/token');
		const control = await axios.get(`${client.sandbox.url}/control/oauth`);
		for (const secret of [
			code,
			SANDBOX.oauthClientSecret,
			...[first, second].flatMap((set) => [set.access_token, set.refresh_token]),
		]) {
			expect(log).not.toContain(secret);
			expect(JSON.stringify(control.data)).not.toContain(secret);
		}
	});
});

describe('expiry and revocation', () => {
	it('answers an expired token like an invalid one, until it is refreshed', async () => {
		const issued = client.sandbox.oauth.issue({
			level: 'Location',
			locationId,
			scopes: ['locations.readonly'],
		});
		expect((await locationCall(issued.access_token)).status).toBe(200);
		client.sandbox.oauth.expireAll();
		const expired = await locationCall(issued.access_token);
		expect([expired.status, expired.data]).toEqual([401, expect.objectContaining(NOT_VALID)]);
		const { data } = await refresh(issued.refresh_token);
		expect((await locationCall(data.access_token)).status).toBe(200);
		// A private integration token does not expire.
		expect((await locationCall(SANDBOX.privateToken)).status).toBe(200);
	});

	it('gives tokens the life the settings say', async () => {
		await axios.patch(`${client.sandbox.url}/control/settings`, { accessTokenLifeMs: 3000 });
		const short = client.sandbox.oauth.issue({ level: 'Location', scopes: ['locations.readonly'] });
		expect(short.expires_in).toBe(2);
		client.sandbox.settings.accessTokenLifeMs = 0;
		const over = client.sandbox.oauth.issue({ level: 'Location', scopes: ['locations.readonly'] });
		expect((await locationCall(short.access_token)).status).toBe(200);
		expect((await locationCall(over.access_token)).data).toMatchObject(NOT_VALID);
	});

	it('expires, revokes and shows tokens over the control API', async () => {
		const control = `${client.sandbox.url}/control/oauth`;
		const issued = client.sandbox.oauth.issue({
			level: 'Location',
			locationId,
			scopes: ['locations.readonly'],
		});
		await axios.post(`${control}/expire`);
		expect((await locationCall(issued.access_token)).status).toBe(401);
		const { data } = await refresh(issued.refresh_token);
		await axios.post(`${control}/revoke`);
		expect((await refresh(data.refresh_token)).status).toBe(400);
		expect((await locationCall(data.access_token)).status).toBe(200);
		expect((await axios.get(control)).data).toMatchObject({
			exchanges: 0,
			refreshes: 1,
			refusals: 1,
			tokens: [
				{ level: 'Location', locationId, expired: true, refreshToken: { state: 'used' } },
				{ level: 'Location', locationId, expired: false, refreshToken: { state: 'revoked' } },
			],
		});
	});
});

describe('agency tokens', () => {
	const COMPANY_SCOPES = 'contacts.readonly locations.readonly oauth.readonly oauth.write';
	const companyToken = async (): Promise<string> => {
		const code = await codeFor('agency', ask({ scope: COMPANY_SCOPES }));
		// The trap: the agency was chosen, so asking for a sub-account token does not help.
		const { data } = await exchange(code, { user_type: 'Location' });
		expect(data).toMatchObject({ userType: 'Company', companyId });
		expect(data).not.toHaveProperty('locationId');
		return data.access_token;
	};
	it('gets an agency token for a location choice with user_type=Company', async () => {
		const { data } = await exchange(await codeFor(locationId), { user_type: 'Company' });
		expect(data.userType).toBe('Company');
	});

	it('is shut out of sub-account routes, and let into those for both', async () => {
		const access = await companyToken();
		const { status, data } = await client.ghl('GET', `/contacts/?locationId=${locationId}`, null, {
			token: access,
		});
		expect([status, data.message]).toEqual([
			401,
			expect.stringMatching(/^This authClass type is not allowed to access this scope\. /),
		]);
		expect((await locationCall(access)).status).toBe(200);
	});

	it('can be exchanged for a location token, which opens that location only', async () => {
		const access = await companyToken();
		const { status, data } = await mint(access, { companyId, locationId });
		expect(status).toBe(201);
		expect(data).toMatchObject({ locationId, token_type: 'Bearer', expires_in: 86399 });
		expect(data).not.toHaveProperty('refresh_token');
		expect((await locationCall(data.access_token)).status).toBe(200);
		expect((await locationCall(data.access_token, otherLocationId)).status).toBe(403);
		const private_ = await mint(SANDBOX.agencyToken, { companyId, locationId });
		expect(private_.data.message).toBe("Token's user type mismatch!");
		const sub = await mint(data.access_token, { companyId, locationId });
		expect(sub.status).toBe(401);
		expect((await mint(access, { companyId })).status).toBe(422);
	});

	it('lists the locations the app is in, and takes it out again', async () => {
		const access = await companyToken();
		const appId = SANDBOX.oauthClientId.split('-')[0];
		const list = async (more = ''): Promise<Array<{ _id: string; isInstalled: boolean }>> => {
			const path = `/oauth/installedLocations?companyId=${companyId}&appId=${appId}${more}`;
			return (await client.ghl('GET', path, undefined, { token: access })).data.locations;
		};
		expect(await list('&isInstalled=true')).toHaveLength(2);
		const { data } = await mint(access, { companyId, locationId });
		const gone = await client.ghl(
			'DELETE',
			`/marketplace/app/${appId}/installations`,
			{ reason: 'test' },
			{ token: data.access_token },
		);
		expect(gone.data).toMatchObject({ success: true });
		expect(await list('&isInstalled=true')).toMatchObject([{ _id: otherLocationId }]);
		expect((await locationCall(data.access_token)).data).toMatchObject(NOT_VALID);
		expect((await mint(access, { companyId, locationId })).status).toBe(400);
	});
});
