import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Contact } from '../../sandbox/ghl/records';
import { leadUpdateOf, updateOf } from '../examples/planItems';
import { contactSyncRig, type Applied } from './contactSyncRig';
import { customOf, setCustom } from './contactSyncTrouble';
import { applyPortion } from './applyContacts';
import { callsOf } from './ghl';

// Who is found, made and written by Apply Plan Item: shared mailboxes and lines, values that another
// contact has, the same items twice, and answers that are lost.
const { sandbox, contacts, contact, lead, inGhl, inHeyReach } = contactSyncRig();

const ANN = 'https://www.linkedin.com/in/ann-of-the-agency/';
const BOB = 'https://www.linkedin.com/in/bob-of-the-agency/';
const MAILBOX = 'info@agency.example';

let keys = 0;
/** The create of a contact, as Plan puts it out for a lead; each has a key of its own. */
const createOf = (set: IDataObject, more: IDataObject = {}): IDataObject => ({
	...updateOf({ id: '' }),
	action: 'create',
	name: 'Bob Agency',
	keys: {},
	set,
	expect: {},
	addTags: [],
	removeTags: [],
	opKey: `create ${++keys}`,
	...more,
});
const bob = (set: IDataObject = {}, more: IDataObject = {}) =>
	createOf(
		{ firstName: 'Bob', lastName: 'Agency', 'LinkedIn profile': BOB, ...set },
		{ keys: { linkedIn: [BOB], memberId: '5550002' }, ...more },
	);

/** A contact without LinkedIn fields that has the mailbox. */
function owner(): Contact {
	const found = contact(100);
	Object.assign(found, { firstName: 'Ann', lastName: 'Agency', email: MAILBOX });
	sandbox.state.saveContact(found);
	return sandbox.state.contacts.get(found.id) as Contact;
}

/** One that LinkedIn knows. */
function ann(fields: IDataObject = { 'LinkedIn profile': ANN, 'LinkedIn member id': '5550001' }) {
	const found = owner();
	for (const [name, value] of Object.entries(fields)) setCustom(sandbox, found, name, value);
	return sandbox.state.contacts.get(found.id) as Contact;
}

describe('a create whose email or phone another contact has', () => {
	it.each([
		['of the contact’s own LinkedIn identity', () => ann()],
		['of a contact without any', () => owner()],
		[
			'of one with the same name on LinkedIn and another member id',
			() => ann({ 'LinkedIn profile': BOB, 'LinkedIn member id': '5550001' }),
		],
	])('makes and links nobody, and names who has it: %s', async (_what, put) => {
		const { id } = put();
		const before = structuredClone(contacts());
		for (const lookUpFirst of [false, true]) {
			const [done] = await inGhl(bob({ email: MAILBOX }, { lookUpFirst }));
			expect(done.result).toEqual({
				id: '',
				stale: true,
				taken: [{ name: 'email', id, owner: 'Ann Agency' }],
			});
		}
		expect(contacts()).toEqual(before);
	});

	it('says so of email and phone, each with its own contact', async () => {
		const { id } = ann();
		const { id: other, phone, firstName, lastName } = contact(3);
		const [done] = await inGhl(bob({ email: MAILBOX, phone }));
		expect(done.result.taken).toEqual([
			{ name: 'email', id, owner: 'Ann Agency' },
			{ name: 'phone', id: other, owner: `${firstName} ${lastName}` },
		]);
	});

	it('says so too where HighLevel alone knows of it', async () => {
		const { id } = ann();
		const none = { kind: 'status', status: 200, body: { contact: null } } as const;
		sandbox.faults.add({ ...none, path: 'search/duplicate' });
		const before = sandbox.state.contacts.size;
		const [done] = await inGhl(bob({ email: MAILBOX }));
		expect(done.result).toMatchObject({ id: '', stale: true, taken: [{ name: 'email', id }] });
		expect(sandbox.state.contacts.size).toBe(before);
	});

	it('takes a contact that agrees in all keys for the one of an earlier run', async () => {
		const { id } = ann({ 'LinkedIn profile': BOB, 'LinkedIn member id': '5550002' });
		const [found] = await inGhl(bob({ email: MAILBOX }, { lookUpFirst: true }));
		expect(found.result).toMatchObject({ id, fields: { email: MAILBOX, firstName: 'Ann' } });
		expect(found.result).not.toHaveProperty('stale');
		// Without an earlier run it is news, which the next plan has to see.
		const [news] = await inGhl(bob({ email: MAILBOX }));
		expect(news.result).toMatchObject({ id, stale: true });
	});

	it('waits for the contact that gives the email up in the same run', async () => {
		const { id } = ann();
		const [made, moved] = await inGhl(
			bob({ email: MAILBOX }),
			emailTo(ann(), 'ann@agency.example'),
		);
		expect(moved.result).toMatchObject({ id, fields: { email: 'ann@agency.example' } });
		expect(sandbox.state.contacts.get(made.result.id)).toMatchObject({ email: MAILBOX });
		expect(made.result.id).not.toBe(id);
	});
});

