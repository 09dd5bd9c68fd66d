import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { HeyReach } from '../../nodes/HeyReach/HeyReach.node';
import type { FaultRequest } from '../../sandbox';
import { byId, knownLead, SEEDED, table } from '../examples/heyReach';
import { useSandbox } from '../support/useSandbox';
import { heyReachCalls, heyReachCredentials, runHeyReach } from './heyReach';
import { loadOptionsFunctions } from './support';

const sandbox = useSandbox();

const listId = byId(SEEDED.list);
const campaignId = byId(SEEDED.campaign);

const people = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({
		profileUrl: `https://www.linkedin.com/in/newcomer-${index}/`,
		firstName: `First${index}`,
		lastName: 'Newcomer',
	}));

/** Takes the lead from the item. */
const mapped: INodeParameters = {
	leadFields: table({
		profileUrl: '={{ $json.profileUrl }}',
		firstName: '={{ $json.firstName }}',
		lastName: '={{ $json.lastName }}',
	}),
};

const bodies = () =>
	sandbox.requests.list({ service: 'heyreach' }).map(({ body }) => body as IDataObject);

const leadsIn = (body: IDataObject) => (body.leads ?? body.accountLeadPairs) as IDataObject[];

const counts = (added: number, updated: number, failed: number): FaultRequest => ({
	kind: 'status',
	status: 200,
	method: 'POST',
	path: '/AddLeadsTo',
	body: { addedLeadsCount: added, updatedLeadsCount: updated, failedLeadsCount: failed },
});

