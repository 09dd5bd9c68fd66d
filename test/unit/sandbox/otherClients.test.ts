import { SANDBOX } from '../../../sandbox';
import { useClient } from './client';

/**
 * Requests that clients of others were written to send to the live service: n8n's own HighLevel node,
 * other n8n packages, a command line tool, an MCP server and the official SDK. None of them follows
 * the API description in all.
 */
const { locationId } = SANDBOX;
const client = useClient();
const calendars = { version: '2021-04-15' };

const aPipeline = (): string => [...client.sandbox.state.pipelines.keys()][0];
const contactIn = async (body: object = {}): Promise<string> =>
	await client.createContact({ firstName: 'Ada', ...body });
const indexed = async (): Promise<void> => await new Promise((done) => setTimeout(done, 200));

describe('the upsert of an opportunity', () => {
	it('takes a contact and no word of followers, makes one, and meets it the next time', async () => {
		const contactId = await contactIn();
		const body = { pipelineId: aPipeline(), locationId, contactId, name: 'Site', status: 'open' };
		const made = await client.ghl('POST', '/opportunities/upsert', body);
		expect([made.status, made.data]).toMatchObject([
			201,
			{ new: true, opportunity: { contactId, name: 'Site' } },
		]);
		const met = await client.ghl('POST', '/opportunities/upsert', { ...body, monetaryValue: 5 });
		expect([met.status, met.data]).toMatchObject([
			200,
			{ new: false, opportunity: { id: made.data.opportunity.id, monetaryValue: 5 } },
		]);
		const other = await client.ghl('POST', '/opportunities/upsert', {
			...body,
			contactId: await contactIn(),
		});
		expect(other.data.opportunity.id).not.toBe(made.data.opportunity.id);
	});

	it('has to know the contact', async () => {
		const body = { pipelineId: aPipeline(), locationId, contactId: 'x', name: 'Site' };
		const { status, data } = await client.ghl('POST', '/opportunities/upsert', body);
		expect([status, data.message]).toEqual([400, 'Contact with id x not found']);
	});

	it('keeps the followers that it says nothing of', async () => {
		const { id, pipelineId, followers } = [...client.sandbox.state.opportunities.values()][0];
		const body = { id, pipelineId, locationId, name: 'Renamed' };
		await client.ghl('POST', '/opportunities/upsert', body);
		expect(client.sandbox.state.opportunities.get(id)).toMatchObject({
			name: 'Renamed',
			followers,
		});
	});
});

describe('messages', () => {
	it('are sent by type, contact and text alone', async () => {
		const contactId = await contactIn();
		const body = { type: 'SMS', contactId, message: 'Hello' };
		const sent = await client.ghl('POST', '/conversations/messages', body, calendars);
		expect([sent.status, sent.data]).toMatchObject([200, { conversationId: expect.any(String) }]);
		const { conversationId } = sent.data;
		const answer = await client.ghl(
			'POST',
			'/conversations/messages',
			{ ...body, conversationId, message: 'In the same one' },
			calendars,
		);
		expect(answer.data.conversationId).toBe(conversationId);
	});

	it('are read as a page inside of messages', async () => {
		const { id } = [...client.sandbox.state.conversations.values()][0];
		const { data } = await client.ghl(
			'GET',
			`/conversations/${id}/messages?limit=20`,
			undefined,
			calendars,
		);
		expect(Object.keys(data).sort()).toEqual(['messages', 'traceId']);
		expect(data.messages).toMatchObject({
			messages: expect.any(Array),
			nextPage: false,
			lastMessageId: expect.any(String),
		});
	});
});

