import type { AxiosResponse } from 'axios';
import { SANDBOX } from '../../../sandbox';
import { useClient } from './client';

const { locationId, otherLocationToken } = SANDBOX;
const client = useClient();

const first = <T>(records: Map<string, T>): T => [...records.values()][0];
const code = ({ status, data }: AxiosResponse): [number, unknown] => [status, data.message];

describe('the seed', () => {
	it('is the same each time, but for the due dates, which move with the clock', () => {
		const { state } = client.sandbox;
		const ids = (): string[] =>
			[state.notes, state.tasks, state.calendars, state.appointments, state.opportunities].flatMap(
				(records) => [...records.keys()],
			);
		const before = ids();
		client.sandbox.reset();
		expect(ids()).toEqual(before);
		expect([state.notes.size, state.tasks.size, state.calendars.size]).toEqual([80, 60, 3]);
		expect([state.pipelines.size, state.opportunities.size]).toEqual([2, 30]);
		expect([state.workflows.size, state.marketingCampaigns.size]).toEqual([3, 2]);
		const due = [...state.tasks.values()].map(({ dueDate }) => Date.parse(dueDate) - Date.now());
		expect(due.filter((ms) => ms < 0)).toHaveLength(20);
		expect(due.filter((ms) => ms > 0 && ms < 6 * 3_600_000)).toHaveLength(20);
	});
});

describe('tasks', () => {
	const path = (): string => `/contacts/${first(client.sandbox.state.contacts).id}/tasks`;
	const task = { title: 'Call', dueDate: '2030-01-01T09:00:00Z', completed: false };

	it('wants title, dueDate and completed', async () => {
		expect(code(await client.ghl('POST', path(), { body: 'text' }))).toEqual([
			422,
			['title should not be empty', 'dueDate should not be empty', 'completed should not be empty'],
		]);
	});

	it.each([
		['POST', '2030-01-01T09:00:00Z', 201],
		['POST', '2030-01-01T09:00:00.000Z', 201],
		['POST', '2030-01-01T09:00:00+02:00', 422],
		['POST', '2030-01-01', 422],
		['PUT', '2030-01-01T09:00:00Z', 200],
		['PUT', '2030-01-01T09:00:00.000Z', 422],
	])('answers a %s with the due date %s with %i', async (method, dueDate, status) => {
		const id = (await client.ghl('POST', path(), task)).data.task.id;
		const answer =
			method === 'POST'
				? await client.ghl('POST', path(), { ...task, dueDate })
				: await client.ghl('PUT', `${path()}/${id}`, { dueDate });
		expect(answer.status).toBe(status);
		if (status === 422) {
			expect(answer.data.message).toEqual(['dueDate must be a valid ISO 8601 date string']);
		} else {
			// What is read cannot be written back.
			expect(answer.data.task.dueDate).toBe('2030-01-01T09:00:00.000Z');
		}
	});

	it('refuses unknown keys and users, and completes', async () => {
		expect(code(await client.ghl('POST', path(), { ...task, contactId: 'x' }))).toEqual([
			422,
			['property contactId should not exist'],
		]);
		const stranger = await client.ghl('POST', path(), { ...task, assignedTo: locationId });
		expect(stranger.status).toBe(400);
		const { id } = (await client.ghl('POST', path(), task)).data.task;
		const done = await client.ghl('PUT', `${path()}/${id}/completed`, { completed: true });
		expect([done.status, done.data.task]).toMatchObject([200, { id, completed: true }]);
		expect((await client.ghl('PUT', `${path()}/${id}/completed`, {})).status).toBe(422);
	});

	it('are found by completion, contact and text, page by page', async () => {
		const search = async (body: object): Promise<Array<{ id: string; completed: boolean }>> =>
			(await client.ghl('POST', `/locations/${locationId}/tasks/search`, body)).data.tasks;
		expect(await search({})).toHaveLength(25);
		const open = [
			...(await search({ completed: false, limit: 30 })),
			...(await search({ completed: false, limit: 30, skip: 30 })),
		];
		expect(new Set(open.map(({ id }) => id)).size).toBe(48);
		expect(open.some(({ completed }) => completed)).toBe(false);
		const { contactId } = first(client.sandbox.state.tasks);
		expect(await search({ contactId: [contactId], query: 'CALL' })).toHaveLength(2);
	});
});

