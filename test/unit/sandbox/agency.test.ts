import axios from 'axios';
import { SANDBOX } from '../../../sandbox';
import { useClient } from './client';
import { ask, asIs, signIn } from './signIn';

const { locationId, otherLocationId, companyId } = SANDBOX;
const appId = SANDBOX.oauthClientId.split('-')[0];
const client = useClient();
const { consent, decide, codeOf, exchange, refresh, mint } = signIn(client);

const SCOPES = 'contacts.readonly contacts.write locations.readonly oauth.readonly oauth.write';
const query = ask({ scope: SCOPES });
/** An agency's user ticks these locations. */
const agencySignIn = async (ticked: string[], more = {}) => {
	const code = await codeOf({ user: 'agency', location_id: ticked, ...more }, query);
	return (await exchange(code, { user_type: 'Location' })).data;
};
const installed = async (access: string, more = ''): Promise<Record<string, unknown>[]> => {
	const path = `/oauth/installedLocations?companyId=${companyId}&appId=${appId}${more}`;
	return (await client.ghl('GET', path, undefined, { token: access })).data.locations;
};
const idsOf = async (access: string, more?: string): Promise<unknown[]> =>
	(await installed(access, more)).map(({ _id }) => _id);
const readLocation = (access: string, id: string) =>
	client.ghl('GET', `/locations/${id}`, undefined, { token: access });
const readContacts = (access: string, id: string) =>
	client.ghl('POST', '/contacts/search', { locationId: id, pageLimit: 1 }, { token: access });

describe('the consent page', () => {
	it('asks who signs in', async () => {
		const { data } = await consent(query);
		for (const text of [
			'name="user" value="agency"',
			'name="user" value="subaccount"',
			`type="checkbox" name="location_id" value="${locationId}"`,
			`type="radio" name="location_id" value="${locationId}"`,
		])
			expect(data).toContain(text);
	});

	it.each([[[locationId]], [[locationId, otherLocationId]]])(
		'gives an agency user who ticks %j a company token, and the app to those alone',
		async (ticked) => {
			const data = await agencySignIn(ticked);
			expect(data).toMatchObject({
				userType: 'Company',
				companyId,
				isBulkInstallation: true,
				approvedLocations: ticked,
				installToFutureLocations: false,
				approveAllLocations: ticked.length === 2,
				scope: SCOPES,
			});
			expect(data).not.toHaveProperty('locationId');
			expect(await idsOf(data.access_token, '&isInstalled=true')).toEqual(ticked);
		},
	);

	it('gives a user of the sub-account a token of that location', async () => {
		const code = await codeOf({ user: 'subaccount', location_id: otherLocationId });
		const { data } = await exchange(code, { user_type: 'Location' });
		expect(data).toMatchObject({
			userType: 'Location',
			locationId: otherLocationId,
			companyId,
			isBulkInstallation: false,
		});
		expect((await readLocation(data.access_token, locationId)).status).toBe(403);
	});

	it.each([
		['no location', { user: 'agency' }],
		['one that nobody has', { user: 'agency', location_id: [locationId, 'nowhere'] }],
		['two for one sub-account', { location_id: [locationId, otherLocationId] }],
		['somebody else', { user: 'guest', location_id: locationId }],
	])('takes no yes for %s', async (_case, form) => {
		const { status, headers } = await decide({ decision: 'allow', ...form });
		expect([status, headers.location]).toEqual([400, undefined]);
	});

	it('remembers that future sub-accounts get the app', async () => {
		const data = await agencySignIn([locationId], { future: 'yes' });
		expect(data.installToFutureLocations).toBe(true);
		const path = `/oauth/installedLocations?companyId=${companyId}&appId=${appId}`;
		const list = await client.ghl('GET', path, undefined, { token: data.access_token });
		expect(list.data.installToFutureLocations).toBe(true);
	});
});

