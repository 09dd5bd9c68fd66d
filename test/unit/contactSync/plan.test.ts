import fc from 'fast-check';
import * as engine from '../../../nodes/ContactSync/reconcile';
import type { BrakeName, Policy } from '../../../nodes/ContactSync/reconcile';
import { MergeBase } from '../../../nodes/ContactSync/reconcile/state/mergeBase';
import { fieldTag, hashOf } from '../../../nodes/ContactSync/reconcile/values/fingerprint';
import { CASES, SEED } from './support/cases';
import { couple, setTitle } from './support/couple';
import { NO_BRAKES, policy } from './support/policies';
import { MINUTE, World, itemsOf } from './support/world';

describe('brakes', () => {
	/** Ten linked pairs, run once for real. */
	const ten = (brakes: Policy['brakes'] = {}) => {
		const world = new World(engine, policy({ brakes: { ...NO_BRAKES, ...brakes } }, { rule: 'A' }));
		for (let at = 0; at < 10; at++) {
			const [a, b] = [
				{ email: `p${at}@x.com`, title: 'x' },
				{ email_address: `p${at}@x.com`, position: 'x' },
			];
			world.A.add({ id: `a${at}`, fields: a, tags: [], updatedAt: 0 });
			world.B.add({ id: `b${at}`, fields: b, tags: [], updatedAt: 0 });
		}
		world.round();
		world.now += 30 * MINUTE;
		return world;
	};
	const tripped = (plan: engine.PlanOutput) =>
		plan.summary.brakes
			.filter((one) => one.tripped)
			.map(({ brake, side }) => `${brake} ${side}`.trim());

	it('too many updates: nothing is written, the plan is a preview, and the sentence says how to lift it', () => {
		const world = ten({ updates: { count: 2, share: 0.1 } });
		for (let at = 0; at < 3; at++) world.A.people.get(`a${at}`)!.fields.title = 'new';
		const plan = world.plan();
		expect(tripped(plan)).toEqual(['updates B']);
		expect(itemsOf(plan)).toEqual([]);
		expect(plan.preview?.applyB).toHaveLength(3);
		expect(plan.summary.brakes[0].sentence).toBe(
			'Nothing was written, because 3 leads would be updated in HeyReach, and at most 2 are allowed in one run. If this is right, set “Updates” to 3 under Allow Once for one run; else look for what is wrong.',
		);
		expect(plan.summary.sides.B.updates).toBe(3);
	});

	it.each([
		[2, true],
		[3, false],
	])('an override of %i for one run', (allowed, stops) => {
		const world = ten({ updates: { count: 2, share: 0 } });
		for (let at = 0; at < 3; at++) world.A.people.get(`a${at}`)!.fields.title = 'new';
		expect(world.plan({ overrides: { updates: allowed } }).summary.previewOnly).toBe(stops);
	});

	it('too many gone', () => {
		const world = ten({ gone: { count: 1, share: 0 } });
		world.A.people.delete('a1');
		expect(tripped(world.plan())).toEqual([]);
		world.A.people.delete('a2');
		expect(tripped(world.plan())).toEqual(['gone A']);
	});

	it('too many creates, but not in the first real run', () => {
		const rules = policy({
			create: { A: false, B: true },
			brakes: { ...NO_BRAKES, creates: { count: 1, share: 0 } },
		});
		const world = new World(engine, rules);
		for (const at of [1, 2])
			world.A.add({ fields: { email: `p${at}@x.com` }, tags: [], updatedAt: 0 });
		expect(world.round().applyB).toHaveLength(2);
		for (const at of [3, 4])
			world.A.add({ fields: { email: `p${at}@x.com` }, tags: [], updatedAt: 0 });
		expect(tripped(world.plan())).toEqual(['creates B']);
	});

	describe('a first real run that ended early', () => {
		const rules = policy(
			{
				create: { A: false, B: true },
				brakes: {
					...NO_BRAKES,
					creates: { count: 1, share: 0 },
					updates: { count: 1, share: 0 },
				},
			},
			{ rule: 'A' },
		);
		const newcomer = (world: World, at: number) =>
			world.A.add({ fields: { email: `new${at}@x.com` }, tags: [], updatedAt: 0 });
		/** Three to create, three to update; all is stored and planned, and nothing was committed. */
		const cutShort = (written = 0) => {
			const world = new World(engine, rules);
			for (const at of [1, 2, 3]) {
				newcomer(world, at);
				const email = `p${at}@x.com`;
				world.A.add({ fields: { email, title: 'x' }, tags: [], updatedAt: 0 });
				world.B.add({ fields: { email_address: email, position: '' }, tags: [], updatedAt: 0 });
			}
			const plan = world.plan();
			expect(plan.summary.sides.B).toMatchObject({ creates: 3, updates: 3 });
			world.begin(plan);
			world.apply(itemsOf(plan).slice(0, written));
			world.now += 30 * MINUTE;
			return world;
		};

		it.each([0, 1, 4])(
			'after %i writes: the next run does the rest, and says why it may',
			(written) => {
				const world = cutShort(written);
				const plan = world.round();
				expect(tripped(plan)).toEqual([]);
				expect(itemsOf(plan).length).toBeGreaterThan(1);
				for (const { sentence } of plan.summary.brakes)
					expect(sentence).toContain(
						'(the first run was to do as much, and ended early): allowed for this run.',
					);
				expect(itemsOf(world.round())).toEqual([]);
			},
		);

		it('may not do more than it was to do', () => {
			const world = cutShort();
			newcomer(world, 4);
			expect(tripped(world.plan())).toEqual(['creates B']);
			expect(tripped(world.plan({ overrides: { creates: 4 } }))).toEqual([]);
		});

		it('ends early again, and then may do what is left', () => {
			const world = cutShort();
			const plan = world.plan();
			world.begin(plan);
			world.commit(world.apply(plan.applyB.slice(0, 2)));
			world.now += 30 * MINUTE;
			const next = world.plan();
			expect(tripped(next)).toEqual([]);
			world.begin(next);
			world.now += 30 * MINUTE;
			for (const at of [4, 5]) newcomer(world, at);
			expect(tripped(world.plan())).toEqual(['creates B']);
		});

		it('is over once a run has come to its end with nothing failed', () => {
			const world = cutShort();
			world.now += MINUTE;
			const plan = world.plan();
			world.begin(plan);
			const applied = world.apply(itemsOf(plan));
			const [first, ...others] = applied;
			world.commit([{ ...first, result: undefined, error: 'busy' }, ...others], plan);
			const row = () => world.links.find(({ state }) => state === 'run');
			expect(row()?.opKey).not.toBe('');
			world.now += 30 * MINUTE;
			world.round();
			expect(row()?.opKey).toBe('');
			for (const at of [4, 5]) newcomer(world, at);
			expect(tripped(world.plan())).toEqual(['creates B']);
		});
	});

	it('a side that is empty all at once', () => {
		const world = ten();
		world.B.people.clear();
		expect(tripped(world.plan({ overrides: {} }))).toEqual(['emptySide B']);
		expect(tripped(world.plan({ overrides: { emptySide: 9 } }))).toEqual(['emptySide B']);
		expect(tripped(world.plan({ overrides: { emptySide: 10 } }))).toEqual([]);
	});

	it('a side that was not read to its end holds back what needs all of it, and nothing else', () => {
		const world = ten();
		world.A.people.get('a1')!.fields.title = 'new';
		world.B.people.delete('b2');
		const { A, B } = world.input().sides;
		const plan = world.plan({ sides: { A, B: { ...B, complete: false } } });
		expect(plan.applyB).toHaveLength(1);
		expect(plan.summary.pairs.unlinked).toBe(0);
		expect(plan.summary.brakes.map(({ brake }) => brake)).toEqual(['halfRead']);
	});

	it('new settings are previewed once, and again when they change', () => {
		const world = ten({ newPolicy: true });
		world.A.people.get('a1')!.fields.title = 'new';
		const other = { ...world.policy, create: { A: true, B: false } };
		expect(tripped(world.plan())).toEqual([]);
		expect(tripped(world.round({ policy: other }))).toEqual(['newPolicy']);
		expect(tripped(world.plan({ policy: other }))).toEqual([]);
		expect(tripped(world.plan())).toEqual(['newPolicy']);
	});

	it('the first run of all is a preview, and says so', () => {
		const world = new World(engine, policy({ brakes: {} }));
		const plan = world.round();
		expect(tripped(plan)).toEqual(['newPolicy']);
		expect(plan.summary.text).toBe(
			'Preview: nothing would be written. These settings hold from the next run on.',
		);
		expect(tripped(world.round())).toEqual([]);
	});

	it('other limits, names and costs are no other settings', () => {
		const hash = (more: Partial<Policy>) =>
			new World(engine, policy(more)).plan().summary.policyHash;
		expect(hash({ brakes: {}, names: { A: 'CRM', B: 'Leads' }, auditValues: false })).toBe(
			hash({}),
		);
		expect(hash({ initial: 'A' })).not.toBe(hash({}));
	});

	it('a dry run is a preview too, and remembers only the settings', () => {
		const world = ten();
		world.A.people.get('a1')!.fields.title = 'new';
		const plan = world.plan({ dryRun: true });
		expect(itemsOf(plan)).toEqual([]);
		expect([plan.links, plan.audit]).toEqual([[], []]);
		expect(plan.preview?.applyB).toHaveLength(1);
		expect(plan.summary.text).toBe(
			'Dry run: 1 lead would be updated (1 call, less than a minute at the services’ limits); nothing was written. Turn Dry Run off to carry this out.',
		);
	});

	it('every brake can be named in an override', () => {
		const names: BrakeName[] = ['emptySide', 'halfRead', 'creates', 'updates', 'gone', 'newPolicy'];
		const overrides = Object.fromEntries(names.map((name) => [name, 1e6]));
		const world = new World(engine, policy({ brakes: {} }));
		expect(world.plan({ overrides }).summary.previewOnly).toBe(false);
	});
});

