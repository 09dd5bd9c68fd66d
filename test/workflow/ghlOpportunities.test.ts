import type { INodeParameters } from 'n8n-workflow';
import { GhlContacts } from '../../nodes/Ghl/GhlContacts.node';
import { columns } from '../examples/values';
import { useSandbox } from '../support/useSandbox';
import { byId, callsOf, ghlCredentials, runGhl } from './ghl';
import { loadOptionsFunctions, useScaledTime } from './support';

const time = useScaledTime(200);
const sandbox = useSandbox();

const anOpportunity = () => [...sandbox.state.opportunities.values()][0];
const pipelines = () => [...sandbox.state.pipelines.values()];
const aFreeContact = () => [...sandbox.state.contacts.keys()].at(-1) ?? '';
const last = () => sandbox.requests.list({ service: 'highlevel' }).at(-1);
const newOne = () => ({
	contactId: byId(aFreeContact()),
	name: 'Website for Acme',
	pipelineId: byId(pipelines()[0].id),
	status: 'open',
});

describe('A pipeline and a stage by their names', () => {
	const byName = (name: string) => ({ __rl: true, mode: 'name', value: name });
	const named = (pipeline: string, stage: string) => ({
		...newOne(),
		pipelineId: byName(pipeline),
		pipelineStageId: byName(stage),
	});

	it('are found without regard to case, the stage in that pipeline', async () => {
		const [first, second] = pipelines();
		second.stages[1].name = first.stages[1].name;
		const { id, stages } = second;
		const parameters = named(second.name.toUpperCase(), ` ${stages[1].name} `);
		const { error } = await runGhl(sandbox, 'opportunity:create', parameters);
		expect(error).toBeUndefined();
		expect(last()?.body).toMatchObject({ pipelineId: id, pipelineStageId: stages[1].id });
	});

	it('that are not there, or that are several, are told and nothing is written', async () => {
		const [first, second] = pipelines();
		const before = sandbox.state.opportunities.size;
		const noPipeline = await runGhl(sandbox, 'opportunity:create', named('Nope', ''));
		expect(noPipeline.error?.message).toBe('HighLevel has no pipeline “Nope”');
		const noStage = await runGhl(sandbox, 'opportunity:create', named(first.name, 'Nope'));
		expect(noStage.error?.message).toBe('HighLevel has no stage “Nope”');
		second.name = first.name;
		const two = await runGhl(sandbox, 'opportunity:create', named(first.name, ''));
		expect(two.error?.message).toMatch(
			/^HighLevel has 2 records named .* where one pipeline is meant$/,
		);
		expect(sandbox.state.opportunities.size).toBe(before);
	});
});

describe('Custom fields of an opportunity', () => {
	it('are written by key, name or ID, and read back by name', async () => {
		const id = [...sandbox.state.customFields.values()].find(({ name }) => name === 'Seats')?.id;
		const made = await runGhl(sandbox, 'opportunity:create', {
			...newOne(),
			customFields: columns({
				competitor: 'Initech',
				'opportunity.decision_date': '2031-01-31T00:00:00',
				[id ?? '']: 25,
			}),
		});
		expect(made.error).toBeUndefined();
		expect(last()?.body).toMatchObject({
			customFields: [
				{ field_value: 'Initech' },
				{ field_value: '2031-01-31' },
				{ id, field_value: '25' },
			],
		});
		const read = await runGhl(sandbox, 'opportunity:get', {
			opportunityId: byId(String(made.json[0].id)),
			options: { customFieldsByName: true },
		});
		expect(read.json[0].customFieldValues).toEqual({
			Competitor: 'Initech',
			'Decision date': '2031-01-31',
			Seats: 25,
		});
	});

	it.each(['getMany', 'search'])('are read by name from the rows of %s too', async (operation) => {
		const { id, pipelineId } = anOpportunity();
		const written = await runGhl(sandbox, 'opportunity:update', {
			opportunityId: byId(id),
			customFields: columns({ competitor: 'Initech', seats: 25 }),
			updateFields: { name: 'Of Initech alone', pipelineId: byId(pipelineId) },
		});
		expect(written.error).toBeUndefined();
		const { json } = await runGhl(sandbox, `opportunity:${operation}`, {
			textQuery: 'Of Initech alone',
			query: 'Of Initech alone',
			returnAll: true,
			options: { customFieldsByName: true },
		});
		expect(json).toHaveLength(1);
		expect(json[0].customFieldValues).toMatchObject({ Competitor: 'Initech', Seats: 25 });
	});

	it('are not those of contacts', async () => {
		const { error } = await runGhl(sandbox, 'opportunity:update', {
			opportunityId: byId(anOpportunity().id),
			customFields: columns({ 'Job title': 'Engineer' }),
		});
		expect(error?.message).toBe('HighLevel has no custom field “Job title”');
		expect(callsOf(sandbox).filter((call) => call.startsWith('PUT'))).toEqual([]);
	});
});

