import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SANDBOX } from '../../sandbox';
import { UNLIMITED, useSandbox } from '../support/useSandbox';
import { agencyCredentials, CLIENT_WORKSPACES, workspacesWithout } from './heyReach';
import { ADDRESS, plantWebhook, trigger, triggerWorkflow } from './heyReachTrigger';
import {
	hookFunctions,
	loadOptionsFunctions,
	useScaledTime,
	webhookFunctions,
	type Delivery,
} from './support';

useScaledTime(200);
const sandbox = useSandbox({ ...UNLIMITED, retryDelaysMs: [], heyReachClients: true });

const [bright, cedar, delta] = SANDBOX.heyReachClients;
const NAMES = ['', bright.name, cedar.name, delta.name];
const idOf = (name: string) =>
	SANDBOX.heyReachClients.find((client) => client.name === name)?.workspaceId ??
	SANDBOX.heyReachWorkspaceId;
const dataOf = (name: string) => sandbox.state.workspace(idOf(name));
const webhooksIn = (name: string) => [...dataOf(name).webhooks.values()];
const counts = () => NAMES.map((name) => webhooksIn(name).length);
const secretIn = (name: string) =>
	new URL(webhooksIn(name)[0].webhookUrl).searchParams.get('secret') ?? '';
const [ALL_OF_THEM, NONE] = [
	[2, 2, 2, 2],
	[0, 0, 0, 0],
];

/** HeyReach no longer takes the key of this workspace. */
function refuse(name: string): void {
	const workspace = sandbox.state.workspaces.get(idOf(name));
	if (workspace) workspace.keys = { ...workspace.keys, PUBLIC: 'the-next-key' };
}
/** What an operator is told. */
const toldIn = (logs: string[]) => logs.filter((line) => !line.startsWith('debug '));
const events = ['message_sent', 'follow_sent'];

function workflow(parameters: INodeParameters = {}) {
	const flow = triggerWorkflow(
		sandbox,
		{ workspace: '*', events, ...parameters },
		{ credentials: agencyCredentials(sandbox) },
	);
	return {
		...flow,
		credential: (workspaces: IDataObject) =>
			(flow.setup.credentials = agencyCredentials(sandbox, workspaces)),
	};
}

