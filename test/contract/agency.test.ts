import { SANDBOX } from '../../sandbox';
import { useSandbox } from '../support/useSandbox';
import { byId, connectedGhl, runGhl } from '../workflow/ghl';
import { describeOfficial } from './support/openapi';
import { officialSdk } from './support/sdk';

const sandbox = useSandbox();

const { companyId, locationId, agencyAppToken } = SANDBOX;
const MINT = '/oauth/locationToken';

/** The exchange of the agency's token, as it goes before the first call to a location. */
async function mint() {
	const [contactId] = sandbox.state.contacts.keys();
	const parameters = {
		authentication: 'oAuth2',
		location: byId(locationId),
		contactId: byId(contactId),
		simplify: false,
	};
	const credentials = connectedGhl(sandbox, { level: 'Company', locationId: undefined });
	const { error } = await runGhl(sandbox, 'contact:get', parameters, { credentials });
	expect(error).toBeUndefined();
	const requests = sandbox.requests.list({ service: 'highlevel' });
	expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
		`POST ${MINT}`,
		`GET /contacts/${contactId}`,
	]);
	return requests[0];
}

describeOfficial('The exchange of a token against the official OpenAPI files', (official) => {
	it('is as documented; of the status, 201 is what was seen live', async () => {
		const { method, path, query, headers, body, status, response } = await mint();
		const request = {
			...{ method, path, body: body ?? undefined },
			query: query as Record<string, string>,
			headers: headers as Record<string, string>,
		};
		expect(official.validateRequest(request)).toEqual([]);
		expect(status).toBe(201);
		expect(official.validateResponse({ method, path, status: 200, body: response })).toEqual([]);
		expect(headers).toMatchObject({
			version: '2021-07-28',
			'content-type': expect.stringContaining('application/x-www-form-urlencoded'),
		});
	});
});

it('The exchange of a token goes over the wire as that of the official SDK', async () => {
	const own = await mint();
	sandbox.reset();
	sandbox.oauth.issue({ level: 'Company', scopes: ['oauth.write'] });
	const { sdk, last } = officialSdk(sandbox.ghlUrl, agencyAppToken);
	await sdk.oauth.getLocationAccessToken({ companyId, locationId });
	const { method, path, status, headers } = last();
	expect({ method, path, status }).toEqual({ method: own.method, path: own.path, status: 201 });
	const theirs = sandbox.requests.list({ service: 'highlevel' }).at(-1);
	expect(theirs?.body).toEqual(own.body);
	expect(headers.version).toBe((own.headers as Record<string, string>).version);
});
