import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { BoundedMap } from '../../../nodes/engine/boundedMap';
import { budgetFor, budgetsKept } from '../../../nodes/engine/call/pace';

it('keeps the values that were asked for last, and all that are in use', () => {
	const steps = fc.array(fc.record({ key: fc.nat(12), isUsed: fc.boolean() }), { maxLength: 60 });
	fc.assert(
		fc.property(steps, fc.integer({ min: 1, max: 5 }), (all, most) => {
			const map = new BoundedMap<{ key: number; isUsed: boolean }>(most, ({ isUsed }) => !isUsed);
			/** The one that was asked for last is the last. */
			let expected: Array<{ key: number; isUsed: boolean }> = [];
			for (const { key, isUsed } of all) {
				const known = expected.find((one) => one.key === key);
				const value = map.of(String(key), () => ({ key, isUsed }));
				if (known) expect(value).toBe(known);
				expected = expected.filter((one) => one !== known);
				if (!known)
					while (expected.length >= most) {
						const at = expected.findIndex((one) => !one.isUsed);
						if (at < 0) break;
						expected.splice(at, 1);
					}
				expected.push(value);
				value.isUsed = isUsed;
				expect(map.size).toBe(expected.length);
			}
		}),
	);
});

it('lets go of the heaviest load that it may, the longest unasked first, and knows what the rest weighs', () => {
	const steps = fc.array(fc.record({ key: fc.nat(12), weight: fc.nat(9), isUsed: fc.boolean() }), {
		maxLength: 60,
	});
	fc.assert(
		fc.property(steps, fc.integer({ min: 1, max: 30 }), (all, most) => {
			interface Loaded {
				key: number;
				weight: number;
				isUsed: boolean;
			}
			const map = new BoundedMap<Loaded>(
				most,
				({ isUsed }) => !isUsed,
				({ weight }) => weight,
			);
			/** What each weighed when it was asked for last; that one is the last. */
			let expected: Array<{ value: Loaded; weighed: number }> = [];
			const total = () => expected.reduce((sum, { weighed }) => sum + weighed, 0);
			for (const { key, weight, isUsed } of all) {
				const known = expected.find(({ value }) => value.key === key);
				const value = map.of(String(key), () => ({ key, weight, isUsed }));
				if (known) expect(value).toBe(known.value);
				const isHeavier = value.weight > (known?.weighed ?? 0);
				expected = [...expected.filter((one) => one !== known), { value, weighed: value.weight }];
				while (isHeavier && total() > most) {
					const at = expected.findIndex((one) => !one.value.isUsed && one.value !== value);
					if (at < 0) break;
					expected.splice(at, 1);
				}
				Object.assign(value, { weight, isUsed });
				expect(map.size).toBe(expected.length);
				expect(map.weight).toBe(total());
			}
		}),
	);
});

it('the rate limits of ten thousand accounts come and go, and the one under way stays', async () => {
	const limit = { max: 10, intervalMs: 10_000, concurrency: 5 };
	const busy = budgetFor('busy', limit);
	const slot = await busy.take();
	for (let account = 0; account < 10_000; account++) budgetFor(`account ${account}`, limit);
	expect(budgetsKept()).toBeLessThanOrEqual(1_000);
	expect(budgetFor('busy', limit)).toBe(busy);
	busy.done(slot);
});

it('no other map of the whole process is there but those whose own code bounds them', () => {
	const NODES = join(__dirname, '../../../nodes');
	const begun =
		/^(?:export )?(?:const|let) (\w+)\b.*= (?:new (?:Map|Set|Array)\b.*\(\)|\{\}|\[\]);$/gm;
	const files = readdirSync(NODES, { recursive: true, encoding: 'utf8' });
	const found = files
		.filter((file) => file.endsWith('.ts'))
		.flatMap((file) =>
			[...readFileSync(join(NODES, file), 'utf8').matchAll(begun)].map(([, name]) => name),
		);
	// Tokens and their exchanges, what Apply has made in half an hour, and a set that nothing is added to.
	expect(found.sort()).toEqual(['NONE', 'kept', 'made', 'underWay']);
});