describe('Opportunity', () => {
	it('shows the names of its pipeline and stage, for one more call in a run', async () => {
		const { json } = await runGhl(sandbox, 'opportunity:getMany', { limit: 5 });
		expect(json).toHaveLength(5);
		for (const found of json) {
			const pipeline = pipelines().find(({ id }) => id === found.pipelineId);
			expect(found).toMatchObject({
				pipelineName: pipeline?.name,
				pipelineStageName: pipeline?.stages.find(({ id }) => id === found.pipelineStageId)?.name,
			});
		}
		expect(callsOf(sandbox).filter((call) => call.includes('pipelines'))).toHaveLength(1);
		const raw = await runGhl(sandbox, 'opportunity:getMany', { limit: 1, simplify: false });
		expect(raw.json[0]).not.toHaveProperty('pipelineName');
	});

	it('is moved to another stage, and its other fields stay', async () => {
		const { id, name, pipelineId } = anOpportunity();
		const stages = pipelines().find((one) => one.id === pipelineId)?.stages ?? [];
		const { json } = await runGhl(sandbox, 'opportunity:update', {
			opportunityId: byId(id),
			updateFields: { pipelineStageId: byId(stages[2].id) },
		});
		expect(json[0]).toMatchObject({ id, name, pipelineStageId: stages[2].id });
		expect(last()?.body).toEqual({ pipelineStageId: stages[2].id });
	});

	it('is marked as lost, with the reason', async () => {
		const { id } = anOpportunity();
		const [reason] = sandbox.state.lostReasons.keys();
		const { json } = await runGhl(sandbox, 'opportunity:updateStatus', {
			opportunityId: byId(id),
			status: 'lost',
			additionalFields: { lostReasonId: byId(reason) },
		});
		expect(json).toEqual([{ id, status: 'lost' }]);
		expect(sandbox.state.opportunities.get(id)).toMatchObject({
			status: 'lost',
			lostReasonId: reason,
		});
	});

	it('is updated by an upsert that names it, followers kept', async () => {
		const { id, pipelineId, followers } = anOpportunity();
		expect(followers).not.toEqual([]);
		const { json } = await runGhl(sandbox, 'opportunity:upsert', {
			opportunityId: byId(id),
			pipelineId: byId(pipelineId),
			additionalFields: { monetaryValue: 42 },
		});
		expect(json[0]).toMatchObject({ id, new: false, monetaryValue: 42, followers });
		expect(last()?.body).toMatchObject({ id, followers: [], isRemoveAllFollowers: false });
	});

	it('that an upsert names may be updated again after a lost answer', async () => {
		const { id, pipelineId } = anOpportunity();
		sandbox.faults.add({ kind: 'lostAnswer', method: 'POST', path: '^/opportunities/upsert$' });
		const { error } = await runGhl(sandbox, 'opportunity:upsert', {
			opportunityId: byId(id),
			pipelineId: byId(pipelineId),
			additionalFields: { monetaryValue: 42 },
		});
		expect(error).toBeUndefined();
		expect(callsOf(sandbox)).toEqual(Array(2).fill('POST /opportunities/upsert'));
		expect(sandbox.state.opportunities.size).toBe(30);
	});

	describe('of a contact, by Create or Update', () => {
		const details = { name: 'Website for Acme', monetaryValue: 42 };
		const upsert = (more = {}) =>
			runGhl(sandbox, 'opportunity:upsert', {
				contactId: byId(aFreeContact()),
				pipelineId: byId(pipelines()[0].id),
				additionalFields: details,
				...more,
			});

		it('is made for the contact, and met by it the next time', async () => {
			const made = await upsert();
			expect(made.json[0]).toMatchObject({ new: true, contactId: aFreeContact(), ...details });
			const met = await upsert({ additionalFields: { monetaryValue: 43 } });
			expect(met.json[0]).toMatchObject({ id: made.json[0].id, new: false, monetaryValue: 43 });
			expect(sandbox.state.opportunities.size).toBe(31);
		});

		it.each(['before the work', 'after the work'])(
			'is made once when the connection is lost %s, and the look costs one call in a large pipeline',
			async (moment) => {
				const first = anOpportunity();
				for (let number = 0; number < 3_000; number++) {
					const id = `more-${number}`;
					sandbox.state.opportunities.set(id, { ...first, id, pipelineId: pipelines()[0].id });
				}
				const kind = moment === 'before the work' ? 'reset' : 'lostAnswer';
				sandbox.faults.add({ kind, method: 'POST', path: '^/opportunities/upsert$' });
				const { json, error } = await upsert();
				expect(error).toBeUndefined();
				expect(json[0]).toMatchObject({ contactId: aFreeContact(), ...details });
				expect(sandbox.state.opportunities.size).toBe(3_031);
				expect(callsOf(sandbox).filter((call) => call.startsWith('GET'))).toHaveLength(1);
			},
		);

		it('that was made just before is still updated when the connection is lost', async () => {
			const made = await upsert();
			sandbox.faults.add({ kind: 'reset', method: 'POST', path: '^/opportunities/upsert$' });
			const met = await upsert({ additionalFields: { ...details, monetaryValue: 43 } });
			expect(met.json[0]).toMatchObject({ id: made.json[0].id, monetaryValue: 43 });
			expect(sandbox.state.opportunities.size).toBe(31);
		});
	});

	it('is not made twice when the answer to its create was lost', async () => {
		sandbox.faults.add({ kind: 'lostAnswer', method: 'POST', path: '^/opportunities/$' });
		const { json, error } = await runGhl(sandbox, 'opportunity:create', newOne());
		expect(error).toBeUndefined();
		expect(sandbox.state.opportunities.size).toBe(31);
		expect(sandbox.state.opportunities.has(String(json[0].id))).toBe(true);
		// The look waits until a search must show it.
		expect(Math.max(...time.sleeps)).toBeGreaterThanOrEqual(6_000);
	});

	it('is found by the days of its creation, given as the date picker does', async () => {
		const { json } = await runGhl(sandbox, 'opportunity:getMany', {
			filters: { date: '2026-01-05T00:00:00', endDate: '2026-01-05T23:59:59', status: 'all' },
			returnAll: true,
			simplify: false,
		});
		expect(last()?.query).toMatchObject({ date: '01-05-2026', endDate: '01-05-2026' });
		expect(json.length).toBeGreaterThan(0);
		for (const { createdAt } of json) expect(createdAt).toMatch(/^2026-01-05/);
	});

	it.each(['opportunity:getMany', 'opportunity:search'])(
		'%s reads more than one page, each opportunity once',
		async (operation) => {
			const first = anOpportunity();
			for (let number = 0; number < 220; number++) {
				const id = `more-${number}`;
				sandbox.state.opportunities.set(id, { ...first, id });
			}
			const { json } = await runGhl(sandbox, operation, { returnAll: true });
			expect(new Set(json.map(({ id }) => id)).size).toBe(250);
			expect(callsOf(sandbox)).toHaveLength(4); // the last for the names of pipelines and stages
			expect(Object.keys(json[0]).length).toBeLessThanOrEqual(12);
		},
	);
});

