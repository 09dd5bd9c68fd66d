import type { AxiosResponse } from 'axios';
import { SANDBOX } from '../../../sandbox';
import { useClient } from './client';

const client = useClient();

const search = async (email: string): Promise<AxiosResponse['data']['contacts']> =>
	(
		await client.ghl('POST', '/contacts/search', {
			locationId: SANDBOX.locationId,
			pageLimit: 10,
			filters: [{ field: 'email', operator: 'eq', value: email }],
		})
	).data.contacts;

describe('an edit behind the back of the API', () => {
	afterEach(() => jest.restoreAllMocks());
	const at = '2026-02-02T10:00:00.000Z';

	it('is seen by a read at once, and by the search after its lag', async () => {
		const { edits } = client.sandbox;
		const { id } = edits.newContact({ email: 'new@example.com' }, { at, lagMs: 20_000 });
		expect((await client.ghl('GET', `/contacts/${id}`)).data.contact).toMatchObject({
			email: 'new@example.com',
			dateAdded: at,
			dateUpdated: at,
		});
		expect(await search('new@example.com')).toEqual([]);
		const soon = Date.now() + 20_000;
		jest.spyOn(Date, 'now').mockImplementation(() => soon);
		expect(await search('new@example.com')).toMatchObject([{ id, dateUpdated: at }]);
		const later = '2026-02-02T11:00:00.000Z';
		edits.contact(id, { city: 'Oslo' }, { at: later, lagMs: 0 });
		expect(await search('new@example.com')).toMatchObject([{ city: 'Oslo', dateUpdated: later }]);
		expect(edits.log).toEqual([
			{ at, kind: 'contactCreated', id, changes: { email: 'new@example.com' } },
			{ at: later, kind: 'contactUpdated', id, changes: { city: 'Oslo' } },
		]);
	});

	it('may be seen before an older one, which never undoes it', async () => {
		const { edits } = client.sandbox;
		const [{ id }, other] = [{ email: 'a@example.com' }, { email: 'b@example.com' }].map((fields) =>
			edits.newContact(fields, { lagMs: 0 }),
		);
		edits.contact(id, { city: 'Old' }, { lagMs: 20_000 });
		edits.contact(id, { city: 'New' }, { lagMs: 0 });
		edits.contact(other.id, { city: 'Later' }, { lagMs: 0 });
		expect(await search('a@example.com')).toMatchObject([{ city: 'New' }]);
		expect(await search('b@example.com')).toMatchObject([{ city: 'Later' }]);
		const soon = Date.now() + 20_000;
		jest.spyOn(Date, 'now').mockImplementation(() => soon);
		expect(await search('a@example.com')).toMatchObject([{ city: 'New' }]);
	});

	it('reaches leads, their lists and their way through a campaign', async () => {
		const { edits, state } = client.sandbox;
		const [lead] = state.leads.values();
		const fresh = { ...lead, linkedinId: '999', profileUrl: 'https://www.linkedin.com/in/fresh' };
		edits.newLead(2003, fresh);
		edits.lead('999', { position: 'Pilot' });
		edits.leadStatus(1001, '999', { leadCampaignStatus: 'Finished' }, { at });
		const post = async (path: string, body: object) =>
			(await client.heyReach('POST', path, body)).data;
		const { items } = await post('/list/GetLeadsFromList', { listId: 2003, leadLinkedInId: '999' });
		expect(items).toMatchObject([{ position: 'Pilot' }]);
		expect(await post('/campaign/GetCampaignsForLead', { linkedinId: '999' })).toMatchObject({
			items: [{ campaignId: 1001, leadStatus: 'Finished' }],
		});
		expect(edits.log.map(({ kind }) => kind)).toEqual([
			'leadCreated',
			'leadUpdated',
			'leadStatusChanged',
		]);
		client.sandbox.reset();
		expect(edits.log).toEqual([]);
	});

	it('tells a test that misspells an id', () => {
		expect(() => client.sandbox.edits.contact('nobody', {})).toThrow('No record nobody');
	});
});

describe('the page', () => {
	it('serves its files and no others', async () => {
		const { url } = client.sandbox;
		const html = await (await fetch(`${url}/`)).text();
		const files = [...html.matchAll(/\/page\/[\w.]+/g)].map(([path]) => path);
		expect(files).toEqual(['/page/style.css', '/page/main.js']);
		const main = await (await fetch(`${url}/page/main.js`)).text();
		const imported = [...main.matchAll(/from '\.\/([\w.]+)'/g)].map(([, name]) => `/page/${name}`);
		expect(imported.length).toBeGreaterThan(3);
		for (const path of [...files, ...imported]) {
			expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
		}
		expect((await fetch(`${url}/page/..%2Fstate.ts`)).status).toBe(404);
	});
});
