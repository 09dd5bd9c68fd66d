import type { INodeParameters, NodeApiError } from 'n8n-workflow';
import { SANDBOX } from '../../sandbox';
import { UNLIMITED, useSandbox } from '../support/useSandbox';
import { heyReachCredentials } from './heyReach';
import { ADDRESS, plantWebhook, trigger, triggerWorkflow, webhooksOf } from './heyReachTrigger';
import { hookFunctions, loadOptionsFunctions, useScaledTime, type NodeSetup } from './support';
import { collectLogs } from './support/core';

useScaledTime(200);
const sandbox = useSandbox({ ...UNLIMITED, retryDelaysMs: [] });

const workflow = (parameters: INodeParameters = {}, more: Partial<NodeSetup> = {}) =>
	triggerWorkflow(sandbox, parameters, more);
const remote = () => webhooksOf(sandbox);
const events = () => remote().map(({ eventType }) => eventType);
const webhookCalls = () =>
	sandbox.requests
		.list({ service: 'heyreach' })
		.map(({ path }) => path.replace('/webhooks/', ''))
		.filter((path) => path !== 'GetAllWebhooks');

describe('Registering', () => {
	it('makes one webhook for each event, with a name, the campaigns and a secret address', async () => {
		const flow = workflow({
			events: ['message_reply_received', 'every_message_reply_received'],
			campaigns: [1001, 1002],
			options: { otherEvents: 'Liked_Post, MESSAGE_REPLY_RECEIVED' },
		});
		expect(await flow.activate()).toBe(true);
		expect(flow.secret()).toMatch(/^[\da-f]{64}$/);
		const webhookUrl = `${ADDRESS}?secret=${flow.secret()}`;
		expect(remote()).toMatchObject([
			{
				eventType: 'MESSAGE_REPLY_RECEIVED',
				campaignIds: [1001, 1002],
				webhookName: 'n8n campaign reply',
				webhookUrl,
			},
			// For the whole workspace: HeyReach takes no campaigns for it.
			{ eventType: 'EVERY_MESSAGE_REPLY_RECEIVED', campaignIds: [], webhookUrl },
			{ eventType: 'LIKED_POST', campaignIds: [1001, 1002], webhookUrl },
		]);
	});

	it('takes all twelve events by name', async () => {
		const { properties } = trigger.description;
		const options = properties.find(({ name }) => name === 'events')?.options ?? [];
		const all = options.map((option) => ('value' in option ? String(option.value) : ''));
		expect(all).toHaveLength(12);
		await workflow({ events: all }).activate();
		expect(events()).toEqual(all.map((event) => event.toUpperCase()));
	});

	it('does nothing the second time', async () => {
		const flow = workflow({ events: ['message_sent', 'follow_sent'] });
		await flow.activate();
		const before = structuredClone(remote());
		expect(await flow.activate()).toBe(false);
		expect(remote()).toEqual(before);
		expect(webhookCalls()).toEqual(['CreateWebhook', 'CreateWebhook']);
	});

	it('removes its own and leaves every other webhook alone, on whatever page they are', async () => {
		const foreign = [
			...Array.from({ length: 120 }, (_, at) =>
				plantWebhook(sandbox, `https://other.example.com/hook/${at}`),
			),
			plantWebhook(sandbox, ADDRESS.replace('node-under-test', 'another-node')),
			plantWebhook(sandbox, ADDRESS.replace('n8n.', 'n8n2.')),
			plantWebhook(sandbox, ADDRESS.replace('/webhook/', '/webhook-test/')),
			plantWebhook(sandbox, `https://relay.example.com/?to=${ADDRESS}`),
		];
		const flow = workflow({ events: ['message_sent', 'follow_sent'] });
		await flow.activate();
		plantWebhook(sandbox, `${ADDRESS}?made=by-hand`, { eventType: 'LIKED_POST' });
		expect(remote()).toHaveLength(foreign.length + 3);
		expect(await flow.deactivate()).toBe(true);
		expect(remote().map(({ id }) => id)).toEqual(foreign);
		expect(flow.setup.staticData).toEqual({});
	});

	it('has a new secret after it was off', async () => {
		const flow = workflow();
		await flow.activate();
		const first = flow.secret();
		await flow.deactivate();
		await flow.activate();
		expect(flow.secret()).toMatch(/^[\da-f]{64}$/);
		expect(flow.secret()).not.toBe(first);
	});

	it('follows changed events and changed campaigns, and keeps what still fits', async () => {
		const flow = workflow({ events: ['message_sent', 'follow_sent'] });
		await flow.activate();
		const kept = remote()[1].id;
		flow.setup.parameters = { events: ['follow_sent', 'liked_post'] };
		expect(await flow.activate()).toBe(true);
		expect(events()).toEqual(['FOLLOW_SENT', 'LIKED_POST']);
		expect(remote()[0].id).toBe(kept);

		flow.setup.parameters = { events: ['follow_sent', 'liked_post'], campaigns: [1002] };
		expect(await flow.activate()).toBe(true);
		expect(remote().map(({ campaignIds }) => campaignIds)).toEqual([[1002], [1002]]);
		// The new ones are there before the old ones go, so that no event is missed.
		expect(webhookCalls().slice(-4)).toEqual([
			...['CreateWebhook', 'CreateWebhook'],
			...['DeleteWebhook', 'DeleteWebhook'],
		]);
		expect(await flow.checkExists()).toBe(true);
	});

	it.each<[string, (webhook: ReturnType<typeof remote>[number]) => void]>([
		['deleted in HeyReach', ({ id }) => sandbox.state.webhooks.delete(id)],
		['paused in HeyReach', (webhook) => (webhook.isActive = false)],
		['without its secret', (webhook) => (webhook.webhookUrl = ADDRESS)],
		['there twice', ({ webhookUrl }) => plantWebhook(sandbox, webhookUrl)],
		['made once more by hand', () => plantWebhook(sandbox, ADDRESS)],
	])('mends a webhook that is %s', async (_what, spoil) => {
		const flow = workflow({ events: ['message_sent'] });
		await flow.activate();
		spoil(remote()[0]);
		expect(await flow.activate()).toBe(true);
		expect(remote()).toMatchObject([
			{
				eventType: 'MESSAGE_SENT',
				isActive: true,
				webhookUrl: `${ADDRESS}?secret=${flow.secret()}`,
			},
		]);
		expect(await flow.checkExists()).toBe(true);
	});

	it('takes the place of webhooks that a person had registered by hand, twice', async () => {
		const foreign = plantWebhook(sandbox, 'https://other.example.com/hook');
		for (const eventType of ['MESSAGE_SENT', 'MESSAGE_SENT'] as const) {
			plantWebhook(sandbox, ADDRESS, { eventType });
		}
		const flow = workflow({ events: ['message_sent'] });
		expect(await flow.activate()).toBe(true);
		expect(remote()).toMatchObject([
			{ id: foreign },
			{ eventType: 'MESSAGE_SENT', webhookUrl: `${ADDRESS}?secret=${flow.secret()}` },
		]);
		await flow.deactivate();
		expect(remote().map(({ id }) => id)).toEqual([foreign]);
	});

	it('is registered once after its node or workflow was renamed', async () => {
		const flow = workflow({ events: ['message_sent', 'follow_sent'] });
		await flow.activate();
		const before = structuredClone(remote());
		// A workflow's name is no part of the address. A node's is the key of what n8n keeps for it:
		// to the renamed node, its webhooks are there and its secret is not.
		const renamed = workflow({ events: ['message_sent', 'follow_sent'] });
		expect(await renamed.activate()).toBe(false);
		expect(remote()).toEqual(before);
		expect(renamed.secret()).toBe(flow.secret());
		await renamed.deactivate();
		expect(remote()).toEqual([]);

		// n8n saves an active workflow by turning the old one off and the new one on.
		await flow.activate();
		await flow.deactivate();
		await workflow({ events: ['message_sent', 'follow_sent'] }).activate();
		expect(events()).toEqual(['MESSAGE_SENT', 'FOLLOW_SENT']);
	});

	const AFTER = { webhookBaseUrl: 'https://new.example.com/webhook' };
	const atNewAddress = ADDRESS.replace('n8n.', 'new.');
	const twoEvents = { events: ['message_sent', 'follow_sent'] };

	it('leaves nothing behind when n8n has another address', async () => {
		const foreign = plantWebhook(sandbox, ADDRESS.replace('n8n.', 'n8n2.'));
		const flow = workflow(twoEvents);
		await flow.activate();
		Object.assign(flow.setup, AFTER);
		expect(await flow.activate()).toBe(true);
		const [, ...own] = remote();
		expect(own).toMatchObject([
			{ eventType: 'MESSAGE_SENT', webhookUrl: `${atNewAddress}?secret=${flow.secret()}` },
			{ eventType: 'FOLLOW_SENT', webhookUrl: `${atNewAddress}?secret=${flow.secret()}` },
		]);
		expect(await flow.checkExists()).toBe(true);
		await flow.deactivate();
		expect(remote().map(({ id }) => id)).toEqual([foreign]);
	});

	it('leaves nothing behind when it is turned off at the other address', async () => {
		const flow = workflow(twoEvents);
		await flow.activate();
		Object.assign(flow.setup, AFTER);
		await flow.deactivate();
		expect(remote()).toEqual([]);
	});

	it('knows its own when it was renamed and n8n has another address', async () => {
		await workflow(twoEvents).activate();
		// To a renamed node n8n gives none of what it keeps.
		const renamed = workflow(twoEvents, AFTER);
		await renamed.activate();
		expect(remote().map(({ webhookUrl }) => webhookUrl.replace(/\?.*/, ''))).toEqual([
			atNewAddress,
			atNewAddress,
		]);
		await renamed.deactivate();
		expect(remote()).toEqual([]);
	});

	it('of an earlier version, whose secret has no mark, is known by the secret', async () => {
		const secret = 'a1'.repeat(32);
		plantWebhook(sandbox, `${ADDRESS}?secret=${secret}`);
		const flow = workflow({ events: ['message_sent'] }, { ...AFTER, staticData: { secret } });
		await flow.activate();
		expect(remote()).toMatchObject([{ webhookUrl: `${atNewAddress}?secret=${secret}` }]);
		await flow.deactivate();
		expect(remote()).toEqual([]);
	});

	it('has a new secret, and says what is left, when the key is that of another workspace', async () => {
		const flow = workflow(twoEvents);
		await flow.activate();
		const before = flow.secret();
		const [workspace] = sandbox.state.workspaces.values();
		workspace.keys.PUBLIC = 'key-of-another-workspace';
		sandbox.state.webhooks.clear(); // of the first workspace, which this key does not show
		try {
			flow.setup.credentials = heyReachCredentials(sandbox, { apiKey: 'key-of-another-workspace' });
			const hook = hookFunctions(flow.setup);
			expect(await hook.call(trigger.webhookMethods.default.checkExists)).toBe(false);
			expect(hook.logs).toContainEqual(expect.stringContaining('delete its webhooks there'));
			expect(hook.logs.join()).not.toContain('key-of-another-workspace');
			await flow.activate();
			expect(flow.secret()).not.toBe(before);
			expect(await flow.checkExists()).toBe(true);
			await flow.deactivate();
			expect(flow.setup.staticData).toEqual({});
		} finally {
			workspace.keys.PUBLIC = SANDBOX.heyReachKey;
		}
	});

	it('goes on, follows changes and goes, after the key was changed while it was on', async () => {
		const flow = workflow({ events: ['message_sent'] });
		await flow.activate();
		const [kept] = remote();
		const [workspace] = sandbox.state.workspaces.values();
		workspace.keys.PUBLIC = 'the-next-key';
		try {
			// With the old key in the credential nothing can be changed, and nothing is lost.
			flow.setup.parameters = { events: ['message_sent', 'follow_sent'] };
			await expect(flow.activate()).rejects.toThrow('HeyReach does not accept the API key');
			await expect(flow.deactivate()).rejects.toThrow('HeyReach does not accept the API key');
			expect(remote()).toEqual([kept]);

			flow.setup.credentials = heyReachCredentials(sandbox, { apiKey: 'the-next-key' });
			expect(await flow.activate()).toBe(true);
			expect(events()).toEqual(['MESSAGE_SENT', 'FOLLOW_SENT']);
			expect(remote()[0]).toEqual(kept);
			await flow.deactivate();
			expect(remote()).toEqual([]);
		} finally {
			workspace.keys.PUBLIC = SANDBOX.heyReachKey;
		}
	});

	it('takes its webhooks over when n8n has lost the secret', async () => {
		const flow = workflow({ events: ['message_sent', 'follow_sent'] });
		await flow.activate();
		const secret = flow.secret();
		flow.setup.staticData = {};
		expect(await flow.activate()).toBe(false);
		expect(flow.secret()).toBe(secret);
		expect(remote()).toHaveLength(2);

		const before = structuredClone(remote());
		flow.setup.staticData = {};
		flow.setup.parameters = { events: ['message_sent', 'follow_sent', 'liked_post'] };
		expect(await flow.activate()).toBe(true);
		expect(flow.secret()).toBe(secret);
		expect(remote().slice(0, 2)).toEqual(before);
		expect(events()).toEqual(['MESSAGE_SENT', 'FOLLOW_SENT', 'LIKED_POST']);
	});

	it('repairs what a failure left halfway', async () => {
		const flow = workflow({ events: ['message_sent', 'follow_sent', 'liked_post'] });
		const creating = { service: 'heyreach' as const, path: 'CreateWebhook$', status: 400 };
		sandbox.faults.add({ ...creating, kind: 'delay', delayMs: 0 });
		sandbox.faults.add({ ...creating, kind: 'status', body: { errorMessage: 'No more webhooks' } });
		await expect(flow.activate()).rejects.toThrow(
			'HeyReach does not accept this (400): No more webhooks',
		);
		expect(events()).toEqual(['MESSAGE_SENT']);
		flow.setup.staticData = {}; // n8n saves it only after a success
		await flow.activate();
		expect(events()).toEqual(['MESSAGE_SENT', 'FOLLOW_SENT', 'LIKED_POST']);

		sandbox.reset();
		sandbox.faults.add({ ...creating, kind: 'delay', delayMs: 0 });
		sandbox.faults.add({ ...creating, kind: 'status' });
		await expect(flow.activate()).rejects.toThrow();
		await flow.deactivate(); // what n8n does after a failure
		expect(remote()).toEqual([]);
	});

	it('makes no second webhook when the answer to the first was lost', async () => {
		sandbox.faults.add({ kind: 'lostAnswer', path: 'CreateWebhook$' });
		sandbox.faults.add({ kind: 'reset', path: 'CreateWebhook$' });
		const flow = workflow({ events: ['message_sent', 'follow_sent'] });
		await flow.activate();
		expect(events()).toEqual(['MESSAGE_SENT', 'FOLLOW_SENT']);
		expect(await flow.checkExists()).toBe(true);
	});

	it('is content when a webhook to remove is gone, and says when one could not be removed', async () => {
		const flow = workflow({ events: ['message_sent', 'follow_sent'] });
		await flow.activate();
		sandbox.faults.add({ kind: 'lostAnswer', path: 'DeleteWebhook$' }); // the second try meets 404
		await flow.deactivate();
		expect(remote()).toEqual([]);

		await flow.activate();
		sandbox.faults.add({ kind: 'status', path: 'DeleteWebhook$', status: 403 });
		await expect(flow.deactivate()).rejects.toThrow('HeyReach refuses access');
		expect(remote()).toHaveLength(1); // the other was removed all the same
		expect(flow.secret()).toMatch(/^[\da-f]{64}$/);
		await flow.deactivate();
		expect(remote()).toEqual([]);
	});

	it('has its own webhooks for a test in the editor', async () => {
		const flow = workflow({ events: ['message_sent'] });
		await flow.activate();
		const test = hookFunctions({ ...flow.setup, mode: 'manual', staticData: {} });
		expect(await test.call(trigger.webhookMethods.default.checkExists)).toBe(false);
		await test.call(trigger.webhookMethods.default.create);
		expect(remote().map(({ webhookUrl }) => webhookUrl.replace(/\?.*/, ''))).toEqual([
			ADDRESS,
			ADDRESS.replace('/webhook/', '/webhook-test/'),
		]);
		await test.call(trigger.webhookMethods.default.delete);
		expect(await flow.checkExists()).toBe(true);
	});
});