describe('HeyReach Trigger on all workspaces', () => {
	it('registers its webhooks in each, each with a secret of its own, and removes them in each', async () => {
		const foreign = plantWebhook(sandbox, 'https://other.example.com/hook');
		const flow = workflow();
		expect(await flow.activate()).toBe(true);
		expect(counts()).toEqual([3, 2, 2, 2]);
		const secrets = NAMES.slice(1).map(secretIn);
		expect(new Set([...secrets, flow.secret()]).size).toBe(4);
		for (const name of NAMES.slice(1)) {
			for (const { webhookUrl } of webhooksIn(name)) {
				expect(webhookUrl).toBe(`${ADDRESS}?secret=${secretIn(name)}`);
			}
		}
		expect(await flow.activate()).toBe(false);
		expect(await flow.deactivate()).toBe(true);
		expect(counts()).toEqual([1, 0, 0, 0]);
		expect(webhooksIn('')[0].id).toBe(foreign);
		expect(flow.setup.staticData).toEqual({});
	});

	it('watches the own workspace alone as long as nobody chooses another', async () => {
		const flow = workflow({ workspace: '' });
		await flow.activate();
		expect(counts()).toEqual([2, 0, 0, 0]);
		expect(Object.keys(flow.setup.staticData ?? {}).sort()).toEqual(['account', 'secret']);
	});

	it('goes on after the update with what an earlier version has kept', async () => {
		const before = triggerWorkflow(sandbox, { events });
		await before.activate();
		const flow = workflow({ workspace: '' });
		flow.setup.staticData = structuredClone(before.setup.staticData);
		expect(await flow.activate()).toBe(false);
		expect(flow.secret()).toBe(before.secret());
	});

	it('moves from one workspace to another, and leaves nothing behind', async () => {
		const flow = workflow({ workspace: bright.name });
		await flow.activate();
		expect(counts()).toEqual([0, 2, 0, 0]);
		flow.setup.parameters = { events, workspace: cedar.name };
		expect(await flow.activate()).toBe(true);
		expect(counts()).toEqual([0, 0, 2, 0]);
		flow.setup.parameters = { events, workspace: '*' };
		expect(await flow.activate()).toBe(true);
		expect(counts()).toEqual(ALL_OF_THEM);
		flow.setup.parameters = { events, workspace: '' };
		expect(await flow.activate()).toBe(true);
		expect(counts()).toEqual([2, 0, 0, 0]);
		await flow.deactivate();
		expect(counts()).toEqual(NONE);
	});

	it('follows a workspace that is added, and mends what is missing in one of them', async () => {
		const flow = workflow();
		flow.credential(workspacesWithout(delta.name));
		await flow.activate();
		expect(counts()).toEqual([2, 2, 2, 0]);
		const before = secretIn(bright.name);
		flow.credential(CLIENT_WORKSPACES);
		dataOf(cedar.name).webhooks.clear();
		expect(await flow.activate()).toBe(true);
		expect(counts()).toEqual(ALL_OF_THEM);
		expect(secretIn(bright.name)).toBe(before);
	});

	it('follows a workspace that is renamed, and two that swap their names', async () => {
		const flow = workflow();
		await flow.activate();
		const [first, second] = [secretIn(bright.name), secretIn(cedar.name)];
		flow.credential({
			workspace2: { name: cedar.name, apiKey: bright.key },
			workspace3: { name: bright.name, apiKey: cedar.key },
			workspace4: { name: 'Delta', apiKey: delta.key },
		});
		await flow.activate();
		expect([secretIn(bright.name), secretIn(cedar.name)]).toEqual([first, second]);
		expect(flow.setup.staticData?.workspaces).toMatchObject({
			[cedar.name]: { secret: first },
			[bright.name]: { secret: second },
			Delta: { secret: secretIn(delta.name) },
		});
		await flow.deactivate();
		expect(counts()).toEqual(NONE);
		expect(flow.setup.staticData).toEqual({});
	});

	it('takes its webhooks over in each when n8n has lost the secrets', async () => {
		const flow = workflow();
		await flow.activate();
		const before = NAMES.map(secretIn);
		flow.setup.staticData = {};
		expect(await flow.activate()).toBe(false);
		expect(NAMES.map(secretIn)).toEqual(before);
		flow.setup.staticData = {};
		await flow.deactivate();
		expect(counts()).toEqual(NONE);
	});

	it('tells of a workspace that was taken out of the credential, and goes on with the others', async () => {
		const flow = workflow();
		await flow.activate();
		flow.credential(workspacesWithout(cedar.name));
		const hook = hookFunctions(flow.setup);
		expect(await hook.call(trigger.webhookMethods.default.checkExists)).toBe(false);
		await hook.call(trigger.webhookMethods.default.create);
		expect(toldIn(hook.logs)).toEqual([
			expect.stringContaining('workspace “Cedar Fitness” is no longer in the HeyReach credential'),
		]);
		// What it sends from now on is refused.
		expect((await deliver(flow, secretIn(cedar.name))).sent.statusCode).toBe(401);
		expect((await deliver(flow, secretIn(bright.name))).json).toHaveLength(1);
		expect(await flow.checkExists()).toBe(true);

		flow.credential({ ...CLIENT_WORKSPACES, workspace2: {}, workspace3: {} });
		expect(await flow.deactivate()).toBe(true);
		// Without their keys nobody can remove them.
		expect(counts()).toEqual([0, 2, 2, 0]);
		expect(flow.setup.staticData).toEqual({});
	});

	it('can be turned off when the one workspace that it watches is no longer there', async () => {
		const flow = workflow({ workspace: cedar.name });
		await flow.activate();
		flow.credential(workspacesWithout(cedar.name));
		await expect(flow.activate()).rejects.toThrow('no workspace “Cedar Fitness”');
		expect(await flow.deactivate()).toBe(true);
	});

	it('tries all others where one refuses, and then says which one', async () => {
		refuse(cedar.name);
		const flow = workflow();
		const refusal = flow.activate();
		await expect(refusal).rejects.toMatchObject({
			message: 'HeyReach refused the webhooks in 1 of 4 workspaces',
			description: expect.stringContaining(
				'In workspace “Cedar Fitness”: HeyReach does not accept the API key.',
			) as string,
		});
		expect(counts()).toEqual([2, 2, 0, 2]);
		// What n8n does after a failure.
		await expect(flow.deactivate()).rejects.toThrow('in 1 of 4 workspaces');
		expect(counts()).toEqual(NONE);
	});

	it('stays on for the others when n8n starts again and one refuses', async () => {
		const flow = workflow();
		await flow.activate();
		refuse(cedar.name);
		dataOf(bright.name).webhooks.clear();
		const hook = hookFunctions({ ...flow.setup, activation: 'init' });
		expect(await hook.call(trigger.webhookMethods.default.checkExists)).toBe(false);
		expect(await hook.call(trigger.webhookMethods.default.create)).toBe(true);
		expect(counts()).toEqual(ALL_OF_THEM);
		expect(toldIn(hook.logs)).toEqual([
			expect.stringMatching(/^error .*In workspace “Cedar Fitness”: HeyReach does not accept/),
		]);
		expect(hook.logs.join()).not.toMatch(/sandbox-heyreach-|the-next-key/);
	});

	async function deliver(
		flow: ReturnType<typeof workflow>,
		secret: string,
		delivery: Delivery = {},
	) {
		const call = webhookFunctions({
			...flow.setup,
			mode: 'webhook',
			query: { secret },
			body: { event_type: 'message_sent', correlation_id: `c-${secret}`, lead: { id: '1' } },
			...delivery,
		});
		const { result, sent } = await call.deliver();
		return { json: result.workflowData?.[0].map((item) => item.json), sent, logs: call.logs };
	}

	it('says in each item from which workspace it comes', async () => {
		const flow = workflow();
		await flow.activate();
		for (const name of NAMES) {
			const { json } = await deliver(flow, secretIn(name));
			expect(json).toMatchObject([{ workspace: name, event: 'message_sent' }]);
		}
	});

	it('believes the secret alone: no client can send in the name of another', async () => {
		const flow = workflow();
		await flow.activate();
		const body = { event_type: 'message_sent', correlation_id: 'c-forged', lead: { id: '1' } };
		const query = { secret: secretIn(bright.name), workspace: cedar.name };
		const forged = await deliver(flow, '', { query, body: { ...body, workspace: cedar.name } });
		expect(forged.json).toMatchObject([{ workspace: bright.name }]);
		// Nor can one have the delivery of another dropped as a repeat.
		const genuine = await deliver(flow, secretIn(cedar.name), { body });
		expect(genuine.json).toMatchObject([{ workspace: cedar.name }]);
		const repeat = await deliver(flow, secretIn(cedar.name), { body });
		expect(repeat.json).toBeUndefined();
	});

	it('drops the events of a workspace that it no longer watches and whose webhooks it could not remove', async () => {
		const flow = workflow();
		await flow.activate();
		const [watched, left] = [secretIn(bright.name), secretIn(cedar.name)];
		refuse(cedar.name);
		flow.setup.parameters = { ...flow.setup.parameters, workspace: bright.name.toUpperCase() };
		await flow.activate();
		expect((await deliver(flow, watched)).json).toMatchObject([{ workspace: bright.name }]);
		const dropped = await deliver(flow, left);
		expect(dropped.json).toBeUndefined();
		expect(dropped.logs).toEqual([expect.stringContaining('another workspace')]);
	});

	it('refuses what comes without one of its secrets, or from off the allowlist', async () => {
		const flow = workflow({ options: { ipAllowlist: '203.0.113.0/24' } });
		await flow.activate();
		const at = async (ip: string, secret: string) =>
			(await deliver(flow, secret, { ip })).sent.statusCode;
		expect(await at('203.0.113.9', 'f'.repeat(64))).toBe(401);
		expect(await at('203.0.113.9', '')).toBe(401);
		expect(await at('198.51.100.9', secretIn(delta.name))).toBe(403);
		const { logs, sent } = await deliver(flow, secretIn(delta.name), { ip: '198.51.100.9' });
		for (const name of NAMES) expect(logs.join() + String(sent.body)).not.toContain(secretIn(name));
	});

	it('offers the campaigns of the chosen workspace', async () => {
		const campaigns = async (workspace: string) =>
			(
				await loadOptionsFunctions({
					node: trigger,
					parameters: { workspace },
					credentials: agencyCredentials(sandbox),
				}).call(trigger.methods.loadOptions.getCampaigns)
			).map(({ value }) => value);
		expect(await campaigns(bright.name)).toEqual([1101, 1102]);
		expect(await campaigns('')).toEqual(expect.arrayContaining([1001]));
	});
});