describe('a mint', () => {
	it('opens its own location alone, to calls and to records', async () => {
		const { access_token: access } = await agencySignIn([locationId, otherLocationId]);
		const { status, data } = await mint(access, { companyId, locationId: otherLocationId });
		expect([status, data]).toEqual([
			201,
			expect.objectContaining({ locationId: otherLocationId, expires_in: 86399, appId }),
		]);
		expect(data).not.toHaveProperty('refresh_token');
		const token = data.access_token;
		expect((await readContacts(token, otherLocationId)).status).toBe(200);
		const [record] = client.sandbox.state.contacts.values();
		for (const foreign of [
			await readContacts(token, locationId),
			await client.ghl('GET', `/contacts/${record.id}`, undefined, { token }),
		]) {
			expect([foreign.status, foreign.data.message]).toEqual([
				403,
				'The token does not have access to this location.',
			]);
		}
	});

	it('is refused where the app is not installed, and for a location or company of others', async () => {
		const { access_token: access } = await agencySignIn([locationId]);
		const away = 'Invalid locationId or accessToken does not have access to following location';
		for (const id of [otherLocationId, 'nowhere']) {
			const { status, data } = await mint(access, { companyId, locationId: id });
			expect([status, data.message]).toEqual([400, away]);
		}
		const [location] = client.sandbox.state.locations.values();
		const foreign = { ...location, id: 'foreign', companyId: 'anotherCompany' };
		client.sandbox.state.locations.set(foreign.id, foreign);
		const theirs = await mint(access, { companyId, locationId: foreign.id });
		expect([theirs.status, theirs.data.message]).toEqual([
			403,
			'The token does not have access to this location.',
		]);
		expect((await mint(access, { companyId: 'another', locationId })).status).toBe(403);
		expect(await idsOf(access)).not.toContain(foreign.id);
	});

	it('is for the company token alone', async () => {
		const { access_token: access } = await agencySignIn([locationId]);
		const { data } = await mint(access, { companyId, locationId });
		for (const [token, message] of [
			[data.access_token, /^This authClass type is not allowed to access this scope\. /],
			[SANDBOX.agencyToken, /^Token's user type mismatch!$/],
			[SANDBOX.privateToken, /^Token's user type mismatch!$/],
		]) {
			const refused = await mint(String(token), { companyId, locationId });
			expect([refused.status, refused.data.message]).toEqual([401, expect.stringMatching(message)]);
		}
	});

	it('asks for oauth.write only where the setting says so', async () => {
		const code = await codeOf({ user: 'agency', location_id: locationId });
		const { access_token: access } = (await exchange(code)).data;
		expect((await mint(access, { companyId, locationId })).status).toBe(201);
		client.sandbox.settings.mintNeedsScope = true;
		const { status, data } = await mint(access, { companyId, locationId });
		expect([status, data.message]).toEqual([401, 'The token is not authorized for this scope.']);
	});

	it('is asked for with a form and a Version, under its camelCase path', async () => {
		const { access_token: access } = await agencySignIn([locationId]);
		const post = (path: string, more: object, data: unknown = 'companyId=a&locationId=b') =>
			axios.post(client.sandbox.ghlUrl + path, data, {
				...asIs,
				headers: { Authorization: `Bearer ${access}`, ...more },
			});
		const version = { Version: '2021-07-28' };
		expect((await post('/oauth/location-token', version)).status).toBe(404);
		expect((await post('/oauth/locationToken', {})).status).toBe(401);
		const json = await post('/oauth/locationToken', version, { companyId, locationId });
		expect(json.status).toBe(415);
		const path = `/oauth/installed-locations?companyId=${companyId}&appId=${appId}`;
		expect((await client.ghl('GET', path, undefined, { token: access })).status).toBe(404);
	});

	it('lives as long as its own setting says', async () => {
		client.sandbox.settings.locationTokenLifeMs = 0;
		const { access_token: access } = await agencySignIn([locationId]);
		const { data } = await mint(access, { companyId, locationId });
		expect(data.expires_in).toBe(0);
		expect((await readLocation(data.access_token, locationId)).status).toBe(401);
		expect((await readLocation(access, locationId)).status).toBe(200);
	});

	it('stays valid when the company token is renewed or expires', async () => {
		const company = await agencySignIn([locationId]);
		const { data } = await mint(company.access_token, { companyId, locationId });
		expect((await refresh(company.refresh_token)).status).toBe(200);
		client.sandbox.oauth.expireAll('Company');
		expect((await readContacts(data.access_token, locationId)).status).toBe(200);
		expect((await mint(company.access_token, { companyId, locationId })).status).toBe(401);
	});
});

describe('the list of installed locations', () => {
	it('comes without a filter with a flag, and counts all of the company', async () => {
		const { access_token: access } = await agencySignIn([locationId]);
		expect(await installed(access)).toEqual([
			{
				_id: locationId,
				name: 'Sandbox Dental',
				address: '1 Example Street, Austin, TX 78701, US',
				isInstalled: true,
				installedAt: expect.stringMatching(/Z$/),
				versionId: SANDBOX.oauthVersionId,
			},
			expect.objectContaining({ _id: otherLocationId, isInstalled: false }),
		]);
		const path = `/oauth/installedLocations?companyId=${companyId}&appId=${appId}&isInstalled=true`;
		const { data } = await client.ghl('GET', path, undefined, { token: access });
		expect([data.locations.length, data.count]).toEqual([1, 2]);
	});

	it('is paged, searched by name, and gives at most 100 at once', async () => {
		const { access_token: access } = await agencySignIn([locationId, otherLocationId]);
		expect(await idsOf(access, '&limit=1')).toEqual([locationId]);
		expect(await idsOf(access, '&limit=1&skip=1')).toEqual([otherLocationId]);
		expect(await idsOf(access, '&limit=100&query=DENTAL')).toEqual([locationId]);
		const path = `/oauth/installedLocations?companyId=${companyId}&appId=${appId}&limit=101`;
		const { status, data } = await client.ghl('GET', path, undefined, { token: access });
		expect([status, data.message]).toEqual([422, ['limit must not be greater than 100']]);
	});

	it('is for a company token with oauth.readonly alone', async () => {
		const path = `/oauth/installedLocations?companyId=${companyId}&appId=${appId}`;
		const code = await codeOf({ user: 'agency', location_id: locationId });
		const without = (await exchange(code)).data.access_token;
		for (const token of [SANDBOX.appToken, SANDBOX.agencyToken, without]) {
			expect((await client.ghl('GET', path, undefined, { token })).status).toBe(401);
		}
	});
});

describe('a refresh', () => {
	it('goes with the right user_type or none, and fails with a wrong one', async () => {
		let { refresh_token: last } = await agencySignIn([locationId]);
		const wrong = await refresh(last, { user_type: 'Location' });
		expect([wrong.status, wrong.data.error]).toEqual([400, 'invalid_grant']);
		for (const more of [{ user_type: 'Company' }, {}] as Array<Record<string, string>>) {
			const { status, data } = await refresh(last, more);
			expect([status, data]).toEqual([
				200,
				expect.objectContaining({ userType: 'Company', companyId, scope: SCOPES }),
			]);
			last = data.refresh_token;
		}
	});

	it('gives the same answer again for a while, then never again', async () => {
		const first = await agencySignIn([locationId]);
		const answers = await Promise.all([refresh(first.refresh_token), refresh(first.refresh_token)]);
		const pairs = answers.map(({ data }) => [data.access_token, data.refresh_token]);
		expect(pairs[1]).toEqual(pairs[0]);
		expect(client.sandbox.oauth.refreshes).toBe(2);
		client.sandbox.settings.refreshGraceMs = 0;
		expect((await refresh(first.refresh_token)).data.error).toBe('invalid_grant');
	});

	it('gives no answer again once the tokens were revoked, or the app was taken out', async () => {
		const { oauth } = client.sandbox;
		for (const end of [
			() => oauth.revokeAll(),
			() => oauth.uninstall([locationId], { all: true }),
		]) {
			const { refresh_token: used } = await agencySignIn([locationId]);
			await refresh(used);
			end();
			expect((await refresh(used)).data.error).toBe('invalid_grant');
		}
	});

	it('does not bring the app back where it was taken out', async () => {
		const { access_token: access, refresh_token: last } = await agencySignIn([
			locationId,
			otherLocationId,
		]);
		client.sandbox.oauth.uninstall([otherLocationId], { all: false });
		await refresh(last);
		expect(await idsOf(access, '&isInstalled=true')).toEqual([locationId]);
	});
});

describe('a location that lets no call through', () => {
	const minted = async (): Promise<{ access: string; location: string }> => {
		const { access_token: access } = await agencySignIn([locationId]);
		const { data } = await mint(access, { companyId, locationId });
		return { access, location: data.access_token };
	};

	it('is paused: every call there and a mint for it answer 400, until it is resumed', async () => {
		const { access, location } = await minted();
		client.sandbox.state.pausedLocations.add(locationId);
		for (const refused of [
			await readContacts(location, locationId),
			await client.ghl('GET', '/contacts/x', undefined, { token: SANDBOX.privateToken }),
			await readLocation(access, locationId),
			await mint(access, { companyId, locationId }),
		]) {
			expect([refused.status, refused.data.message]).toEqual([400, 'Location is not active']);
		}
		client.sandbox.state.pausedLocations.clear();
		expect((await readContacts(location, locationId)).status).toBe(200);
	});

	it('has a plan without the API: calls answer 401', async () => {
		const { location } = await minted();
		client.sandbox.state.locationsWithoutApi.add(locationId);
		const { status, data } = await readContacts(location, locationId);
		expect([status, data.message]).toEqual([401, 'You do not have access to this feature']);
	});
});

it('a private integration of the agency can neither mint, list nor read contacts', async () => {
	const token = SANDBOX.agencyToken;
	const path = `/oauth/installedLocations?companyId=${companyId}&appId=${appId}`;
	for (const refused of [
		await mint(token, { companyId, locationId }),
		await readContacts(token, locationId),
		await client.ghl('GET', path, undefined, { token }),
	]) {
		expect([refused.status, refused.data.message]).toEqual([401, "Token's user type mismatch!"]);
	}
});
