import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { clientLocationId, SANDBOX } from '../../sandbox';
import { columns } from '../examples/values';
import { UNLIMITED, useLastingSandbox } from '../support/useSandbox';
import { byId, connectedGhl, runGhl } from './ghl';

const sandbox = useLastingSandbox({ ...UNLIMITED, agency: { locations: 60 } });

const CLIENTS = [0, 1, 2].map(clientLocationId);
const UNKNOWN = 'sbxLocationUnknown01';

/** What an item says of its location, and how the run has to end for it: `undefined` for a success. */
const REFUSALS: Record<string, RegExp> = {
	[SANDBOX.pausedLocationId]: /is paused in HighLevel/,
	[SANDBOX.noApiLocationId]: /plan of this account does not include/,
	[SANDBOX.noAppLocationIds[0]]: /not installed in the sub-account/,
	[SANDBOX.foreignLocationId]: /not installed in the sub-account/,
	[UNKNOWN]: /not installed in the sub-account/,
};

/** `undefined`, `null` and a blank: the expression of the item finds nothing. */
type Named = string | null | undefined;

/** How the credential was connected. */
type Connection =
	| { level: 'Company'; defaultLocationId: string }
	| { level: 'Location'; defaultLocationId: string; locationId: string };

/** Clients are more frequent than the rest, so that most runs do much. */
const named: fc.Arbitrary<Named> = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom(...CLIENTS) },
	{ weight: 3, arbitrary: fc.constantFrom('', ' ', undefined, null) },
	{ weight: 3, arbitrary: fc.constantFrom(...Object.keys(REFUSALS)) },
);
const connection: fc.Arbitrary<Connection> = fc.oneof(
	{
		weight: 3,
		arbitrary: fc.record({
			level: fc.constant('Company' as const),
			defaultLocationId: fc.constantFrom('', ...CLIENTS, SANDBOX.pausedLocationId),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			level: fc.constant('Location' as const),
			locationId: fc.constantFrom(...CLIENTS),
			defaultLocationId: fc.constantFrom('', '', CLIENTS[0]),
		}),
	},
);

/** Where the item goes, or what is said to it. */
function destinationOf(asked: Named, connected: Connection): string | RegExp {
	const own = connected.level === 'Location' ? connected.locationId : '';
	const isBlank = asked !== '' && !asked?.trim();
	if (!own && isBlank) return /its expression finds nothing/;
	const locationId = asked?.trim() || connected.defaultLocationId || own;
	if (!locationId) return /^Choose a Location/;
	if (own && locationId !== own) return /opens the location “.*” only/;
	return REFUSALS[locationId] ?? locationId;
}

function credentialsFor({ defaultLocationId, ...grant }: Connection) {
	return connectedGhl(sandbox, { locationId: undefined, ...grant }, { defaultLocationId });
}

/** Each location is asked for at most one token, and a token of a sub-account is exchanged for none. */
function expectFewMints({ level }: Connection): void {
	const { mints } = sandbox.oauth;
	const counts = mints.perLocation();
	if (level === 'Location') expect(counts).toEqual({});
	expect(Object.values(counts).filter((count) => count > 1)).toEqual([]);
	expect(mints.mostAtOnce()).toBeLessThanOrEqual(5);
}

const LOCATION = byId('={{ $json.location }}');
const itemWith = (location: Named, more: IDataObject): IDataObject => ({
	...(location !== undefined && { location }),
	...more,
});

/** The input that an output says it came from. */
const pairs = (output: Array<{ pairedItem?: unknown }>) =>
	output.map(({ pairedItem }) => pairedItem);

const inOrder = (items: unknown[]) => items.map((_, item) => ({ item }));

