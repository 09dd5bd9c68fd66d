import * as engine from '../../../nodes/ContactSync/reconcile';
import type { Policy } from '../../../nodes/ContactSync/reconcile';
import { ANN, couple, setTitle } from './support/couple';
import { found, record, url } from './support/people';
import { MINUTE, itemsOf } from './support/world';
import type { World } from './support/world';

const linked = (policy: Partial<Policy> = {}) =>
	couple({
		past: ['x', 'x'],
		now: ['x', 'x'],
		policy: { create: { A: true, B: true }, ...policy },
	});

const states = (world: World) =>
	world.links
		.filter(({ state }) => state !== 'run')
		.map(({ state, aId, bId }) => `${state} ${aId} ${bId}`);

describe('a record that is not there', () => {
	it('is gone, if the side was read to its end: unlinked, kept on the other side, never created again', () => {
		const world = linked();
		world.A.people.delete('a1');
		expect(itemsOf(world.round())).toEqual([]);
		expect(states(world)).toEqual(['tombstone a1 b1']);
		expect(world.audit).toContainEqual(expect.objectContaining({ kind: 'gone', aId: 'a1' }));
		for (const wait of [1, 60 * 24 * 100, 60 * 24 * 1000]) {
			world.now += wait * MINUTE;
			const plan = world.round();
			expect(itemsOf(plan)).toEqual([]);
			expect(plan.skipped).toEqual([expect.objectContaining({ id: 'b1', reason: 'tombstone' })]);
		}
	});

	it('is not gone, if the side was not read to its end', () => {
		const world = linked();
		const sides = { ...world.input().sides, A: { records: [], complete: false } };
		const plan = world.plan({ sides });
		expect(plan.links.filter(({ state }) => state !== 'run')).toEqual([]);
		expect(plan.skipped).toEqual([expect.objectContaining({ reason: 'counterpartUnseen' })]);
	});

	it('is gone for sure, if an event or a 404 said so', () => {
		const world = linked();
		const sides = { ...world.input().sides, A: { records: [], complete: false, gone: ['a1'] } };
		expect(world.plan({ sides }).links).toContainEqual(
			expect.objectContaining({ state: 'tombstone', aId: 'a1' }),
		);
	});

	it('may just not be listed yet, if it was created a moment ago', () => {
		const world = linked();
		world.A.add({ id: 'a2', fields: { linkedInUrl: url('bob') }, tags: [], updatedAt: 0 });
		world.round();
		world.B.people.delete('bnew1');
		world.round();
		expect(states(world)).toContain('linked a2 bnew1');
		world.now += 30 * MINUTE;
		world.round();
		expect(states(world)).toContain('tombstone a2 bnew1');
	});

	it('was changed on the other side since: that is kept, and a person is told', () => {
		const world = linked();
		world.A.people.delete('a1');
		setTitle(world, 'B', 'new');
		const [row] = world.plan().review.filter(({ kind }) => kind === 'deleteVsUpdate');
		expect(row).toMatchObject({
			status: 'info',
			reason:
				'b1 is gone in GHL, but was changed in HeyReach since. The HeyReach record was kept, and the two are no longer linked.',
		});
	});

	it('leaves a tag on the other, if wanted, and is unlinked once that is written', () => {
		const world = linked({ goneTag: { B: 'gone in GHL' } });
		world.A.people.delete('a1');
		const plan = world.plan();
		expect(plan.applyB).toEqual([
			expect.objectContaining({ id: 'b1', set: {}, addTags: ['gone in GHL'] }),
		]);
		world.begin(plan);
		expect(states(world)).toEqual(['linked a1 b1']);
		world.round();
		expect(states(world)).toEqual(['tombstone a1 b1']);
		expect(world.B.people.get('b1')?.tags).toEqual(['gone in GHL']);
		expect(itemsOf(world.round())).toEqual([]);
	});

	it('came back: the link goes on from where it was', () => {
		const world = linked();
		const ann = world.A.people.get('a1');
		world.A.people.delete('a1');
		world.round();
		if (ann) world.A.people.set('a1', ann);
		setTitle(world, 'B', 'new');
		expect(world.round().applyA).toEqual([expect.objectContaining({ set: { title: 'new' } })]);
		expect(states(world)).toEqual(['linked a1 b1']);
	});

	it('was made anew by people: they are linked again', () => {
		const world = linked();
		world.A.people.delete('a1');
		world.A.add({ id: 'a2', fields: { linkedInUrl: ANN, title: 'x' }, tags: [], updatedAt: 0 });
		world.round();
		expect(states(world).sort()).toEqual(['linked a2 b1', 'tombstone a1 b1']);
	});

	it('is on neither side', () => {
		const world = linked();
		world.A.people.clear();
		world.B.people.clear();
		world.round();
		expect(states(world)).toEqual(['tombstone a1 b1']);
		for (let run = 0; run < 4; run++) world.round();
		world.now += 91 * 24 * 60 * MINUTE;
		world.round();
		expect(states(world)).toEqual(['expired a1 b1']);
	});
});