describe('Followers', () => {
	it('are added, removed one by one, and removed together', async () => {
		const { id } = anOpportunity();
		const users = [...sandbox.state.users.keys()];
		const of = { opportunityId: byId(id) };
		const { json } = await runGhl(sandbox, 'opportunityFollower:add', {
			...of,
			followers: byId(users.slice(0, 3).join(', ')),
		});
		expect(json[0]).toMatchObject({ opportunityId: id, followersAdded: [users[0], users[2]] });
		await runGhl(sandbox, 'opportunityFollower:remove', { ...of, followers: byId(users[0]) });
		expect(sandbox.state.opportunities.get(id)?.followers.sort()).toEqual(
			[users[1], users[2]].sort(),
		);
		await runGhl(sandbox, 'opportunityFollower:removeAll', of);
		expect(sandbox.state.opportunities.get(id)?.followers).toEqual([]);
	});
});

describe('Pickers', () => {
	const node = new GhlContacts();
	const { listSearch, resourceMapping } = node.methods;
	const asking = (
		operation = 'create',
		more: INodeParameters = {},
		path = 'parameters.pipelineStageId',
	) =>
		loadOptionsFunctions({
			node,
			parameters: { resource: 'opportunity', operation, ...more },
			path,
			credentials: ghlCredentials(sandbox),
		});

	it('offer the stages of the pipeline beside them, in its order', async () => {
		const [, { id, stages }] = pipelines();
		const wanted = stages.map(({ name, id: value }) => ({ name, value }));
		const atTop = asking('create', { pipelineId: byId(id) });
		expect(await atTop.call(listSearch.searchPipelineStages)).toEqual({ results: wanted });
		const inside = asking(
			'getMany',
			{ filters: { pipelineId: byId(id) } },
			'parameters.filters.pipelineStageId',
		);
		expect(await inside.call(listSearch.searchPipelineStages)).toEqual({ results: wanted });
		expect(await inside.call(listSearch.searchPipelineStages, 'kick')).toEqual({
			results: [wanted[1]],
		});
	});

	it('offer the stages of all pipelines, with their names, while none is chosen', async () => {
		const { results } = await asking().call(listSearch.searchPipelineStages);
		expect(results).toHaveLength(7);
		expect(results.map(({ name }) => name)).toContain('Onboarding: Live');
	});

	it('find pipelines, lost reasons, opportunities and conversations by text', async () => {
		const { call } = asking();
		expect((await call(listSearch.searchPipelines, 'sal')).results).toEqual([
			{ name: 'Sales', value: pipelines()[0].id },
		]);
		expect((await call(listSearch.searchLostReasons, 'exp')).results).toMatchObject([
			{ name: 'Too expensive' },
		]);
		const { name, id } = anOpportunity();
		expect((await call(listSearch.searchOpportunities, name)).results).toContainEqual({
			name,
			value: id,
		});
		const { results } = await call(listSearch.searchConversations, name);
		expect(results).toMatchObject([{ name: `${name}: Yes, see you then.` }]);
	});

	/** More records of a kind than one page holds, in place of those that are there. */
	const fill = <T extends { id: string }>(
		records: Map<string, T>,
		more: (number: number) => object,
	) => {
		const [first] = records.values();
		records.clear();
		for (let number = 0; number < 250; number++) {
			const id = `more-${number}`;
			records.set(id, { ...first, ...more(number), id });
		}
	};
	const time = (number: number) => new Date(Date.UTC(2027, 0, 1) + number * 60_000).toISOString();

	it.each(['searchLostReasons', 'searchOpportunities', 'searchConversations'] as const)(
		'%s goes on where the first hundred end, and finds what stands behind them',
		async (method) => {
			const { state } = sandbox;
			const contactIds = [...state.contacts.keys()];
			fill(state.lostReasons, (number) => ({ name: `Reason ${number}` }));
			fill(state.opportunities, (number) => ({ name: `Deal ${number}`, createdAt: time(number) }));
			fill(state.conversations, (number) => ({
				contactId: contactIds[number % contactIds.length],
				dateAdded: time(number),
			}));
			const { call } = asking();
			const values = new Set<unknown>();
			const sizes: number[] = [];
			for (let token: string | undefined; sizes.length < 9; ) {
				const page = await call(listSearch[method], undefined, token);
				for (const { value } of page.results) values.add(value);
				sizes.push(page.results.length);
				token = page.paginationToken as string | undefined;
				if (token === undefined) break;
			}
			expect(values.size).toBe(250);
			expect(sizes).toEqual([100, 100, 50]);

			const text = { searchLostReasons: 'Reason 3', searchOpportunities: 'Deal 3' };
			if (!(method in text)) return;
			const { results } = await call(listSearch[method], text[method as keyof typeof text]);
			expect(results.map(({ value }) => value)).toContain('more-39');
			expect(results).toHaveLength(11);
		},
	);

	it('ask for no page behind the last one that is full', async () => {
		fill(sandbox.state.opportunities, (number) => ({ createdAt: time(number) }));
		for (let number = 200; number < 250; number++)
			sandbox.state.opportunities.delete(`more-${number}`);
		const { call } = asking();
		const { paginationToken } = await call(listSearch.searchOpportunities);
		const last = await call(listSearch.searchOpportunities, undefined, String(paginationToken));
		expect([last.results.length, last.paginationToken]).toEqual([100, undefined]);
	});

	it('offer every business, and find one behind the first hundred', async () => {
		fill(sandbox.state.businesses, (number) => ({ name: `Business ${number}` }));
		const { call } = asking();
		expect((await call(listSearch.searchBusinesses)).results).toHaveLength(250);
		expect((await call(listSearch.searchBusinesses, 'business 249')).results).toEqual([
			{ name: 'Business 249', value: 'more-249' },
		]);
	});

	it('offer the custom fields of opportunities as columns, under their keys', async () => {
		const { fields } = await asking().call(resourceMapping.getOpportunityColumns);
		expect(fields.map(({ id, type }) => [id, type])).toEqual([
			['opportunity.competitor', 'string'],
			['opportunity.decision_date', 'dateTime'],
			['opportunity.seats', 'number'],
		]);
	});
});
