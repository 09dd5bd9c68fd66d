import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { GhlContacts } from '../../nodes/Ghl/GhlContacts.node';
import { GhlPollingTrigger } from '../../nodes/Ghl/GhlPollingTrigger.node';
import { ACCESS_PRESETS, AGENCY_SCOPES } from '../../nodes/Ghl/accessPresets';
import { clientLocationId } from '../../sandbox';
import { budgetsKept } from '../../nodes/engine/call/pace';
import { columns } from '../examples/values';
import { UNLIMITED, useSandbox } from '../support/useSandbox';
import { byId, callsOf, connectedGhl, runGhl, type GhlRun } from './ghl';
import { loadOptionsFunctions, pollWorkflow, useScaledTime, type CredentialStore } from './support';

useScaledTime(50);
const sandbox = useSandbox({ ...UNLIMITED, agency: { locations: 60 } });

const onError = 'continueRegularOutput' as const;
const [ONE, TWO, THREE] = [0, 1, 2].map((number) => clientLocationId(number));
const MINT = '^/oauth/locationToken$';

const scopes = [
	...(ACCESS_PRESETS.find(({ value }) => value === 'everything')?.scopes ?? []),
	...AGENCY_SCOPES,
];
const agency = (more: IDataObject = {}): CredentialStore =>
	connectedGhl(sandbox, { level: 'Company', scopes }, more);

const eachLocation = { __rl: true, mode: 'id', value: '={{ $json.location }}' };
const run = async (
	operation: string,
	parameters: INodeParameters,
	more: GhlRun & { credentials?: CredentialStore },
) =>
	await runGhl(
		sandbox,
		operation,
		{ authentication: 'oAuth2', location: eachLocation, ...parameters },
		{ ...more, credentials: more.credentials ?? agency() },
	);

const contactsOf = (locationId: string) =>
	[...sandbox.state.contacts.values()].filter((contact) => contact.locationId === locationId);
const mints = () => sandbox.oauth.mints.list();
const create = {
	contactFields: columns({ email: '={{ $json.email }}', firstName: '={{ $json.name ?? "Ann" }}' }),
};
const person = (location: unknown, number: number): IDataObject =>
	({ location, email: `break.${number}@example.com` }) as IDataObject;
const warnings = (hints: Array<{ message: string; type?: string }>) =>
	hints.filter(({ type }) => type === 'warning').map(({ message }) => message);

