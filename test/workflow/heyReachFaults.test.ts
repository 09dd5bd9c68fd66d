import type { IDataObject } from 'n8n-workflow';
import { SANDBOX } from '../../sandbox';
import { heyReachExamples } from '../examples/heyReach';
import { faultRig } from './faults/rig';
import { everyOperation } from './faults/everyOperation';
import { operationsOf } from './faults/operations';
import { heyReachCalls, isOfOrganization, runHeyReach } from './heyReach';

const rig = faultRig('heyreach');
beforeEach(() => rig.bench.clean());

everyOperation('heyreach', heyReachExamples, () => rig.bench);

describe.each(operationsOf('heyreach'))('$key', ({ key }) => {
	const run = async (token: string) =>
		await rig.bench.run(key, heyReachExamples[key], {}, { token });

	it('says what to do about a key that is not accepted, and asks once', async () => {
		const { error } = await run('an-old-key');
		expect(error?.message).toBe('HeyReach does not accept the API key');
		expect(error?.description).toContain('Integrations > HeyReach API');
		expect(JSON.stringify(error)).not.toContain('an-old-key');
		expect(heyReachCalls(rig.sandbox)).toHaveLength(1);
	});

	it('says so when the key is of another kind', async () => {
		const forOrganization = isOfOrganization(key);
		const { error } = await run(
			forOrganization ? SANDBOX.heyReachKey : SANDBOX.heyReachOrganizationKey,
		);
		expect(error?.message).toBe(
			forOrganization
				? 'HeyReach refuses access: Not allowed with this key.'
				: 'HeyReach did not do this: The provided API key is not a workspace-level API key.',
		);
		expect(error?.description).toContain(
			forOrganization ? 'with an organization key' : 'public API key of the workspace',
		);
	});
});

describe('Continue On Fail', () => {
	it('turns the bad items into errors, in place, and loses no other', async () => {
		const items: IDataObject[] = ['1001', '', 'x', '9999', '1002'].map((id) => ({ id }));
		const { json, outputs } = await runHeyReach(
			rig.sandbox,
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
		const parameters = heyReachExamples['conversation:sendMessage'](rig.sandbox);
		rig.sandbox.faults.add({ kind: 'lostAnswer', method: 'POST', path: '/inbox/SendMessage' });
		const { json } = await runHeyReach(rig.sandbox, 'conversation:sendMessage', parameters);
		expect(json[0]).toMatchObject({ success: true });
		const [chatroom] = rig.sandbox.state.chatrooms.values();
		const own = chatroom.messages.filter(({ body }) => body === parameters.message);
		expect(own).toHaveLength(1);
	});

	it('is not taken for sent because an older one says the same', async () => {
		const parameters = heyReachExamples['conversation:sendMessage'](rig.sandbox);
		const [chatroom] = rig.sandbox.state.chatrooms.values();
		const createdAt = new Date(Date.now() - 3_600_000).toISOString();
		chatroom.messages.push({
			createdAt,
			body: String(parameters.message),
			subject: null,
			sender: 'ME',
		});
		rig.sandbox.faults.add({ kind: 'reset', method: 'POST', path: '/inbox/SendMessage' });
		const { error } = await runHeyReach(rig.sandbox, 'conversation:sendMessage', parameters);
		expect(error?.message).toContain('may have been carried out');
		expect(heyReachCalls(rig.sandbox).filter((call) => call.endsWith('SendMessage'))).toHaveLength(
			1,
		);
	});
});