const emailTo = ({ id, email = null }: { id: string; email?: string | null }, to: string | null) =>
	updateOf(
		{ id },
		{
			set: { email: to, firstName: 'Changed' },
			expect: { email },
			...{ addTags: [], removeTags: [] },
		},
	);
const emails = (ids: string[]) => ids.map((id) => sandbox.state.contacts.get(id)?.email);

describe('an update with an email that another contact has', () => {
	it('writes the other fields, and names who has it', async () => {
		const [one, other] = [contact(1), contact(2)];
		const { json, hints } = await applyPortion(sandbox, [emailTo(one, String(other.email))]);
		const { result } = json[0] as Applied;
		expect(result).toMatchObject({
			fields: { email: one.email, firstName: 'Changed' },
			taken: [{ name: 'email', id: other.id, owner: `${other.firstName} ${other.lastName}` }],
			left: { email: expect.stringContaining(other.id) },
		});
		expect(result).not.toHaveProperty('stale');
		expect(sandbox.state.contacts.get(one.id)).toMatchObject({
			email: one.email,
			firstName: 'Changed',
		});
		expect(hints.map(({ message }) => message)).toContainEqual(
			expect.stringContaining('another contact has it: email of Somebody'),
		);
	});

	it('leaves out email and phone, where both are others’', async () => {
		const [one, other, third] = [contact(1), contact(2), contact(3)];
		const set = { email: other.email, phone: third.phone, firstName: 'Changed' };
		const [done] = await inGhl(updateOf(one, { set, expect: {} }));
		expect(done.result.taken).toMatchObject([
			{ name: 'email', id: other.id },
			{ name: 'phone', id: third.id },
		]);
		const { email, phone } = one;
		expect(sandbox.state.contacts.get(one.id)).toMatchObject({
			...{ email, phone, firstName: 'Changed' },
			tags: expect.arrayContaining(['li-new']),
		});
	});

	it('writes nothing where that was all', async () => {
		const [one, other] = [contact(1), contact(2)];
		const set = { email: other.email };
		const [done] = await inGhl(updateOf(one, { set, expect: {}, addTags: [], removeTags: [] }));
		expect(done.result).toMatchObject({ stale: true, taken: [{ id: other.id }] });
		expect(sandbox.state.contacts.get(one.id)).toEqual(one);
	});

	it('swaps the emails of two', async () => {
		const [one, other] = [contact(1), contact(2)];
		const swapped = [String(other.email), String(one.email)];
		const done = await inGhl(emailTo(one, swapped[0]), emailTo(other, swapped[1]));
		expect(done.map(({ result }) => result.fields?.email)).toEqual(swapped);
		expect(emails([one.id, other.id])).toEqual(swapped);
		expect(callsOf(sandbox).filter((call) => call.startsWith('PUT')).length).toBeLessThan(7);
	});

	it('leaves the email of one alone that waits for another field, and cannot write its own', async () => {
		const [one, other, outsider] = [contact(1), contact(2), contact(3)];
		const before = String(one.email);
		const wish = { email: outsider.email, phone: other.phone };
		await inGhl(
			updateOf(one, { set: wish, expect: {} }),
			updateOf(other, { set: { email: before, phone: '+15550009999' }, expect: {} }),
		);
		expect(sandbox.state.contacts.get(one.id)?.email).toBe(before);
		expect(sandbox.state.contacts.get(one.id)?.phone).toBe(other.phone);
	});

	it('gives everybody the email that is planned, in whatever order and rings', async () => {
		const people = 7;
		const numbers = Array.from({ length: people }, (_, number) => number);
		const orders = fc.shuffledSubarray(numbers, { minLength: people, maxLength: people });
		await fc.assert(
			fc.asyncProperty(orders, orders, fc.nat({ max: people }), async (to, order, freed) => {
				sandbox.reset();
				const some = numbers.map((number) => contact(number));
				const wish = to.map((number, at) =>
					at === freed ? 'free@agency.example' : String(some[number].email),
				);
				const items = order.map((number) => emailTo(some[number], wish[number]));
				const done = await inGhl(...items);
				expect(done.flatMap(({ result, error }) => result?.taken ?? error ?? [])).toEqual([]);
				expect(emails(some.map(({ id }) => id))).toEqual(wish);
			}),
			{ numRuns: 15 },
		);
	});
});