describe('tags', () => {
	const tags = (
		a: string[],
		b: string[],
		then: [string[], string[]],
		more: Partial<Policy> = {},
	) => {
		const world = couple({ past: ['x', 'x'], now: ['x', 'x'], policy: more });
		const set = (now: [string[], string[]]) => {
			[world.A.people.get('a1')!.tags, world.B.people.get('b1')!.tags] = now;
		};
		set([a, b]);
		world.round();
		set(then);
		const { applyA, applyB } = world.plan();
		const show = (items: engine.PlanItem[]) =>
			items.flatMap(({ addTags, removeTags }) => [
				...addTags.map((tag) => `+${tag}`),
				...removeTags.map((tag) => `-${tag}`),
			]);
		return { A: show(applyA), B: show(applyB), world };
	};

	it.each<[string, string[], string[], [string[], string[]], string[], string[]]>([
		['added on A', [], [], [['hr:x'], []], [], ['+hr:x']],
		['added on B', [], [], [[], ['hr:x']], ['+hr:x'], []],
		['added on both, in other case', [], [], [['hr:x'], ['HR:X']], [], []],
		['removed on A', ['hr:x'], ['hr:x'], [[], ['hr:x']], [], ['-hr:x']],
		['removed on both', ['hr:x'], ['hr:x'], [[], []], [], []],
		['not of the prefix', [], [], [['vip'], ['old']], [], []],
	])('%s', (_what, a, b, then, onA, onB) => {
		expect(tags(a, b, then)).toMatchObject({ A: onA, B: onB });
	});

	it('a list allows single tags, without a prefix', () => {
		const rule = { direction: 'both' as const, allow: ['VIP'] };
		expect(tags([], [], [['vip', 'other'], []], { tags: rule }).B).toEqual(['+vip']);
	});

	it('removals can be kept from travelling', () => {
		const rule = { direction: 'both' as const, prefixes: ['hr:'], clear: 'keep' as const };
		expect(tags(['hr:x'], ['hr:x'], [[], ['hr:x']], { tags: rule }).B).toEqual([]);
	});

	it('a tag that a service did not take is not removed on the other side', () => {
		const { world } = tags([], [], [['hr:x'], []]);
		const plan = world.plan();
		world.begin(plan);
		world.commit(plan.applyB.map((item) => ({ ...item, result: { id: 'b1', tags: [] } })));
		expect(itemsOf(world.plan())).toEqual([]);
	});

	it('tags with signs of the stored form', () => {
		const odd = ['hr:a,b;c', 'hr:100%', 'hr:#1'];
		const { world } = tags(odd, odd, [odd, odd]);
		expect(itemsOf(world.plan())).toEqual([]);
		world.A.people.get('a1')!.tags = odd.slice(1);
		expect(world.plan().applyB[0].removeTags).toEqual(['hr:a,b;c']);
	});
});