it('creates each contact in the location of its item and nowhere else', async () => {
	const people = fc.array(fc.record({ location: named, person: fc.nat(8) }), {
		minLength: 1,
		maxLength: 40,
	});
	const property = fc.asyncProperty(people, connection, async (wanted, connected) => {
		sandbox.reset();
		const { state } = sandbox;
		const before = new Set(state.contacts.keys());
		const { outputs, error } = await runGhl(
			sandbox,
			'contact:upsert',
			{
				authentication: 'oAuth2',
				location: LOCATION,
				contactFields: columns({ email: '={{ $json.email }}' }),
			},
			{
				items: wanted.map(({ location, person }) => itemWith(location, { email: mail(person) })),
				credentials: credentialsFor(connected),
				onError: 'continueRegularOutput',
			},
		);
		expect(error).toBeUndefined();
		expect(pairs(outputs[0])).toEqual(inOrder(wanted));

		const expected = new Set<string>();
		for (const [at, { location, person }] of wanted.entries()) {
			const destination = destinationOf(location, connected);
			const { json } = outputs[0][at];
			if (destination instanceof RegExp) {
				expect(json.error).toMatch(destination);
				continue;
			}
			expected.add(`${destination} ${mail(person)}`);
			const { locationId, email } = state.contacts.get(String(json.id)) ?? {};
			expect([locationId, email]).toEqual([destination, mail(person)]);
		}
		const made = [...state.contacts.values()].filter(({ id }) => !before.has(id));
		const found = made.map(({ locationId, email }) => `${locationId} ${email}`);
		expect(found.sort()).toEqual([...expected].sort());
		expectFewMints(connected);
	});
	await fc.assert(property, { numRuns: 30 });
}, 120_000);

const mail = (person: number) => `person${person}@crossing.example.com`;

it('tags the contacts of the location of the item alone, also where items share calls', async () => {
	const chosen = fc.array(
		fc.record({
			location: named,
			/** The location that the contact belongs to. Most often that of the item. */
			home: fc.option(fc.constantFrom(...CLIENTS), { freq: 4 }),
			place: fc.nat(4),
		}),
		{ minLength: 1, maxLength: 40 },
	);
	const property = fc.asyncProperty(chosen, connection, async (wanted, connected) => {
		sandbox.reset();
		const { state } = sandbox;
		const contactsOf = (locationId: string) =>
			[...state.contacts.values()].filter((contact) => contact.locationId === locationId);
		const targets = wanted.map(({ location, home, place }) => {
			const destination = destinationOf(location, connected);
			const going = typeof destination === 'string' ? destination : CLIENTS[0];
			return contactsOf(home ?? going)[place];
		});
		const { outputs, error } = await runGhl(
			sandbox,
			'contactTag:add',
			{
				authentication: 'oAuth2',
				location: LOCATION,
				contactId: byId('={{ $json.contactId }}'),
				tags: 'crossing',
			},
			{
				items: wanted.map(({ location }, at) => itemWith(location, { contactId: targets[at].id })),
				credentials: credentialsFor(connected),
				onError: 'continueRegularOutput',
			},
		);
		expect(error).toBeUndefined();
		expect(pairs(outputs[0])).toEqual(inOrder(wanted));

		const expected = new Set<string>();
		for (const [at, { location }] of wanted.entries()) {
			const destination = destinationOf(location, connected);
			const { json } = outputs[0][at];
			if (destination instanceof RegExp) expect(json.error).toMatch(destination);
			else if (targets[at].locationId !== destination) expect(typeof json.error).toBe('string');
			else {
				expect(json).toMatchObject({ contactId: targets[at].id });
				expected.add(targets[at].id);
			}
		}
		const tagged = [...state.contacts.values()].filter(({ tags }) => tags.includes('crossing'));
		expect(tagged.map(({ id }) => id).sort()).toEqual([...expected].sort());
		expectFewMints(connected);
	});
	await fc.assert(property, { numRuns: 30 });
}, 120_000);

it('writes 6,000 contacts into 60 locations with one mint each, five at once', async () => {
	sandbox.reset();
	sandbox.settings.latencyMs = 20; // so that mints overlap
	const locations = Array.from({ length: 60 }, (_, client) => clientLocationId(client));
	const people = Array.from({ length: 6_000 }, (_, person) => ({
		location: locations[person % locations.length],
		email: mail(person),
	}));
	const { outputs, error } = await runGhl(
		sandbox,
		'contact:upsert',
		{
			authentication: 'oAuth2',
			location: LOCATION,
			contactFields: columns({ email: '={{ $json.email }}' }),
		},
		{
			items: people,
			credentials: credentialsFor({ level: 'Company', defaultLocationId: '' }),
		},
	);
	expect(error).toBeUndefined();
	const found = outputs[0].map(({ json, pairedItem }) => {
		const { locationId: location, email } = sandbox.state.contacts.get(String(json.id)) ?? {};
		return { location, email, pairedItem };
	});
	expect(found).toEqual(people.map((one, item) => ({ ...one, pairedItem: { item } })));
	const { mints } = sandbox.oauth;
	expect(mints.perLocation()).toEqual(Object.fromEntries(locations.map((id) => [id, 1])));
	expect(mints.mostAtOnce()).toBe(5);
}, 120_000);
