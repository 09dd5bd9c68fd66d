import * as engine from '../../../nodes/ContactSync/reconcile';
import type {
	PlanOutput,
	Policy,
	Resolution,
	ReviewRow,
} from '../../../nodes/ContactSync/reconcile';
import { FIELDS, policy } from './support/policies';
import { MINUTE, World, itemsOf, openRows } from './support/world';

const MAILBOX = 'people@acme.com';
const unique: Policy['unique'] = { A: { email: 'email' } };
const fields = [FIELDS[0], FIELDS[1], FIELDS[4]].map((row) => ({ ...row, rule: 'B' as const }));

const url = (at: number) => `https://www.linkedin.com/in/person-${at}/`;

function newWorld(more: Partial<Policy> = {}): World {
	return new World(engine, policy({ fields, unique, ...more }), { A: { unique: true } });
}

function addContact(world: World, at: number, email: string | null): void {
	const names = { firstName: `Person ${at}`, linkedInUrl: url(at) };
	world.A.add({ fields: { ...names, email }, tags: [], updatedAt: 0 });
}

function addLead(world: World, at: number, email: string | null): void {
	const names = { first_name: `Person ${at}`, profile_url: url(at) };
	world.B.add({ fields: { ...names, email_address: email }, tags: [], updatedAt: 0 });
}

/** Linked people, all of whose leads have got the same mailbox. */
function sharing(people: number): World {
	const world = newWorld();
	for (let at = 0; at < people; at++) {
		addContact(world, at, null);
		addLead(world, at, null);
	}
	world.round();
	for (const { fields: values } of world.B.people.values()) values.email_address = MAILBOX;
	world.now += MINUTE;
	return world;
}

const taken = (plan: PlanOutput): ReviewRow[] =>
	openRows(plan).filter(({ kind }) => kind === 'taken' || kind === 'ambiguous');

const answer = (row: ReviewRow, choose: Resolution['choose'], value = ''): Resolution[] => [
	{ ...row, choose, value, by: 'Ann' },
];

describe('people who share a value that only one contact can have', () => {
	it('are one question, with the first of them by name and id', () => {
		const plan = sharing(40).plan();
		const rows = taken(plan);
		expect(rows).toHaveLength(1);
		expect(rows[0]).toMatchObject({
			...{ choices: 'value, skip', pairId: '', field: 'E-mail', valueA: '', valueB: MAILBOX },
			reason:
				'anew1, anew10, anew11 and 37 more: “E-mail” of these 40 people was to be “people@acme.com” in GHL, and only one can have it. It was left out; the other fields are not affected.',
		});
		expect(rows[0].aId.split(' ')).toHaveLength(20);
		expect(itemsOf(plan)).toEqual([]);
		expect(plan.summary.questions).toBe(1);
	});

	it('all stay as they are by one answer, and are not asked about again', () => {
		const world = sharing(40);
		const [row] = taken(world.plan());
		world.answers = answer(row, 'skip');
		world.round();
		expect(world.statusOf(row.conflictId)).toBe('applied');
		world.answers = [];
		const plan = world.round();
		expect(taken(plan)).toEqual([]);
		expect(itemsOf(plan)).toEqual([]);
	});

	it('one of them gets it, where a person says who', () => {
		const world = sharing(5);
		const [row] = taken(world.plan());
		world.answers = answer(row, 'value', 'anew3');
		const plan = world.round();
		expect(plan.applyA.map(({ id, set }) => [id, set])).toEqual([['anew3', { email: MAILBOX }]]);
		world.answers = [];
		const next = world.round();
		expect(taken(next)).toEqual([]);
		expect(itemsOf(next)).toEqual([]);
		const emails = [...world.A.people.values()].map((one) => one.fields.email ?? null);
		expect(emails.filter((email) => email === MAILBOX)).toHaveLength(1);
	});

	it('somebody who is none of them is no answer', () => {
		const world = sharing(3);
		const [row] = taken(world.plan());
		world.answers = answer(row, 'value', 'nobody');
		const plan = world.round();
		expect(itemsOf(plan)).toEqual([]);
		expect(taken(plan)[0].reason).toContain('could not be carried out');
	});
});

describe('a crowd that shares a mailbox', () => {
	/** Contacts and leads without a LinkedIn address in common, who all have it. */
	function crowd(size: number): World {
		const world = newWorld({ create: { A: true, B: true } });
		for (let at = 0; at < size; at++) addContact(world, at, MAILBOX);
		for (let at = 0; at < size; at++) addLead(world, 1000 + at, MAILBOX);
		return world;
	}

	it('is one question, and keepApart is an answer for all of them, for good', () => {
		const world = crowd(40);
		const asked = taken(world.plan());
		expect(asked).toHaveLength(1);
		expect(asked[0].whatToDo).toContain(
			'keepApart if they are different people: the e-mail address is then treated as shared by many',
		);
		world.answers = answer(asked[0], 'keepApart');
		const plan = world.round();
		expect(world.statusOf(asked[0].conflictId)).toBe('applied');
		expect(plan.links.filter(({ state }) => state === 'keepApart')).toHaveLength(1);
		world.answers = [];
		// Contacts are made without the mailbox, which only one contact can have, and leads with it.
		world.now += MINUTE;
		const next = world.plan();
		expect(taken(next)).toEqual([]);
		expect(next.applyB).toHaveLength(40);
		expect(next.applyA.map(({ set }) => set)).toHaveLength(40);
		expect(next.applyA.every(({ set }) => set.email === undefined)).toBe(true);
	});

	it('of a few each two are kept apart, whatever else they have in common', () => {
		const world = crowd(3);
		const [row] = taken(world.plan());
		expect(row.whatToDo).not.toContain('shared by many');
		world.answers = answer(row, 'keepApart');
		expect(world.round().links.filter(({ state }) => state === 'keepApart')).toHaveLength(9);
	});
});

describe('writes that are planned again in vain', () => {
	/** People whose names one service does not take. */
	function refused(people: number): PlanOutput {
		const world = newWorld();
		for (let at = 0; at < people; at++) {
			addContact(world, at, null);
			addLead(world, at, null);
		}
		world.round();
		for (const { fields: values } of world.B.people.values()) values.first_name = 'new';
		world.now += MINUTE;
		const plan = world.plan();
		world.begin(plan);
		const left = { firstName: 'too long' };
		world.commit(plan.applyA.map((item) => ({ ...item, result: { id: item.id, left } })));
		world.now += MINUTE;
		return world.plan();
	}
	const rows = (plan: PlanOutput) => plan.review.filter(({ kind }) => kind === 'notWritten');

	it('are one row for a field, where they are many', () => {
		expect(rows(refused(3))).toHaveLength(3);
		const [row, ...others] = rows(refused(30));
		expect(others).toEqual([]);
		expect(row).toMatchObject({
			field: 'Name',
			reason:
				'anew1, anew10, anew11 and 27 more: “Name” of 30 people was to be written in GHL in the last run, and was not. It is tried again in this run; the other fields are not affected.',
		});
	});
});
