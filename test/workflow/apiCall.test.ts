import type { INodeParameters } from 'n8n-workflow';
import { clientLocationId, SANDBOX } from '../../sandbox';
import { known } from '../examples/values';
import { useSandbox } from '../support/useSandbox';
import { byId, callsOf, connectedGhl, runGhl, type GhlRun } from './ghl';
import { agencyCredentials, runHeyReach } from './heyReach';

const sandbox = useSandbox({ heyReachClients: true, agency: { locations: 2 } });

const { locationId } = SANDBOX;
const send = async (parameters: INodeParameters, run?: GhlRun) =>
	await runGhl(sandbox, 'apiCall:send', parameters, run);
const getMany = async (parameters: INodeParameters, run?: GhlRun) =>
	await runGhl(sandbox, 'apiCall:getMany', { returnAll: true, ...parameters }, run);
const last = () => sandbox.requests.list({}).at(-1);

describe('A call that no operation describes', () => {
	it('has method, path, query, body and Version as they are written, and the location filled in', async () => {
		const body = '{ "name": "Fair", "locationId": "{locationId}" }';
		const path = '/businesses/?from=fair';
		await send({ method: 'POST', path, bodyJson: body, options: { version: '2021-04-15' } });
		expect(last()).toMatchObject({
			method: 'POST',
			body: { name: 'Fair', locationId },
			query: { from: 'fair' },
			headers: { version: '2021-04-15' },
		});
	});

	it('puts out the answer, each record of a list as an item, and an audit row if asked', async () => {
		const { contact } = known(sandbox);
		const one = await send({ method: 'GET', path: `/contacts/${contact.id}` });
		expect(one.json).toMatchObject([{ contact: { id: contact.id } }]);
		const audited = await send({
			method: 'PUT',
			path: `/contacts/${contact.id}`,
			bodyJson: { firstName: 'Ann' },
			options: { includeAuditRow: true },
		});
		expect(audited.json[0].audit).toMatchObject({ operation: 'apiCall:send', status: 'done' });
	});

	it('puts out status and headers beside the answer if asked, but no cookies', async () => {
		const path = `/contacts/${known(sandbox).contact.id}`;
		const { json } = await send({ method: 'GET', path, options: { includeHeaders: true } });
		expect(json).toMatchObject([
			{
				statusCode: 200,
				headers: { 'x-ratelimit-max': '100' },
				body: { contact: { id: known(sandbox).contact.id } },
			},
		]);
		expect(json[0].headers).not.toHaveProperty('set-cookie');
	});

	it('has the Version of its path, by what is behind the IDs', async () => {
		await send({ method: 'GET', path: `/conversations/${known(sandbox).conversation.id}` });
		expect(last()?.headers).toMatchObject({ version: '2021-04-15' });
	});

	it('sends a DELETE without a body, and with the one that is written', async () => {
		const { contact } = known(sandbox);
		await send({
			method: 'DELETE',
			path: `/contacts/${contact.id}/tags`,
			bodyJson: { tags: ['a'] },
		});
		expect(last()?.body).toEqual({ tags: ['a'] });
		await send({ method: 'DELETE', path: `/contacts/${contact.id}`, bodyJson: '{}' });
		expect(last()?.body ?? undefined).toBeUndefined();
		expect(sandbox.state.contacts.has(contact.id)).toBe(false);
	});

	it('renews the token of an OAuth2 connection and goes on', async () => {
		const credentials = connectedGhl(sandbox);
		sandbox.oauth.expireAll?.();
		const { error, json } = await send(
			{ authentication: 'oAuth2', method: 'GET', path: '/locations/{locationId}' },
			{ credentials },
		);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ location: { id: locationId } }]);
	});

	it('goes to the location that its item names', async () => {
		const locations = [clientLocationId(1), clientLocationId(0)];
		const parameters = {
			authentication: 'oAuth2',
			location: byId('={{ $json.location }}'),
			method: 'GET',
			path: '/locations/{locationId}',
		};
		const { error, json } = await send(parameters, {
			credentials: connectedGhl(sandbox, { level: 'Company', locationId: undefined }),
			items: locations.map((location) => ({ json: { location } })),
		});
		expect(error).toBeUndefined();
		expect(json).toMatchObject(locations.map((id) => ({ location: { id } })));
	});

	it('goes as the whole agency if the item asks for it', async () => {
		const { error, json } = await getMany(
			{
				authentication: 'oAuth2',
				location: byId(clientLocationId(0)),
				method: 'GET',
				path: '/locations/search?companyId={companyId}',
				options: { asOwner: '={{ $json.all }}' },
			},
			{
				credentials: connectedGhl(sandbox, { level: 'Company', locationId: undefined }),
				items: [{ json: { all: true } }],
			},
		);
		expect(error).toBeUndefined();
		expect(json.length).toBeGreaterThan(1);
		expect(sandbox.requests.list({}).filter(({ path }) => path.includes('locationToken'))).toEqual(
			[],
		);
	});

	it('says what is needed where the credential is of one location alone', async () => {
		const { error } = await send({
			method: 'GET',
			path: '/locations/search',
			options: { asOwner: true },
		});
		expect(error?.message).toMatch(/“Use the Agency Token” needs a credential of an agency user/);
	});

	it('goes to the workspace that its item names', async () => {
		const [client] = SANDBOX.heyReachClients;
		const { json } = await runHeyReach(
			sandbox,
			'apiCall:getMany',
			{ workspace: client.name, path: '/list/GetAll', method: 'POST', returnAll: true },
			{ credentials: agencyCredentials(sandbox) },
		);
		const own = [...sandbox.state.workspace(client.workspaceId).lists.keys()];
		expect(json.map(({ id }) => id).sort()).toEqual(own.sort());
	});

	it('never gets a token for the output', async () => {
		for (const path of ['/oauth/token', '/OAuth/location%54oken/', 'oauth/locationToken?a=b']) {
			const { error } = await send({ method: 'POST', path });
			expect(error?.message).toMatch(/^This endpoint returns tokens/);
		}
		expect(callsOf(sandbox)).toEqual([]);
	});

	it('never gets the API keys of workspaces for the output', async () => {
		const credentials = agencyCredentials(sandbox);
		const { workspaceId } = SANDBOX.heyReachClients[0];
		for (const part of ['api-keys', 'API-%6Beys']) {
			const path = `/management/organizations/${part}/workspaces/${workspaceId}`;
			const parameters = { method: 'GET', path };
			const { error, json } = await runHeyReach(sandbox, 'apiCall:send', parameters, {
				credentials,
			});
			expect({ error: error?.message, json }).toEqual({
				error: expect.stringMatching(/^This endpoint returns tokens/) as string,
				json: [],
			});
		}
		expect(callsOf(sandbox)).toEqual([]);
	});

	it.each([
		['a whole address', { path: 'https://evil.example/contacts/' }],
		['another host', { path: '//evil.example' }],
		['a header in the path', { path: '/contacts/\r\nX-Evil: 1' }],
		['a header in the Version', { path: '/contacts/', options: { version: 'v3\r\nX-Evil: 1' } }],
		['a method of its own', { path: '/contacts/', method: '={{ "TRACE" }}' }],
		['a list as a query', { path: '/contacts/', queryJson: '[1]' }],
		['JSON that is none', { path: '/contacts/', method: 'PUT', bodyJson: '{a:1}' }],
	])('sends nothing for %s', async (_name, parameters) => {
		const { error } = await send({ method: 'GET', ...parameters });
		expect(error).toBeDefined();
		expect(callsOf(sandbox)).toEqual([]);
	});

	it('takes a list as the whole body', async () => {
		await send({ method: 'POST', path: '/contacts/search', bodyJson: '[{ "a": "{locationId}" }]' });
		expect(last()?.headers).toMatchObject({ 'content-type': 'application/json' });
		expect(last()?.body).toEqual([{ a: locationId }]);
	});
});

