import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Contact } from '../../sandbox/ghl/records';
import { updateOf } from '../examples/planItems';
import { contactSyncRig } from './contactSyncRig';

// What Apply says of a contact is true, whatever calls fail.
const { sandbox, contacts, inGhl } = contactSyncRig();

const TAGS = ['one', 'two', 'three'];
const change = fc.record({
	set: fc.record(
		{ firstName: fc.constantFrom('Ann', 'Bob'), 'Job title': fc.constantFrom('CEO', 'CTO') },
		{ requiredKeys: [] },
	),
	had: fc.subarray(TAGS),
	add: fc.subarray(TAGS),
	remove: fc.subarray(TAGS),
});
const KINDS = ['lostAnswer', 'reset', 'rateLimited', 'htmlPage', 'scopeRemoved', 'status'] as const;
const fault = fc.record({
	kind: fc.constantFrom(...KINDS),
	path: fc.constantFrom('bulk/tags', '/tags$', '^/contacts/[^/]+$', '/contacts/$'),
	method: fc.constantFrom('POST', 'PUT', 'DELETE'),
	skip: fc.nat(6),
	times: fc.integer({ min: 1, max: 6 }),
});

const tagsOf = (contact: Contact | undefined) => [...(contact?.tags ?? [])].sort();
const at = ({ id }: { id: string }) => sandbox.state.contacts.get(id);

it('says of each contact what it has, and touches no other', async () => {
	let runs = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.array(change, { minLength: 1, maxLength: 12 }),
			fc.nat(3),
			fc.array(fault, { maxLength: 3 }),
			async (changes, created, faults) => {
				sandbox.reset();
				sandbox.faults.clear();
				const some = contacts().slice(0, changes.length);
				for (const [index, one] of some.entries())
					sandbox.state.saveContact({ ...one, tags: ['mine', ...changes[index].had] });
				const others = structuredClone(contacts().slice(changes.length));
				const updates = changes.map(({ set, add, remove }, index) =>
					updateOf(some[index], {
						...{ set, expect: {}, addTags: add },
						removeTags: remove.filter((tag) => !add.includes(tag)),
					}),
				);
				const creates = Array.from({ length: created }, (_, number): IDataObject => {
					const set = { firstName: 'New', email: `new-${number}@apply.example` };
					const create = { action: 'create', expect: {}, removeTags: [] };
					const opKey = `trouble ${++runs}`;
					return updateOf({ id: '' }, { ...create, set, addTags: ['one'], opKey });
				});
				for (const one of faults) {
					const body = { message: 'no' };
					sandbox.faults.add({ ...one, ...(one.kind === 'status' && { status: 400, body }) });
				}
				const done = await inGhl(...updates, ...creates);
				for (const { result, error, set, addTags, removeTags, opKey } of done) {
					if (!result) {
						expect(typeof error.message).toBe('string');
						continue;
					}
					const now = at(result);
					const tags = tagsOf(now);
					if (opKey === 'example') expect(tags).toContain('mine');
					if (result.left?.tags === undefined) {
						expect([...(result.tags as string[])].sort()).toEqual(tags);
						expect(tags).toEqual(expect.arrayContaining(addTags as string[]));
						for (const tag of removeTags as string[]) expect(tags).not.toContain(tag);
					}
					const { firstName } = set as IDataObject;
					if (firstName)
						expect([result.fields?.firstName, now?.firstName]).toEqual([firstName, firstName]);
				}
				const emails = contacts().map(({ email }) => email);
				for (const { set } of creates)
					expect(
						emails.filter((email) => email === (set as IDataObject).email).length,
					).toBeLessThan(2);
				// A create that surely was not carried out is not there.
				for (const { error, set } of done.slice(changes.length))
					if (error?.sent === false) expect(emails).not.toContain((set as IDataObject).email);
				expect(contacts().slice(changes.length, changes.length + others.length)).toEqual(others);
			},
		),
		{ numRuns: 25 },
	);
});
