import axios from 'axios';
import { clientLocationId, SANDBOX } from '../../../sandbox';
import { useReceiver } from './receiver';
import { useClient } from './client';
import { ask, signIn } from './signIn';

const { companyId, pausedLocationId, noApiLocationId, noAppLocationIds, foreignLocationId } =
	SANDBOX;
const CLIENTS = 110;
const ALL = CLIENTS + 2 + 4;
const appId = SANDBOX.oauthClientId.split('-')[0];
const client = useClient({ agency: { locations: CLIENTS } });
const { consent, codeOf, exchange, mint } = signIn(client);

const SCOPES =
	'contacts.readonly contacts.write locations/customFields.readonly users.readonly oauth.readonly oauth.write';
const companyToken = (ticked?: string[]): string =>
	client.sandbox.oauth.issue({ level: 'Company', scopes: SCOPES.split(' '), ticked }).access_token;
const mintFor = async (access: string, locationId: string): Promise<string> =>
	(await mint(access, { companyId, locationId })).data.access_token;
const page = async (access: string, more: string) => {
	const path = `/oauth/installedLocations?companyId=${companyId}&appId=${appId}${more}`;
	const { data } = await client.ghl('GET', path, undefined, { token: access });
	return data as { locations: Array<{ _id: string; name: string }>; count: number };
};
const search = (locationId: string, token: string) =>
	client.ghl('POST', '/contacts/search', { locationId, pageLimit: 100 }, { token });

describe('an agency with many locations', () => {
	it('is listed page by page, and counts all of the company', async () => {
		const access = companyToken();
		const first = await page(access, '&limit=100&isInstalled=true');
		const second = await page(access, '&limit=100&isInstalled=true&skip=100');
		const ids = [...first.locations, ...second.locations].map(({ _id }) => _id);
		expect([first.locations.length, ids.length]).toEqual([100, ALL - noAppLocationIds.length]);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toContain(pausedLocationId);
		for (const id of [...noAppLocationIds, foreignLocationId]) expect(ids).not.toContain(id);
		expect([first.count, second.count]).toEqual([ALL, ALL]);
		const names = (await page(access, '&limit=100')).locations.map(({ name }) => name);
		expect(new Set(names).size).toBe(100);
		expect((await page(access, '&query=cedar')).locations).toMatchObject([
			{ _id: clientLocationId(1), name: 'Cedar Fitness' },
		]);
	});

	it('can be searched on the consent page, which leaves out the locations of others', async () => {
		const { data } = await consent(ask({ scope: SCOPES }));
		expect(data).toContain('type="search"');
		expect(data).toContain(clientLocationId(CLIENTS - 1));
		expect(data).not.toContain(foreignLocationId);
	});

	it('gives each location data of its own: the same field names under other ids', async () => {
		const access = companyToken();
		const seen = { fields: new Set<string>(), contacts: new Set<string>(), names: new Set() };
		for (const id of [clientLocationId(0), clientLocationId(1), clientLocationId(60)]) {
			const token = await mintFor(access, id);
			const { data: list } = await search(id, token);
			expect(list.contacts).toHaveLength(5);
			const fields = await client.ghl('GET', `/locations/${id}/customFields`, null, { token });
			for (const { id: field } of fields.data.customFields) seen.fields.add(field);
			seen.names.add(fields.data.customFields.map(({ name }: { name: string }) => name).join());
			for (const contact of list.contacts) {
				expect(contact.locationId).toBe(id);
				expect(contact.customFields).toHaveLength(2);
				seen.contacts.add(contact.email);
			}
			const users = await client.ghl('GET', `/users/?locationId=${id}`, null, { token });
			expect(users.data.users).toHaveLength(1);
		}
		expect([seen.names.size, seen.contacts.size]).toEqual([1, 15]);
		expect(seen.fields.size).toBe(3 * 9);
	});

	it('has a paused location, one without the API, some without the app, and one of others', async () => {
		const access = companyToken();
		const said = async (locationId: string) => {
			const { status, data } = await mint(access, { companyId, locationId });
			return [status, data.message];
		};
		expect(await said(pausedLocationId)).toEqual([400, 'Location is not active']);
		const away = 'Invalid locationId or accessToken does not have access to following location';
		for (const id of noAppLocationIds) expect(await said(id)).toEqual([400, away]);
		expect((await said(foreignLocationId))[0]).toBe(403);
		const { status, data } = await search(noApiLocationId, await mintFor(access, noApiLocationId));
		expect([status, data.message]).toEqual([401, 'You do not have access to this feature']);
	});

	it('shows no location of another company, and knows no user of another location', async () => {
		const { access_token: access } = client.sandbox.oauth.issue({
			level: 'Company',
			scopes: ['locations.readonly', ...SCOPES.split(' ')],
		});
		const read = (id: string) => client.ghl('GET', `/locations/${id}`, null, { token: access });
		expect((await read(clientLocationId(0))).data.location.name).toBe('Bright Dental');
		expect((await read(foreignLocationId)).status).toBe(403);
		const [first, second] = [clientLocationId(0), clientLocationId(1)];
		const userOf = (locationId: string) =>
			[...client.sandbox.state.users.values()].find(({ roles }) =>
				roles.locationIds.includes(locationId),
			)?.id;
		const token = await mintFor(access, first);
		const create = (assignedTo?: string) =>
			client.ghl(
				'POST',
				'/contacts/',
				{ locationId: first, firstName: 'A', assignedTo },
				{ token },
			);
		expect((await create(userOf(first))).status).toBe(201);
		expect((await create(userOf(second))).status).toBe(400);
	});

	it('can be let into a location that was left out, by ticking it', async () => {
		const code = await codeOf({ user: 'agency', location_id: noAppLocationIds[0] });
		const { data } = await exchange(code);
		const answer = await mint(data.access_token, { companyId, locationId: noAppLocationIds[0] });
		expect(answer.status).toBe(201);
	});

	it('has the limits of each location for itself', async () => {
		client.sandbox.settings.burst = { max: 3, intervalMs: 60_000 };
		const access = companyToken();
		const [first, second] = [clientLocationId(0), clientLocationId(1)];
		const tokens = [await mintFor(access, first), await mintFor(access, second)];
		const statuses = [];
		for (let call = 0; call < 4; call += 1) {
			statuses.push((await search(first, tokens[0])).status);
		}
		expect(statuses).toEqual([200, 200, 200, 429]);
		expect((await search(second, tokens[1])).status).toBe(200);
		// Two mints went before it.
		expect((await mint(access, { companyId, locationId: first })).status).toBe(201);
		expect((await mint(access, { companyId, locationId: first })).status).toBe(429);
	});
});