describe('commit', () => {
	const begun = (rule = {}) => {
		const world = couple({ past: ['old', 'old'], now: ['new', 'old'], rule });
		world.now += MINUTE;
		return { world, plan: world.plan() };
	};

	it('takes what was read back, not what was asked for', () => {
		const { world, plan } = begun();
		world.B.people.get('b1')!.fields.position = 'NEW (cut)';
		world.commit(
			plan.applyB.map((item) => ({
				...item,
				result: { id: 'b1', fields: { position: 'NEW (cut)' } },
			})),
		);
		expect(itemsOf(world.plan())).toEqual([]);
		expect(world.audit).toContainEqual(
			expect.objectContaining({ kind: 'alteredByPeer', before: 'new', after: 'NEW (cut)' }),
		);
	});

	it('leaves what failed for the next plan, and says why', () => {
		const { world, plan } = begun();
		world.commit(plan.applyB.map((item) => ({ ...item, error: { message: 'busy' } })));
		expect(world.plan().applyB).toHaveLength(1);
		expect(world.audit).toContainEqual(
			expect.objectContaining({ applied: 'failed', error: 'busy' }),
		);
	});

	it('leaves what was stale for the next plan', () => {
		const { world, plan } = begun();
		setTitle(world, 'B', 'meanwhile');
		const applied = world.apply(plan.applyB);
		expect(applied[0].result?.stale).toBe(true);
		world.commit(applied);
		expect(world.B.people.get('b1')?.fields.position).toBe('meanwhile');
		expect(world.plan().review.map(({ kind }) => kind)).toContain('concurrent');
	});

	it('does not let one field that was left out block the others, and says so when it repeats', () => {
		const { world, plan } = begun();
		const [item] = plan.applyB;
		const left = { position: 'it holds “x”, and the plan saw “old”' };
		world.commit([{ ...item, result: { id: 'b1', left } }]);
		expect(world.audit).toContainEqual(
			expect.objectContaining({ field: 'Job title', applied: 'stale', error: left.position }),
		);
		world.now += MINUTE;
		const again = world.plan();
		expect(again.applyB[0].set).toEqual(item.set);
		expect(again.review).toContainEqual(
			expect.objectContaining({
				kind: 'notWritten',
				status: 'open',
				field: 'Job title',
				bId: 'b1',
			}),
		);
		// Once it is written nobody is asked any more.
		world.commit(world.apply(again.applyB));
		const calm = world.plan();
		expect(calm.review.map(({ kind }) => kind)).not.toContain('notWritten');
		expect(itemsOf(calm)).toEqual([]);
	});

	it('links two that were found to be one, also where the write came too late', () => {
		const { world, plan } = begun();
		const { links } = engine.commit({
			...{ runId: 'r', now: world.now },
			items: plan.applyB.map((item) => ({ ...item, result: { id: 'b1', stale: true } })),
		});
		expect(links).toEqual([expect.objectContaining({ aId: 'a1', bId: 'b1', state: 'linked' })]);
	});

	it('counts a write that is reported twice once', () => {
		const { world, plan } = begun();
		const applied = world.apply(plan.applyB);
		const once = engine.commit({ runId: 'r', now: 0, items: applied });
		expect(engine.commit({ runId: 'r', now: 0, items: [...applied, ...applied] })).toEqual(once);
		expect(once.summary).toEqual({ ok: 1, failed: 0, stale: 0 });
	});

	it('keeps the values out of the audit where that is wanted', () => {
		const { world, plan } = begun();
		const { audit } = engine.commit({
			...{ runId: 'r', now: 0, auditValues: false },
			items: world.apply(plan.applyB),
		});
		expect(audit).toEqual([
			expect.objectContaining({ field: 'Job title', before: '', after: '', applied: 'ok' }),
		]);
	});

	it('tells who overwrote what', () => {
		const { world, plan } = begun();
		world.begin(plan);
		world.commit(world.apply(plan.applyB));
		const about = {
			field: 'Job title',
			side: 'B',
			before: 'old',
			after: 'new',
			winner: 'A',
			actor: 'rule',
		};
		expect(world.audit.slice(-2)).toEqual([
			expect.objectContaining({ ...about, applied: 'planned' }),
			expect.objectContaining({ ...about, applied: 'ok' }),
		]);
	});
});

