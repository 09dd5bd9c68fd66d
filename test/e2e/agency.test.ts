import { clientLocationId, SANDBOX } from '../../sandbox';
import { fixedAccessTokens } from '../../sandbox/accounts';
import { errorOf, itemsOf } from '../../tools/n8n/executions';
import { DEFAULT_N8N, LAST_N8N_1 } from '../../tools/n8n/runtime';
import type { CredentialRef } from '../../tools/n8n/workflow';
import { columns } from '../examples/values';
import { UNLIMITED } from '../support/useSandbox';
import {
	contactsWorkflow,
	lengthOf,
	NODE,
	run,
	spansByLocation,
	start,
	upsertsIn,
} from './support/agency';
import { connectAs } from './support/oauthDance';
import { STACK_TIMEOUT_MS, startStack, type Stack } from './support/stack';
import { until } from './support/waiting';

const CLIENTS = [0, 1, 2].map(clientLocationId);
const LOCATION = { __rl: true, mode: 'id', value: '={{ $json.location }}' };
const UPSERT = {
	resource: 'contact',
	operation: 'upsert',
	location: LOCATION,
	contactFields: columns({ email: '={{ $json.email }}' }),
};

/** `count` people, whose locations take turns. */
const peopleOf = (name: string, locations: string[], count: number) =>
	Array.from({ length: count }, (_, at) => ({
		location: locations[at % locations.length],
		email: `${name}.${at}@agency.example.com`,
	}));

const fixedTokens = fixedAccessTokens();

