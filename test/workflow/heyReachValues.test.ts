import type { IDataObject } from 'n8n-workflow';
import { byId, knownLead, SEEDED } from '../examples/heyReach';
import { columns } from '../examples/values';
import { useSandbox } from '../support/useSandbox';
import { heyReachCalls, runHeyReach } from './heyReach';

const sandbox = useSandbox();

const bodies = () =>
	sandbox.requests.list({ service: 'heyreach' }).map(({ body }) => body as IDataObject);
const lead = () => knownLead(sandbox).profileUrl;

describe('Tags of a lead', () => {
	it('are read from a list, its JSON text and objects with names', async () => {
		const { error } = await runHeyReach(
			sandbox,
			'leadTag:add',
			{ lead: lead(), tags: '={{ $json.tags }}', createTagIfNotExisting: true },
			{
				items: [
					{ tags: '["Hot","Warm"]' },
					{ tags: [{ name: 'Hot', campaignId: 1 }, 'Warm'] },
					{ tags: 'Hot, Warm' },
				],
			},
		);
		expect(error).toBeUndefined();
		expect(bodies().map(({ tags }) => tags)).toEqual(Array(3).fill(['Hot', 'Warm']));
	});

	it.each([
		[[null], '“Tags”: A list has null in it, but needs texts'],
		[[{ id: 1 }], '“Tags”: A list has an object without “name” in it, but needs texts'],
		[[], '“Tags” is empty'],
		[null, '“Tags” is empty'],
	])('that are %j take none away', async (tags, message) => {
		const { error } = await runHeyReach(
			sandbox,
			'leadTag:replace',
			{ lead: lead(), tags: '={{ $json.tags }}' },
			{ items: [{ tags }] },
		);
		expect(error?.message).toBe(message);
		expect(heyReachCalls(sandbox)).toEqual([]);
	});
});

describe('A lead', () => {
	const names = { firstName: 'Ann', lastName: 'Lee' };
	const profileUrl = 'https://www.linkedin.com/in/ann-lee-values/';

	it('is sent without what its item does not have', async () => {
		const { error } = await runHeyReach(
			sandbox,
			'list:addLead',
			{
				listId: byId(SEEDED.list),
				leadFields: columns({
					...names,
					profileUrl,
					emailAddress: '={{ $json.email }}',
					topic: '={{ $json.topic }}',
				}),
				customFields: { values: [{ name: 'city', value: '={{ $json.city }}' }] },
			},
			{ items: [{ email: ' ann@example.com ', topic: null, city: null }] },
		);
		expect(error).toBeUndefined();
		const [{ leads }] = bodies();
		expect(leads).toEqual([
			{ ...names, emailAddress: 'ann@example.com', profileUrl: expect.stringContaining('ann-lee') },
		]);
	});

	it.each([
		[
			'empties such a custom field where the person says so',
			{ clearEmptyFields: true },
			[{ name: 'city', value: '' }],
		],
		['leaves it alone where the option is off', { clearEmptyFields: false }, undefined],
	])('%s', async (_what, options, customUserFields) => {
		const { error } = await runHeyReach(
			sandbox,
			'list:addLead',
			{
				listId: byId(SEEDED.list),
				leadFields: columns({ ...names, profileUrl }),
				customFields: { values: [{ name: 'city', value: '={{ $json.city }}' }] },
				options,
			},
			{ items: [{ city: '' }] },
		);
		expect(error).toBeUndefined();
		const [lead] = bodies()[0].leads as Array<{ customUserFields?: object }>;
		expect(lead.customUserFields).toEqual(customUserFields);
	});

	it('is refused with an object instead of a text', async () => {
		const { error } = await runHeyReach(
			sandbox,
			'list:addLead',
			{
				listId: byId(SEEDED.list),
				leadFields: columns({ ...names, profileUrl, companyName: '={{ $json.company }}' }),
			},
			{ items: [{ company: { name: 'Acme' } }] },
		);
		expect(error?.message).toBe('“Company Name” is an object instead of a text');
		expect(heyReachCalls(sandbox)).toEqual([]);
	});
});

it('takes several campaigns from an expression in each form, and a filter without a lead for none', async () => {
	const { error } = await runHeyReach(
		sandbox,
		'list:getMany',
		{ filters: { campaignIds: '={{ $json.campaigns }}' }, returnAll: true },
		{
			items: ['[101, 102]', '101, 102', [101, '102'], [{ id: 101, name: 'A' }, 102]].map(
				(campaigns) => ({ campaigns }),
			),
		},
	);
	expect(error).toBeUndefined();
	// What several items ask for in the same words is read once.
	expect(bodies().map(({ campaignIds }) => campaignIds)).toEqual([[101, 102]]);
	const leads = await runHeyReach(
		sandbox,
		'list:getLeads',
		{ listId: byId(SEEDED.list), filters: { lead: '={{ $json.lead }}' }, returnAll: true },
		{ items: [{ lead: null }] },
	);
	expect(leads.error).toBeUndefined();
	expect(bodies().at(-1)).not.toHaveProperty('leadLinkedInId');
	expect(leads.json.length).toBeGreaterThan(0);
});

it('takes the days and the start of a schedule as they are meant', async () => {
	const { error } = await runHeyReach(
		sandbox,
		'campaign:updateSchedule',
		{
			campaignId: byId(SEEDED.draft),
			schedule: {
				dailyStartTime: '09:00',
				dailyEndTime: '17:00',
				timeZoneId: 'Europe/Berlin',
				days: '={{ $json.days }}',
				startDate: '={{ $json.start }}',
			},
		},
		{
			items: [{ days: 'Monday, Friday', start: Date.UTC(2027, 2, 1) }],
			timezone: 'America/New_York',
		},
	);
	expect(error).toBeUndefined();
	expect(bodies().at(-1)?.schedule).toMatchObject({
		enabledMonday: true,
		enabledTuesday: false,
		enabledFriday: true,
		startDate: '2027-03-01',
	});
});

it('looks for conversations of the days that were chosen, in whatever time zone', async () => {
	for (const timezone of ['Europe/Berlin', 'America/New_York', 'Pacific/Auckland'])
		await runHeyReach(
			sandbox,
			'conversation:getMany',
			{ from: '2026-01-01T00:00:00', to: '2026-01-31T23:00:00', returnAll: false, limit: 5 },
			{ timezone },
		);
	const span = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-31T00:00:00.000Z' };
	expect(bodies()).toMatchObject([span, span, span]);
});

it.each(['24:30', '25:00', '9 am'])('refuses %s, which no day has', async (dailyEndTime) => {
	const { error } = await runHeyReach(sandbox, 'campaign:updateSchedule', {
		campaignId: byId(SEEDED.draft),
		schedule: { dailyStartTime: '09:00', dailyEndTime, timeZoneId: 'Europe/Berlin' },
	});
	expect(error?.message).toBe(`“Daily End Time” is not a time of day: “${dailyEndTime}”`);
});