describe('the log of mints', () => {
	it('counts them for each location, and how many were under way at once', async () => {
		const access = companyToken();
		const ids = [0, 1, 2].map(clientLocationId);
		client.sandbox.settings.latencyMs = 30;
		await Promise.all(
			[...ids, ids[0]].map((locationId) => mint(access, { companyId, locationId })),
		);
		await mint(access, { companyId, locationId: ids[1] });
		const { mints } = client.sandbox.oauth;
		expect(mints.perLocation()).toEqual({ [ids[0]]: 2, [ids[1]]: 2, [ids[2]]: 1 });
		expect([mints.mostAtOnce(), mints.mostAtOnce(ids[0]), mints.mostAtOnce(ids[1])]).toEqual([
			4, 2, 1,
		]);
		const { data } = await axios.get(`${client.sandbox.url}/control/oauth`);
		expect(data.mints.mostAtOnce).toBe(4);
		for (const { locationId, startedAt, endedAt, status } of data.mints.calls) {
			expect([ids.includes(locationId), status]).toEqual([true, 201]);
			expect(Date.parse(endedAt) - Date.parse(startedAt)).toBeGreaterThanOrEqual(29);
		}
		client.sandbox.reset();
		expect(mints.list()).toEqual([]);
	});

	it('has those that were refused or lost, and no token', async () => {
		const access = companyToken();
		client.sandbox.faults.add({ kind: 'lostAnswer', path: '^/oauth/locationToken' });
		const locationId = clientLocationId(0);
		await expect(mint(access, { companyId, locationId })).rejects.toThrow();
		await mint(access, { companyId, locationId: 'nowhere' });
		const token = await mintFor(access, locationId);
		expect(client.sandbox.oauth.mints.list()).toMatchObject([
			{ locationId, status: 0 },
			{ locationId: 'nowhere', status: 400 },
			{ locationId, status: 201 },
		]);
		const logs = JSON.stringify([
			client.sandbox.oauth.mints.list(),
			client.sandbox.requests.list(),
			(await axios.get(`${client.sandbox.url}/control/oauth`)).data,
		]);
		for (const secret of [access, token]) expect(logs).not.toContain(secret);
	});
});