describe('contacts', () => {
	it.each([
		['contains', 'vip', ['a', 'b']],
		['contains', ['vip'], ['a', 'b']],
		['not_contains', 'vip', ['c']],
		['contains_set', ['vip', 'gold'], ['b']],
	])('are found by tags with %s %j', async (operator, value, names) => {
		const own = `round ${operator}`;
		await contactIn({ firstName: 'a', tags: [own, 'vip'] });
		await contactIn({ firstName: 'b', tags: [own, 'vip', 'gold'] });
		await contactIn({ firstName: 'c', tags: [own] });
		await indexed();
		const { status, data } = await client.ghl('POST', '/contacts/search', {
			locationId,
			page: 1,
			pageLimit: 20,
			filters: [
				{ field: 'tags', operator: 'eq', value: own },
				{ field: 'tags', operator, value },
			],
		});
		expect(status).toBe(200);
		const found = data.contacts.map((row: { firstName: string }) => row.firstName.toLowerCase());
		expect(found.sort()).toEqual(names);
	});

	it('that an upsert makes are answered with 201, and with 200 after that', async () => {
		const body = { locationId, email: 'upsert@example.com', firstName: 'Ada' };
		const made = await client.ghl('POST', '/contacts/upsert', body);
		expect([made.status, made.data.new]).toEqual([201, true]);
		const met = await client.ghl('POST', '/contacts/upsert', body);
		expect([met.status, met.data.new]).toEqual([200, false]);
	});

	it('take custom fields as fieldValue too, by id or by key', async () => {
		const field = [...client.sandbox.state.customFields.values()].find(
			({ name }) => name === 'Job title',
		);
		const byId = await contactIn({ customFields: [{ id: field?.id, fieldValue: 'CTO' }] });
		const byKey = await contactIn({ customFields: [{ key: 'job_title', field_value: 'CEO' }] });
		for (const [id, value] of [
			[byId, 'CTO'],
			[byKey, 'CEO'],
		]) {
			const { data } = await client.ghl('GET', `/contacts/${id}`);
			expect(data.contact.customFields).toEqual([{ id: field?.id, value }]);
		}
	});

	it('take a company name on an update', async () => {
		const id = await contactIn();
		const { status, data } = await client.ghl('PUT', `/contacts/${id}`, { companyName: 'Acme' });
		expect([status, data.contact.companyName]).toEqual([200, 'Acme']);
	});

	it('are told which tags were added', async () => {
		const id = await contactIn({ tags: ['old'] });
		const { data } = await client.ghl('POST', `/contacts/${id}/tags`, { tags: ['old', 'New'] });
		expect(data).toMatchObject({ tags: ['old', 'new'], tagsAdded: ['new'] });
	});

	it('take a note whose user is the location, as n8n’s own node sends it', async () => {
		const path = `/contacts/${await contactIn()}/notes`;
		const { status } = await client.ghl('POST', path, { body: 'Called', userId: locationId });
		expect(status).toBe(201);
	});

	it('are listed by the older endpoint, as n8n’s own node reads them', async () => {
		const path = `/contacts/?locationId=${locationId}&limit=20&query=`;
		const { status, data } = await client.ghl('GET', path);
		expect([status, data.contacts.length, data.meta.nextPage]).toEqual([200, 20, 2]);
	});
});

describe('the location', () => {
	it('refuses a tag that is there already', async () => {
		const path = `/locations/${locationId}/tags`;
		const made = await client.ghl('POST', path, { name: 'Warm lead' });
		expect(made.data.tag.name).toBe('warm lead');
		const again = await client.ghl('POST', path, { name: 'warm Lead' });
		expect([again.status, again.data.message]).toEqual([400, 'The tag name is already exist.']);
	});

	it('lists the groups of its calendars', async () => {
		const path = `/calendars/groups?locationId=${locationId}`;
		const { status, data } = await client.ghl('GET', path, undefined, calendars);
		expect(status).toBe(200);
		const { groupId } = [...client.sandbox.state.calendars.values()][0];
		expect(data.groups).toMatchObject([{ id: groupId, locationId, isActive: true }]);
	});

	it('is not connected anew by the endpoint that HighLevel has removed', async () => {
		const body = { clientKey: 'k', clientSecret: 's', locationId };
		const { status, data } = await client.ghl('POST', '/oauth/reconnect', body);
		expect([status, data.message]).toEqual([400, 'API endpoint has been removed']);
	});

	it('is not searched for with a private integration', async () => {
		const { status, data } = await client.ghl('GET', '/locations/search');
		expect([status, data.message]).toEqual([
			403,
			'The token does not have access to this location.',
		]);
	});

	it('is read with the Version that the official SDK sends', async () => {
		const answer = await client.ghl('GET', `/locations/${locationId}`, undefined, {
			version: '2023-02-21',
		});
		expect(answer.data.location.id).toBe(locationId);
	});
});
