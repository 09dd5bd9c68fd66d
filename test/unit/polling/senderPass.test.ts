import fc from 'fast-check';
import {
	compareSenders,
	firstSenders,
	type SenderState,
} from '../../../nodes/HeyReach/polling/senderPass';

/** What one look may find: some of the senders, each with its state or without a word on it. */
const look = fc.array(
	fc.record({
		id: fc.integer({ min: 1, max: 6 }),
		authIsValid: fc.constantFrom(true, false, undefined, null),
	}),
	{ maxLength: 8 },
);

it('tells every change of a sender once, whatever is missing between', () => {
	fc.assert(
		fc.property(look, fc.array(look, { maxLength: 12 }), fc.boolean(), (first, looks, tells) => {
			let state: SenderState = firstSenders(first, tells);
			const told = new Map<number, boolean>();
			for (const rows of looks) {
				const before = state;
				const kept = JSON.parse(JSON.stringify(before)) as SenderState;
				const { state: next, changes } = compareSenders(before, rows, tells);
				expect(before).toEqual(kept);
				for (const { event, row } of changes) {
					const isBack = event === 'sender_back';
					expect(row.authIsValid).toBe(isBack);
					// Never the same twice in a row.
					expect(told.get(Number(row.id))).not.toBe(isBack);
					told.set(Number(row.id), isBack);
				}
				expect(compareSenders(next, rows, tells).changes).toEqual([]);
				state = next;
			}
			const ids = state.map(Math.abs);
			expect(new Set(ids).size).toBe(ids.length);
		}),
	);
});

it('forgets the senders that have been gone for longest', () => {
	let state = firstSenders([], false);
	for (let id = 1; id <= 3_000; id++) {
		state = compareSenders(state, [{ id, authIsValid: id % 2 === 0 }], false).state;
	}
	expect(state).toHaveLength(1_001);
	expect(Math.min(...state.map(Math.abs))).toBe(2_000);
});