describe('What a person reads when it cannot be set up', () => {
	it.each<[string, INodeParameters, string, string]>([
		['no event', { events: [] }, 'No event is chosen', 'Events'],
		[
			'a wrong name',
			{ options: { otherEvents: 'reply!' } },
			'“reply!” is not the name of an event',
			'LEAD_TAG_UPDATED',
		],
		[
			'a campaign by name',
			{ campaigns: '=Founders' },
			'“Founders” is not the ID of a campaign',
			'list',
		],
		[
			'a list of addresses with a name',
			{ options: { ipAllowlist: '10.0.0.1, office' } },
			'“office” in IP(s) Allowlist is not an IP address',
			'203.0.113.0/24',
		],
	])('%s', async (_what, parameters, message, advice) => {
		await expect(workflow(parameters).activate()).rejects.toMatchObject({
			message,
			description: expect.stringContaining(advice),
		});
		expect(webhookCalls()).toEqual([]);
	});

	it('a wrong key, and a key of another kind', async () => {
		const wrong = workflow(
			{},
			{ credentials: heyReachCredentials(sandbox, { apiKey: 'wrong-key' }) },
		);
		const error: unknown = await wrong.activate().catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({
			message: 'HeyReach does not accept the API key',
			description: expect.stringContaining('Integrations > HeyReach API'),
		});
		expect(JSON.stringify(error)).not.toContain('wrong-key');
		const apiKey = SANDBOX.heyReachOrganizationKey;
		const other = workflow({}, { credentials: heyReachCredentials(sandbox, { apiKey }) });
		await expect(other.activate()).rejects.toMatchObject({
			description: expect.stringContaining('public API key of the workspace'),
		});
	});

	it('holds no secret of an address that HeyReach repeats', async () => {
		const flow = workflow({ events: ['message_sent', 'follow_sent'] });
		await flow.activate();
		const address = `${ADDRESS}?secret=${flow.secret()}`;
		const repeat = (path: string, more = '') =>
			sandbox.faults.add({
				kind: 'status',
				service: 'heyreach',
				path,
				status: 400,
				body: {
					title: `'${address}' is not reachable`,
					errors: { WebhookUrl: [encodeURIComponent(address) + more] },
				},
			});
		const attempts = [
			['CreateWebhook', async () => await flow.activate()],
			['GetAllWebhooks', async () => await flow.checkExists()],
			['DeleteWebhook', async () => await flow.deactivate()],
		] as const;
		for (const [path, attempt] of attempts) {
			const isCreate = path === 'CreateWebhook';
			if (isCreate) sandbox.state.webhooks.delete(remote()[1].id);
			repeat(path, isCreate ? ` with the secret ${flow.secret()}` : '');
			const lines: string[] = [];
			const work = async () => await attempt().catch((thrown: unknown) => thrown);
			const error = await collectLogs(lines, work);
			expect(error).toMatchObject({ message: expect.stringContaining('is not reachable') });
			const { message, description } = error as NodeApiError;
			const told = [message, description, JSON.stringify(error), ...lines].join();
			expect(told).toContain('?secret=[hidden]');
			expect(told).not.toContain(flow.secret());
		}
	});

	it('an event that HeyReach makes no webhook for, and nothing is left of the others', async () => {
		const otherEvents = 'LEAD_AUTO_TAGGED_INTERESTED';
		const flow = workflow({ events: ['message_sent'], options: { otherEvents } });
		await expect(flow.activate()).rejects.toMatchObject({
			message: expect.stringContaining('HeyReach does not accept this (400)'),
			description: expect.stringContaining('EventType'),
		});
		await flow.deactivate(); // what n8n does after a failure
		expect(remote()).toEqual([]);
	});

	it('a campaign that is a draft', async () => {
		const campaign = sandbox.state.campaigns.get(1001);
		if (campaign) campaign.status = 'DRAFT';
		const flow = workflow({ events: ['message_sent'], campaigns: [1001] });
		await expect(flow.activate()).rejects.toThrow('Campaign 1001 is a draft');
	});

	it('an n8n that HeyReach cannot reach, unless HeyReach is on this machine too', async () => {
		const local = { webhookBaseUrl: 'http://localhost:5678/webhook' };
		await workflow({}, local).activate();
		expect(remote()).toHaveLength(1);

		const baseUrl = 'https://api.heyreach.example/api/public';
		const flow = workflow({}, { ...local, credentials: heyReachCredentials(sandbox, { baseUrl }) });
		const hook = hookFunctions(flow.setup);
		await expect(hook.call(trigger.webhookMethods.default.create)).rejects.toMatchObject({
			message: 'HeyReach cannot reach this n8n: its webhook address is http://localhost:5678',
			description: expect.stringContaining('WEBHOOK_URL'),
		});
	});
});

it('offers the campaigns of the workspace, by name', async () => {
	const seeded = sandbox.state.campaigns.size;
	for (const at of Array(130).keys()) {
		const [campaign] = sandbox.state.campaigns.values();
		const id = 5_000 + at;
		sandbox.state.campaigns.set(id, { ...campaign, id, name: `Wave ${at}`, status: 'DRAFT' });
	}
	const list = loadOptionsFunctions(workflow().setup);
	const options = await list.call(trigger.methods.loadOptions.getCampaigns);
	expect(options).toHaveLength(seeded + 130);
	expect(options.slice(0, 4)).toEqual([
		{ name: 'Agency partners', value: 1002, description: 'in progress' },
		{ name: 'Event follow-up', value: 1003, description: expect.stringContaining('Draft') },
		{ name: 'Founders outreach', value: 1001, description: 'in progress' },
		{ name: 'Wave 0', value: 5000, description: expect.stringContaining('Draft') },
	]);
});