describe('the stored base', () => {
	const names = ['Name', 'E-mail', 'Phone', 'Job title'];
	const tags = names.map(fieldTag).sort((a, b) => a - b);
	const text = fc.option(fc.string(), { nil: undefined });
	const cells = fc.tuple(text, text, fc.option(fc.nat(4e12), { nil: undefined }));

	it('is read as it was written', () => {
		const law = fc.property(
			fc.array(cells, { minLength: 4, maxLength: 4 }),
			fc.option(fc.string()),
			(row, set) => {
				const base = new MergeBase(tags);
				base.load('');
				row.forEach(([a, b, seen], at) => {
					base.setSide(base.A, at, a);
					base.setSide(base.B, at, b);
					if (seen) base.wait(base.B, at, { x: at + 1, y: 7 }, seen);
				});
				if (set !== null) base.setTags(set);
				const stored = base.save();
				const again = new MergeBase(tags);
				again.load(stored);
				expect(again.save()).toBe(stored);
				row.forEach(([a, b], at) => {
					if (a !== undefined) expect(again.holds(again.A, at, a)).toBe(true);
					if (b !== undefined) expect(again.holds(again.B, at, b)).toBe(true);
				});
				expect(again.changed).toBe(false);
				// A field table without these fields passes them on as they are.
				const other = new MergeBase(tags.slice(1, 2));
				other.load(stored);
				expect(other.save().slice(11)).toBe(stored.slice(11));
			},
		);
		fc.assert(law, { numRuns: CASES(60), seed: SEED });
	});

	it('takes 15 letters a field that is the same on both sides', () => {
		const base = new MergeBase(tags);
		base.load('');
		tags.forEach((_, at) => base.agree(at, `value ${at}`));
		expect(base.save()).toHaveLength(11 + 4 * 15);
	});

	it('tells texts apart that are nearly the same', () => {
		const seen = new Map<string, string>();
		const add = (one: string) => {
			const hash = hashOf(one);
			expect(seen.get(hash) ?? one).toBe(one);
			seen.set(hash, one);
		};
		for (let first = 32; first < 127; first++)
			for (let second = 32; second < 127; second++)
				for (const rest of ['', 'x', 'xy', 'a longer text to follow'])
					add(`${String.fromCharCode(first, second)}${rest}`);
		expect(seen.size).toBe(95 * 95 * 4);
	});
});
