import type { LinkRow } from '../../nodes/ContactSync/reconcile';
import type { Contact } from '../../sandbox/ghl/records';
import type { Lead } from '../../sandbox/heyreach/records';
import { SANDBOX, type Sandbox } from '../../sandbox';

/** Every kind of trouble that a first sync meets, and what people do to both sides afterwards. */

export const contactsOf = ({ state }: Sandbox): Contact[] =>
	[...state.contacts.values()].filter(({ locationId }) => locationId === SANDBOX.locationId);

/** The contact of a seeded person, by email. */
export function contactOf(sandbox: Sandbox, email: string): Contact {
	const found = contactsOf(sandbox).find((contact) => contact.email === email);
	if (!found) throw new Error(`No contact has ${email}`);
	return found;
}

export const leadsOf = ({ state }: Sandbox): Lead[] => [...state.leads.values()];

export function customOf({ state }: Sandbox, contact: Contact, name: string): unknown {
	const field = [...state.customFields.values()].find((one) => one.name === name);
	return contact.customFields.find(({ id }) => id === field?.id)?.value;
}

export function setCustom(sandbox: Sandbox, contact: Contact, name: string, value: unknown): void {
	const { state } = sandbox;
	const field = [...state.customFields.values()].find((one) => one.name === name);
	if (!field) throw new Error(`No custom field ${name}`);
	const present = state.contacts.get(contact.id)?.customFields ?? [];
	const others = present.filter(({ id }) => id !== field.id);
	const customFields = value === null ? others : [...others, { id: field.id, value }];
	edit(sandbox, contact, { customFields });
}

/** HeyReach has looked a profile up, or a person has: the lead gets another id everywhere. */
function renumber({ state }: Sandbox, from: string, to: string): void {
	const lead = state.leads.get(from);
	if (!lead) throw new Error(`No lead ${from}`);
	state.leads.delete(from);
	state.leads.set(to, { ...lead, linkedinId: to });
	for (const list of state.lists.values()) {
		for (const member of list.members) if (member.linkedinId === from) member.linkedinId = to;
	}
	for (const campaign of state.campaigns.values()) {
		for (const one of campaign.leads) if (one.linkedinId === from) one.linkedinId = to;
	}
}

function removeLead({ state }: Sandbox, id: string): void {
	state.leads.delete(id);
	for (const list of state.lists.values()) {
		list.members = list.members.filter(({ linkedinId }) => linkedinId !== id);
	}
}

