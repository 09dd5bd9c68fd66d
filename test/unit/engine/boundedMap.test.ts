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

it('the rate limits of ten thousand accounts come and go, and the one under way stays', async () => {
	const limit = { max: 10, intervalMs: 10_000, concurrency: 5 };
	const busy = budgetFor('busy', limit);
	const slot = await busy.take();
	for (let account = 0; account < 10_000; account++) budgetFor(`account ${account}`, limit);
	expect(budgetsKept()).toBeLessThanOrEqual(1_000);
	expect(budgetFor('busy', limit)).toBe(busy);
	busy.done(slot);
});