describe('notes', () => {
	const path = (): string => `/contacts/${first(client.sandbox.state.contacts).id}/notes`;

	it.each<[object, number, unknown]>([
		[{ title: 'No body' }, 422, ['body should not be empty']],
		[{ body: 'B', color: 'red' }, 422, ['color must be a hexadecimal color']],
		[{ body: 'B', pinned: 'yes' }, 422, ['pinned must be a boolean value']],
		[{ body: 'B', contactId: 'x' }, 422, ['property contactId should not exist']],
		[{ body: 'B', userId: 'x' }, 400, 'User with id x not found'],
	])('refuses %j', async (body, status, message) => {
		expect(code(await client.ghl('POST', path(), body))).toEqual([status, message]);
	});

	it('are changed by the keys sent, and reached through their own contact only', async () => {
		const made = await client.ghl('POST', path(), { body: 'B', title: 'T', color: '#00FF00' });
		const { id } = made.data.note;
		const changed = await client.ghl('PUT', `${path()}/${id}`, { title: 'U' });
		expect(changed.data.note).toMatchObject({ body: 'B', title: 'U', color: '#00FF00' });
		const other = [...client.sandbox.state.contacts.keys()][1];
		const astray = await client.ghl('GET', `/contacts/${other}/notes/${id}`);
		expect(code(astray)).toEqual([400, `Note with id ${id} not found`]);
		const foreign = await client.ghl('GET', `${path()}/${id}`, undefined, {
			token: otherLocationToken,
		});
		expect(foreign.status).toBe(403);
		expect((await client.ghl('DELETE', `${path()}/${id}`)).data.succeded).toBe(true);
		expect((await client.ghl('GET', `${path()}/${id}`)).status).toBe(400);
	});

	it('go with their contact, as all that hangs on it does', async () => {
		const { state } = client.sandbox;
		const { id } = first(state.contacts);
		const held = (): number =>
			[state.notes, state.tasks, state.appointments, state.opportunities, state.conversations]
				.flatMap((records) => [...records.values()])
				.filter((record) => record.contactId === id).length;
		expect(held()).toBeGreaterThan(4);
		await client.ghl('DELETE', `/contacts/${id}`);
		expect(held()).toBe(0);
	});
});

describe('many contacts at once', () => {
	it('tags each contact it can, and says what is wrong with the others', async () => {
		const id = await client.createContact({ tags: ['old'] });
		const made = await client.ghl(
			'POST',
			'/contacts/',
			{ locationId: SANDBOX.otherLocationId, firstName: 'B' },
			{ token: otherLocationToken },
		);
		const body = { contacts: [id, 'x', 'A'.repeat(20), made.data.contact.id], locationId };
		const { status, data } = await client.ghl('POST', '/contacts/bulk/tags/update/add', {
			...body,
			tags: ['New', 'old'],
		});
		expect(status).toBe(201);
		expect(data).toMatchObject({
			errorCount: 3,
			responses: [
				{ contactId: id, type: 'success', oldTags: ['old'], tagsAdded: ['new'], tagsRemoved: [] },
				{ message: 'contact id is not a valid firebase id', type: 'error' },
				{ message: 'contact is deleted', type: 'error' },
				{ message: 'contact does not belong to location', type: 'error' },
			],
		});
		const all = { contacts: [id], tags: [], locationId, removeAllTags: true };
		expect((await client.ghl('POST', '/contacts/bulk/tags/update/add', all)).status).toBe(422);
		await client.ghl('POST', '/contacts/bulk/tags/update/remove', all);
		expect(client.sandbox.state.contacts.get(id)?.tags).toEqual([]);
	});

	it('attaches up to 50 contacts to a business, answers those it did, and detaches with null', async () => {
		const { state } = client.sandbox;
		const ids = [...state.contacts.keys()].slice(0, 51);
		const business = first(state.businesses).id;
		const bulk = (body: object): Promise<AxiosResponse> =>
			client.ghl('POST', '/contacts/bulk/business', { locationId, businessId: business, ...body });
		expect(code(await bulk({ ids }))).toEqual([422, ['ids must contain no more than 50 elements']]);
		expect(code(await bulk({ ids: [], businessId: undefined }))).toEqual([
			422,
			['businessId should not be empty'],
		]);
		const { data } = await bulk({ ids: [ids[1], 'unknown'] });
		expect(data).toMatchObject({ success: true, ids: [ids[1]] });
		expect(state.contacts.get(ids[1])?.businessId).toBe(business);
		await bulk({ ids: [ids[1]], businessId: null });
		expect(state.contacts.get(ids[1])?.businessId).toBeUndefined();
	});
});

