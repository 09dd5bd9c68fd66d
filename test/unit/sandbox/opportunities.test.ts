import type { AxiosResponse } from 'axios';
import { SANDBOX } from '../../../sandbox';
import { useClient } from './client';

const { locationId, otherLocationId, readOnlyToken } = SANDBOX;
const client = useClient();

const search = (query = ''): Promise<AxiosResponse> =>
	client.ghl('GET', `/opportunities/search?location_id=${locationId}${query}`);
const create = async (more: object = {}): Promise<AxiosResponse> =>
	client.ghl('POST', '/opportunities/', {
		pipelineId: [...client.sandbox.state.pipelines.keys()][0],
		locationId,
		name: 'Deal',
		status: 'open',
		contactId: await client.createContact({ firstName: 'A' }),
		...more,
	});

describe('the opportunity search', () => {
	it.each([
		['by page', ({ currentPage }: { currentPage: number }) => `&page=${currentPage + 1}`],
		[
			'by cursor',
			({ startAfter, startAfterId }: { startAfter: number; startAfterId: string }) =>
				`&startAfter=${startAfter}&startAfterId=${startAfterId}`,
		],
	])('pages to the end with no repeat, %s', async (_case, next) => {
		const ids: string[] = [];
		let { data } = await search('&limit=7');
		for (;;) {
			ids.push(...data.opportunities.map(({ id }: { id: string }) => id));
			if (data.meta.nextPage === undefined) break;
			expect(data.meta.nextPageUrl).toContain(`location_id=${locationId}`);
			({ data } = await search(`&limit=7${next(data.meta)}`));
		}
		expect([ids.length, new Set(ids).size, data.meta.total]).toEqual([30, 30, 30]);
	});

	it('filters by status, contact, text and day', async () => {
		const total = async (query: string): Promise<number> => (await search(query)).data.meta.total;
		expect([await total('&status=won'), await total('&status=all')]).toEqual([5, 30]);
		const { contactId, createdAt } = [...client.sandbox.state.opportunities.values()][3];
		expect(await total(`&contact_id=${contactId}`)).toBe(1);
		const [year, month, day] = createdAt.slice(0, 10).split('-');
		expect(await total(`&date=${month}-${day}-${year}&endDate=${month}-${day}-${year}`)).toBe(15);
		expect((await search('&date=2026-01-05')).status).toBe(422);
		const email = client.sandbox.state.contacts.get(contactId)?.email ?? '';
		expect(await total(`&q=${encodeURIComponent(email)}`)).toBe(1);
	});

	it('is snake_case, 100 rows at most, and of the own location', async () => {
		const camel = await client.ghl('GET', `/opportunities/search?locationId=${locationId}`);
		expect(camel.data.message).toContain('property locationId should not exist');
		expect((await search('&limit=101')).status).toBe(422);
		const path = `/opportunities/search?location_id=${otherLocationId}`;
		expect((await client.ghl('GET', path)).status).toBe(403);
		const scope = await client.ghl('GET', `/opportunities/search?location_id=${locationId}`, null, {
			token: readOnlyToken,
		});
		expect(scope.data.message).toBe('The token is not authorized for this scope.');
	});
});

describe('custom fields of an opportunity', () => {
	it('have another form in each read', async () => {
		const field = (name: string): string =>
			[...client.sandbox.state.customFields.values()].find((one) => one.name === name)?.id ?? '';
		const [text, seats, day] = ['Competitor', 'Seats', 'Decision date'].map(field);
		const colours = (
			await client.ghl('POST', `/locations/${locationId}/customFields`, {
				name: 'Colours',
				dataType: 'MULTIPLE_OPTIONS',
				model: 'opportunity',
			})
		).data.customField.id;
		const written = [
			[text, 'Acme'],
			[seats, '25'],
			[day, '2031-01-31'],
			[colours, ['red', 'green']],
		];
		const { id } = (
			await create({
				name: 'Of every form',
				customFields: written.map(([field, value]) => ({ id: field, field_value: value })),
			})
		).data.opportunity;

		const plain = [
			{ id: text, fieldValue: 'Acme' },
			{ id: seats, fieldValue: 25 },
			{ id: day, fieldValue: '2031-01-31' },
			{ id: colours, fieldValue: ['red', 'green'] },
		];
		const one = (await client.ghl('GET', `/opportunities/${id}`)).data.opportunity;
		expect(one.customFields).toEqual(plain);

		const typed = [
			{ id: text, type: 'string', fieldValueString: 'Acme' },
			{ id: seats, type: 'number', fieldValueNumber: 25 },
			{ id: day, type: 'date', fieldValueDate: Date.UTC(2031, 0, 31) },
			{ id: colours, type: 'array', fieldValueArray: ['red', 'green'] },
		];
		expect((await search(`&id=${id}`)).data.opportunities[0].customFields).toEqual(typed);

		const { data } = await client.ghl('POST', '/opportunities/search', {
			locationId,
			query: 'Of every form',
			limit: 1,
			page: 1,
			searchAfter: [],
			additionalDetails: {
				notes: false,
				tasks: false,
				calendarEvents: false,
				unReadConversations: false,
			},
		});
		const [row] = data.opportunities;
		expect(row.custom_fields).toEqual(plain.map((value, at) => ({ ...value, ...typed[at] })));
		expect(row.customFields).toBeUndefined();
	});
});