describe('what the agency does with its locations', () => {
	const receiver = useReceiver();
	const [first, second] = [clientLocationId(0), clientLocationId(1)];
	const control = (path: string, body?: object) =>
		axios.post(`${client.sandbox.url}/control/highlevel/locations${path}`, body, {
			validateStatus: () => true,
		});
	const causedBy = async (work: () => Promise<unknown>) => {
		client.sandbox.ghlWebhooks.subscription = { url: receiver.url, events: [] };
		await client.sandbox.ghlWebhooks.settled();
		receiver.received = [];
		await work();
		await client.sandbox.ghlWebhooks.settled();
		return receiver.received.map(({ body }) => body);
	};

	it('pauses and resumes one, over the control API too', async () => {
		const token = await mintFor(companyToken(), first);
		const { data } = await control(`/${first}/pause`);
		expect(data.location).toMatchObject({ id: first, name: 'Bright Dental', isPaused: true });
		expect((await search(first, token)).status).toBe(400);
		client.sandbox.subAccounts.resume(first);
		expect((await search(first, token)).status).toBe(200);
		expect(await control('/nowhere/pause')).toMatchObject({
			status: 400,
			data: { error: 'No location nowhere' },
		});
		const { data: all } = await axios.get(`${client.sandbox.url}/control/highlevel/locations`);
		expect(all.locations).toContainEqual({
			id: first,
			name: 'Bright Dental',
			city: 'Austin',
			companyId,
			isPaused: false,
			hasApi: true,
			installedAt: expect.any(String),
			contacts: 5,
		});
	});

	it('uninstalls the app in one: its token is gone, the others and the company token stay', async () => {
		const access = companyToken();
		const [gone, kept] = [await mintFor(access, first), await mintFor(access, second)];
		const events = await causedBy(() => control(`/${first}/uninstall`));
		expect(events).toEqual([
			expect.objectContaining({ type: 'UNINSTALL', appId, companyId, locationId: first }),
		]);
		expect((await search(first, gone)).status).toBe(401);
		expect((await search(second, kept)).status).toBe(200);
		expect((await mint(access, { companyId, locationId: first })).status).toBe(400);
		const back = await causedBy(() => control(`/${first}/install`));
		expect(back).toMatchObject([{ type: 'INSTALL', locationId: first, isBulkInstallation: true }]);
		expect((await mint(access, { companyId, locationId: first })).status).toBe(201);
	});

	it('expires the tokens of one level', async () => {
		const access = companyToken();
		const token = await mintFor(access, first);
		const expire = (level: string) =>
			axios.post(`${client.sandbox.url}/control/oauth/expire?level=${level}`);
		await expire('Location');
		expect((await search(first, token)).status).toBe(401);
		const fresh = await mintFor(access, first);
		await expire('Company');
		expect((await search(first, fresh)).status).toBe(200);
		expect((await mint(access, { companyId, locationId: first })).status).toBe(401);
	});

	it('tells of an installation with the fields of each kind', async () => {
		const form = { user: 'agency', location_id: [first, second], future: 'yes' };
		const bulk = {
			type: 'INSTALL',
			appId,
			companyId,
			isBulkInstallation: true,
			installToFutureLocations: true,
			approveAllLocations: false,
		};
		const events = await causedBy(() => codeOf(form));
		expect(events).toHaveLength(3);
		const ofAgency = events.find(({ installType }) => installType === 'Company');
		expect(ofAgency).toMatchObject(bulk);
		expect(ofAgency).not.toHaveProperty('locationId');
		for (const locationId of [first, second]) {
			expect(events).toContainEqual(
				expect.objectContaining({ ...bulk, installType: 'Location', locationId }),
			);
		}
		const [single] = await causedBy(() => codeOf({ location_id: clientLocationId(2) }));
		expect(single).toMatchObject({
			installType: 'Location',
			locationId: clientLocationId(2),
			isBulkInstallation: false,
		});
	});

	it('makes a new one, which has the app only where future ones are let in', async () => {
		await codeOf({ user: 'agency', location_id: first });
		const none = await causedBy(() => control('', { name: 'New Client' }));
		expect(none).toEqual([]);
		await codeOf({ user: 'agency', location_id: second, future: 'yes' });
		const events = await causedBy(() => control('', { name: 'Newer Client' }));
		expect(events).toMatchObject([{ type: 'INSTALL', locationId: expect.any(String) }]);
		const access = companyToken([first]);
		const { locations } = await page(access, '&isInstalled=true&query=new');
		expect(locations).toMatchObject([{ name: 'Newer Client', _id: events[0].locationId }]);
	});

	it('takes the app out of the agency: every token is gone', async () => {
		const access = companyToken([first, second]);
		const token = await mintFor(access, first);
		const path = `/marketplace/app/${appId}/installations`;
		const events = await causedBy(() =>
			client.ghl('DELETE', path, { companyId }, { token: access }),
		);
		const places = events.map(({ locationId }) => locationId ?? 'the agency');
		expect(places.sort()).toEqual([first, second, 'the agency']);
		expect((await search(first, token)).status).toBe(401);
		expect((await mint(access, { companyId, locationId: first })).status).toBe(401);
	});
});

it('stands behind the data that is there without it', async () => {
	const { sandbox } = client;
	expect([...sandbox.state.locations.keys()].slice(0, 2)).toEqual([
		SANDBOX.locationId,
		SANDBOX.otherLocationId,
	]);
	const [contact] = sandbox.state.contacts.values();
	expect(contact.locationId).toBe(SANDBOX.locationId);
});
