import type { PlanOutput } from '../../../nodes/ContactSync/reconcile';
import { found, meet, record, url } from './support/people';
import type { Keys } from './support/people';

type Row = [string, Keys[], Keys[], string];

const ann = { linkedIn: url('ann') };
const asked = ({ review }: PlanOutput) => review.filter(({ status }) => status === 'open');

/** Records a1, a2 … and b1, b2 … with these keys. */
it.each<Row>([
	['the same member id', [{ memberId: '7' }], [{ memberId: '7' }], 'a1=b1'],
	[
		'the same LinkedIn name, written otherwise',
		[ann],
		[{ linkedIn: 'de.linkedin.com/in/Ann?x=1' }],
		'a1=b1',
	],
	['the same e-mail', [{ emails: ['Ann@x.com'] }], [{ emails: ['ann@x.com '] }], 'a1=b1'],
	[
		'a second e-mail',
		[{ emails: ['ann@work.com', 'ann@x.com'] }],
		[{ emails: ['ann@x.com'] }],
		'a1=b1',
	],
	['an id that the record names', [{ crossId: 'b1' }], [{}], 'a1=b1'],
	['the same, the other way', [{}], [{ crossId: 'a1' }], 'a1=b1'],
	['nothing in common', [ann], [{ linkedIn: url('bob') }], ''],
	['a role mailbox is nobody', [{ emails: ['info@x.com'] }], [{ emails: ['info@x.com'] }], ''],
	['a phone is shared by many', [{ phone: '+14155550100' }], [{ phone: '+14155550100' }], ''],
	['a provisional id is no key', [{ memberId: 'imp_1' }], [{ memberId: 'imp_1' }], ''],
	[
		'names of different kinds never meet',
		[{ linkedIn: url('ACoAAann') }],
		[{ linkedIn: url('acoaaann') }],
		'',
	],
	[
		'renamed on LinkedIn: the member id tells',
		[{ memberId: '7', linkedIn: url('ann') }],
		[{ memberId: '7', linkedIn: url('ann-lee') }],
		'a1=b1',
	],
	[
		'the same e-mail, but other LinkedIn names: perhaps two people',
		[{ ...ann, emails: ['x@x.com'] }],
		[{ linkedIn: url('bob'), emails: ['x@x.com'] }],
		'? contradiction a1 b1',
	],
	[
		'the same LinkedIn name, but other member ids: perhaps two people',
		[{ ...ann, memberId: '7' }],
		[{ ...ann, memberId: '8' }],
		'? contradiction a1 b1',
	],
	['twice on one side', [ann, ann], [ann], '? ambiguous a1 a2 b1'],
	['twice on both', [ann, ann], [ann, ann], '? ambiguous a1 a2 b1 b2'],
	[
		'a shared e-mail, and a surer key tells who is who: the other is left over',
		[{ ...ann, emails: ['x@x.com'] }, { emails: ['x@x.com'] }],
		[{ ...ann, emails: ['x@x.com'] }],
		'a1=b1; ? ambiguous a1 a2 b1',
	],
	[
		'two e-mails that lead to two people',
		[{ emails: ['x@x.com', 'y@x.com'] }],
		[{ emails: ['x@x.com'] }, { emails: ['y@x.com'] }],
		'? ambiguous a1 b1 b2',
	],
	[
		'two e-mails, one of them shared by several: who has the other one alone is no new person',
		[{ emails: ['x@x.com', 'y@x.com'] }],
		[{ emails: ['x@x.com'] }, { emails: ['x@x.com'] }, { emails: ['y@x.com'] }],
		'? ambiguous a1 b1 b2; ? taken a1 b3',
	],
	[
		'left alone by two that several others claim: asked about with both',
		[
			...[{ emails: ['x@x.com', 'y@x.com'] }, { emails: ['p@x.com'] }, { emails: ['p@x.com'] }],
			...[{ emails: ['q@x.com'] }, { emails: ['q@x.com'] }],
		],
		[{ emails: ['x@x.com', 'p@x.com'] }, { emails: ['y@x.com', 'q@x.com'] }],
		'? ambiguous a2 a3 b1; ? ambiguous a4 a5 b2; ? taken a1 b1; ? taken a1 b2',
	],
	[
		'two that name the same record',
		[{ crossId: 'b1' }, { crossId: 'b1' }],
		[{}],
		'? ambiguous a1 a2 b1',
	],
	[
		'a Sales Navigator id is of its own kind',
		[{ linkedIn: 'https://www.linkedin.com/sales/lead/ACwAAann,NAME_SEARCH,x' }],
		[{ linkedIn: 'https://www.linkedin.com/sales/people/ACwAAann,OUT,y' }],
		'a1=b1',
	],
])('%s', (_what, A, B, expected) => {
	const people = (side: string, list: Keys[]) =>
		list.map((keys, at) => record(`${side}${at + 1}`, keys));
	expect(found(meet(people('a', A), people('b', B)))).toBe(expected);
});

it('phones count where the policy says so', () => {
	const keys = { phone: '+14155550100' };
	expect(found(meet([record('a1', keys)], [record('b1', keys)], { matchByPhone: true }))).toBe(
		'a1=b1',
	);
});