describe('followers, workflows, campaigns and tags', () => {
	it('tells who began and who ceased to follow', async () => {
		const [one, two] = [...client.sandbox.state.users.keys()];
		const path = `/contacts/${await client.createContact({ firstName: 'A' })}/followers`;
		await client.ghl('POST', path, { followers: [one] });
		const { status, data } = await client.ghl('POST', path, { followers: [one, two] });
		expect([status, data]).toMatchObject([201, { followers: [one, two], followersAdded: [two] }]);
		const gone = await client.ghl('DELETE', path, { followers: [one] });
		expect(gone.data).toMatchObject({ followers: [two], followersRemoved: [one] });
		expect((await client.ghl('POST', path, { followers: ['nobody'] })).status).toBe(400);
	});

	it('enrols with a start time that has an offset', async () => {
		const { state } = client.sandbox;
		const workflow = first(state.workflows);
		const contact = first(state.contacts).id;
		const path = `/contacts/${contact}/workflow/${workflow.id}`;
		const bare = await client.ghl('POST', path, { eventStartTime: '2030-01-01T09:00:00' });
		expect(bare.status).toBe(422);
		const good = await client.ghl('POST', path, { eventStartTime: '2030-01-01T09:00:00+01:00' });
		expect([good.status, good.data.succeded]).toEqual([200, true]);
		expect([...workflow.contactIds]).toEqual([contact]);
		await client.ghl('DELETE', path, {});
		expect([...workflow.contactIds]).toEqual([]);
	});

	it('takes a contact out of every campaign', async () => {
		const campaigns = [...client.sandbox.state.marketingCampaigns.values()];
		const path = `/contacts/${first(client.sandbox.state.contacts).id}/campaigns`;
		for (const { id } of campaigns) {
			expect((await client.ghl('POST', `${path}/${id}`, {})).status).toBe(201);
		}
		await client.ghl('DELETE', `${path}/removeAll`);
		expect(campaigns.map(({ contactIds }) => contactIds.size)).toEqual([0, 0]);
	});

	it('renames and deletes a tag on its contacts too', async () => {
		const id = await client.createContact({ tags: ['before'] });
		const tags = (): string[] | undefined => client.sandbox.state.contacts.get(id)?.tags;
		const listed = await client.ghl('GET', `/locations/${locationId}/tags`);
		const tag = listed.data.tags.find(({ name }: { name: string }) => name === 'before');
		const path = `/locations/${locationId}/tags/${tag.id}`;
		expect((await client.ghl('PUT', path, { name: 'After' })).data.tag.name).toBe('after');
		expect(tags()).toEqual(['after']);
		await client.ghl('DELETE', path);
		expect(tags()).toEqual([]);
		expect((await client.ghl('GET', path)).status).toBe(400);
	});
});