describe('Add Lead', () => {
	it('sends 250 items in three calls and gives each its own result, in order', async () => {
		const items = people(250);
		const { json, outputs } = await runHeyReach(
			sandbox,
			'list:addLead',
			{ listId, ...mapped },
			{ items },
		);
		expect(json).toEqual(items.map((item) => ({ listId: SEEDED.list, ...item, result: 'added' })));
		expect(outputs[0].map((item) => item.pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(bodies().map((body) => leadsIn(body).length)).toEqual([100, 100, 50]);
		expect(sandbox.state.lists.get(SEEDED.list)?.members).toHaveLength(90 + 250);
	});

	it.each([
		['list:addLead', { listId }],
		['campaign:addLead', { campaignId }],
	])('%s leaves out leads without a LinkedIn address where that is chosen', async (key, where) => {
		const [one, two, three, four] = people(4);
		const items = [
			one,
			{ ...two, profileUrl: '' },
			{ ...three, profileUrl: 'https://acme.example' },
			four,
		];
		const run = async (options: INodeParameters) =>
			await runHeyReach(sandbox, key, { ...where, ...mapped, options }, { items });
		const stopped = await run({});
		expect(stopped.error?.message).toBe(
			'“Profile URL” under Lead Fields is empty for First1 Newcomer',
		);
		expect(heyReachCalls(sandbox)).toEqual([]);

		const { error, json, outputs } = await run({ skipWithoutAddress: true });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([
			{ profileUrl: one.profileUrl },
			{ firstName: 'First1', result: 'skipped', reason: 'No LinkedIn address' },
			{ firstName: 'First2', result: 'skipped', reason: 'Not the address of a LinkedIn profile' },
			{ profileUrl: four.profileUrl },
		]);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
		expect(bodies().flatMap(leadsIn)).toHaveLength(2);
	});

	it('leaves out leads without both names where that is chosen', async () => {
		const [one, two, three] = people(3);
		const items = [one, { ...two, lastName: ' ' }, { ...three, profileUrl: '' }];
		const run = async (options: INodeParameters) =>
			await runHeyReach(sandbox, 'list:addLead', { listId, ...mapped, options }, { items });
		const stopped = await run({ skipWithoutAddress: true });
		expect(stopped.error?.message).toBe(
			`“Last Name” under Lead Fields is empty for First1, ${String(two.profileUrl)}`,
		);
		const { json } = await run({ skipWithoutAddress: true, skipWithoutName: true });
		expect(json).toMatchObject([
			{ profileUrl: one.profileUrl, result: 'added' },
			{ result: 'skipped', reason: 'No first and last name' },
			{ result: 'skipped', reason: 'No LinkedIn address' },
		]);
		expect(bodies().flatMap(leadsIn)).toHaveLength(1);
	});

	it('says which lead was there already', async () => {
		const { profileUrl, firstName, lastName } = knownLead(sandbox);
		const known = await runHeyReach(
			sandbox,
			'list:addLead',
			{ listId, ...mapped },
			{ items: [{ profileUrl, firstName, lastName }] },
		);
		expect(known.json[0]).toMatchObject({ result: 'updated' });
		// Of several HeyReach counts only how many were added and updated.
		const both = await runHeyReach(
			sandbox,
			'list:addLead',
			{ listId, ...mapped },
			{ items: [{ profileUrl, firstName, lastName }, ...people(1)] },
		);
		expect(both.json.map(({ result }) => result)).toEqual(['saved', 'saved']);
	});

	it('keeps leads for different lists, and for different options, in calls of their own', async () => {
		const items = people(4).map((item, index) => ({ ...item, list: index % 2 ? 2001 : 2002 }));
		const { json } = await runHeyReach(
			sandbox,
			'list:addLead',
			{ listId: byId('={{ $json.list }}'), ...mapped },
			{ items },
		);
		expect(json.map((item) => item.listId)).toEqual([2002, 2001, 2002, 2001]);
		expect(
			bodies()
				.map(({ listId: id }) => id)
				.sort(),
		).toEqual([2001, 2002]);
	});

	it('puts the failure of one lead on its item, and adds the other 149', async () => {
		const items: IDataObject[] = people(150).map((item, index) => ({
			...item,
			// Not a sender of this campaign: HeyReach refuses the whole call.
			sender: index === 77 ? 303 : 301,
		}));
		const { json } = await runHeyReach(
			sandbox,
			'campaign:addLead',
			{ campaignId, senderId: byId('={{ $json.sender }}'), ...mapped },
			{ items, onError: 'continueRegularOutput' },
		);
		const failed = json.filter((item) => item.error);
		expect(failed).toHaveLength(1);
		expect(json[77].error).toContain('LinkedIn account 303 is not a sender of this campaign');
		const added = [...sandbox.state.leads.values()].filter((l) => l.lastName === 'Newcomer');
		expect(added).toHaveLength(149);
	});

	it.each([
		['a list that is not there', 'list:addLead', { listId: byId(9999) }, [20], /List 9999 was not/],
		['a list', 'list:removeLead', { listId: byId(9999) }, [20], /List 9999 was not/],
		[
			'a draft',
			'campaign:addLead',
			{ campaignId: byId(SEEDED.draft) },
			[20, 0],
			/leads to a draft campaign/,
		],
	] as const)(
		'tells all items at once that %s cannot be used: %s',
		async (_what, key, target, sizes, message) => {
			const { json } = await runHeyReach(
				sandbox,
				key,
				{ ...target, ...mapped, profileUrl: '={{ $json.profileUrl }}' },
				{ items: people(20), onError: 'continueRegularOutput' },
			);
			for (const item of json) expect(item.error).toMatch(message);
			expect(json).toHaveLength(20);
			expect(bodies().map((body) => ((body.profileUrls as []) ?? leadsIn(body)).length)).toEqual(
				sizes,
			);
		},
	);

	it('asks no campaign to resume when it looks whose the refusal is', async () => {
		const campaign = sandbox.state.campaigns.get(SEEDED.campaign);
		if (campaign) campaign.status = 'PAUSED';
		const { json } = await runHeyReach(
			sandbox,
			'campaign:addLead',
			{
				campaignId,
				senderId: byId(303), // not one of the campaign's
				...mapped,
				additionalFields: { resumePausedCampaign: true },
			},
			{ items: people(2), onError: 'continueRegularOutput' },
		);
		for (const { error } of json) expect(error).toContain('is not a sender of this campaign');
		expect(campaign?.status).toBe('PAUSED');
	});

	it('finds out whose part failed when the counts do not add up', async () => {
		sandbox.faults.add(counts(1, 0, 1));
		const { json } = await runHeyReach(
			sandbox,
			'list:addLead',
			{ listId, ...mapped },
			{ items: people(2) },
		);
		expect(json.map(({ result }) => result)).toEqual(['added', 'added']);
		expect(bodies().map((body) => leadsIn(body).length)).toEqual([2, 1, 1]);
	});

	it('does not call a lead updated that the first call may have added', async () => {
		// The call is carried out, and its counts do not tell of it.
		await runHeyReach(sandbox, 'list:addLead', { listId, ...mapped }, { items: people(2) });
		sandbox.faults.add(counts(1, 0, 0));
		const { json } = await runHeyReach(
			sandbox,
			'list:addLead',
			{ listId, ...mapped },
			{ items: people(2) },
		);
		expect(json.map(({ result }) => result)).toEqual(['saved', 'saved']);
	});

	it.each([
		['list:addLead', { listId }],
		['campaign:addLead', { campaignId }],
	] as const)('%s: reports a lead that HeyReach drops with 200 and 0/0/0', async (key, target) => {
		sandbox.faults.add(counts(0, 0, 0));
		const { error } = await runHeyReach(
			sandbox,
			key,
			{ ...target, ...mapped },
			{ items: people(1) },
		);
		expect(error?.message).toBe('HeyReach did not accept this lead');
		expect(error?.description).toContain('0 added, 0 updated and 0 failed');
		expect(error).toMatchObject({ context: { itemIndex: 0 } });
	});

	it.each([
		['list:addLead', { listId }],
		['campaign:addLead', { campaignId }],
	] as const)('%s: takes 0/0/0 for no change when the lead is there', async (key, target) => {
		sandbox.faults.add(counts(0, 0, 0));
		const { profileUrl, firstName, lastName } = knownLead(sandbox);
		const { json, error } = await runHeyReach(
			sandbox,
			key,
			{ ...target, ...mapped },
			{ items: [{ profileUrl, firstName, lastName }] },
		);
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ result: 'unchanged' });
	});

	it('reports a lead that HeyReach counts as failed', async () => {
		sandbox.faults.add(counts(0, 0, 1));
		const { json } = await runHeyReach(
			sandbox,
			'list:addLead',
			{ listId, ...mapped },
			{ items: people(1), onError: 'continueRegularOutput' },
		);
		expect(json[0]).toMatchObject({
			error: 'HeyReach did not accept this lead',
			details: { failedLeadsCount: 1 },
		});
	});

	it('needs the option to add to a campaign that is finished', async () => {
		const campaign = sandbox.state.campaigns.get(SEEDED.campaign);
		if (campaign) campaign.status = 'FINISHED';
		const add = async (additionalFields: INodeParameters) =>
			await runHeyReach(
				sandbox,
				'campaign:addLead',
				{ campaignId, ...mapped, additionalFields },
				{ items: people(1) },
			);
		expect((await add({})).error?.message).toContain('with the status FINISHED');
		expect((await add({ resumeFinishedCampaign: true })).error).toBeUndefined();
		expect(campaign?.status).toBe('IN_PROGRESS');
	});
});

