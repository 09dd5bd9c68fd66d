import type { IDataObject } from 'n8n-workflow';
import { SANDBOX } from '../../sandbox';
import { ghlExamples } from '../examples/ghlContacts';
import { columns } from '../examples/values';
import { faultRig } from './faults/rig';
import { everyOperation } from './faults/everyOperation';
import { operationsOf } from './faults/operations';
import { byId, callsOf, ofAgency, runGhl } from './ghl';

const rig = faultRig('highlevel');
beforeEach(() => rig.bench.clean());

everyOperation('highlevel', ghlExamples, () => rig.bench);

/** What HighLevel refuses to every private integration, of whatever location. */
const ofAnyPrivateToken: Record<string, string> = {
	'contact:lookUp':
		'HighLevel allows Look Up with OAuth2 only, and this credential is a private integration',
	'location:getMany': 'HighLevel does not let this token search locations',
};

describe.each(operationsOf('highlevel'))('$key', ({ key }) => {
	const run = async (token: string) => await rig.bench.run(key, ghlExamples[key], {}, { token });

	if (ofAgency.includes(key)) return; // its token is of no location, and n8n renews it

	it('names the location that the token does not belong to', async () => {
		const { error } = await run(SANDBOX.otherLocationToken);
		if (key === 'user:get') return expect(error).toBeUndefined(); // it names no location
		const ofLocation = `HighLevel refuses this token access to location “${SANDBOX.locationId}”`;
		expect(error?.message).toBe(ofAnyPrivateToken[key] ?? ofLocation);
	});

	it('says what to do about a token that is not accepted', async () => {
		const { error } = await run('pit-old');
		expect(error?.message).toBe('HighLevel does not accept the token');
		expect(error?.description).toContain('Private Integrations');
		expect(JSON.stringify(error)).not.toContain('pit-old');
	});
});

describe('Continue On Fail', () => {
	it('says of every item why the credential cannot be used, and never passes the input on', async () => {
		const items = [{ id: 'a' }, { id: 'b' }];
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			const { error, outputs } = await runGhl(
				rig.sandbox,
				'contact:get',
				{ contactId: '={{ $json.id }}', simplify: true, options: {} },
				{ items, onError, locationId: '' },
			);
			expect(error).toBeUndefined();
			const failed = outputs[onError === 'continueRegularOutput' ? 0 : 1];
			expect(failed.map(({ json }) => json.error)).toEqual(
				items.map(() => expect.stringContaining('no Location ID') as string),
			);
		}
		expect(callsOf(rig.sandbox)).toEqual([]);
	});

	it('turns the bad items into errors, in place, and loses no other', async () => {
		const ids = [...rig.sandbox.state.contacts.keys()].slice(0, 4);
		const items: IDataObject[] = [ids[0], '', ids[1], 'a/b', ids[2], '..', ids[3]].map((id) => ({
			id,
		}));
		const { json, outputs } = await runGhl(
			rig.sandbox,
			'contactNote:create',
			{ contactId: byId('={{ $json.id }}'), body: 'x' },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(json.map((item) => item.contactId ?? item.error)).toEqual([
			ids[0],
			'“Contact” is empty',
			ids[1],
			expect.stringContaining('a/b'),
			ids[2],
			'“Contact” is not an ID: “..”',
			ids[3],
		]);
		expect(outputs[0].map((item) => item.pairedItem)).toEqual(items.map((_, item) => ({ item })));
		const written = callsOf(rig.sandbox).filter((call) => call.endsWith('/notes'));
		expect(written.sort()).toEqual(ids.map((id) => `POST /contacts/${id}/notes`).sort());
	});

	it('sends them to the error output when that is chosen', async () => {
		const [id] = rig.sandbox.state.contacts.keys();
		const { outputs } = await runGhl(
			rig.sandbox,
			'contactNote:create',
			{ contactId: byId('={{ $json.id }}'), body: 'x' },
			{ items: [{ id }, { id: '' }], onError: 'continueErrorOutput' },
		);
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[1]).toHaveLength(1);
	});

	it('without it, the first failure stops the run and names its item', async () => {
		const [id] = rig.sandbox.state.contacts.keys();
		const items = [{ id }, { id: '' }, ...Array<IDataObject>(200).fill({ id })];
		const { error } = await runGhl(
			rig.sandbox,
			'contactNote:create',
			{ contactId: byId('={{ $json.id }}'), body: 'x' },
			{ items },
		);
		expect(error?.message).toBe('“Contact” is empty');
		expect(error).toMatchObject({ context: { itemIndex: 1 } });
		expect(callsOf(rig.sandbox).length).toBeLessThan(30);
	});
});

it('a create without email and phone, whose answer was lost, is not sent again', async () => {
	rig.sandbox.faults.add({ kind: 'lostAnswer', method: 'POST', path: '^/contacts/$' });
	const { error } = await runGhl(rig.sandbox, 'contact:create', {
		contactFields: columns({ firstName: 'Lost' }),
	});
	expect(error?.message).toContain('may have been carried out');
	expect(callsOf(rig.sandbox)).toEqual(['POST /contacts/']);
});

it('ends a wait at once when the execution is cancelled', async () => {
	const headers = { 'x-ratelimit-interval-milliseconds': '60000' };
	rig.sandbox.faults.add({ kind: 'rateLimited', headers, times: 99 });
	const startedAt = process.hrtime.bigint();
	const seen = new Promise((resolve) => {
		const poll = () => (callsOf(rig.sandbox).length > 0 ? resolve(0) : setTimeout(poll, 5));
		poll();
	});
	const run = await runGhl(rig.sandbox, 'contact:getMany', {}, { abortWhen: seen });
	expect(run.status).toBe('canceled');
	expect(Number(process.hrtime.bigint() - startedAt) / 1e6).toBeLessThan(200);
});