describe('A call whose answer is lost', () => {
	it.each([
		['GET', 2],
		['PUT', 2],
		['DELETE', 2],
		['POST', 1],
		['PATCH', 1],
	])('%s is sent %i times', async (method, times) => {
		const { contact } = known(sandbox);
		const path = method === 'POST' ? `/contacts/${contact.id}/notes` : `/contacts/${contact.id}`;
		sandbox.faults.add({ kind: 'lostAnswer', method, path: `^${path}$` });
		const bodyJson = method === 'POST' ? { body: 'note' } : { firstName: 'Ann' };
		const { error } = await send({ method, path, bodyJson });
		if (times === 1) expect(error?.message).toMatch(/may have been carried out anyway$/);
		else expect(error).toBeUndefined();
		expect(callsOf(sandbox)).toEqual(Array(times).fill(`${method} ${path}`));
	});

	it('a POST that is refused by the rate limit was not carried out, and is sent again', async () => {
		const path = `/contacts/${known(sandbox).contact.id}/notes`;
		sandbox.faults.add({ kind: 'rateLimited', headers: { 'retry-after': '0' }, times: 1 });
		const { error } = await send({ method: 'POST', path, bodyJson: { body: 'note' } });
		expect(error).toBeUndefined();
		expect(callsOf(sandbox)).toHaveLength(2);
	});
});

