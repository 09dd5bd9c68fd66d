import * as engine from '../../../nodes/ContactSync/reconcile';
import type { Policy, SyncRecord } from '../../../nodes/ContactSync/reconcile';
import { FIELDS, policy } from './support/policies';
import { itemsOf, World } from './support/world';

// What a record that is created gets beside the values of its source, and which source may become one.
const source = { ...FIELDS[0], field: 'Source', A: 'source', B: 'origin' };

const world = (lead: Partial<SyncRecord>, more: Partial<Policy>): World => {
	const one = new World(engine, policy({ create: { A: true, B: false }, ...more }));
	one.B.add({
		id: 'b1',
		fields: { first_name: 'Ann', profile_url: 'https://www.linkedin.com/in/ann/', ...lead.fields },
		tags: [...(lead.tags ?? [])],
		updatedAt: 0,
	});
	return one;
};

const defaults = { A: { fields: { source: 'LinkedIn' }, tags: ['Prospect', 'hr:new'] } };

describe('defaults of a new record', () => {
	it('are in the plan item of a create alone', () => {
		const one = world({}, { created: defaults });
		const [item] = one.plan().applyA;
		expect(item).toMatchObject({
			action: 'create',
			set: { firstName: 'Ann', source: 'LinkedIn' },
			addTags: ['Prospect', 'hr:new'],
			ownTags: ['Prospect', 'hr:new'],
		});
		one.round();
		expect([...one.A.people.values()].map(({ fields }) => fields.source)).toEqual(['LinkedIn']);
		const person = one.B.people.get('b1');
		if (person) person.fields.first_name = 'Anna';
		expect(one.plan().applyA).toEqual([
			expect.objectContaining({ action: 'update', set: { firstName: 'Anna' }, addTags: [] }),
		]);
	});

	it('come after a value of the field table, and are no change of the source', () => {
		const fields = [...FIELDS, source];
		const filled = world({ fields: { origin: 'Fair' } }, { fields, created: defaults });
		expect(filled.plan().applyA[0].set).toMatchObject({ source: 'Fair' });
		const blank = world({ fields: { origin: null } }, { fields, created: defaults });
		expect(blank.round().applyA[0].set).toMatchObject({ source: 'LinkedIn' });
		expect(itemsOf(blank.round())).toEqual([]);
	});

	it('are not for a field whose value was not read', () => {
		const one = world({ fields: {} }, { fields: [...FIELDS, source], created: defaults });
		const input = one.input();
		const records = input.sides.B.records.map(({ fields, ...record }) => ({
			...record,
			fields: Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'origin')),
		}));
		const plan = one.plan({ sides: { ...input.sides, B: { ...input.sides.B, records } } });
		expect(plan.applyA[0].set).not.toHaveProperty('source');
	});

	it('add a tag of the tag rule to the new record alone, and take it from nobody later', () => {
		const one = world({ tags: ['hr:old'] }, { created: defaults });
		expect(one.round().applyA[0].addTags).toEqual(['Prospect', 'hr:new', 'hr:old']);
		expect(itemsOf(one.round())).toEqual([]);
		const [person] = one.A.people.values();
		expect([...person.tags].sort()).toEqual(['Prospect', 'hr:new', 'hr:old']);
		expect([...(one.B.people.get('b1')?.tags ?? [])]).toEqual(['hr:old']);
	});

	it('are settings of which the first run shows a preview', () => {
		const hashes = [{}, { created: defaults }, { decidedBy: 'answered' }].map(
			(more) => world({}, more).plan().summary.policyHash,
		);
		expect(new Set(hashes).size).toBe(3);
	});
});

it('creates nobody of whom it is not known whether they may be created, and counts them', () => {
	const one = world({}, {});
	const input = one.input();
	const records = input.sides.B.records.map((record) => ({
		...record,
		maybeCreate: true as const,
	}));
	const plan = one.plan({ sides: { ...input.sides, B: { ...input.sides.B, records } } });
	expect(itemsOf(plan)).toEqual([]);
	expect(plan.summary.sides.B.skipped).toEqual({ unknownStatus: 1 });
	expect(plan.skipped[0].sentence).toBe(
		'Not created in GHL: HeyReach does not tell whether it has accepted or answered.',
	);
});
