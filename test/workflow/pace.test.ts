import { useSandbox } from '../support/useSandbox';
import { byId, runGhl } from './ghl';

jest.setTimeout(60_000);

const sandbox = useSandbox({ burst: { max: 100, intervalMs: 4_000 } });

const requests = () => sandbox.requests.list({ service: 'highlevel' });

function mostInAnyWindow(windowMs: number): number {
	const times = requests().map(({ at }) => Date.parse(at));
	return Math.max(
		...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length),
	);
}

const noteOnEach = async (count: number, options = {}) => {
	const [id] = sandbox.state.contacts.keys();
	return await runGhl(
		sandbox,
		'contactNote:create',
		{ contactId: byId(id), body: '={{ $json.text }}', options },
		{ items: Array.from({ length: count }, (_, n) => ({ text: `Note ${n}` })) },
	);
};

// How exactly the rate is kept is shown with a simulated clock (test/unit/engine/sharing.test.ts):
// here a busy machine makes the calls late.
it('goes at the speed that the account allows, and says that it waited', async () => {
	const startedAt = Date.now();
	const { json, error, hints } = await noteOnEach(150);
	expect(error).toBeUndefined();
	expect(json.map(({ body }) => body)).toEqual(Array.from({ length: 150 }, (_, n) => `Note ${n}`));
	// Where calls come late, those behind them are too early for the service: at a load of 13, 132 of them.
	expect(requests().filter(({ status }) => status === 429).length).toBeLessThan(300);
	expect(Date.now() - startedAt).toBeGreaterThan(4_000);
	expect(hints[0].message).toMatch(/^1\d\d calls to HighLevel: .*\d s waited$/);
});

it('uses no more of the rate limit than the person allows', async () => {
	const { error } = await noteOnEach(30, { rateLimitShare: 20 });
	expect(error).toBeUndefined();
	expect(mostInAnyWindow(2_000)).toBeLessThanOrEqual(20);
});