it('asks once for a mailbox of many, and lists twenty', () => {
	const many = Array.from({ length: 500 }, (_, at) => record(`a${at}`, { emails: ['x@x.com'] }));
	const plan = meet(many, [record('b1', { emails: ['x@x.com'] })]);
	const [row, ...others] = asked(plan);
	expect(others).toEqual([]);
	expect(row.aId.split(' ')).toHaveLength(20);
	expect(row.reason).toBe(
		'a0, a1, a10 and 498 more: 500 records in GHL and 1 record in HeyReach share the same e-mail address, so it is unclear who is who. No record was linked or created.',
	);
});

describe('what a person has decided', () => {
	const A = [record('a1', ann), record('a2', ann)];
	const B = [record('b1', ann)];
	const answered = (choose: 'link' | 'keepApart', value = '') => {
		const [{ conflictId }] = asked(meet(A, B));
		return meet(A, B, {}, { resolutions: [{ conflictId, choose, value, by: 'Ann' }] });
	};

	it('links two of them', () => {
		const plan = answered('link', 'b1 a2');
		expect(found(plan)).toBe('a2=b1');
		expect(plan.audit).toEqual([expect.objectContaining({ kind: 'linked', actor: 'Ann' })]);
		expect(plan.review).toContainEqual(
			expect.objectContaining({ status: 'applied', choose: 'link', value: 'b1 a2' }),
		);
	});

	it('does not guess which two', () => {
		expect(found(answered('link'))).toBe('? ambiguous a1 a2 b1');
		expect(asked(answered('link'))[0].reason).toContain('does not name two of these records');
	});

	it('keeps them apart for good', () => {
		const plan = answered('keepApart');
		expect(plan.links.filter(({ state }) => state === 'keepApart')).toHaveLength(2);
		expect(found(meet(A, B, { create: { A: true, B: true } }, { links: plan.links }))).toBe('');
	});

	it('may link a contradiction without saying which', () => {
		const a = [record('a1', { ...ann, emails: ['x@x.com'] })];
		const b = [record('b1', { linkedIn: url('bob'), emails: ['x@x.com'] })];
		const [{ conflictId }] = asked(meet(a, b));
		const plan = meet(a, b, {}, { resolutions: [{ conflictId, choose: 'link' }] });
		expect(found(plan)).toBe('a1=b1');
	});
});

describe('whom it creates', () => {
	const wanted = { create: { A: false, B: true } };
	const person = (id: string, slug: string | null, more = {}) =>
		record(
			id,
			{ linkedIn: slug === null ? null : url(slug) },
			{ fields: { linkedInUrl: slug === null ? null : url(slug), firstName: 'Ann' }, ...more },
		);

	it('who is not there, with what may travel and what a new record is to get', () => {
		const plan = meet([person('a1', 'ann')], [], wanted);
		expect(plan.applyB).toEqual([
			expect.objectContaining({
				action: 'create',
				sourceId: 'a1',
				set: { first_name: 'Ann', profile_url: url('ann') },
				lookUpFirst: false,
			}),
		]);
	});

	it('stores that it is about to, before it does', () => {
		const plan = meet([person('a1', 'ann')], [], wanted);
		expect(plan.links).toContainEqual(
			expect.objectContaining({ state: 'pendingCreate', aId: 'a1', opKey: plan.applyB[0].opKey }),
		);
	});

	it.each([
		[
			'nobody, unless the policy wants it',
			{ create: { A: false, B: false } },
			person('a1', 'ann'),
			'noCounterpart',
		],
		['nobody who could not be found again', wanted, person('a1', null), 'missingRequired'],
		[
			'nobody without a field that the side needs',
			{ ...wanted, requiredToCreate: { B: ['position'] } },
			person('a1', 'ann'),
			'missingRequired',
		],
		[
			'nobody who has opted out',
			wanted,
			person('a1', 'ann', { doNotCreate: 'has opted out' }),
			'doNotCreate',
		],
	])('%s', (_what, rules, one, reason) => {
		const plan = meet([one], [], rules);
		expect(plan.applyB).toEqual([]);
		expect(plan.skipped).toEqual([expect.objectContaining({ id: 'a1', reason })]);
	});

	it('nobody who is twice on his own side', () => {
		expect(found(meet([person('a1', 'ann'), person('a2', 'ann')], [], wanted))).toBe(
			'? duplicateSameSide a1 a2',
		);
	});

	it('nobody whose key a linked record has', () => {
		const a = [person('a1', 'ann'), record('a2', { memberId: '7' })];
		const b = [record('b1', { memberId: '7', linkedIn: url('ann') })];
		expect(found(meet(a, b, wanted))).toBe('a2=b1; ? taken a1 b1');
	});

	it('nobody in a run that has not read a side to its end', () => {
		const sides = {
			A: { records: [person('a1', 'ann')], complete: true },
			B: { records: [], complete: false },
		};
		const plan = meet([], [], wanted, { sides });
		expect(found(plan)).toBe('? halfReadSide');
		expect(plan.skipped).toEqual([expect.objectContaining({ reason: 'halfRead' })]);
	});
});