describe('a record with another id', () => {
	it('was merged into one that is not linked: the link follows', () => {
		const world = linked();
		const ann = world.A.people.get('a1');
		world.A.people.clear();
		world.A.add({ id: 'a2', fields: { ...ann?.fields }, tags: [], updatedAt: 0 });
		world.A.merged.push({ from: 'a1', into: 'a2' });
		expect(itemsOf(world.round())).toEqual([]);
		expect(states(world)).toEqual(['linked a2 b1']);
		expect(world.links[0].aliases).toBe('A:a1');
	});

	it('was merged into one that is linked to somebody else: a person decides', () => {
		const world = linked();
		world.A.add({ id: 'a2', fields: { linkedInUrl: url('bob') }, tags: [], updatedAt: 0 });
		world.B.add({ id: 'b2', fields: { profile_url: url('bob') }, tags: [], updatedAt: 0 });
		world.round();
		world.now += 10 * MINUTE;
		world.A.people.delete('a1');
		world.A.merged.push({ from: 'a1', into: 'a2' });
		const plan = world.plan();
		expect(itemsOf(plan)).toEqual([]);
		expect(found(plan)).toBe('? mergeCollision a2 b1');
	});

	it('had a provisional one: the link follows the person, not the id', () => {
		const world = linked();
		world.B.people.clear();
		world.links = [];
		world.B.add({
			id: 'imp_1',
			fields: { profile_url: ANN, position: 'x', first_name: 'Ann' },
			tags: [],
			updatedAt: 0,
		});
		world.round();
		world.now += 10 * MINUTE;
		world.B.settleId('imp_1');
		expect(itemsOf(world.round())).toEqual([]);
		expect(states(world)).toEqual(['linked a1 b1']);
		expect(world.links.find(({ state }) => state === 'linked')?.aliases).toBe('B:imp_1');
	});

	it('still shows under the old one: that is nobody new', () => {
		const world = linked();
		world.links = world.links.map((link) => ({ ...link, aliases: 'B:imp_1' }));
		world.B.add({ id: 'imp_1', fields: { profile_url: ANN }, tags: [], updatedAt: 0 });
		const plan = world.plan();
		expect(found(plan)).toBe('');
		expect(plan.skipped).toEqual([expect.objectContaining({ id: 'imp_1', reason: 'alias' })]);
	});
});

describe('a create whose answer never came', () => {
	const begun = () => {
		const world = linked();
		world.A.add({ id: 'a2', fields: { linkedInUrl: url('bob') }, tags: [], updatedAt: 0 });
		const plan = world.plan();
		world.begin(plan);
		return { world, plan };
	};

	it('is found and linked', () => {
		const { world, plan } = begun();
		world.apply(plan.applyB);
		expect(itemsOf(world.round())).toEqual([]);
		expect(states(world)).toContain('linked a2 bnew1');
	});

	it('is waited for', () => {
		const { world } = begun();
		world.now += MINUTE;
		const plan = world.plan();
		expect(itemsOf(plan)).toEqual([]);
		expect(plan.skipped).toEqual([expect.objectContaining({ id: 'a2', reason: 'createUnderWay' })]);
	});

	it('is then made again, under the same name, after a look', () => {
		const { world, plan } = begun();
		world.now += 60 * MINUTE;
		const [again] = world.plan().applyB;
		expect(again).toMatchObject({ lookUpFirst: true, opKey: plan.applyB[0].opKey });
	});

	it('comes before a person when a second one is lost too, and not before', () => {
		const { world, plan } = begun();
		const isTold = ({ review }: engine.PlanOutput) =>
			review.some(({ kind }) => kind === 'notWritten');
		const lose = ({ applyB }: engine.PlanOutput) =>
			world.commit(
				applyB.map((item) => ({ ...item, error: { message: 'No answer', sent: true } })),
			);
		lose(plan);
		world.now += 60 * MINUTE;
		const second = world.plan();
		expect(second.applyB).toHaveLength(1);
		expect(isTold(second)).toBe(false);
		world.begin(second);
		lose(second);
		world.now += 60 * MINUTE;
		expect(isTold(world.plan())).toBe(true);
	});

	it('could be one of several: a person decides, and nobody is created', () => {
		const { world, plan } = begun();
		world.apply(plan.applyB);
		world.B.add({ id: 'b9', fields: { profile_url: url('bob') }, tags: [], updatedAt: 0 });
		world.now += 60 * MINUTE;
		const next = world.plan();
		expect(found(next)).toBe('? ambiguous a2 b9 bnew1');
	});
});