describe('What is looked at before a lead is sent', () => {
	const add = async (lead: Record<string, string>, more: INodeParameters = {}) =>
		await runHeyReach(sandbox, 'list:addLead', { listId, leadFields: table(lead), ...more });
	const whole = { profileUrl: 'linkedin.com/in/jane-doe', firstName: 'Jane', lastName: 'Doe' };

	it.each([
		['profileUrl', '“Profile URL” under Lead Fields is empty for Jane Doe'],
		['firstName', '“First Name” under Lead Fields is empty for Doe, linkedin.com/in/jane-doe'],
		['lastName', '“Last Name” under Lead Fields is empty for Jane, linkedin.com/in/jane-doe'],
	])('%s: says so when it is missing', async (name, message) => {
		const { error } = await add({ ...whole, [name]: ' ' });
		expect(error?.message).toBe(message);
		expect(heyReachCalls(sandbox)).toEqual([]);
	});

	it('names no person where nothing tells who it is', async () => {
		const { error } = await add({ profileUrl: '', firstName: '', lastName: ' ' });
		expect(error?.message).toBe('“Profile URL” under Lead Fields is empty');
	});

	it('says of every item what became of it', async () => {
		const items = people(29).map((item, n) =>
			n === 2 ? { ...item, profileUrl: 'https://acme.example' } : { ...item, lastName: '' },
		);
		const options = { skipWithoutAddress: true };
		const { error } = await runHeyReach(
			sandbox,
			'list:addLead',
			{ listId, ...mapped, options },
			{ items },
		);
		expect(error?.description).toContain(
			'0 of 29 items were done before the run stopped. Items 0 to 1, 3 to 9 failed, item 2 was skipped, items 10 to 28 were not begun (counted from 0).',
		);
		expect(heyReachCalls(sandbox)).toEqual([]);
	});

	it('names a custom field that HeyReach would refuse, wherever it stands', async () => {
		const message = '“deal size” cannot be the name of a custom field in HeyReach';
		expect((await add({ ...whole, 'deal size': '9' })).error?.message).toBe(message);
		const customFields = { values: [{ name: 'deal size', value: '9' }] };
		expect((await add(whole, { customFields })).error?.message).toBe(message);
		expect(heyReachCalls(sandbox)).toEqual([]);
	});

	it('sends the others when one item has a bad name', async () => {
		const items = people(3).map((item, index) => ({ ...item, name: index === 1 ? 'a-b' : 'a_b' }));
		const { json } = await runHeyReach(
			sandbox,
			'list:addLead',
			{
				listId,
				...mapped,
				customFields: { values: [{ name: '={{ $json.name }}', value: 'x' }] },
			},
			{ items, onError: 'continueRegularOutput' },
		);
		expect(json.map((item) => item.result ?? item.error)).toEqual([
			'added',
			'“a-b” cannot be the name of a custom field in HeyReach',
			'added',
		]);
		expect(bodies()).toHaveLength(1);
	});

	it.each([
		[
			'https://www.linkedin.com/pub/jane-doe/a7/576/b50',
			'https://www.linkedin.com/in/jane-doe-b50576a7/',
		],
		['de.linkedin.com/in/Jane-Doe?trk=x', 'https://www.linkedin.com/in/jane-doe/'],
		[
			'https://www.linkedin.com/sales/lead/ACwAAABx,NAME_SEARCH,h1',
			'https://www.linkedin.com/sales/lead/ACwAAABx,NAME_SEARCH,h1',
		],
	])('%s goes out as %s', async (profileUrl, sent) => {
		const { json } = await add({ ...whole, profileUrl });
		expect(json[0]).toMatchObject({ profileUrl: sent, result: 'added' });
		expect(leadsIn(bodies()[0])[0].profileUrl).toBe(sent);
	});

	it.each([
		'https://www.linkedin.com/company/acme',
		'https://example.com/in/x',
		'Jane',
		'https://www.linkedin.com/in/in/jane-doe',
		'https://www.linkedin.com/in/https://de.linkedin.com/in/jane-doe',
		'https://www.linkedin.com/in/unavailable/',
		'https://www.linkedin.com/in/undefined',
		'https://www.linkedin.com/sales/lead/null',
	])('%s is not the address of a profile', async (profileUrl) => {
		const { error } = await add({ ...whole, profileUrl });
		expect(error?.message).toBe(
			`“Profile URL”: “${profileUrl}” is not the address of a LinkedIn profile`,
		);
		expect(heyReachCalls(sandbox)).toEqual([]);
	});

	it('sends what is set, and custom fields by their names', async () => {
		await add(
			{ ...whole, position: 'CEO', about: '', first_topic: 'n8n' },
			{ customFields: { values: [{ name: 'second', value: 'x' }] } },
		);
		expect(leadsIn(bodies()[0])[0]).toEqual({
			...whole,
			profileUrl: 'https://www.linkedin.com/in/jane-doe/',
			position: 'CEO',
			customUserFields: [
				{ name: 'first_topic', value: 'n8n' },
				{ name: 'second', value: 'x' },
			],
		});
	});

	it('maps automatically what the item has under the names of the columns', async () => {
		const column = (id: string) => ({
			id,
			displayName: id,
			type: 'string',
			display: true,
			required: false,
			defaultMatch: false,
		});
		const columns = ['profileUrl', 'firstName', 'lastName', 'first_topic'].map(column);
		const { error } = await runHeyReach(
			sandbox,
			'list:addLead',
			{
				listId,
				leadFields: {
					mappingMode: 'autoMapInputData',
					value: null,
					matchingColumns: [],
					schema: columns,
				},
			},
			{ items: [{ ...people(1)[0], first_topic: 'n8n', 'row id': 7 }] },
		);
		expect(error).toBeUndefined();
		expect(leadsIn(bodies()[0])[0]).toEqual({
			...people(1)[0],
			customUserFields: [{ name: 'first_topic', value: 'n8n' }],
		});
	});
});

