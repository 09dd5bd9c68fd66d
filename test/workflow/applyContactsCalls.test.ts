import type { IDataObject } from 'n8n-workflow';
import { SANDBOX } from '../../sandbox';
import type { Contact } from '../../sandbox/ghl/records';
import { updateOf } from '../examples/planItems';
import { applyPortion } from './applyContacts';
import { contactSyncRig, type Applied } from './contactSyncRig';
import { setCustom } from './contactSyncTrouble';
import { callsOf } from './ghl';

// Many thousand records: a busy machine takes long for them.
jest.setTimeout(180_000);

// How many calls a portion takes for its contacts, and what becomes of it when calls fail.
const { sandbox, contacts, contact, inGhl } = contactSyncRig();

const BULK_ADD = 'POST /contacts/bulk/tags/update/add';
const BULK_REMOVE = 'POST /contacts/bulk/tags/update/remove';
const tagCalls = () => callsOf(sandbox).filter((call) => call.includes('tags'));
const isOurs = ({ locationId }: Contact) => locationId === SANDBOX.locationId;

/** As many contacts as a portion has. */
function people(count: number): Contact[] {
	const known = contacts().filter(isOurs);
	for (let number = known.length; number < count; number++) {
		const id = `applyContact${String(number).padStart(8, '0')}`;
		const email = `person-${number}@apply.example`;
		sandbox.state.saveContact({ ...contact(), id, email, phone: undefined, tags: [] });
	}
	return contacts().filter(isOurs).slice(0, count);
}

const noTags = { addTags: [], removeTags: [] };
const tagsOnly = { set: {}, expect: {}, removeTags: [] };
const tagsOf = ({ id }: { id: string }) => sandbox.state.contacts.get(id)?.tags ?? [];

let keys = 0;
const createOf = (set: IDataObject, more: IDataObject = {}): IDataObject => ({
	...updateOf({ id: '' }, { ...noTags, expect: {}, set }),
	...{ action: 'create', name: 'New Person', opKey: `calls ${++keys}` },
	...more,
});
const newPeople = (count: number, more: IDataObject = {}) =>
	Array.from({ length: count }, (_, number) =>
		createOf(
			{ firstName: 'New', lastName: `Person ${number}`, email: `new-${number}@apply.example` },
			more,
		),
	);

describe('updates', () => {
	it('take two calls a contact, tags included, and no more than two in a hundred besides', async () => {
		const some = people(250);
		const done = await inGhl(...some.map((one) => updateOf(one, { removeTags: [] })));
		expect(done.filter(({ error }) => error)).toEqual([]);
		expect(callsOf(sandbox).length).toBeLessThanOrEqual(2.02 * some.length);
		expect(tagCalls()).toEqual([BULK_ADD, BULK_ADD, BULK_ADD]);
		for (const [index, one] of some.entries()) {
			expect(tagsOf(one)).toContain('li-new');
			expect(done[index].result.tags).toEqual(tagsOf(one));
		}
	});

	it('follow each look by its write, so that there is little time for an edit between them', async () => {
		const some = people(200);
		await inGhl(...some.map((one) => updateOf(one, noTags)));
		const calls = callsOf(sandbox);
		const gaps = some.map(
			({ id }) => calls.indexOf(`PUT /contacts/${id}`) - calls.indexOf(`GET /contacts/${id}`),
		);
		expect(Math.min(...gaps)).toBeGreaterThan(0);
		expect(Math.max(...gaps)).toBeLessThanOrEqual(45);
	});

	it('write no tag that the look shows to be there, or gone, already', async () => {
		const [one, other] = people(2);
		sandbox.state.saveContact({ ...one, tags: ['li-new'] });
		sandbox.state.saveContact({ ...other, tags: ['LI-Old'] });
		const tags = { ...tagsOnly, addTags: ['LI-New'], removeTags: ['li-old'] };
		const [there, changed] = await inGhl(updateOf(one, tags), updateOf(other, tags));
		expect(there.result).toEqual({ id: one.id, fields: {}, tags: ['li-new'] });
		expect(changed.result).toEqual({ id: other.id, fields: {}, tags: ['li-new'] });
		expect(tagCalls()).toEqual([
			`POST /contacts/${other.id}/tags`,
			`DELETE /contacts/${other.id}/tags`,
		]);
	});

	it('share calls by single tags, where many have different sets of few', async () => {
		const names = ['one', 'two', 'three', 'four'];
		const some = people(15);
		const sets = some.map((_, number) => names.filter((__, at) => (number + 1) & (1 << at)));
		const done = await inGhl(
			...some.map((one, at) => updateOf(one, { ...tagsOnly, addTags: sets[at] })),
		);
		expect(tagCalls()).toHaveLength(names.length);
		for (const [index, one] of some.entries()) {
			expect(tagsOf(one)).toEqual(expect.arrayContaining(sets[index]));
			expect([...(done[index].result.tags as string[])].sort()).toEqual([...tagsOf(one)].sort());
		}
	});
});

