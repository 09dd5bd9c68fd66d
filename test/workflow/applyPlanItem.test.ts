import { leadUpdateOf, updateOf } from '../examples/planItems';
import { contactSyncRig } from './contactSyncRig';
import { callsOf, runGhl } from './ghl';
import { heyReachCalls, runHeyReach } from './heyReach';

const { sandbox, contact, lead, inGhl, inHeyReach } = contactSyncRig();

describe('GHL Contacts', () => {
	it('writes fields and tags, and puts out the item as it came, with what is there now', async () => {
		const item = updateOf(contact(), { removeTags: [contact().tags[0]] });
		const [done] = await inGhl(item);
		expect(done).toMatchObject({ ...item, result: { id: contact().id } });
		expect(done.result).toMatchObject({
			fields: { firstName: 'Changed', 'Job title': 'Head of Sales' },
		});
		expect(contact().firstName).toBe('Changed');
		expect(contact().tags).toContain('li-new');
		expect(done.result).toMatchObject({ tags: contact().tags });
		expect(callsOf(sandbox).some((call) => call.includes('upsert'))).toBe(false);
	});

	it('leaves a contact alone that is no longer what the plan saw', async () => {
		const before = structuredClone(contact());
		const alone = { set: { firstName: 'Changed' }, addTags: [], removeTags: [] };
		const [done] = await inGhl(updateOf(contact(), { ...alone, expect: { firstName: 'Another' } }));
		expect(done.result).toMatchObject({ id: contact().id, stale: true });
		expect(contact()).toEqual(before);
	});

	it('leaves out the field that is no longer what the plan saw, says so, and writes the others', async () => {
		const { firstName } = contact();
		const [done] = await inGhl(updateOf(contact(), { expect: { firstName: 'Another' } }));
		expect(done.result).toMatchObject({
			left: { firstName: `it holds “${firstName}”, and the plan saw “Another”` },
			fields: { 'Job title': 'Head of Sales' },
		});
		expect(done.result).not.toHaveProperty('stale');
		expect(contact()).toMatchObject({ firstName, tags: expect.arrayContaining(['li-new']) });
	});

	it('leaves out the field that HighLevel cannot take, says so, and writes the others', async () => {
		const set = {
			dateOfBirth: '30th of February',
			companyName: 'Acme',
			firstName: 'Written',
			No: 'x',
		};
		const [done] = await inGhl(updateOf(contact(), { set, expect: {} }));
		expect(done.result).toMatchObject({
			left: {
				dateOfBirth: '“30th of February” is not a date',
				companyName: 'HighLevel does not let “companyName” of an existing contact be changed',
				No: 'HighLevel has no custom field “No”',
			},
		});
		expect(contact().firstName).toBe('Written');
	});

	it('takes a day for the same, however it is written', async () => {
		contact().dateOfBirth = '1985-03-02T00:00:00.000Z';
		const set = { dateOfBirth: '1990-05-17' };
		const [done] = await inGhl(updateOf(contact(), { set, expect: { dateOfBirth: '1985-03-02' } }));
		expect(done.result).toMatchObject({ fields: set });
		expect(done.result).not.toHaveProperty('left');
		expect(contact().dateOfBirth).toBe('1990-05-17T00:00:00.000Z');
	});

	it('writes what is there already once more, and no harm is done', async () => {
		await inGhl(updateOf(contact()));
		const [again] = await inGhl(updateOf(contact(), { expect: { firstName: 'Old' } }));
		expect(again.result).not.toHaveProperty('stale');
	});

	it('finds by the LinkedIn address what an earlier run has made', async () => {
		const profile = { 'LinkedIn profile': 'https://www.linkedin.com/in/brand-new/' };
		const create = { action: 'create', id: '', expect: {}, removeTags: [], set: profile };
		const [made] = await inGhl(updateOf(contact(), create));
		const [found] = await inGhl(updateOf(contact(), { ...create, lookUpFirst: true }));
		expect(found.result.id).toBe(made.result.id);
	});

	it('says in the item why it failed, and goes on with the others', async () => {
		const company = { set: { companyName: 'Acme' }, expect: {}, addTags: [], removeTags: [] };
		const ghost = { id: 'aGhostThatIsNotThere' };
		const [failed, missing, done] = await inGhl(
			updateOf(contact(), company),
			updateOf(contact(), ghost),
			updateOf(contact()),
		);
		expect(failed.error).toMatchObject({ message: expect.stringContaining('“companyName”') });
		expect(failed.opKey).toBe('example');
		expect(missing.error).toMatchObject({ message: expect.stringContaining('found nothing') });
		expect(done.result).toBeDefined();
	});
});

it.each([
	['GHL Contacts', runGhl],
	['HeyReach', runHeyReach],
] as const)('a workflow of 0.1 is told what stands in place of it: %s', async (_node, run) => {
	const items = [updateOf(contact())];
	const { error } = await run(sandbox, 'sync:applyPlanItem', {}, { items });
	expect(error?.message).toBe('This version of the node has no operation “sync”');
	expect(error?.description).toContain('Contact Sync with the operation Apply');
	expect(sandbox.requests.list()).toEqual([]);
});

