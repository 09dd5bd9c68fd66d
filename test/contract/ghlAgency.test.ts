import { clientLocationId, SANDBOX } from '../../sandbox';
import { UNLIMITED, useSandbox } from '../support/useSandbox';
import { describeOfficial } from './support/openapi';
import { officialApp, officialSdk } from './support/sdk';

const { companyId, oauthClientId: clientId, oauthClientSecret: clientSecret } = SANDBOX;
const appId = clientId.split('-')[0];
const [first, second] = [clientLocationId(0), clientLocationId(1)];
const sandbox = useSandbox({ ...UNLIMITED, agency: { locations: 3 } });

const SCOPES =
	'contacts.readonly contacts.write locations.readonly oauth.readonly oauth.write'.split(' ');

/** The official SDK as an app that an agency's user let into the first location. */
async function appOfAgency(): Promise<ReturnType<typeof officialApp>> {
	const app = officialApp(sandbox.ghlUrl, { clientId, clientSecret });
	const tokens = sandbox.oauth.issue({ level: 'Company', scopes: SCOPES, ticked: [first] });
	await app.sdk.getSessionStorage().setSession(companyId, tokens as never);
	return app;
}

describeOfficial('The sandbox as an agency, by the official OpenAPI files', (official) => {
	it('takes what the official SDK sends, and answers as documented', async () => {
		const { sdk, calls } = await appOfAgency();
		await sdk.oauth.getLocationAccessToken({ companyId, locationId: first });
		const page = { skip: '0', limit: '100', isInstalled: true, query: 'bright' };
		await sdk.oauth.getInstalledLocation({ companyId, appId, ...page });
		expect(calls.map(({ status }) => status)).toEqual([201, 200]);
		for (const { method, path, query, headers, body } of calls) {
			expect(official.validateRequest({ method, path, query, headers, body })).toEqual([]);
		}
		for (const { method, path, status, response } of sandbox.requests.list()) {
			const answer = { method, path, status, body: response };
			expect(official.validateResponse(answer, { unknownKeys: true })).toEqual([]);
		}
	});

	it('refuses a mint as documented', async () => {
		const { access_token: access } = sandbox.oauth.issue({ level: 'Company', scopes: SCOPES });
		const { sdk } = officialSdk(sandbox.ghlUrl, access);
		const { pausedLocationId, noAppLocationIds, foreignLocationId } = SANDBOX;
		for (const locationId of [pausedLocationId, noAppLocationIds[0], foreignLocationId]) {
			await expect(sdk.oauth.getLocationAccessToken({ companyId, locationId })).rejects.toThrow();
		}
		const answers = sandbox.requests.list({ service: 'highlevel' });
		expect(answers.map(({ status }) => status)).toEqual([400, 400, 403]);
		for (const { method, path, status, response } of answers) {
			expect(official.validateResponse({ method, path, status, body: response })).toEqual([]);
		}
	});
});

describe('The sandbox as an agency, by the official SDK', () => {
	it('finds the locations, mints, and works in the one that the token opens', async () => {
		const { sdk } = await appOfAgency();
		const list = await sdk.oauth.getInstalledLocation({ companyId, appId, isInstalled: true });
		expect(list.locations?.map(({ _id }) => _id)).toEqual([first]);
		const minted = await sdk.oauth.getLocationAccessToken({ companyId, locationId: first });
		await sdk.getSessionStorage().setSession(first, minted as never);
		const { contacts } = await sdk.contacts.getContacts({ locationId: first, limit: 1 });
		expect(contacts).toMatchObject([{ locationId: first }]);
		await expect(
			sdk.oauth.getLocationAccessToken({ companyId, locationId: second }),
		).rejects.toThrow('Invalid locationId or accessToken does not have access');
	});

	it('renews the company token where that has expired, and the location token stays', async () => {
		const { sdk, calls } = await appOfAgency();
		const minted = await sdk.oauth.getLocationAccessToken({ companyId, locationId: first });
		sandbox.oauth.expireAll('Company');
		const list = await sdk.oauth.getInstalledLocation({ companyId, appId, limit: '100' });
		expect(list.locations?.map(({ _id }) => _id)).toContain(second);
		expect(calls.map(({ path, status }) => `${path} ${status}`)).toEqual([
			'/oauth/locationToken 201',
			'/oauth/installedLocations 401',
			'/oauth/token 200',
			'/oauth/installedLocations 200',
		]);
		const location = officialSdk(sandbox.ghlUrl, minted.access_token ?? '').sdk;
		const { contacts } = await location.contacts.getContacts({ locationId: first, limit: 1 });
		expect(contacts).toMatchObject([{ locationId: first }]);
	});
});