describe('opportunity writes', () => {
	it('puts a new one into the first stage, and refuses a second one in the pipeline', async () => {
		const { status, data } = await create({ monetaryValue: 12 });
		const { contactId, pipelineId } = data.opportunity;
		const [stage] = client.sandbox.state.pipelines.get(pipelineId)?.stages ?? [];
		expect([status, data.opportunity]).toMatchObject([
			201,
			{ pipelineStageId: stage.id, status: 'open', contact: { id: contactId } },
		]);
		expect((await create({ contactId })).status).toBe(400);
		client.sandbox.settings.allowDuplicateOpportunity = true;
		expect((await create({ contactId })).status).toBe(201);
	});

	it.each<[string, object, number]>([
		['an unknown pipeline', { pipelineId: 'x' }, 400],
		['a stage of another pipeline', { pipelineStageId: 'x' }, 400],
		['an unknown contact', { contactId: 'x' }, 400],
		['no status', { status: undefined }, 422],
		['an unknown key', { stageId: 'x' }, 422],
		['a value that is text', { monetaryValue: '12' }, 422],
	])('refuses %s', async (_case, more, status) => {
		expect((await create(more)).status).toBe(status);
	});

	it('changes by the keys sent, and the status by its own route', async () => {
		const { id } = (await create({ monetaryValue: 12 })).data.opportunity;
		const put = await client.ghl('PUT', `/opportunities/${id}`, { name: 'New name' });
		expect(put.data.opportunity).toMatchObject({ name: 'New name', monetaryValue: 12 });
		const won = await client.ghl('PUT', `/opportunities/${id}/status`, { status: 'won' });
		expect(won.data.succeded).toBe(true);
		expect(client.sandbox.state.opportunities.get(id)?.status).toBe('won');
		expect((await client.ghl('DELETE', `/opportunities/${id}`)).data.succeded).toBe(true);
		expect((await client.ghl('GET', `/opportunities/${id}`)).status).toBe(400);
	});

	it('upserts by id', async () => {
		const [opportunity] = client.sandbox.state.opportunities.values();
		const [follower] = client.sandbox.state.users.keys();
		const upsert = (more: object): Promise<AxiosResponse> =>
			client.ghl('POST', '/opportunities/upsert', {
				pipelineId: opportunity.pipelineId,
				locationId,
				followers: [follower],
				isRemoveAllFollowers: true,
				followersActionType: 'add',
				...more,
			});
		const old = await upsert({ id: opportunity.id, name: 'Renamed' });
		expect([old.status, old.data]).toMatchObject([
			200,
			{ new: false, opportunity: { id: opportunity.id, name: 'Renamed' } },
		]);
		expect(client.sandbox.state.opportunities.get(opportunity.id)?.followers).toEqual([follower]);
		const nobody = await upsert({ name: 'Fresh' });
		expect([nobody.status, nobody.data.message]).toEqual([422, ['contactId should not be empty']]);
	});
});

describe('conversations', () => {
	it('keep what is sent, newest first, page by page', async () => {
		const contactId = await client.createContact({ firstName: 'A' });
		const send = (message: string): Promise<AxiosResponse> =>
			client.ghl('POST', '/conversations/messages', {
				type: 'SMS',
				subType: {},
				contactId,
				message,
				status: 'delivered',
			});
		const { conversationId } = (await send('one')).data;
		await new Promise((resolve) => setTimeout(resolve, 5));
		expect((await send('two')).data.conversationId).toBe(conversationId);
		const path = `/conversations/${conversationId}/messages`;
		const page = await client.ghl('GET', `${path}?limit=1`);
		expect(page.data.messages).toMatchObject({ nextPage: true, messages: [{ body: 'two' }] });
		const { lastMessageId } = page.data.messages;
		const rest = await client.ghl('GET', `${path}?lastMessageId=${lastMessageId}`);
		expect(rest.data.messages).toMatchObject({ nextPage: false, messages: [{ body: 'one' }] });
		const found = await client.ghl(
			'GET',
			`/conversations/search?locationId=${locationId}&contactId=${contactId}`,
		);
		expect(found.data).toMatchObject({ total: 1, conversations: [{ lastMessageBody: 'two' }] });
		const again = await client.ghl('POST', '/conversations/', { locationId, contactId });
		expect(again.status).toBe(400);
	});
});
