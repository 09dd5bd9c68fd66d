import type { IDataObject } from 'n8n-workflow';
import { heyReachResources } from '../../nodes/HeyReach/resources';
import { SANDBOX, startSandbox, type FaultRequest, type Sandbox } from '../../sandbox';
import { heyReachExamples } from '../examples/heyReach';
import { heyReachCalls, isOfOrganization, runHeyReach } from './heyReach';
import { scaleTime, type ScaledTime } from './support';

let sandbox: Sandbox;
let time: ScaledTime;
beforeAll(async () => {
	time = scaleTime(200);
	sandbox = await startSandbox({ heyReachPerMinute: 100_000 });
});
afterAll(async () => {
	await sandbox.close();
	time.restore();
});
beforeEach(() => sandbox.reset());

const operations = heyReachResources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		key: `${resource.value}:${operation.value}`,
		operation,
		// The operation's own call, not the look-ups on the way to it.
		path: `^${operation.request.path.replace(/\{\w+\}/g, '[^/]+')}$`,
		// A second time does no harm.
		safe: operation.request.method !== 'POST' || operation.request.repeatable === true,
	})),
);

it('has an example for every operation', () => {
	expect(Object.keys(heyReachExamples).sort()).toEqual(operations.map(({ key }) => key).sort());
});

const status = (code: number, body: unknown): Partial<FaultRequest> => ({
	kind: 'status',
	status: code,
	body,
});

describe.each(operations)('$key', ({ key, operation, path, safe }) => {
	const { method } = operation.request;
	const run = async (fault?: Partial<FaultRequest>, more = {}) => {
		const parameters = heyReachExamples[key](sandbox);
		if (fault) sandbox.faults.add({ kind: 'status', method, path, ...fault });
		return await runHeyReach(sandbox, key, parameters, more);
	};
	const sent = () =>
		heyReachCalls(sandbox).filter((call) => new RegExp(`^${method} ${path.slice(1)}`).test(call));

	it('works, and puts out items paired with their own', async () => {
		const { error, outputs } = await run();
		expect(error).toBeUndefined();
		for (const item of outputs[0]) expect(item.pairedItem).toEqual({ item: 0 });
		expect(sent()).toHaveLength(1);
	});

	it('says what to do about a key that is not accepted, and asks once', async () => {
		const { error } = await run(undefined, { apiKey: 'an-old-key' });
		expect(error?.message).toBe('HeyReach does not accept the API key');
		expect(error?.description).toContain('Integrations > HeyReach API');
		expect(JSON.stringify(error)).not.toContain('an-old-key');
		expect(heyReachCalls(sandbox)).toHaveLength(1);
	});

	it('says so when the key is of another kind', async () => {
		const forOrganization = isOfOrganization(key);
		const apiKey = forOrganization ? SANDBOX.heyReachKey : SANDBOX.heyReachOrganizationKey;
		const { error } = await run(undefined, { apiKey });
		expect(error?.message).toBe(
			forOrganization
				? 'HeyReach refuses access: Not allowed with this key.'
				: 'HeyReach did not do this: The provided API key is not a workspace-level API key.',
		);
		expect(error?.description).toContain(
			forOrganization ? 'with an organization key' : 'public API key of the workspace',
		);
	});

	it('passes on what a 404 and a 400 say', async () => {
		const missing = await run(status(404, { errorMessage: 'Not here.' }));
		expect(missing.error?.message).toBe('HeyReach found nothing there: Not here.');
		sandbox.reset();
		const refused = await run(
			status(400, { title: 'Not valid.', status: 400, errors: { Leads: ['It is required.'] } }),
		);
		expect(refused.error?.message).toBe(
			`HeyReach refused ${method} ${operation.request.path} (400): Not valid.`,
		);
		expect(refused.error?.description).toBe('Leads: It is required.');
	});

	it('waits and goes on after 429', async () => {
		const { error } = await run({ ...status(429, ''), times: 2 });
		expect(error).toBeUndefined();
		expect(sent()).toHaveLength(3);
	});

	it('does not repeat after a 500', async () => {
		const { error } = await run(status(500, 'Internal'));
		expect(error?.message).toBe(
			`HeyReach refused ${method} ${operation.request.path} (500): Internal`,
		);
		expect(sent()).toHaveLength(1);
	});

	it('meets 503 and a lost answer by a second try only where that is safe', async () => {
		// A message that is not in the conversation may be on its way.
		const looksAgain = operation.recover && key !== 'conversation:sendMessage';
		for (const fault of [status(503, 'Unavailable'), { kind: 'lostAnswer' as const }]) {
			sandbox.reset();
			const { error } = await run(fault);
			const isLost = fault.kind === 'lostAnswer';
			expect(sent()).toHaveLength(safe || (looksAgain && !isLost) ? 2 : 1);
			if (safe || looksAgain || (operation.recover && isLost)) expect(error).toBeUndefined();
			else expect(error?.message).toContain('may have been carried out');
		}
	});

	it('gives up in the end, with a sentence about the network', async () => {
		if (!safe) return;
		const { error } = await run({ kind: 'reset', times: 9 });
		expect(error?.message).toBe(
			'HeyReach could not be reached: the connection was closed before an answer came',
		);
		expect(sent()).toHaveLength(4);
	});
});

describe('Continue On Fail', () => {
	it('turns the bad items into errors, in place, and loses no other', async () => {
		const items: IDataObject[] = ['1001', '', 'x', '9999', '1002'].map((id) => ({ id }));
		const { json, outputs } = await runHeyReach(
			sandbox,
			'campaign:get',
			{ campaignId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(json.map((item) => item.id ?? item.error)).toEqual([
			1001,
			'“Campaign” is empty',
			'“x” is not the ID of a campaign',
			'HeyReach found nothing there: Campaign 9999 was not found.',
			1002,
		]);
		expect(outputs[0].map((item) => item.pairedItem)).toEqual(items.map((_, item) => ({ item })));
	});
});

describe('A message whose answer was lost', () => {
	it('is in the conversation once, and the item says that it was sent', async () => {
		const parameters = heyReachExamples['conversation:sendMessage'](sandbox);
		sandbox.faults.add({ kind: 'lostAnswer', method: 'POST', path: '/inbox/SendMessage' });
		const { json } = await runHeyReach(sandbox, 'conversation:sendMessage', parameters);
		expect(json[0]).toMatchObject({ success: true });
		const [chatroom] = sandbox.state.chatrooms.values();
		const own = chatroom.messages.filter(({ body }) => body === parameters.message);
		expect(own).toHaveLength(1);
	});

	it('is not taken for sent because an older one says the same', async () => {
		const parameters = heyReachExamples['conversation:sendMessage'](sandbox);
		const [chatroom] = sandbox.state.chatrooms.values();
		const createdAt = new Date(Date.now() - 3_600_000).toISOString();
		chatroom.messages.push({
			createdAt,
			body: String(parameters.message),
			subject: null,
			sender: 'ME',
		});
		sandbox.faults.add({ kind: 'reset', method: 'POST', path: '/inbox/SendMessage' });
		const { error } = await runHeyReach(sandbox, 'conversation:sendMessage', parameters);
		expect(error?.message).toContain('may have been carried out');
		expect(heyReachCalls(sandbox).filter((call) => call.endsWith('SendMessage'))).toHaveLength(1);
	});
});