describe('A list that no operation describes', () => {
	const search = '/opportunities/search?location_id={locationId}';
	const ids = (json: object[]) => json.map((record) => (record as { id: string }).id);
	const all = () =>
		[...sandbox.state.opportunities.values()]
			.filter((record) => record.locationId === locationId)
			.map(({ id }) => id);

	it('comes page by page with two cursors in the answer', async () => {
		const by = {
			kind: 'cursor',
			parameter: 'startAfter, startAfterId',
			cursorIn: 'meta.startAfter, meta.startAfterId',
			size: 3,
		};
		const { json, error } = await getMany({
			path: search,
			recordsIn: 'opportunities',
			paging: { by },
		});
		expect(error).toBeUndefined();
		expect(ids(json).sort()).toEqual(all().sort());
		expect(callsOf(sandbox).length).toBeGreaterThanOrEqual(Math.ceil(all().length / 3));
	});

	it('comes page by page with the cursor of its last record, in the body of a POST', async () => {
		const by = {
			kind: 'cursor',
			parameter: 'searchAfter',
			cursorIn: 'contacts[-1].searchAfter',
			sizeParameter: 'pageLimit',
			size: 100,
		};
		const { json, error } = await getMany({
			method: 'POST',
			path: '/contacts/search',
			bodyJson: '{ "locationId": "{locationId}" }',
			paging: { by },
		});
		expect(error).toBeUndefined();
		const own = [...sandbox.state.contacts.values()].filter((one) => one.locationId === locationId);
		expect(ids(json).sort()).toEqual(own.map(({ id }) => id).sort());
	});

	it('comes page by page with a page number and with an offset', async () => {
		const page = { kind: 'page', parameter: 'page', sizeParameter: 'pageLimit', size: 50 };
		const contacts = await getMany({
			method: 'POST',
			path: '/contacts/search',
			bodyJson: '{ "locationId": "{locationId}" }',
			recordsIn: 'contacts',
			paging: { by: page },
		});
		expect(new Set(ids(contacts.json)).size).toBe(contacts.json.length);
		const offset = { kind: 'offset', parameter: 'skip', first: 0, size: 2 };
		const businesses = await getMany({
			path: '/businesses/?locationId={locationId}',
			recordsIn: 'businesses',
			paging: { by: offset },
		});
		const own = [...sandbox.state.businesses.values()].filter(
			(one) => one.locationId === locationId,
		);
		expect(ids(businesses.json).sort()).toEqual(own.map(({ id }) => id).sort());
	});

	it('is cut by Limit', async () => {
		const { json } = await getMany({ path: search, returnAll: false, limit: 2 });
		expect(json).toHaveLength(2);
	});

	it('is read once without paging, with a hint where there is more', async () => {
		const { json, hints } = await getMany({ path: search });
		expect(json).toHaveLength(20);
		expect(callsOf(sandbox)).toHaveLength(1);
		expect(hints.map(({ message }) => message)).toContain(
			'There may be more records: add Paging. Read so far: 20 of 30 from /opportunities/search',
		);
	});

	it('is read for each item as that item says', async () => {
		const { json, error } = await getMany(
			{ path: '={{ $json.path }}', recordsIn: '={{ $json.in }}' },
			{
				items: [
					{ json: { path: search, in: 'opportunities' } },
					{ json: { path: search, in: 'meta' } },
					{ json: { path: '/locations/{locationId}/tags', in: '' } },
				],
				onError: 'continueRegularOutput',
			},
		);
		expect(error).toBeUndefined();
		expect(json.filter((item) => item.error)).toEqual([
			expect.objectContaining({ error: 'The answer has no list at “meta”' }),
		]);
		expect(json.at(-1)).toHaveProperty('name');
	});
});