export function edit(sandbox: Sandbox, contact: Contact, change: Partial<Contact>): void {
	const present = sandbox.state.contacts.get(contact.id) ?? contact;
	sandbox.state.saveContact({ ...structuredClone(present), ...change });
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** Before the first run. The seed: leads 0-59 are contacts with LinkedIn fields, 60-99 by email alone. */
export function unsettle(sandbox: Sandbox): { sharedEmail: string } {
	const leads = leadsOf(sandbox);
	const contacts = contactsOf(sandbox);
	// Two contacts have one email, and a lead has it too: nobody can tell whose it is.
	const sharedEmail = String(contacts[70].email);
	edit(sandbox, contacts[190], { email: sharedEmail });
	// A renamed address; the member's number is the same.
	leads[32].profileUrl = 'https://www.linkedin.com/in/a-new-name-32/';
	// An address of Sales Navigator, and one with a host and ending of its own.
	const salesNavigator =
		'https://www.linkedin.com/sales/lead/ACwAAB3xyzABCDEFGHIJ,NAME_SEARCH,aBcD';
	setCustom(sandbox, contacts[4], 'LinkedIn profile', salesNavigator);
	const usual = String(customOf(sandbox, contacts[6], 'LinkedIn profile'));
	setCustom(
		sandbox,
		contacts[6],
		'LinkedIn profile',
		`${usual.replace('www.', 'de.').toUpperCase().replace('HTTPS', 'https')}?utm=x`,
	);
	// Not looked up yet.
	for (const number of [8, 105, 106])
		renumber(sandbox, leads[number].linkedinId, `imp_new_${number}`);
	// Contacts that HeyReach does not have: with an address, one of them opted out.
	for (const number of numbers(150, 160)) {
		const contact = contacts[number];
		setCustom(
			sandbox,
			contact,
			'LinkedIn profile',
			`https://www.linkedin.com/in/only-in-ghl-${number}/`,
		);
	}
	edit(sandbox, contacts[159], { dnd: true });
	return { sharedEmail };
}

export const RENAMED = 'https://www.linkedin.com/in/a-new-name-33/';

/** After the first sync: what people do. */
export function edits(sandbox: Sandbox, links: Iterable<{ aId: string; bId: string }>): void {
	const contacts = contactsOf(sandbox);
	const linked = new Map([...links].map(({ aId, bId }) => [aId, bId]));
	const leadBehind = (number: number): Lead => {
		const lead = sandbox.state.leads.get(linked.get(contacts[number].id) ?? '');
		if (!lead) throw new Error(`Contact ${number} has no lead`);
		return lead;
	};
	// Swapped on both sides, so that each value is there already, at somebody else.
	const [one, two] = [leadBehind(20), leadBehind(21)];
	[one.position, two.position] = [two.position, one.position];
	// The same field on both sides, differently: GHL wins by default.
	leadBehind(22).position = 'Changed in HeyReach';
	setCustom(sandbox, contacts[22], 'Job title', 'Changed in GHL');
	// On one side alone, and cleared.
	leadBehind(23).position = 'Chief of Everything';
	leadBehind(24).lastName = 'Newname';
	leadBehind(33).profileUrl = RENAMED;
	setCustom(sandbox, contacts[25], 'Job title', null);
	// The provisional lead has been looked up.
	if (sandbox.state.leads.has('imp_new_8')) renumber(sandbox, 'imp_new_8', '987654008');
	if (sandbox.state.leads.has('imp_new_105')) renumber(sandbox, 'imp_new_105', '987654105');
	// Gone on either side.
	sandbox.state.deleteContact(contacts[12].id);
	removeLead(sandbox, leadBehind(13).linkedinId);
	// Two contacts merged into one, which keeps the other's email.
	const lost = contacts[15];
	edit(sandbox, contacts[16], { additionalEmails: [String(lost.email)] });
	sandbox.state.deleteContact(lost.id);
	// Tags on both sides.
	edit(sandbox, contacts[26], { tags: [...contacts[26].tags, 'customer'] });
	leadBehind(27).tags = [...leadBehind(27).tags, 'li-warm'];
	sandbox.state.leadTags.set('li-warm', 'Blue');
}

/** Both services, without what differs from run to run: ids of new records and times. */
export function world(sandbox: Sandbox) {
	const contacts = contactsOf(sandbox).map((contact) => ({
		name: `${contact.firstName ?? ''} ${contact.lastName ?? ''}`,
		email: contact.email ?? '',
		company: contact.companyName ?? '',
		city: contact.city ?? '',
		tags: [...contact.tags].sort(),
		custom: ['LinkedIn profile', 'LinkedIn member id', 'Job title'].map(
			(name) => customOf(sandbox, contact, name) ?? '',
		),
	}));
	const leads = leadsOf(sandbox).map((lead) => ({
		name: `${lead.firstName} ${lead.lastName}`,
		url: lead.profileUrl,
		email: lead.emailAddress ?? '',
		company: lead.companyName,
		position: lead.position,
		tags: [...lead.tags].sort(),
	}));
	const sorted = <T>(rows: T[]) => rows.map((row) => JSON.stringify(row)).sort();
	return { contacts: sorted(contacts), leads: sorted(leads) };
}

/** Nobody is in two links, and no LinkedIn address is twice on a side. */
export function expectEachPersonOnce(
	sandbox: Sandbox,
	rows: Iterable<Pick<LinkRow, 'state' | 'aId' | 'bId'>>,
): void {
	const links = [...rows].filter(({ state }) => state === 'linked');
	for (const side of ['aId', 'bId'] as const) {
		const ids = links.map((link) => link[side]);
		expect(new Set(ids).size).toBe(ids.length);
	}
	const addresses = contactsOf(sandbox)
		.map((contact) => String(customOf(sandbox, contact, 'LinkedIn profile') ?? '').toLowerCase())
		.filter((address) => address !== '');
	expect(new Set(addresses).size).toBe(addresses.length);
	const profiles = leadsOf(sandbox).map(({ profileUrl }) => profileUrl.toLowerCase());
	expect(new Set(profiles).size).toBe(profiles.length);
}