describe.each([DEFAULT_N8N, LAST_N8N_1])('An agency on n8n %s', (n8nVersion) => {
	let stack: Stack;

	beforeAll(async () => {
		stack = await startStack({ n8nVersion, sandbox: { ...UNLIMITED, agency: { locations: 60 } } });
	}, STACK_TIMEOUT_MS);
	afterAll(async () => await stack?.close(), 60_000);

	beforeEach(() => stack.sandbox.reset());

	const agency = async (locationIds: readonly string[] = CLIENTS, fields = {}) =>
		(await connectAs(stack.client, stack.sandbox, { user: 'agency', locationIds }, fields))
			.credential;
	const contactOf = (id: unknown) => stack.sandbox.state.contacts.get(String(id));
	const made = () =>
		[...stack.sandbox.state.contacts.values()].filter(({ email }) =>
			email?.endsWith('@agency.example.com'),
		);

	it.each([
		['an agency user with one location ticked', 'agency', CLIENTS.slice(0, 1)],
		['an agency user with three locations ticked', 'agency', CLIENTS],
		['a user of the sub-account', 'subaccount', CLIENTS.slice(1, 2)],
	] as const)(
		'connects by the whole dance as %s, and the test of the credential is green',
		async (_who, user, locationIds) => {
			const { client, sandbox } = stack;
			const { credential, page } = await connectAs(client, sandbox, { user, locationIds });
			expect(page).toMatch(/^200/);
			const isAgency = user === 'agency';
			expect(sandbox.oauth.list()).toMatchObject([{ level: isAgency ? 'Company' : 'Location' }]);
			expect(await client.testCredential(credential.id)).toMatchObject({ status: 'OK' });
			const location = isAgency ? locationIds[0] : '';
			const items = [{ location, email: 'dance@agency.example.com' }];
			const execution = await run(stack, contactsWorkflow('Dance', UPSERT, items), credential);
			expect(errorOf(execution)).toBeUndefined();
			expect(made()).toMatchObject([{ locationId: locationIds[0] }]);
			if (!isAgency) return;
			const installed = contactsWorkflow('Installed', {
				resource: 'location',
				operation: 'getManyInstalled',
				returnAll: true,
			});
			const listed = itemsOf(await run(stack, installed, credential), NODE);
			expect(listed.map(({ json }) => json.id ?? json._id)).toEqual(locationIds);
		},
		60_000,
	);

	const integration = (token: string) => async () => {
		const { client, sandbox } = stack;
		const data = { token, locationId: CLIENTS[0], baseUrl: sandbox.ghlUrl };
		const name = `Integration ${Date.now()}`;
		return await client.createCredential({ name, type: 'ghlPrivateIntegrationApi', data });
	};

	it.each([
		[
			'the private integration of an agency',
			integration(SANDBOX.agencyToken),
			/token of an agency, which opens no contacts/,
		],
		[
			'the private integration of another sub-account',
			integration(SANDBOX.otherLocationToken),
			/another sub-account than the Location ID/,
		],
		['a private integration that is gone', integration('pit-gone'), /does not accept the token/],
		[
			'an agency that is connected without its scopes',
			async () => await agency(CLIENTS, { manyLocations: false }),
			/^Many Locations \(Agency\) does not match/,
		],
		[
			'a sub-account that is connected as an agency',
			async () => {
				const who = { locationIds: CLIENTS.slice(0, 1) };
				return (await connectAs(stack.client, stack.sandbox, who, { manyLocations: true }))
					.credential;
			},
			/^Many Locations \(Agency\) does not match/,
		],
		[
			'a connection that is gone',
			async () => {
				const credential = await agency();
				stack.sandbox.oauth.uninstall(CLIENTS, { all: true });
				return credential;
			},
			/does not accept the token\. Connect again/,
		],
	])('says what is wrong with %s when it is tested', async (_what, connect, message) => {
		const { id } = await connect();
		expect(await stack.client.testCredential(id)).toEqual({
			status: 'Error',
			message: expect.stringMatching(message),
		});
	});

	describe('300 items over three locations in one run of one node', () => {
		const BURST = { max: 20, intervalMs: 1_500 };
		const people = peopleOf('side', CLIENTS, 300);
		let credential: CredentialRef;
		let alone: number;

		beforeAll(async () => {
			stack.sandbox.reset();
			stack.sandbox.settings.burst = BURST;
			const before = await agency();
			const items = peopleOf('alone', CLIENTS.slice(0, 1), 100);
			const execution = await run(stack, contactsWorkflow('Alone', UPSERT, items), before);
			expect(itemsOf(execution, NODE)).toHaveLength(100);
			alone = lengthOf([...spansByLocation(upsertsIn(stack.sandbox)).values()][0]);
			// n8n still counts these calls: the location would begin later than the others.
			await new Promise((resolve) => setTimeout(resolve, BURST.intervalMs));
		}, 120_000);

		it('go each to its own location, in their order, and use the limits side by side', async () => {
			const { sandbox } = stack;
			sandbox.settings.burst = BURST;
			credential = await agency();
			const execution = await run(stack, contactsWorkflow('Side', UPSERT, people), credential);
			expect(errorOf(execution)).toBeUndefined();

			const output = itemsOf(execution, NODE);
			const found = output.map(({ json, pairedItem }) => {
				const { locationId: location, email } = contactOf(json.id) ?? {};
				return { location, email, pairedItem };
			});
			expect(found).toEqual(people.map((one, item) => ({ ...one, pairedItem: { item } })));
			expect(made()).toHaveLength(300);

			const { mints } = sandbox.oauth;
			expect(mints.perLocation()).toEqual(Object.fromEntries(CLIENTS.map((id) => [id, 1])));
			const spans = [...spansByLocation(upsertsIn(sandbox)).values()];
			const from = Math.min(...spans.map((span) => span.from));
			const to = Math.max(...spans.map((span) => span.to));
			const longest = Math.max(...spans.map(lengthOf));
			expect(spans).toHaveLength(3);
			// The limit decides: 20 in each window, so the first of the last 20 waits for four of them.
			expect(longest).toBeGreaterThan(4 * BURST.intervalMs);
			expect(to - from).toBeLessThan(1.1 * longest);
			// One after the other they would take three times as long. A busy machine delays single calls.
			expect(longest).toBeLessThan(1.3 * alone);
		}, 120_000);
	});

	it('renews once when the tokens expire in the middle, loses no item and sends none twice', async () => {
		const { sandbox } = stack;
		sandbox.settings.latencyMs = 100;
		const people = peopleOf('expiry', CLIENTS, 300);
		const credential = await agency();
		const id = await start(stack, contactsWorkflow('Expiry', UPSERT, people), credential);
		await until('sixty calls', () => made().length > 60, 30, 5);
		sandbox.oauth.expireAll();
		const execution = await stack.client.waitForExecution(id);
		expect(errorOf(execution)).toBeUndefined();
		expect(sandbox.oauth.refreshes).toBe(1);
		expect(itemsOf(execution, NODE).map(({ json }) => contactOf(json.id)?.email)).toEqual(
			people.map(({ email }) => email),
		);
		const written = upsertsIn(sandbox).filter(({ status }) => status < 300);
		expect(written).toHaveLength(300);
		expect(new Set(written.map(({ body }) => (body as { email: string }).email)).size).toBe(300);
		expect(sandbox.oauth.mints.mostAtOnce()).toBeLessThanOrEqual(5);
		// The search for leaks at the end knows every token: those of the agency and of its locations.
		for (const token of sandbox.state.accessTokens.keys())
			if (!fixedTokens.has(token)) expect(sandbox.state.secrets.get(token)).toBe('token');
	}, 60_000);

	it('fails the items of a location that is paused in the middle, and no others', async () => {
		const { sandbox } = stack;
		sandbox.settings.latencyMs = 100;
		const people = peopleOf('pause', CLIENTS, 300);
		const [paused] = CLIENTS;
		const workflow = contactsWorkflow('Pause', UPSERT, people, {
			onError: 'continueRegularOutput',
		});
		const id = await start(stack, workflow, await agency());
		const there = () => made().filter(({ locationId }) => locationId === paused).length;
		await until('thirty of them', () => there() >= 30, 30, 5);
		sandbox.subAccounts.pause(paused);
		const execution = await stack.client.waitForExecution(id);
		const output = itemsOf(execution, NODE).map(({ json }) => json);
		expect(output).toHaveLength(300);
		for (const [at, { location, email }] of people.entries()) {
			const { id: contactId, error } = output[at];
			if (location === paused && error !== undefined)
				expect(error).toBe(`The sub-account “${paused}” is paused in HighLevel`);
			else expect(contactOf(contactId)).toMatchObject({ locationId: location, email });
		}
		const failed = output.filter(({ error }) => error !== undefined).length;
		expect(failed).toBe(100 - there());
		expect(failed).toBeGreaterThan(0);
	}, 60_000);

	// With 6,000 items: test/workflow/agency.test.ts.
	it('mints five at once at most for 60 locations, one each', async () => {
		const { sandbox } = stack;
		sandbox.settings.latencyMs = 20;
		const locations = Array.from({ length: 60 }, (_, client) => clientLocationId(client));
		const people = peopleOf('many', locations, 1_200);
		const workflow = contactsWorkflow('Many', UPSERT, people);
		const execution = await run(stack, workflow, await agency(locations));
		expect(errorOf(execution)).toBeUndefined();
		const found = itemsOf(execution, NODE).map(({ json }) => {
			const { locationId: location, email } = contactOf(json.id) ?? {};
			return { location, email };
		});
		expect(found).toEqual(people);
		const { mints } = sandbox.oauth;
		expect(mints.perLocation()).toEqual(Object.fromEntries(locations.map((id) => [id, 1])));
		expect(mints.mostAtOnce()).toBeLessThanOrEqual(5);
		expect(mints.mostAtOnce()).toBeGreaterThan(1);
	}, 180_000);
});
