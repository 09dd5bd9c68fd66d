import { withSandbox } from '../support/useSandbox';
import { Bench } from './faults/bench';
import { faultRig } from './faults/rig';
import { everyKind } from './faults/everyKind';
import { ghlSubjects } from './faults/subjects';
import { byId, connectedGhl } from './ghl';

const rig = faultRig('highlevel');

everyKind('highlevel', ghlSubjects, () => rig.bench);

describe.each(ghlSubjects)('$kind: $key', ({ kind, key, parameters, items }) => {
	const onError = 'continueRegularOutput' as const;
	const runOn = async (on: Bench, chosen: number[], more = {}, withOAuth = false) => {
		const all = items(on.sandbox).filter((_, index) => chosen.includes(index));
		const authentication = withOAuth ? 'oAuth2' : 'privateIntegration';
		const given = () => ({ authentication, ...parameters });
		return await on.run(key, given, {}, { items: all, onError, ...more });
	};
	const all = [0, 1, 2, 3, 4];
	const undisturbed = async (chosen: number[]) => {
		rig.bench.clean();
		const { changes } = await runOn(rig.bench, chosen);
		rig.bench.clean();
		return changes;
	};

	it('expired token: renewed once, and every item is done', async () => {
		const whole = await undisturbed(all);
		const credentials = connectedGhl(rig.sandbox);
		const before = rig.sandbox.oauth.refreshes;
		rig.sandbox.oauth.expireAll();
		const came = await runOn(rig.bench, all, { credentials }, true);
		expect(came.errors).toEqual(all.map(() => undefined));
		expect(came.changes).toEqual(whole);
		expect(rig.sandbox.oauth.refreshes - before).toBe(1);
	});

	it('revoked connection: every item says so, and nothing is done', async () => {
		rig.bench.clean();
		const credentials = connectedGhl(rig.sandbox);
		rig.sandbox.oauth.expireAll();
		rig.sandbox.oauth.revokeAll();
		const came = await runOn(rig.bench, all, { credentials }, true);
		const lost = 'The connection to HighLevel has expired and could not be renewed';
		expect(came.errors).toEqual(all.map(() => lost));
		expect(came.changes).toEqual([]);
		expect(rig.bench.sent({ path: '^/oauth/token$' })).toBe(1);
	});

	it('quota that ends in the middle: what is done and what the items say is the same', async () => {
		const dailyQuota = kind === 'bulk' ? 1 : 3;
		const came = await withSandbox({ dailyQuota }, (sandbox) =>
			runOn(new Bench(sandbox, 'highlevel', rig.time), all),
		);
		const done = all.filter((index) => came.errors[index] === undefined);
		expect(done.length).toBeGreaterThan(0);
		expect(done.length).toBeLessThan(5);
		for (const index of all.filter((one) => !done.includes(one))) {
			expect(came.errors[index]).toMatch(/accepts no more calls from this account today/);
		}
		expect(came.changes).toEqual(await undisturbed(done));
	});
});

it('sends nothing more once the quota is used up, however many items are left', async () => {
	const items = Array.from({ length: 100 }, (_, n) => ({ text: `Note no ${n}` }));
	const onError = 'continueRegularOutput' as const;
	const { came, sent } = await withSandbox({ dailyQuota: 5 }, async (sandbox) => {
		const on = new Bench(sandbox, 'highlevel', rig.time);
		const [contactId] = sandbox.state.contacts.keys();
		const parameters = () => ({ contactId: byId(contactId), body: '={{ $json.text }}' });
		const came = await on.run('contactNote:create', parameters, {}, { items, onError });
		return { came, sent: on.sent({}) };
	});
	// What was under way when the first refusal came: HighLevel takes 20 calls at once.
	expect(sent).toBeLessThanOrEqual(5 + 20);
	expect(came.errors.filter((error) => error === undefined)).toHaveLength(5);
	expect(came.changes).toHaveLength(5);
});