describe('The columns of a lead', () => {
	const columnsFor = async (parameters: INodeParameters) => {
		const node = new HeyReach();
		const credentials = heyReachCredentials(sandbox);
		const context = loadOptionsFunctions({ node, parameters, credentials });
		const { fields } = await context.call(node.methods.resourceMapping.getLeadColumns);
		return fields;
	};

	it.each([
		{ resource: 'list', operation: 'addLead', listId },
		{ resource: 'campaign', operation: 'addLead', campaignId },
	])('have the custom fields that leads of the $resource have', async (parameters) => {
		const fields = await columnsFor(parameters);
		expect(fields.map(({ id }) => id)).toEqual([
			'profileUrl',
			'firstName',
			'lastName',
			'emailAddress',
			'companyName',
			'position',
			'location',
			'about',
			'summary',
			'first_topic',
		]);
		expect(fields.filter(({ required }) => required).map(({ id }) => id)).toEqual([
			'profileUrl',
			'firstName',
			'lastName',
		]);
	});

	it('are there before a list is chosen, and without a call', async () => {
		const fields = await columnsFor({ resource: 'list', operation: 'addLead', listId: byId('') });
		expect(fields).toHaveLength(9);
		expect(heyReachCalls(sandbox)).toEqual([]);
	});
});
