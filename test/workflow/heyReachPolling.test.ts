import { setTimeout as wait } from 'node:timers/promises';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { HeyReachPollingTrigger } from '../../nodes/HeyReach/HeyReachPollingTrigger.node';
import type { Sandbox } from '../../sandbox';
import { useSandbox } from '../support/useSandbox';
import { heyReachCredentials } from './heyReach';
import {
	loadOptionsFunctions,
	pollWorkflow,
	scaleTime,
	type NodeSetup,
	type ScaledTime,
} from './support';

const sandbox = useSandbox();

const node = new HeyReachPollingTrigger();
const LIST = 2001;
const CAMPAIGN = 1001;
const ALL = ['lead_created', 'lead_status_changed', 'lead_updated'];

function workflow(parameters: INodeParameters, more: Partial<NodeSetup> = {}) {
	return pollWorkflow({ node, parameters, credentials: heyReachCredentials(sandbox), ...more });
}
type Lead = ReturnType<Sandbox['state']['leads']['get']> & object;

function leadsOf(listId = LIST): Lead[] {
	const members = sandbox.state.lists.get(listId)?.members ?? [];
	return members.map(({ linkedinId }) => sandbox.state.leads.get(linkedinId) as Lead);
}
function add(listId = LIST, more: Partial<Lead> = {}): Lead {
	const number = sandbox.state.leads.size + 1;
	const lead = {
		...leadsOf()[0],
		linkedinId: `imp_new_${number}`,
		profileUrl: `https://www.linkedin.com/in/new-lead-${number}/`,
		...more,
	};
	sandbox.state.leads.set(lead.linkedinId, lead);
	const addedAt = new Date().toISOString();
	sandbox.state.lists.get(listId)?.members.push({ linkedinId: lead.linkedinId, addedAt });
	return lead;
}
function edit(lead: Lead, more: Partial<Lead>): void {
	sandbox.state.leads.set(lead.linkedinId, { ...lead, ...more });
}
const rowsOf = (campaignId = CAMPAIGN) => sandbox.state.campaigns.get(campaignId)?.leads ?? [];
const brief = (items: IDataObject[]) =>
	items.map(({ event, lead }) => `${String(event)} ${String((lead as IDataObject).id)}`);

it('takes in silence what is there, then puts out a new lead once', async () => {
	const trigger = workflow({ events: ALL, lists: [LIST], campaigns: [CAMPAIGN] });
	expect(await trigger.poll()).toEqual([]);
	const lead = add();
	const [item, ...rest] = await trigger.poll();
	expect(rest).toEqual([]);
	expect(item).toMatchObject({
		event: 'lead_created',
		list: { id: LIST },
		lead: { id: lead.linkedinId, profileUrl: lead.profileUrl, firstName: lead.firstName },
		body: { linkedin_id: lead.linkedinId },
	});
	expect(await trigger.poll()).toEqual([]);
	trigger.restart();
	expect(await trigger.poll()).toEqual([]);
});

it('names the changed fields of an update, and gives the lead once though it is in both', async () => {
	const trigger = workflow({ events: ['lead_updated'], lists: [LIST], campaigns: [CAMPAIGN] });
	await trigger.poll();
	const [lead] = leadsOf();
	edit(lead, { position: 'Chief of Everything', followers: 9_999 });
	const found = await trigger.poll();
	expect(found).toMatchObject([
		{
			event: 'lead_updated',
			lead: { id: lead.linkedinId, position: 'Chief of Everything' },
			changedFields: ['position'],
		},
	]);
	expect(await trigger.poll()).toEqual([]);
});

it('watches only the fields that the person chose', async () => {
	const options = { watchedFields: ['tags'] };
	const trigger = workflow({ events: ['lead_updated'], lists: [LIST], options });
	await trigger.poll();
	const [one, two] = leadsOf();
	edit(one, { position: 'Another' });
	edit(two, { tags: ['brand new'] });
	expect(await trigger.poll()).toMatchObject([{ changedFields: ['tags'] }]);
});

it('shows a status before and after', async () => {
	const trigger = workflow({ events: ['lead_status_changed'], campaigns: [CAMPAIGN] });
	await trigger.poll();
	const row = rowsOf()[0];
	row.leadCampaignStatus = 'InSequence';
	row.leadConnectionStatus = 'ConnectionSent';
	expect(await trigger.poll()).toMatchObject([
		{
			event: 'lead_status_changed',
			campaign: { id: CAMPAIGN },
			lead: { id: row.linkedinId },
			status: {
				leadCampaignStatus: 'InSequence',
				leadConnectionStatus: 'ConnectionSent',
				leadMessageStatus: 'None',
			},
			statusBefore: {
				leadCampaignStatus: 'Pending',
				leadConnectionStatus: 'None',
				leadMessageStatus: 'None',
			},
		},
	]);
	expect(await trigger.poll()).toEqual([]);
});

it('does not take a lead for a new one when its id becomes a number', async () => {
	const trigger = workflow({ events: ALL, lists: [LIST], campaigns: [CAMPAIGN] });
	const lead = add();
	await trigger.poll();
	sandbox.state.leads.delete(lead.linkedinId);
	const members = sandbox.state.lists.get(LIST)?.members ?? [];
	const member = members[members.length - 1];
	member.linkedinId = '987654321';
	sandbox.state.leads.set(member.linkedinId, { ...lead, linkedinId: member.linkedinId });
	expect(await trigger.poll()).toEqual([]);
});