describe('HeyReach', () => {
	const enrolled = () => [...sandbox.state.campaigns.values()].map(({ leads }) => leads.length);

	it('writes many leads in one call, and gives each item its own', async () => {
		const before = enrolled();
		const items = Array.from({ length: 100 }, (_, number) =>
			leadUpdateOf(lead(number), { addTags: [], removeTags: [] }),
		);
		const json = await inHeyReach(items);
		expect(json.map(({ result }) => result.id)).toEqual(items.map(({ id }) => id));
		expect(json[7].result).toMatchObject({ fields: { position: 'Changed', first_topic: 'golf' } });
		expect(lead(7).position).toBe('Changed');
		expect(heyReachCalls(sandbox).filter((call) => call.includes('AddLeads'))).toHaveLength(1);
		expect(enrolled()).toEqual(before);
	});

	it('refuses a list that a campaign uses, and says what to do', async () => {
		const before = enrolled();
		const stranger = leadUpdateOf(lead(140));
		const json = await inHeyReach([stranger], { listId: 2001 });
		expect(json[0].error).toMatchObject({
			message: expect.stringContaining('is used by a campaign'),
			description: expect.stringContaining('Allow a List With Campaigns'),
		});
		expect(enrolled()).toEqual(before);
		const allowed = { listId: 2001, allowEnrolment: true };
		const done = await inHeyReach([stranger], allowed);
		expect(done[0].result).toBeDefined();
		expect(enrolled()).not.toEqual(before);
	});

	it('takes tags away by replacing them with what is there now', async () => {
		lead().tags = ['follow up', 'li-old'];
		const tagsOnly = { set: {}, expect: {}, addTags: ['li-new'], removeTags: ['LI-old'] };
		const json = await inHeyReach([leadUpdateOf(lead(), tagsOnly)]);
		expect(lead().tags.sort()).toEqual(['follow up', 'li-new']);
		expect(json[0].result).toMatchObject({ id: lead().linkedinId });
		expect(heyReachCalls(sandbox).some((call) => call.includes('AddLeads'))).toBe(false);
	});

	it('leaves a lead alone that has changed, and a field that it cannot clear', async () => {
		const changed = leadUpdateOf(lead(1), {
			...{ set: { position: 'New' }, addTags: [], removeTags: [] },
			expect: { position: 'Another' },
		});
		const cleared = leadUpdateOf(lead(2), {
			set: { location: null },
			expect: { location: lead(2).location },
		});
		const json = await inHeyReach([changed, cleared]);
		expect(json[0].result).toMatchObject({ stale: true });
		expect(json[1].result).toMatchObject({ fields: { location: lead(2).location } });
		expect(heyReachCalls(sandbox).some((call) => call.includes('AddLeads'))).toBe(false);
	});

	it('leaves out what has changed or cannot be named, says so, and writes the others', async () => {
		const set = { position: 'New', 'a-b': 'x', first_topic: 'chess' };
		const item = leadUpdateOf(lead(1), { set, expect: { position: 'Another' } });
		const json = await inHeyReach([item]);
		expect(json[0].result).toMatchObject({
			left: {
				position: `it holds “${lead(1).position}”, and the plan saw “Another”`,
				'a-b': '“a-b” cannot be the name of a custom field in HeyReach',
			},
			fields: { first_topic: 'chess' },
		});
	});

	it('creates a lead in the list, with a provisional id; one that is there keeps what it has', async () => {
		const create = (set: object) => ({
			action: 'create',
			id: '',
			keys: {},
			set,
			expect: {},
			addTags: ['li-new'],
			removeTags: [],
		});
		const profileUrl = 'https://www.linkedin.com/in/brand-new/';
		const fresh = { profileUrl, firstName: 'New', lastName: 'Lead', position: 'Founder' };
		const known = { ...fresh, profileUrl: lead().profileUrl, lastName: 'Other' };
		const nameless = { profileUrl: 'https://www.linkedin.com/in/nobody/', firstName: 'New' };
		const before = structuredClone(lead());
		const json = await inHeyReach(
			[fresh, known, nameless].map((set) => leadUpdateOf(lead(), create(set))),
		);
		const made = [...sandbox.state.leads.values()].find((one) => one.profileUrl === profileUrl);
		expect(made).toMatchObject({ firstName: 'New', position: 'Founder', tags: ['li-new'] });
		expect(json[0].result).toMatchObject({ id: made?.linkedinId });
		expect(json[1].result).toMatchObject({ id: before.linkedinId });
		expect(lead()).toMatchObject({ lastName: before.lastName, position: before.position });
		expect(json[2].error).toMatchObject({ message: expect.stringContaining('last name') });
	});
});
