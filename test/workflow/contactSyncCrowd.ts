import { SANDBOX, type Sandbox } from '../../sandbox';
import { newContact } from '../../sandbox/ghl/contactWrites';
import type { Lead } from '../../sandbox/heyreach/records';
import { person } from '../../sandbox/seed/people';
import { setCustom } from './contactSyncTrouble';

/** How many there are of each without a crowd. */
const SEEDED = { contacts: 200, leads: 150 };

/** How many contacts and leads the round trip has; the soak makes them more: `SYNC_TRIP=2000x1500`. */
const [contacts, leads] = (process.env.SYNC_TRIP ?? '200x150').split('x').map(Number);
export const CROWD = { contacts, leads };

/** How much longer it may take than without a crowd. */
export const LONGER = Math.max(1, contacts / SEEDED.contacts);

const DAY = '2026-02-01T00:00:00.000Z';

/**
 * Fills both services up to {@link CROWD}. Of five new people, two have the same LinkedIn address on
 * both sides, one the same address and another position, one the same e-mail alone, and one is a lead
 * without a contact, beside a contact who is no lead.
 */
export function fillUp(sandbox: Sandbox): void {
	const { state } = sandbox;
	const list = state.lists.get(2002);
	for (let at = 0; at < contacts - SEEDED.contacts; at++) {
		const { firstName, lastName, email, slug, position } = person(
			at % 5 === 3 ? 5000 + at : 1000 + at,
		);
		const contact = newContact(`crowd${at}`, SANDBOX.locationId, DAY);
		state.saveContact({ ...contact, firstName, lastName, email }, 0);
		if (at % 5 >= 2 && at % 5 !== 4) continue;
		setCustom(sandbox, contact, 'LinkedIn profile', addressOf(slug));
		setCustom(sandbox, contact, 'Job title', at % 5 === 4 ? 'Of another time' : position);
	}
	for (let at = 0; at < leads - SEEDED.leads; at++) {
		const lead = leadOf(at);
		state.leads.set(lead.linkedinId, lead);
		list?.members.push({ linkedinId: lead.linkedinId, addedAt: DAY });
	}
}

const addressOf = (slug: string) => `https://www.linkedin.com/in/${slug}/`;

function leadOf(at: number): Lead {
	const { firstName, lastName, email, slug, position, companyName, place } = person(1000 + at);
	return {
		...{ firstName, lastName, position, companyName },
		linkedinId: String(130_000_000 + at),
		profileUrl: addressOf(slug),
		headline: position,
		location: place.city,
		...{ summary: '', about: '', industry: '' },
		...{ connections: 0, followers: 0 },
		emailAddress: at % 5 === 2 ? email : null,
		enrichedEmailAddress: null,
		...{ tags: [], autoTags: [], customFields: [] },
	};
}
