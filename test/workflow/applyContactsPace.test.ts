import { updateOf } from '../examples/planItems';
import { contactSyncRig } from './contactSyncRig';

// At HighLevel's own limits: 100 calls in 10 seconds.
const { sandbox, contacts, inGhl } = contactSyncRig({
	factor: 2,
	burst: { max: 100, intervalMs: 10_000 },
});

it('lets no wait for the rate limit come between the look at a contact and its write', async () => {
	const some = contacts().slice(0, 140);
	const startedAt = Date.now();
	const done = await inGhl(...some.map((one) => updateOf(one, { removeTags: [] })));
	expect(done.filter(({ error }) => error)).toEqual([]);
	// Two waits of about 10 s are behind it.
	expect(Date.now() - startedAt).toBeGreaterThan(15_000);
	const at = (method: string, id: string) =>
		sandbox.requests
			.list({ service: 'highlevel' })
			.filter((one) => one.method === method && one.path === `/contacts/${id}`)
			.map((one) => Date.parse(one.at));
	const taken = sandbox.requests.list({}).filter(({ status }) => status !== 429);
	expect(taken.length).toBeLessThan(2.05 * some.length);
	// A wait is a silence. Without the rule it parts the two calls of all that are under way.
	const times = taken.map((one) => Date.parse(one.at)).sort((a, b) => a - b);
	const silences = times.slice(1).filter((time, before) => time - times[before] > 6_000);
	const parted = some.filter(({ id }) =>
		silences.some((end) => at('GET', id)[0] < end && end <= at('PUT', id)[0]),
	);
	expect(parted.length).toBeLessThan(3);
});
