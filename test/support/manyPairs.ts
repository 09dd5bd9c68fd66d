import { SANDBOX, type Sandbox } from '../../sandbox';
import type { Contact } from '../../sandbox/ghl/records';
import type { Lead } from '../../sandbox/heyreach/records';
import { customFieldId } from '../../sandbox/seed/highLevel';

/** How many people there are, and on which side. */
export interface Population {
	/** Have a contact and a lead of {@link LIST}, which find each other by their email. */
	both: number;
	/** Have a contact alone, */
	contactsOnly: number;
	/** whose profile it holds, so that a lead can be made of it. */
	profiles?: boolean;
	/** Have a lead of the list alone. */
	leadsOnly: number;
	/**
	 * Whether contacts hold what their leads say: an address, a job, the profile. If not, their sync has
	 * these fields to write.
	 */
	agree: boolean;
	/** Whether leads bear a tag that contacts are to get. */
	tagged: boolean;
}

/** The list that holds all leads, and one that is empty and feeds no campaign. */
export const LIST = 3_001;
export const SYNC_LIST = 3_002;
export const TAG = 'li-met';

const FIRST = ['Ann', 'Bob', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hana', 'Ivo', 'Jane', 'Kai'];
const LAST = ['Lee', 'Marzec', 'Novak', 'Okafor', 'Petit', 'Quist', 'Rossi', 'Silva', 'Tanaka'];
const JOBS = ['Chief Technology Officer', 'VP of Sales', 'Head of Marketing', 'Engineer'];
const MADE_AT = '2026-01-01T00:00:00.000Z';

const contactIdOf = (at: number) => `many${String(at).padStart(16, '0')}`;
const slugOf = (at: number) => `${FIRST[at % FIRST.length]}-${at.toString(36)}`.toLowerCase();

function personOf(at: number) {
	return {
		firstName: FIRST[at % FIRST.length],
		lastName: `${LAST[(at * 7) % LAST.length]} ${at}`,
		email: `${slugOf(at)}@company${at % 997}.example`,
		companyName: `${LAST[(at * 13) % LAST.length]} ${at % 997} Ltd`,
		city: `Area ${at % 50}, Country`,
		job: JOBS[at % JOBS.length],
		profileUrl: `https://www.linkedin.com/in/${slugOf(at)}`,
		linkedinId: String(70_000_000 + at),
	};
}

function contactOf(at: number, population: Population): Contact {
	const { job, profileUrl, linkedinId, ...person } = personOf(at);
	const agrees = population.agree && at < population.both;
	const known = (name: string, value: string) => ({ id: customFieldId(name), value });
	return {
		id: contactIdOf(at),
		locationId: SANDBOX.locationId,
		type: 'lead',
		dnd: false,
		dndSettings: {},
		tags: agrees && population.tagged ? [TAG] : [],
		customFields: [
			...(agrees ? [known('Job title', job), known('LinkedIn member id', linkedinId)] : []),
			...(agrees || population.profiles ? [known('LinkedIn profile', profileUrl)] : []),
		],
		additionalEmails: [],
		additionalPhones: [],
		followers: [],
		dateAdded: MADE_AT,
		dateUpdated: MADE_AT,
		...person,
	};
}

function leadOf(at: number, { tagged }: Population): Lead {
	const { firstName, lastName, email, companyName, city, job, profileUrl, linkedinId } =
		personOf(at);
	return {
		...{ linkedinId, profileUrl, firstName, lastName, companyName },
		headline: `${job} at ${companyName}`,
		location: city,
		summary: '',
		about: '',
		position: job,
		industry: 'Software',
		connections: 500,
		followers: 500,
		emailAddress: email,
		enrichedEmailAddress: null,
		tags: tagged ? [TAG] : [],
		autoTags: [],
		customFields: [],
	};
}

/** Takes away those that the sandbox begins with. */
export function empty({ state }: Sandbox): void {
	for (const id of [...state.contacts.keys()]) state.deleteContact(id);
	for (const { members } of state.lists.values()) members.length = 0;
	for (const { leads } of state.campaigns.values()) leads.length = 0;
	state.leads.clear();
}

/** Adds these people, and both lists. */
export function addPeople({ state }: Sandbox, population: Population): void {
	const { both, contactsOnly, leadsOnly } = population;
	for (const [id, name] of [
		[LIST, 'Everybody'],
		[SYNC_LIST, 'Synced'],
	] as const) {
		state.lists.set(id, { id, name, listType: 'USER_LIST', creationTime: MADE_AT, members: [] });
	}
	const members = state.lists.get(LIST)?.members ?? [];
	for (let at = 0; at < both + contactsOnly; at++) {
		state.saveContact(contactOf(at, population), 0);
	}
	for (let at = 0; at < both + contactsOnly + leadsOnly; at++) {
		if (at >= both && at < both + contactsOnly) continue;
		const lead = leadOf(at, population);
		state.leads.set(lead.linkedinId, lead);
		members.push({ linkedinId: lead.linkedinId, addedAt: MADE_AT });
	}
}