describe('the same create twice', () => {
	it('makes nobody twice within the lag of the search, and nobody twice after it', async () => {
		const before = sandbox.state.contacts.size;
		sandbox.settings.indexLagMs = 60_000;
		const item = bob();
		const [made] = await inGhl(item);
		const [again] = await inGhl(item);
		expect(again.result).toMatchObject({ id: made.result.id, fields: { firstName: 'Bob' } });
		expect(again.result).not.toHaveProperty('stale');
		// Another process knows nothing of it, and finds it by the LinkedIn address.
		sandbox.settings.indexLagMs = 0;
		sandbox.state.saveContact(structuredClone(contacts().at(-1) as Contact));
		const [found] = await inGhl({ ...item, opKey: 'of another process' });
		expect(found.result).toMatchObject({ id: made.result.id });
		expect(sandbox.state.contacts.size).toBe(before + 1);
	});

	it('makes one of two items that are the same', async () => {
		const before = sandbox.state.contacts.size;
		const item = bob();
		const [one, other] = await inGhl(item, item);
		expect(other.result).toEqual(one.result);
		expect(sandbox.state.contacts.size).toBe(before + 1);
	});

	it('makes a contact anew that has been deleted meanwhile', async () => {
		const item = bob();
		const [made] = await inGhl(item);
		sandbox.state.deleteContact(made.result.id);
		const [again] = await inGhl(item);
		expect(sandbox.state.contacts.has(again.result.id)).toBe(true);
	});

	it('does no harm in HeyReach', async () => {
		const before = sandbox.state.leads.size;
		const set = { profileUrl: BOB, firstName: 'Bob', lastName: 'Agency', position: 'Founder' };
		const item = leadUpdateOf(lead(), { ...createOf(set), side: 'B', addTags: ['li-new'] });
		const [[one], [other]] = [await inHeyReach([item]), await inHeyReach([item])];
		expect(other.result.id).toBe(one.result.id);
		expect(sandbox.state.leads.size).toBe(before + 1);
		expect(sandbox.state.leads.get(one.result.id)).toMatchObject({
			position: 'Founder',
			tags: ['li-new'],
		});
	});
});