describe('the bulk endpoint of tags', () => {
	const items = (some: Contact[]) => some.map((one) => updateOf(one, { removeTags: [] }));

	it('tells of each contact whether it has failed', async () => {
		const some = people(3);
		const answer = some.map(({ id }, at) =>
			at === 1
				? { contactId: id, type: 'error', message: 'contact is deleted' }
				: {
						contactId: id,
						type: 'success',
						oldTags: ['a'],
						tagsAdded: ['li-new'],
						tagsRemoved: [],
					},
		);
		const body = { succeded: true, errorCount: 1, responses: answer };
		sandbox.faults.add({ kind: 'status', status: 201, body, path: 'bulk/tags' });
		const done = await inGhl(...items(some));
		expect(done.map(({ result }) => result?.tags)).toEqual([['a', 'li-new'], [], ['a', 'li-new']]);
		expect(done[1].result.left).toEqual({ tags: expect.stringContaining('contact is deleted') });
	});

	it('may leave out the tags of before: those that the contact has are known by its look', async () => {
		const some = people(2);
		for (const one of some) sandbox.state.saveContact({ ...one, tags: ['mine'] });
		const responses = some.map(({ id }) => ({ contactId: id, type: 'success' }));
		sandbox.faults.add({ kind: 'status', status: 201, body: { responses }, path: 'bulk/tags' });
		const done = await inGhl(...items(some));
		expect(done.map(({ result }) => result.tags)).toEqual([
			['mine', 'li-new'],
			['mine', 'li-new'],
		]);
	});

	it.each([
		['lacks a scope', { kind: 'scopeRemoved' }],
		['is unknown', { kind: 'status', status: 404, body: {} }],
		['is forbidden', { kind: 'locationForbidden' }],
		['does not take the token', { kind: 'tokenRejected' }],
		['is out of order', { kind: 'status', status: 500, body: {} }],
	] as const)('gives way to a call for each contact, where it %s', async (_what, fault) => {
		sandbox.faults.add({ ...fault, path: 'bulk/tags', times: 99 });
		const some = people(110);
		const done = await inGhl(...items(some));
		expect(done.filter(({ error }) => error)).toEqual([]);
		for (const one of some) expect(tagsOf(one)).toContain('li-new');
		expect(tagCalls().filter((call) => call === BULK_ADD).length).toBeLessThan(20);
	});

	it('takes half of the contacts, where all are too many', async () => {
		const body = { message: ['contacts must contain no more than 50 elements'] };
		sandbox.faults.add({ kind: 'status', status: 422, body, path: 'bulk/tags', times: 1 });
		const some = people(100);
		await inGhl(...items(some));
		for (const one of some) expect(tagsOf(one)).toContain('li-new');
		expect(tagCalls().length).toBeLessThan(10);
	});

	it('takes tags away too', async () => {
		const some = people(120);
		for (const one of some) sandbox.state.saveContact({ ...one, tags: ['li-old', 'mine'] });
		const removal = { ...tagsOnly, addTags: [], removeTags: ['LI-Old'] };
		const done = await inGhl(...some.map((one) => updateOf(one, removal)));
		expect(tagCalls()).toEqual([BULK_REMOVE, BULK_REMOVE]);
		expect(new Set(done.map(({ result }) => String(result.tags)))).toEqual(new Set(['mine']));
	});
});