describe('What the exchange answers', () => {
	const answers: Array<[string, IDataObject]> = [
		['an empty token', { access_token: '', expires_in: 86399 }],
		['no token', { expires_in: 86399 }],
		['a number for a token', { access_token: 5 }],
		['an HTML page', { html: true }],
	];
	it.each(answers)('%s: asked again, then used', async (_what, body) => {
		const text = body.html ? '<html>hello</html>' : body;
		sandbox.faults.add({ kind: 'status', status: 201, body: text, path: MINT });
		const { json, error } = await run('contact:create', create, { items: [person(ONE, 1)] });
		expect(error).toBeUndefined();
		expect(json[0].locationId).toBe(ONE);
		expect(mints()).toHaveLength(2);
		expect(callsOf(sandbox).filter((call) => call === 'POST /contacts/')).toHaveLength(1);
	});

	it.each([408, 425, 429, 500, 503])('%i: asked again, then used for all items', async (status) => {
		sandbox.faults.add({ kind: 'status', status, body: {}, path: MINT });
		const items = [1, 2, 3].map((number) => person(ONE, number));
		const { json } = await run('contact:create', create, { items, onError });
		expect(json.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
		expect(callsOf(sandbox).filter((call) => call === 'POST /contacts/')).toHaveLength(3);
	});

	it('the token of another location: not used', async () => {
		const other = sandbox.oauth.issue({ level: 'Location', locationId: TWO, scopes });
		sandbox.faults.add({
			kind: 'status',
			status: 201,
			body: { access_token: other.access_token, expires_in: 86399, locationId: TWO },
			path: MINT,
		});
		const id = contactsOf(TWO)[0].id;
		const { json } = await run(
			'contactTag:add',
			{ contactId: byId(id), tags: 'crossed' },
			{ items: [{ location: ONE }], onError },
		);
		expect(sandbox.state.contacts.get(id)?.tags).not.toContain('crossed');
		expect(json[0].error).toBeDefined();
	});

	it.each([
		['text', '86399'],
		['negative', -5],
		['none', undefined],
		['zero', 0],
		['words', 'soon'],
		['null', null],
	])('a life of %s: used, and not asked for at each call', async (_what, expires_in) => {
		const token = sandbox.oauth.issue({ level: 'Location', locationId: ONE, scopes });
		sandbox.faults.add({
			kind: 'status',
			status: 200,
			body: { access_token: token.access_token, expires_in, locationId: ONE },
			path: MINT,
		});
		const items = [1, 2, 3, 4, 5].map((n) => person(ONE, n));
		const { error } = await run('contact:create', create, { items });
		expect(error).toBeUndefined();
		expect(mints()).toHaveLength(1);
	});

	it('404: no word that the record is missing', async () => {
		sandbox.faults.add({
			kind: 'status',
			status: 404,
			body: { message: 'Location not found' },
			path: MINT,
			times: 50,
		});
		const { json } = await run(
			'contact:get',
			{ contactId: byId('x') },
			{ items: [{ location: ONE }], onError },
		);
		expect(json[0].details).not.toHaveProperty('missing');
		const gone = await run(
			'contact:delete',
			{ contactId: byId('x') },
			{ items: [{ location: ONE }], onError },
		);
		expect(gone.json[0].error).toBeDefined();
	});
});

describe('A dead connection', () => {
	it('is told once, whatever the number of locations', async () => {
		const credentials = agency();
		const items = [ONE, TWO, THREE].flatMap((location) => [
			person(location, 1),
			person(location, 2),
		]);
		await run('contact:create', create, { items: items.slice(0, 1), credentials });
		sandbox.oauth.expireAll();
		sandbox.oauth.revokeAll();
		sandbox.requests.clear();
		const { json, hints } = await run('contact:create', create, { items, credentials, onError });
		expect(new Set(json.map(({ error }) => error))).toEqual(
			new Set(['The connection to HighLevel has expired and could not be renewed']),
		);
		expect(callsOf(sandbox).filter((call) => call === 'POST /oauth/token')).toHaveLength(1);
		expect(warnings(hints)).toHaveLength(1);
	});

	it('is renewed once with 58 locations, and each asks once at most', async () => {
		const credentials = agency();
		sandbox.oauth.expireAll();
		sandbox.oauth.revokeAll();
		const items = Array.from({ length: 58 }, (_, n) => person(clientLocationId(n), n));
		const { json, hints } = await run('contact:create', create, { items, credentials, onError });
		expect(json.every(({ error }) => error)).toBe(true);
		expect(warnings(hints)).toHaveLength(1);
		const renewals = callsOf(sandbox).filter((call) => call === 'POST /oauth/token');
		expect(renewals).toHaveLength(1);
		expect(mints().length).toBeLessThanOrEqual(59);
	});

	it('without the scope to mint costs few calls with 60 locations', async () => {
		sandbox.settings.mintNeedsScope = true;
		const credentials = connectedGhl(sandbox, { level: 'Company', scopes: ['contacts.write'] });
		const items = Array.from({ length: 58 }, (_, n) => person(clientLocationId(n), n));
		const { json, hints } = await run('contact:create', create, { items, credentials, onError });
		expect(json[0].error).toBe('The token lacks the scope oauth.write');
		expect(warnings(hints)).toHaveLength(1);

		expect(callsOf(sandbox).length).toBeLessThan(20);
	});
});

describe('Where an item goes', () => {
	it.each<[string, unknown]>([
		['a blank', ' '],
		['undefined', undefined],
		['null', null],
		['a list', ['a']],
		['an object', { id: 'x' }],
		['no', false],
	])('%s in Location: nothing is sent, default or not', async (_what, location) => {
		const { json } = await run('contact:create', create, {
			items: [person(location, 1)],
			credentials: agency({ defaultLocationId: TWO }),
			onError,
		});
		expect(json[0].error).toBeDefined();
		expect(contactsOf(TWO).filter(({ email }) => email === 'break.1@example.com')).toEqual([]);
	});

	it.each(['={{ $json.location }} ', ' ={{ $json.location }}', '= {{ $json.location }}'])(
		'an expression with blanks around it (%s) that finds nothing: nothing is sent',
		async (value) => {
			const { json } = await run(
				'contact:create',
				{ ...create, location: { __rl: true, mode: 'id', value } },
				{ items: [person(undefined, 1)], credentials: agency({ defaultLocationId: TWO }), onError },
			);
			expect(json[0].error).toBeDefined();
		},
	);

	it.each<[string, INodeParameters[string]]>([
		['a whole expression that gives a text', `={{ "${ONE}" }}`],
		[
			'a whole expression that gives a locator',
			`={{ { __rl: true, mode: 'id', value: "${ONE}" } }}`,
		],
		['a plain text', ONE],
		['blanks around', { __rl: true, mode: 'id', value: ` ${ONE}\n` }],
		['from the list', { __rl: true, mode: 'list', value: ONE, cachedResultName: 'Some name' }],
	])('%s works', async (_what, location) => {
		const { json, error } = await run(
			'contact:create',
			{ ...create, location },
			{ items: [person(ONE, 1)] },
		);
		expect(error).toBeUndefined();
		expect(json[0].locationId).toBe(ONE);
	});

	it('a default of another location in the credential of one location: says where to change it', async () => {
		const credentials = connectedGhl(sandbox, { locationId: ONE }, { defaultLocationId: TWO });
		const { error } = await runGhl(
			sandbox,
			'contact:create',
			{ authentication: 'oAuth2', ...create },
			{ credentials, items: [person(ONE, 1)] },
		);
		expect(error?.description).toContain('Default Location ID');
		expect(error?.description).not.toContain('Leave Location empty');
	});

	it('a reconnect to another agency or with other scopes asks for new tokens', async () => {
		const credentials = connectedGhl(sandbox, {
			level: 'Company',
			scopes: ['contacts.readonly', 'oauth.write'],
		});
		const before = await run('contact:create', create, { items: [person(ONE, 1)], credentials });
		expect(before.error?.message).toBe('The token lacks the scope contacts.write');
		const oauthTokenData = { ...sandbox.oauth.issue({ level: 'Company', scopes }) };
		credentials.change('ghlOAuth2Api', { oauthTokenData });
		const after = await run('contact:create', create, { items: [person(ONE, 1)], credentials });
		expect(after.error).toBeUndefined();
	});
});

describe('The list of installed locations', () => {
	const all = async (credentials = agency()) =>
		await run('location:getManyInstalled', { returnAll: true }, { credentials });
	const row = (n: number) => ({ _id: `loc${n}`, name: `Location ${n}`, isInstalled: true });
	const rows = (count: number, from = 0) => Array.from({ length: count }, (_, n) => row(from + n));
	const answer = (body: IDataObject, times = 1) =>
		sandbox.faults.add({
			kind: 'status',
			status: 200,
			body,
			path: '^/oauth/installedLocations$',
			times,
		});

	it('is read to its end where count is that of the page', async () => {
		answer({ locations: rows(100), count: 100 });
		answer({ locations: rows(100, 100), count: 100 });
		answer({ locations: rows(20, 200), count: 20 });
		const { json, error } = await all();
		expect(error).toBeUndefined();
		expect(json).toHaveLength(220);
	});

	it('ends where HighLevel ignores skip', async () => {
		answer({ locations: rows(100) }, 60);
		const { json } = await all();
		expect(json.length).toBe(100);
		expect(callsOf(sandbox).length).toBeLessThan(4);
	});

	it('is whole where a page is shorter than asked for', async () => {
		answer({ locations: rows(50), count: 300 });
		answer({ locations: rows(50, 50), count: 300 });
		answer({ locations: [], count: 300 });
		const { json, error } = await all();
		expect(error).toBeUndefined();
		expect(json).toHaveLength(100);
	});

	it('goes on in the picker where count is that of the page', async () => {
		answer({ locations: rows(100), count: 100 });
		const node = new GhlContacts();
		const context = loadOptionsFunctions({
			node,
			credentials: agency(),
			parameters: { authentication: 'oAuth2' },
		});
		const { results, paginationToken } = await context.call(
			node.methods.listSearch.searchLocations,
		);
		expect(results).toHaveLength(100);
		expect(paginationToken).toBe('100');
	});
});

describe('Polling', () => {
	const setup = (credentials: CredentialStore, location: INodeParameters[string] = '') => ({
		node: new GhlPollingTrigger(),
		credentials,
		parameters: { authentication: 'oAuth2', event: 'contactCreated', location } as INodeParameters,
	});
	it('starts anew when the location changes', async () => {
		const credentials = agency();
		const staticData = {};
		const first = pollWorkflow({ ...setup(credentials, byId(ONE)), staticData });
		expect(await first.poll()).toEqual([]);
		const second = pollWorkflow({ ...setup(credentials, byId(TWO)), staticData });
		expect(await second.poll()).toEqual([]);
		await run('contact:create', create, { items: [person(TWO, 1), person(ONE, 2)], credentials });
		const found = await second.poll();
		expect(found.map(({ locationId }) => locationId)).toEqual([TWO]);
	});

	it('with an agency without a default says what to choose', async () => {
		await expect(pollWorkflow(setup(agency())).poll()).rejects.toThrow(/Choose a Location/);
	});
});

describe('A run that ends with the first failure', () => {
	const ofMany = () =>
		Array.from({ length: 180 }, (_, number) => person(clientLocationId(number % 30), number));

	it('asks for no further token, and sends nothing for items that had sent nothing', async () => {
		const credentials = agency();
		await run('contact:create', create, { items: [person(ONE, 1000)], credentials });
		sandbox.requests.clear();
		sandbox.oauth.mints.clear();
		sandbox.faults.add({ kind: 'delay', delayMs: 10_000, path: MINT, times: 1_000 });
		sandbox.faults.add({ kind: 'status', status: 400, path: '^/contacts/$', contains: 'break.0@' });
		const { error } = await run('contact:create', create, { items: ofMany(), credentials });
		expect(error?.message).toContain('does not accept this (400)');
		// Five tokens were under way. The first location had one.
		expect(mints()).toHaveLength(5);
		const made = callsOf(sandbox).filter((call) => call === 'POST /contacts/');
		expect(made.length).toBeLessThanOrEqual(6);
		expect(error?.description).toMatch(/(^|\. )\d+ of 180 items were done/);
		expect(error?.description).not.toContain('Not so');
	});

	it('has nothing under way when it ends', async () => {
		sandbox.faults.add({ kind: 'status', status: 400, path: '^/contacts/$' });
		await run('contact:create', create, { items: ofMany() });
		const sent = callsOf(sandbox).length;
		await new Promise((resolve) => setTimeout(resolve, 5_000));
		expect(callsOf(sandbox)).toHaveLength(sent);
	});

	it('carries an item that was begun to its end', async () => {
		sandbox.faults.add({
			kind: 'delay',
			delayMs: 5_000,
			path: '^/contacts/upsert$',
			contains: 'break.1@',
		});
		sandbox.faults.add({
			kind: 'status',
			status: 400,
			path: '^/contacts/upsert$',
			contains: 'break.0@',
		});
		const { error } = await run(
			'contact:upsert',
			{ ...create, additionalFields: { addTags: 'begun' } },
			{ items: [person(ONE, 0), person(TWO, 1)] },
		);
		expect(error?.description).toContain('1 of 2 items were done');
		const [made] = contactsOf(TWO).filter(({ email }) => email === 'break.1@example.com');
		expect(made.tags).toContain('begun');
	});
});

describe('Several executions at once', () => {
	it('one that is cancelled ends at once, and takes no token from another', async () => {
		const credentials = agency();
		sandbox.faults.add({ kind: 'delay', delayMs: 20_000, path: MINT, times: 5 });
		const items = Array.from({ length: 50 }, (_, number) =>
			person(clientLocationId(number), number),
		);
		const others = items.map((item) => ({ ...item, email: `other.${String(item.email)}` }));
		const abortWhen = new Promise((resolve) => setTimeout(resolve, 5_000));
		const stopped = run('contact:create', create, { items, credentials, abortWhen });
		const other = run('contact:create', create, { items: others, credentials });
		expect((await stopped).status).toBe('canceled');
		const { json, error } = await other;
		expect(error).toBeUndefined();
		expect(json.map(({ locationId }) => locationId)).toEqual(items.map(({ location }) => location));
		expect(sandbox.oauth.mints.mostAtOnce()).toBeLessThanOrEqual(10);
		for (const { location } of items)
			expect(sandbox.oauth.mints.mostAtOnce(String(location))).toBeLessThanOrEqual(2);
	});

	it('with two credentials of one agency have tokens of their own', async () => {
		const items = Array.from({ length: 40 }, (_, number) => person([ONE, TWO][number % 2], number));
		const runs = await Promise.all(
			['a', 'b'].map(async (name) =>
				run('contact:create', create, {
					items: items.map((item) => ({ ...item, email: `${name}.${String(item.email)}` })),
				}),
			),
		);
		for (const { error } of runs) expect(error).toBeUndefined();
		expect(mints()).toHaveLength(4);
	});
});

it('A location that gives no token leaves no budget behind', async () => {
	await run('contact:create', create, { items: [person(ONE, 1)] });
	const kept = budgetsKept();
	const items = Array.from({ length: 100 }, (_, number) => person(`nobody ${number}`, number));
	const { json } = await run('contact:create', create, { items, onError });
	expect(json.every(({ error }) => /is not installed/.test(String(error)))).toBe(true);
	expect(budgetsKept() - kept).toBeLessThanOrEqual(1);
});

it('A location that is paused, and one that loses the app, fail with the reason; the others go on', async () => {
	const credentials = agency();
	const items = Array.from({ length: 90 }, (_, number) =>
		person([ONE, TWO, THREE][number % 3], number),
	);
	const warm = items.slice(0, 3).map((item) => ({ ...item, email: `w.${String(item.email)}` }));
	await run('contact:create', create, { items: warm, credentials });
	sandbox.subAccounts.pause(ONE);
	sandbox.subAccounts.uninstall(TWO);
	const { json, hints } = await run('contact:create', create, { items, credentials, onError });
	const errorsOf = (location: string) => [
		...new Set(json.filter((_, at) => items[at].location === location).map(({ error }) => error)),
	];
	expect(errorsOf(ONE)).toEqual([`The sub-account “${ONE}” is paused in HighLevel`]);
	expect(errorsOf(TWO)).toEqual([
		expect.stringContaining(`not installed in the sub-account “${TWO}”`),
	]);
	expect(errorsOf(THREE)).toEqual([undefined]);
	expect(warnings(hints)).toHaveLength(2);
});

it('The pickers go by the location that is chosen, and say so where an expression names none', async () => {
	const node = new GhlContacts();
	const list = (location: INodeParameters[string], more: IDataObject = {}) =>
		loadOptionsFunctions({
			node,
			credentials: agency(more),
			parameters: { authentication: 'oAuth2', location },
		});
	const { searchContacts } = node.methods.listSearch;
	for (const more of [{}, { defaultLocationId: THREE }]) {
		await expect(list(eachLocation, more).call(searchContacts)).rejects.toThrow(/finds nothing/);
	}
	await expect(list('').call(searchContacts)).rejects.toThrow(/Choose a Location/);
	for (const [chosen, more, location] of [
		[byId(TWO), {}, TWO],
		['', { defaultLocationId: THREE }, THREE],
	] as const) {
		const { results } = await list(chosen, more).call(searchContacts);
		const places = results.map(
			({ value }) => sandbox.state.contacts.get(String(value))?.locationId,
		);
		expect(new Set(places)).toEqual(new Set([location]));
	}
});

it('No secret is in an error, a hint or the log', async () => {
	sandbox.faults.add({ kind: 'htmlPage', path: MINT });
	const items = [person(ONE, 1), person('nobody', 2), person('nobody', 3)];
	const { logs, hints, json } = await run('contact:create', create, { items, onError });
	const told = JSON.stringify([logs, hints, json]);
	expect(sandbox.state.secrets.size).toBeGreaterThan(2);
	for (const secret of sandbox.state.secrets.keys()) expect(told).not.toContain(secret);
});