describe('a failed create says whether it may have been carried out', () => {
	const sentOf = async (item: IDataObject) => (await inGhl(item))[0].error.sent;

	it.each([
		['a refused scope', { kind: 'scopeRemoved' }],
		['a 400', { kind: 'status', status: 400, body: { message: 'no' } }],
		['a service that was never reached', { kind: 'status', status: 500, path: 'search/duplicate' }],
	] as const)('surely not: %s', async (_what, fault) => {
		sandbox.faults.add({
			path: '/contacts/$',
			method: 'POST',
			times: 99,
			...fault,
			...('path' in fault && { method: 'GET' }),
		});
		// A look goes before it.
		expect(await sentOf(bob({ email: MAILBOX }, { lookUpFirst: true }))).toBe(false);
	});

	it('surely not: a value that cannot be used, and a 422 after which nobody is there', async () => {
		const nobody = createOf({ firstName: 'Bob' });
		expect(await sentOf(nobody)).toBe(false);
		const status = { kind: 'status', status: 422, body: { message: ['no'] } } as const;
		sandbox.faults.add({ ...status, path: '/contacts/$' });
		expect(await sentOf(bob({ email: MAILBOX }))).toBe(false);
	});

	it('perhaps: an answer that is lost, and a 500', async () => {
		sandbox.faults.add({ kind: 'lostAnswer', path: '/contacts/$' });
		expect(await sentOf(bob())).toBe(true);
		sandbox.faults.add({ kind: 'status', status: 500, path: '/contacts/$' });
		expect(await sentOf(bob({ 'LinkedIn profile': ANN }, { keys: {} }))).toBe(true);
	});

	it('carried out, though its tags were refused: these alone are left', async () => {
		sandbox.faults.add({ kind: 'scopeRemoved', method: 'DELETE', times: 99 });
		const tags = { addTags: ['li-old'], removeTags: ['LI-old'] };
		const [done] = await inGhl(bob({}, tags));
		expect(done.error).toBeUndefined();
		expect(sandbox.state.contacts.get(done.result.id)).toMatchObject({ firstName: 'Bob' });
		expect(Object.keys(done.result.left ?? {})).toEqual(['tags']);
	});

	it('takes the contact that HighLevel has made, and refused all the same', async () => {
		const status = { kind: 'status', status: 422, body: { message: ['no'] }, after: true } as const;
		sandbox.faults.add({ ...status, path: '/contacts/$' });
		const before = sandbox.state.contacts.size;
		const [done] = await inGhl(bob({ email: 'bob@agency.example' }));
		expect(done.result).not.toHaveProperty('stale');
		expect(sandbox.state.contacts.get(done.result.id)).toMatchObject({ firstName: 'Bob' });
		expect(sandbox.state.contacts.size).toBe(before + 1);
	});

	it('takes nobody else’s contact for one whose answer was lost', async () => {
		sandbox.settings.allowDuplicateContact = true;
		const annToo = createOf(
			{ firstName: 'Ann', email: MAILBOX, 'LinkedIn profile': ANN },
			{ keys: { linkedIn: [ANN] } },
		);
		sandbox.faults.add({ kind: 'reset', path: '/contacts/$', contains: 'bob-of', method: 'POST' });
		const done = await inGhl(annToo, bob({ email: MAILBOX }));
		const ids = done.flatMap(({ result }) => result?.id || []);
		for (const id of ids) {
			const { firstName } = sandbox.state.contacts.get(id) as Contact;
			const profile = customOf(
				sandbox,
				sandbox.state.contacts.get(id) as Contact,
				'LinkedIn profile',
			);
			expect(profile).toBe(firstName === 'Ann' ? ANN : BOB);
		}
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('says it of HeyReach too', async () => {
		const set = { profileUrl: BOB, firstName: 'Bob', lastName: 'Agency' };
		const item = (more: IDataObject = {}) =>
			leadUpdateOf(lead(), { ...createOf({ ...set, ...more }), side: 'B' });
		const [nameless] = await inHeyReach([item({ lastName: '' })]);
		expect(nameless.error.sent).toBe(false);
		sandbox.faults.add({ kind: 'status', status: 400, body: { message: 'no' }, path: 'AddLeads' });
		expect((await inHeyReach([item()]))[0].error.sent).toBe(false);
		const lost = { kind: 'lostAnswer', path: 'AddLeads', times: 99 } as const;
		sandbox.faults.add(lost);
		sandbox.faults.add({ kind: 'status', status: 500, path: 'GetLeadsFromList', times: 99 });
		expect((await inHeyReach([item()]))[0].error.sent).toBe(true);
		sandbox.faults.clear();
		sandbox.faults.add(lost);
		expect((await inHeyReach([item()]))[0].result.id).toMatch(/^imp_/);
	});
});

it('never gives anybody the contact of another, whatever they share and whichever answers are lost', async () => {
	const person = fc.record({
		email: fc.constantFrom(null, MAILBOX, 'sales@agency.example'),
		phone: fc.constantFrom(null, '+15550001111'),
	});
	const kinds = ['lostAnswer', 'reset'] as const;
	const fault = fc.record({ kind: fc.constantFrom(...kinds), skip: fc.nat(4), times: fc.nat(2) });
	await fc.assert(
		fc.asyncProperty(
			fc.array(person, { minLength: 2, maxLength: 6 }),
			fc.array(fault, { maxLength: 2 }),
			fc.boolean(),
			async (people, faults, allowDuplicates) => {
				sandbox.reset();
				sandbox.faults.clear();
				sandbox.settings.allowDuplicateContact = allowDuplicates;
				ann();
				const strangers = structuredClone(contacts());
				const items = people.map(({ email, phone }, number) => {
					const profile = `https://www.linkedin.com/in/person-${number}/`;
					const more = { ...(email && { email }), ...(phone && { phone }) };
					return bob({ ...more, 'LinkedIn profile': profile }, { keys: { linkedIn: [profile] } });
				});
				for (const { times, ...one } of faults)
					sandbox.faults.add({ ...one, times: times + 1, path: '/contacts/$', method: 'POST' });
				for (const lookUpFirst of [false, true]) {
					const done = await inGhl(...items.map((item) => ({ ...item, lookUpFirst })));
					for (const { set, result } of done) {
						const found = sandbox.state.contacts.get(result?.id ?? '');
						if (found)
							expect(customOf(sandbox, found, 'LinkedIn profile')).toBe(
								(set as IDataObject)['LinkedIn profile'],
							);
						else expect(result?.id ?? '').toBe('');
					}
				}
				const profiles = contacts().map((one) => customOf(sandbox, one, 'LinkedIn profile'));
				const made = profiles.filter((one) => String(one).includes('/person-'));
				expect(new Set(made).size).toBe(made.length);
				expect(contacts().slice(0, strangers.length)).toEqual(strangers);
			},
		),
		{ numRuns: 30 },
	);
});

it('makes and links no lead whose address has passed to another person', async () => {
	const other = lead();
	const before = structuredClone(other);
	const set = { profileUrl: other.profileUrl, firstName: 'Bob', lastName: 'Agency', about: 'x' };
	const create = createOf(set, { keys: { linkedIn: [other.profileUrl], memberId: '5550002' } });
	const [done] = await inHeyReach([{ ...create, side: 'B' }]);
	expect(done.result).toMatchObject({
		id: '',
		stale: true,
		taken: [
			{
				name: 'profileUrl',
				id: other.linkedinId,
				owner: `${other.firstName} ${other.lastName}`,
			},
		],
	});
	expect(lead()).toEqual(before);
});

// The last: no call goes out for the rest of the day.
it('says of a create that surely it was not carried out, where the daily limit is used up', async () => {
	sandbox.faults.add({ kind: 'quotaUsedUp', path: '/contacts/$', method: 'POST' });
	const [done] = await inGhl(bob());
	expect(done.error).toMatchObject({ message: expect.stringContaining('today'), sent: false });
});
