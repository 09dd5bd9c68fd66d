import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { HeyReachPollingTrigger } from '../../nodes/HeyReach/HeyReachPollingTrigger.node';
import { SANDBOX } from '../../sandbox';
import { UNLIMITED, useSandbox } from '../support/useSandbox';
import {
	agencyCredentials,
	CLIENT_WORKSPACES,
	heyReachCredentials,
	workspacesWithout,
} from './heyReach';
import { loadOptionsFunctions, pollWorkflow } from './support';

const sandbox = useSandbox({ ...UNLIMITED, heyReachClients: true });

const [bright, cedar, delta] = SANDBOX.heyReachClients;
const idOf = (name: string) =>
	SANDBOX.heyReachClients.find((client) => client.name === name)?.workspaceId ??
	SANDBOX.heyReachWorkspaceId;
const dataOf = (name: string) => sandbox.state.workspace(idOf(name));
/** HeyReach no longer takes the key of this workspace. */
function refuse(name: string): void {
	const workspace = sandbox.state.workspaces.get(idOf(name));
	if (workspace) workspace.keys = { ...workspace.keys, PUBLIC: 'the-next-key' };
}

describe('HeyReach Polling Trigger on all workspaces', () => {
	const node = new HeyReachPollingTrigger();
	const polling = (parameters: INodeParameters, workspaces = CLIENT_WORKSPACES) => {
		const credentials = agencyCredentials(sandbox, workspaces);
		const setup = { node, parameters: { workspace: '*', ...parameters }, credentials };
		const staticData: IDataObject = {};
		return Object.assign(pollWorkflow({ ...setup, staticData }), { setup, staticData });
	};
	const lists = [2001, `${bright.name}/2101`, `${cedar.name}/2201`];
	let number = 0;
	function add(name: string, listId: number): string {
		const { leads, lists: all } = dataOf(name);
		const [first] = leads.values();
		const linkedinId = `new-${++number}`;
		const profileUrl = `https://www.linkedin.com/in/new-lead-${number}/`;
		leads.set(linkedinId, { ...first, linkedinId, profileUrl });
		all.get(listId)?.members.push({ linkedinId, addedAt: new Date().toISOString() });
		return linkedinId;
	}
	const brief = (items: IDataObject[]) =>
		items.map(({ workspace, event, lead, list }) => [
			workspace,
			event,
			(lead as IDataObject).id,
			(list as IDataObject).id,
		]);

	it('polls each workspace and says from which one a lead comes', async () => {
		const flow = polling({ lists });
		expect(await flow.poll()).toEqual([]);
		const ids = [add('', 2001), add(bright.name, 2101), add(cedar.name, 2201)];
		add(delta.name, 2301);
		expect(brief(await flow.poll())).toEqual([
			['', 'lead_created', ids[0], 2001],
			[bright.name, 'lead_created', ids[1], 2101],
			[cedar.name, 'lead_created', ids[2], 2201],
		]);
		expect(await flow.poll()).toEqual([]);
		flow.restart();
		expect(await flow.poll()).toEqual([]);
	});

	it('keeps the state of the others when a workspace is added', async () => {
		const before = polling({ lists: lists.slice(0, 2) });
		await before.poll();
		const missed = add(bright.name, 2101);
		add(cedar.name, 2201);
		const after = pollWorkflow({
			...before.setup,
			parameters: { workspace: '*', lists },
			staticData: before.staticData,
		});
		expect(brief(await after.poll())).toEqual([[bright.name, 'lead_created', missed, 2101]]);
		const next = add(cedar.name, 2201);
		expect(brief(await after.poll())).toEqual([[cedar.name, 'lead_created', next, 2201]]);
	});

	it('polls a workspace once that is written in two ways, and knows it in other capital letters', async () => {
		const small = bright.name.toLowerCase();
		const before = polling({ lists: [`${bright.name}/2101`, `${small}/2101`] });
		await before.poll();
		const first = add(bright.name, 2101);
		expect(brief(await before.poll())).toEqual([[bright.name, 'lead_created', first, 2101]]);
		const next = add(bright.name, 2101);
		const workspaces = Object.fromEntries(
			SANDBOX.heyReachClients.map(({ name, key }, at) => [
				`workspace${at + 2}`,
				{ name: name.toUpperCase(), apiKey: key },
			]),
		);
		const after = pollWorkflow({
			...polling({ lists: [`${small}/2101`] }, workspaces).setup,
			staticData: before.staticData,
		});
		const called = bright.name.toUpperCase();
		expect(brief(await after.poll())).toEqual([[called, 'lead_created', next, 2101]]);
	});

	it('goes on with the others when one refuses, and says which one', async () => {
		const flow = polling({ lists });
		await flow.poll();
		const late = add(cedar.name, 2201);
		refuse(cedar.name);
		const one = add(bright.name, 2101);
		expect(brief(await flow.poll())).toEqual([[bright.name, 'lead_created', one, 2101]]);
		// Nothing to put out: then the person hears of it.
		await expect(flow.poll()).rejects.toMatchObject({
			message: 'HeyReach could not be polled in 1 of 3 workspaces',
			description: expect.stringContaining('In workspace “Cedar Fitness”: HeyReach does') as string,
		});
		const two = add('', 2001);
		expect(brief(await flow.poll())).toEqual([['', 'lead_created', two, 2001]]);

		const workspace = sandbox.state.workspaces.get(cedar.workspaceId);
		if (workspace) workspace.keys.PUBLIC = cedar.key;
		expect(brief(await flow.poll())).toEqual([[cedar.name, 'lead_created', late, 2201]]);
	});

	it('does not begin while one refuses', async () => {
		await expect(polling({ lists }, workspacesWithout(cedar.name)).poll()).rejects.toMatchObject({
			message: 'HeyReach could not be polled in 1 of 3 workspaces',
			description: expect.stringContaining('no workspace “Cedar Fitness”') as string,
		});
	});

	it('polls one workspace by name, and the own one as before', async () => {
		const flow = polling({ workspace: bright.name, lists: [2101] });
		await flow.poll();
		const lead = add(bright.name, 2101);
		expect(brief(await flow.poll())).toEqual([[bright.name, 'lead_created', lead, 2101]]);

		const own = pollWorkflow({
			node,
			parameters: { lists: [2001] },
			credentials: heyReachCredentials(sandbox),
			staticData: {},
		});
		await own.poll();
		const mine = add('', 2001);
		expect(brief(await own.poll())).toEqual([['', 'lead_created', mine, 2001]]);
	});

	it('offers lists and campaigns of all workspaces, and takes what it offers', async () => {
		const { setup } = polling({});
		const editor = loadOptionsFunctions(setup);
		const offered = await editor.call(node.methods.loadOptions.getLeadLists);
		expect(offered).toEqual(
			expect.arrayContaining([
				expect.objectContaining({
					name: 'Bright Dental: Bright Dental: prospects (a campaign uses it)',
					value: `${bright.name}/2101`,
				}),
			]),
		);
		expect(offered.map(({ value }) => value)).toContain(2001);
		const campaigns = await editor.call(node.methods.loadOptions.getCampaigns);
		expect(campaigns.map(({ value }) => value)).toContain(`${delta.name}/1301`);
		const flow = polling({
			lists: offered.map(({ value }) => value),
			campaigns: campaigns.map(({ value }) => value),
			events: ['lead_created', 'lead_status_changed'],
		});
		expect(await flow.poll()).toEqual([]);
		const row = dataOf(delta.name).campaigns.get(1301)?.leads[0];
		if (row) row.leadCampaignStatus = 'Failed';
		expect(await flow.poll()).toMatchObject([
			{ workspace: delta.name, event: 'lead_status_changed', campaign: { id: 1301 } },
		]);
		expect((await flow.sample()).length).toBeGreaterThan(0);
	});
});
