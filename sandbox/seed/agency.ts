import { SANDBOX } from '../accounts';
import { newContact } from '../ghl/contactWrites';
import type { Contact, Location } from '../ghl/records';
import { idFrom, seededId } from '../ids';
import type { SandboxState } from '../state';
import { profileUrl } from './heyReach';
import { peopleOfClient } from './heyReachClients';
import { customFieldId, seedCustomFields } from './highLevel';
import { seedClientCalendar } from './calendars';
import type { Moment } from './moments';
import type { SeedOptions } from './options';
import { person, range } from './people';

/** The first clients are those of HeyReach's workspaces. */
const CLIENTS: string[] = SANDBOX.heyReachClients.map(({ name }) => name);
const FIRST_WORDS =
	'Amber Birch Coral Dune Ember Fjord Grove Heron Indigo Juniper Kestrel Linden'.split(' ');
const TRADES = ['Dental', 'Fitness', 'Roofing', 'Legal', 'Optics', 'Gardens', 'Movers'];
const PLACES = [
	{ address: '12 Congress Ave', city: 'Austin', state: 'TX', postalCode: '78701' },
	{ address: '340 Larimer St', city: 'Denver', state: 'CO', postalCode: '80202' },
	{ address: '5 Beacon St', city: 'Boston', state: 'MA', postalCode: '02108' },
	{ address: '88 Burnside St', city: 'Portland', state: 'OR', postalCode: '97204' },
	{ address: '210 Peachtree St', city: 'Atlanta', state: 'GA', postalCode: '30303' },
];
const CONTACTS = 5;
const FIRST_PERSON = 1000;
/** However many clients there are, nobody is made later than this after the seed's first day. */
const PAST_HOURS = 200;

/** The id of one of the agency's clients: 0 is the first. */
export const clientLocationId = (client: number): string =>
	`sbxLocationClient${String(client).padStart(3, '0')}`;

/** Seven trades and twelve words have no common divisor: 84 names before one comes again. */
function nameOf(client: number): string {
	const round = Math.floor(client / (TRADES.length * FIRST_WORDS.length));
	const name = `${FIRST_WORDS[client % FIRST_WORDS.length]} ${TRADES[client % TRADES.length]}`;
	return CLIENTS[client] ?? (round === 0 ? name : `${name} ${round + 1}`);
}

/** The agency's locations. Contacts are there only with `seed`, custom fields with `seedCustomFields`. */
export function seedAgency(state: SandboxState, moment: Moment, options: SeedOptions): void {
	const clients = options.agency?.locations ?? 0;
	const seedLocation = (of: Client): void => seedClient(state, moment, options, of);
	for (const client of range(0, clients)) {
		seedLocation({ id: clientLocationId(client), name: nameOf(client), client });
	}
	const { pausedLocationId, noApiLocationId, noAppLocationIds, foreignLocationId } = SANDBOX;
	const others: Array<[id: string, name: string]> = [
		[pausedLocationId, 'Paused Bakery'],
		[noApiLocationId, 'Starter Plan Florist'],
		...noAppLocationIds.map((id, at): [string, string] => [id, `Not Connected ${at + 1}`]),
	];
	for (const [at, [id, name]] of others.entries()) {
		seedLocation({ id, name, client: clients + at });
	}
	state.pausedLocations.add(pausedLocationId);
	state.locationsWithoutApi.add(noApiLocationId);
	for (const id of noAppLocationIds) state.locationsLeftOut.add(id);
	const foreign = locationOf({ id: foreignLocationId, name: 'Somebody Else', client: 0 });
	state.locations.set(foreignLocationId, { ...foreign, companyId: 'sbxCompany0000000002' });
}

interface Client {
	id: string;
	name: string;
	/** Its number, which its data is made from. */
	client: number;
}

function seedClient(state: SandboxState, moment: Moment, options: SeedOptions, of: Client): void {
	state.locations.set(of.id, locationOf(of));
	if (options.seedCustomFields) seedCustomFields(state, of.id, options);
	if (!options.seed) return;
	seedUser(state, of);
	if (of.client < CLIENTS.length) seedClientCalendar(state, of.id, userOf(of.id));
	for (const number of peopleOf(of.client))
		state.saveContact(contactOf(state, of.id, number, moment(number % PAST_HOURS)), 0);
}

const slugOf = (name: string): string => name.toLowerCase().replaceAll(' ', '-');

const locationOf = ({ id, name, client }: Client): Location => ({
	id,
	companyId: SANDBOX.companyId,
	name,
	...PLACES[client % PLACES.length],
	country: 'US',
	website: `https://${slugOf(name)}.example.com`,
	timezone: 'America/Chicago',
	firstName: 'Olive',
	lastName: 'Owner',
	email: `owner@${slugOf(name)}.example.com`,
	phone: `+1555020${String(client).padStart(4, '0')}`,
});

/** Clients with a HeyReach workspace know the first of the people who are leads there. */
const peopleOf = (client: number): number[] =>
	client < CLIENTS.length
		? peopleOfClient(client).slice(0, CONTACTS)
		: range(FIRST_PERSON + client * CONTACTS, FIRST_PERSON + (client + 1) * CONTACTS);

const userOf = (locationId: string): string => seededId(`user:${locationId}`);

function seedUser(state: SandboxState, { id: locationId, client }: Client): void {
	const { firstName, lastName, phone } = person(900 + (client % 90));
	const id = userOf(locationId);
	state.users.set(id, {
		id,
		name: `${firstName} ${lastName}`,
		firstName,
		lastName,
		email: `${firstName.toLowerCase()}.${client}@team.example.com`,
		phone,
		extension: '',
		roles: { type: 'account', role: 'admin', locationIds: [locationId] },
	});
}

function contactOf(
	state: SandboxState,
	locationId: string,
	number: number,
	madeAt: string,
): Contact {
	const { firstName, lastName, email, phone, companyName, position, place } = person(number);
	const values: Array<[string, string]> = [
		['LinkedIn profile', profileUrl(number)],
		['Job title', position],
	];
	return {
		...newContact(idFrom(`contact:${locationId}:${number}`), locationId, madeAt),
		...place,
		firstName,
		lastName,
		email,
		phone,
		companyName,
		country: 'US',
		source: 'public api',
		tags: [number % 2 === 0 ? 'customer' : 'prospect', ...(number % 3 === 0 ? ['vip'] : [])],
		customFields: values
			.map(([name, value]) => ({ id: customFieldId(name, locationId), value }))
			.filter(({ id }) => state.customFields.has(id)),
	};
}