describe('wrong input is held and said, and the rest goes on', () => {
	const withRest = (more: Partial<Parameters<World['plan']>[0]> = {}) => {
		const world = linked();
		setTitle(world, 'A', 'new');
		return { world, input: { ...world.input(), ...more } };
	};
	const kinds = (plan: engine.PlanOutput) =>
		plan.review.map(({ kind }) => kind).filter((kind) => kind !== 'unknownField');
	const goesOn = (plan: engine.PlanOutput) =>
		expect(plan.applyB).toEqual([expect.objectContaining({ id: 'b1', set: { position: 'new' } })]);

	it('a record without an id', () => {
		const { input } = withRest();
		const A = { ...input.sides.A, records: [...input.sides.A.records, record('')] };
		const plan = engine.plan({ ...input, sides: { ...input.sides, A } });
		expect(kinds(plan)).toEqual(['recordWithoutId']);
		expect(plan.summary.sides.A.records.held).toBe(1);
		goesOn(plan);
	});

	it('an id that comes twice', () => {
		const { input } = withRest();
		const A = { ...input.sides.A, records: [...input.sides.A.records, record('a9'), record('a9')] };
		const plan = engine.plan({ ...input, sides: { ...input.sides, A } });
		expect(kinds(plan)).toEqual(['duplicateId']);
		expect(plan.summary.sides.A.records.held).toBe(2);
		goesOn(plan);
	});

	it('a record in two links: neither is used', () => {
		const { world, input } = withRest();
		const [link] = world.links.filter(({ state }) => state === 'linked');
		const B = { ...input.sides.B, records: [...input.sides.B.records, record('b9')] };
		const links = [...input.links, { ...link, pairId: 'by hand', bId: 'b9' }];
		const plan = engine.plan({ ...input, links, sides: { ...input.sides, B } });
		expect(kinds(plan)).toEqual(['mappingNotOneToOne']);
		expect(itemsOf(plan)).toEqual([]);
		expect(plan.summary.sides.B.records.held).toBe(2);
	});

	it('a row that is there twice: the newer counts', () => {
		const { world, input } = withRest();
		const [link] = world.links.filter(({ state }) => state === 'linked');
		const plan = engine.plan({
			...input,
			links: [{ ...link, rev: link.rev - 1, base: '' }, ...input.links],
		});
		expect(kinds(plan)).toEqual([]);
		goesOn(plan);
	});

	it('a row that is there twice and differs: not used', () => {
		const { world, input } = withRest();
		const [link] = world.links.filter(({ state }) => state === 'linked');
		const plan = engine.plan({ ...input, links: [{ ...link, base: '' }, ...input.links] });
		expect(kinds(plan)).toEqual(['mappingNotOneToOne']);
		expect(itemsOf(plan)).toEqual([]);
	});

	it.each([
		['without an id', { aId: '' }],
		['in a state that is none', { state: 'merged' as 'linked' }],
		['whose base is nonsense', { base: 'nonsense' }],
		['whose base is cut off', { base: '1..........AAAA=AAA' }],
	])('a row %s', (_what, broken) => {
		const { world, input } = withRest();
		const links = world.links.map((link) =>
			link.state === 'linked' ? { ...link, ...broken } : link,
		);
		const plan = engine.plan({ ...input, links });
		expect(kinds(plan)).toContain('badMappingRow');
		expect(plan.applyB).toEqual([]);
	});

	it('a field that is in no row of the field table, and a row that no record has', () => {
		const { input } = withRest();
		const [a] = input.sides.A.records;
		const A = { complete: true, records: [{ ...a, fields: { ...a.fields, shoeSize: 43 } }] };
		const plan = engine.plan({ ...input, sides: { ...input.sides, A } });
		const reasons = plan.review.map(({ reason }) => reason);
		expect(reasons).toContain(
			'The GHL field “shoeSize” is in no row of the field table, so it is not kept in step.',
		);
		expect(reasons).toContain(
			'No record of GHL has a field “phone”, so nothing is written for it.',
		);
		goesOn(plan);
	});

	it.each([
		[
			'two rows that write the same field',
			{ A: 'title', B: 'position', field: 'Again' },
			'the row “Again” writes the GHL field “title” too',
		],
		[
			'two rows of the same name',
			{ A: 'other', B: 'else', field: 'Job title' },
			'another row has the same name',
		],
	])('%s: neither is used', (_what, row, why) => {
		const { world, input } = withRest();
		const fields = [
			...world.policy.fields,
			{ ...row, direction: 'both' as const, rule: 'A' as const },
		];
		const plan = engine.plan({ ...input, policy: { ...world.policy, fields } });
		expect(plan.review.map(({ reason }) => reason).join(' ')).toContain(why);
		expect(plan.applyB).toEqual([]);
	});

	it('rows written by hand and empty cells', () => {
		const { world, input } = withRest();
		const byHand = JSON.parse(
			'{"pairId":null,"aId":"a1","bId":"b1","state":"linked","rev":null,"base":null}',
		);
		const plan = engine.plan({
			...input,
			links: [byHand, ...world.links.filter(({ state }) => state === 'run')],
		});
		expect(kinds(plan)).toEqual(['initial']);
	});
});