describe('creates', () => {
	const locationReads = () =>
		callsOf(sandbox).filter((call) => call === `GET /locations/${SANDBOX.locationId}`);
	const looks = () => callsOf(sandbox).filter((call) => call.includes('search'));

	it('take one call a contact, tags included, where the location refuses duplicates', async () => {
		const items = newPeople(100, { addTags: ['li-new'] });
		const done = await inGhl(...items);
		expect(done.filter(({ error }) => error)).toEqual([]);
		expect(callsOf(sandbox).length).toBeLessThanOrEqual(1.1 * items.length);
		expect(locationReads()).toHaveLength(1);
		expect(done.map(({ result }) => result.tags)).toEqual(items.map(() => ['li-new']));
	});

	it('look first where the location allows duplicates, and make nobody twice', async () => {
		sandbox.settings.allowDuplicateContact = true;
		const items = newPeople(5);
		const first = await inGhl(...items);
		expect(looks()).toHaveLength(items.length);
		const again = await inGhl(...newPeople(5));
		expect(again.map(({ result }) => result.stale)).toEqual(items.map(() => true));
		expect(again.flatMap(({ result }) => result.taken ?? [])).toHaveLength(first.length);
	});

	it.each([
		['lacks the scope', { kind: 'scopeRemoved' }],
		['is out of order', { kind: 'status', status: 503, body: {} }],
		['says nothing', { kind: 'status', status: 200, body: { location: { settings: {} } } }],
	] as const)('look first where the setting of the location %s', async (_what, fault) => {
		sandbox.faults.add({ ...fault, path: '^/locations/[^/]+$', times: 99 });
		const items = newPeople(5);
		const done = await inGhl(...items);
		expect(done.filter(({ error }) => error)).toEqual([]);
		expect(looks()).toHaveLength(items.length);
		expect(locationReads().length).toBeLessThanOrEqual(4);
	});

	it('always look where an earlier run may have made the contact, and ask the location nothing', async () => {
		const [made] = await inGhl(...newPeople(1));
		sandbox.requests.clear();
		const [found] = await inGhl(...newPeople(1, { lookUpFirst: true }));
		expect(found.result).toMatchObject({ id: '', stale: true, taken: [{ id: made.result.id }] });
		expect(locationReads()).toEqual([]);
		expect(callsOf(sandbox)).not.toContain('POST /contacts/');
	});

	it('take the contact of the same person that the refusal names', async () => {
		const profile = 'https://www.linkedin.com/in/new-person/';
		setCustom(sandbox, contact(), 'LinkedIn profile', profile);
		const { id, email, firstName } = contact();
		const item = createOf({ email, firstName, 'LinkedIn profile': profile });
		const [done] = await inGhl({ ...item, keys: { linkedIn: [profile] } });
		expect(done.result).toMatchObject({ id, fields: { email, firstName } });
		expect(done.result).not.toHaveProperty('stale');
	});

	it('make nobody twice of a create whose answer is lost, and send it again where it was not carried out', async () => {
		const before = sandbox.state.contacts.size;
		sandbox.faults.add({
			kind: 'lostAnswer',
			path: '/contacts/$',
			method: 'POST',
			contains: 'new-0',
		});
		sandbox.faults.add({
			kind: 'reset',
			path: '/contacts/$',
			method: 'POST',
			contains: 'new-1',
			times: 2,
		});
		sandbox.faults.add({
			kind: 'htmlPage',
			path: '/contacts/$',
			method: 'POST',
			contains: 'new-2',
		});
		const done = await inGhl(...newPeople(3));
		expect(done.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
		expect(sandbox.state.contacts.size).toBe(before + 3);
		for (const { result, set } of done)
			expect(sandbox.state.contacts.get(result.id)?.email).toBe((set as IDataObject).email);
	});

	it('say that they may be carried out, where nobody can be asked what became of them', async () => {
		sandbox.faults.add({ kind: 'lostAnswer', path: '/contacts/$', method: 'POST' });
		sandbox.faults.add({ kind: 'scopeRemoved', path: 'search/duplicate', times: 99 });
		const [done] = await inGhl(...newPeople(1));
		expect(done.error).toMatchObject({ sent: true });
	});
});

describe('a portion that comes to an early end', () => {
	const count = 60;
	const writes = () => callsOf(sandbox).filter((call) => call.startsWith('PUT')).length;

	it('sends nothing more after the credential is refused, and says so of each item', async () => {
		const before = structuredClone(people(count));
		sandbox.faults.add({ kind: 'tokenRejected', skip: 30, times: 999 });
		const done = await inGhl(...before.map((one) => updateOf(one, noTags)), ...newPeople(3));
		const failed = done.filter(({ error }) => error);
		expect(callsOf(sandbox).length).toBeLessThan(60);
		expect(failed.length).toBeGreaterThan(count / 2);
		expect(failed.at(-1)?.error).toEqual({
			message: 'HighLevel does not accept the token',
			description: expect.any(String),
			sent: false,
			ends: true,
		});
		for (const { error, id } of done) {
			const isWritten = sandbox.state.contacts.get(String(id))?.firstName === 'Changed';
			if (id) expect(isWritten).toBe(error === undefined);
		}
	});

	it('goes on after a slip of the service', async () => {
		const some = people(count);
		sandbox.faults.add({ kind: 'tokenRejected', skip: 30, times: 1 });
		const done = await inGhl(...some.map((one) => updateOf(one, noTags)));
		expect(done.filter(({ error }) => error).map(({ error }) => error.ends)).toEqual([undefined]);
		expect(writes()).toBeGreaterThan(count - 3);
	});

	it('ends with its execution', async () => {
		const some = people(count);
		sandbox.faults.add({ kind: 'delay', delayMs: 200, skip: 20, times: 999 });
		const seen = new Promise<void>((resolve) => {
			const look = () => (callsOf(sandbox).length > 25 ? resolve() : void setTimeout(look, 5));
			look();
		});
		const items = some.map((one) => updateOf(one, noTags));
		const { status, json } = await applyPortion(sandbox, items, { abortWhen: seen });
		expect([status, json]).toEqual(['canceled', []]);
		expect(writes()).toBeLessThan(count);
	});

	// The last: no call goes out for the rest of the day.
	it('keeps what is written when the calls of the day are used up', async () => {
		const some = people(count);
		sandbox.faults.add({ kind: 'quotaUsedUp', skip: 40 });
		const done: Applied[] = await inGhl(...some.map((one) => updateOf(one)), ...newPeople(3));
		const failed = done.filter(({ error }) => error);
		expect(failed.length).toBeGreaterThan(20);
		expect(failed.every(({ error }) => error.ends)).toBe(true);
		expect(failed.at(-1)?.error).toMatchObject({
			message: expect.stringContaining('today'),
			sent: false,
		});
	});
});
