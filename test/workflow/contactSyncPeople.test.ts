import { syncList } from '../examples/heyReach';
import { allContacts, leadsOfLists, runApply, runPlan } from './contactSync';
import { AT_ONCE, contactSyncRig } from './contactSyncRig';
import { contactsOf, customOf, edit, leadsOf, setCustom } from './contactSyncTrouble';

// Whole runs with people who share a mailbox or a phone: who is nobody's key links nobody.
const rig = contactSyncRig();
const { sandbox, tables, linked } = rig;
let list: number;
beforeEach(() => {
	list = syncList(sandbox);
});

const parameters = { createInGhl: true, options: AT_ONCE };
const sync = async () => await rig.sync([2001, list], parameters);
const leadsHere = () => {
	const members = new Set(sandbox.state.lists.get(2001)?.members.map((one) => one.linkedinId));
	return leadsOf(sandbox).filter(({ linkedinId }) => members.has(linkedinId));
};

/** A contact with a LinkedIn of its own, and leads with others, all with one value. */
function share(field: 'email', value: string, leads: number): { owner: string; ids: string[] } {
	const [owner] = contactsOf(sandbox).slice(-1);
	edit(sandbox, owner, { firstName: 'Olga', lastName: 'Owner', [field]: value });
	setCustom(sandbox, owner, 'LinkedIn profile', 'https://www.linkedin.com/in/olga-owner/');
	setCustom(sandbox, owner, 'LinkedIn member id', '999000111');
	const some = leadsHere().slice(0, leads);
	for (const [number, lead] of some.entries()) {
		// Nobody in HighLevel has their addresses or numbers.
		for (const contact of contactsOf(sandbox)) {
			const number = String(customOf(sandbox, contact, 'LinkedIn member id'));
			if (number === lead.linkedinId) sandbox.state.deleteContact(contact.id);
		}
		lead.profileUrl = `https://www.linkedin.com/in/stranger-${number}/`;
		const person = { firstName: 'Stranger', lastName: `No${number}` };
		Object.assign(lead, { ...person, emailAddress: value, enrichedEmailAddress: null });
	}
	return { owner: owner.id, ids: some.map(({ linkedinId }) => linkedinId) };
}

it.each([1, 3])(
	'%i strangers with the mailbox of a contact: asked in the first run, and never linked to it',
	async (strangers) => {
		const { owner, ids } = share('email', 'info@agency.com', strangers);
		const first = await sync();
		const asked = first.review.filter(({ kind }) => kind === 'taken');
		expect(asked).toHaveLength(1);
		expect(asked[0]).toMatchObject({ aId: owner, choices: expect.stringContaining('keepApart') });
		expect(asked[0].bId.split(' ').sort()).toEqual([...ids].sort());
		expect(asked[0].reason).toContain('Olga Owner');
		expect(asked[0].reason).toContain('Stranger No0');
		for (let run = 0; run < 3; run++) await sync();
		expect(linked().filter(({ aId, bId }) => aId === owner || ids.includes(bId))).toEqual([]);
		for (const lead of leadsOf(sandbox)) if (ids.includes(lead.linkedinId)) lead.position = 'Spy';
		await sync();
		const contact = contactsOf(sandbox).find(({ id }) => id === owner);
		expect(contact).toMatchObject({ firstName: 'Olga', lastName: 'Owner' });
		expect(customOf(sandbox, contact!, 'Job title')).not.toBe('Spy');

		const [row] = [...tables.review.values()].filter(({ kind }) => kind === 'taken');
		tables.answer(row, { choose: 'keepApart', by: 'Kim' });
		await sync();
		await sync();
		const links = linked().filter(({ bId }) => ids.includes(bId));
		expect(new Set(links.map(({ aId }) => aId)).size).toBe(strangers);
		expect(links.map(({ aId }) => aId)).not.toContain(owner);
		const rest = await sync();
		expect(rest.applyInGhl).toEqual([]);
		expect(rest.review.filter(({ kind }) => kind === 'taken')).toEqual([]);
	},
	60_000,
);

it('an email that somebody else has blocks no other field, and is asked about with the name', async () => {
	await sync();
	const [one, other] = linked().map(({ aId, bId }) => ({ aId, bId }));
	const owner = contactsOf(sandbox).find(({ id }) => id === other.aId)!;
	const contact = contactsOf(sandbox).find(({ id }) => id === one.aId)!;
	edit(sandbox, contact, { email: undefined });
	await sync();
	edit(sandbox, owner, { email: 'front@desk.com', firstName: 'Olga', lastName: 'Owner' });
	const lead = leadsOf(sandbox).find(({ linkedinId }) => linkedinId === one.bId)!;
	Object.assign(lead, { emailAddress: 'front@desk.com', position: 'Chief' });
	const planned = await sync();
	expect(planned.review.filter(({ kind }) => kind === 'taken')).toEqual([
		expect.objectContaining({
			aId: one.aId,
			bId: one.bId,
			reason: expect.stringContaining('Olga Owner'),
			choices: 'skip',
		}),
	]);
	const now = contactsOf(sandbox).find(({ id }) => id === one.aId)!;
	expect(customOf(sandbox, now, 'Job title')).toBe('Chief');
	expect(now.email).toBeUndefined();
}, 60_000);

it('the same plan items applied twice make nobody twice', async () => {
	const some = leadsHere().slice(0, 2);
	for (const [number, lead] of some.entries()) {
		lead.emailAddress = null;
		lead.profileUrl = `https://www.linkedin.com/in/nobody-yet-${number}/`;
	}
	const planned = await runPlan(
		[await allContacts(sandbox), await leadsOfLists(sandbox, [2001]), []],
		parameters,
	);
	tables.store(planned);
	const creates = planned.applyInGhl.filter(({ action }) => action === 'create');
	const before = contactsOf(sandbox).length;
	const [portion] = planned.portions.filter(({ items }) => items.some(({ side }) => side === 'A'));
	const only = { ...portion, items: portion.items.filter(({ action }) => action === 'create') };
	expect(only.items).toHaveLength(creates.length);
	await runApply(sandbox, [only]);
	const again = await runApply(sandbox, [only]);
	expect(contactsOf(sandbox).length).toBe(before + creates.length);
	tables.store(again);
	expect(linked().length).toBeGreaterThanOrEqual(creates.length);
}, 60_000);