it('loses nothing to a poll that fails', async () => {
	const trigger = workflow({ events: ALL, lists: [LIST], campaigns: [CAMPAIGN] });
	await trigger.poll();
	const lead = add();
	sandbox.faults.add({ kind: 'status', status: 500, path: '/campaign/GetLeadsFromCampaign' });
	await expect(trigger.poll()).rejects.toThrow(/HeyReach had an internal error/);
	expect(brief(await trigger.poll())).toEqual([`lead_created ${lead.linkedinId}`]);
});

it('keeps the promise on a real server: random edits while polls fail and n8n restarts', async () => {
	const trigger = workflow({ events: ALL, lists: [LIST, 2002], campaigns: [CAMPAIGN] });
	await trigger.poll();
	const expected = new Map<string, string>();
	const made: string[] = [];
	const found: IDataObject[] = [];
	let editing = true;
	const editor = (async () => {
		for (let n = 0; n < 250; n++) {
			const all = [...leadsOf(), ...leadsOf(2002)];
			const lead = all[Math.floor(Math.random() * all.length)];
			if (n % 8 === 0) made.push(add(n % 16 ? LIST : 2002, { headline: 'made' }).linkedinId);
			else {
				expected.set(lead.linkedinId, `headline ${n}`);
				edit(lead, { headline: `headline ${n}` });
			}
			await wait(Math.random() * 15);
		}
		editing = false;
	})();
	for (let still = 0, round = 0; still < 2; round++) {
		await wait(10 + Math.random() * 60);
		if (round % 4 === 1) sandbox.faults.add({ kind: 'status', status: 500, path: 'GetLeads' });
		if (round % 5 === 2) trigger.restart();
		const items = await trigger.poll().catch(() => undefined);
		if (!items) continue;
		found.push(...items);
		still = !editing && items.length === 0 ? still + 1 : 0;
	}
	await editor;
	const created = brief(found).filter((text) => text.startsWith('lead_created'));
	expect(created.sort()).toEqual(made.map((id) => `lead_created ${id}`).sort());
	const last = new Map<string, unknown>();
	const seen: string[] = [];
	for (const { lead, body } of found) {
		const { id } = lead as IDataObject;
		const { headline } = body as IDataObject;
		last.set(String(id), headline);
		seen.push(`${String(id)} ${String(headline)}`);
	}
	for (const [id, headline] of expected) expect([id, last.get(id)]).toEqual([id, headline]);
	expect(new Set(seen).size).toBe(seen.length);
	expect(found.length).toBeGreaterThan(60);
}, 60_000);

it('says that there are too many leads when the workflow is activated', async () => {
	const list = sandbox.state.lists.get(2003);
	const [{ linkedinId }] = list?.members ?? [];
	const addedAt = new Date().toISOString();
	while (list && list.members.length <= 10_000) list.members.push({ linkedinId, addedAt });
	const trigger = workflow({ events: ALL, lists: [2003], campaigns: [CAMPAIGN] });
	await expect(trigger.poll()).rejects.toThrow(/more than 10,000 leads/);
});

describe('when HeyReach is slow', () => {
	let time: ScaledTime;
	beforeEach(() => {
		time = scaleTime(100);
	});
	afterEach(() => time.restore());

	it('ends the poll after 40 s; what was not read is neither new nor gone', async () => {
		const path = '/campaign/GetLeadsFromCampaign';
		const campaign = sandbox.state.campaigns.get(CAMPAIGN);
		const [model] = rowsOf();
		for (let n = campaign?.leads.length ?? 0; n < 250; n++) {
			const { linkedinId } = add(2003, { headline: `${n}` });
			campaign?.leads.push({ ...model, id: 9_000_000 + n, linkedinId });
		}
		const trigger = workflow({ events: ALL, campaigns: [CAMPAIGN] });
		await trigger.poll();
		const [one, , last] = [leadsOf()[0], 0, rowsOf()[249]];
		edit(one, { headline: 'first page' });
		edit(sandbox.state.leads.get(last.linkedinId) as Lead, { headline: 'last page' });
		sandbox.faults.add({ kind: 'delay', path, delayMs: 1 });
		sandbox.faults.add({ kind: 'delay', path, delayMs: 700 }); // 70 s
		const first = await trigger.poll();
		expect(brief(first)).toEqual([`lead_updated ${one.linkedinId}`]);
		trigger.restart();
		expect(brief(await trigger.poll())).toEqual([`lead_updated ${last.linkedinId}`]);
		expect(await trigger.poll()).toEqual([]);
	});
});

it('shows leads as they are in a test run, which leaves no trace', async () => {
	const found = await workflow({ events: ['lead_status_changed'], campaigns: [CAMPAIGN] }).sample();
	expect(found).toHaveLength(3);
	expect(found[0]).toMatchObject({ event: 'lead_status_changed', statusBefore: null });
});

it('lets the person choose from the lists of leads', async () => {
	const options = loadOptionsFunctions({ node, credentials: heyReachCredentials(sandbox) });
	const lists = await options.call(node.methods.loadOptions.getLeadLists);
	expect(lists).toContainEqual({
		name: 'Agencies (a campaign uses it)',
		value: 2002,
		description: '75 leads',
	});
});

it.each([
	[{ events: [], lists: [LIST] }, /No event is chosen/],
	[{ events: ['lead_created'] }, /No list and no campaign/],
	[{ events: ['lead_status_changed'], lists: [LIST] }, /needs a campaign/],
	[{ events: ['lead_created'], lists: ['Agencies'] }, /“Agencies” is not the ID of a list/],
	[{ events: ['lead_gone'], lists: [LIST] }, /“lead_gone” is not an event/],
])('refuses %j', async (parameters, message) => {
	await expect(workflow(parameters).poll()).rejects.toThrow(message);
});
