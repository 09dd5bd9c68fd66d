import fc from 'fast-check';
import { RecentIds } from '../../../nodes/engine/recentIds';
import { checkAllowlist, secretsMatch } from '../../../nodes/engine/webhook';

it('matches a secret with itself and with nothing else', () => {
	fc.assert(
		fc.property(fc.string({ minLength: 1 }), fc.string(), (secret, other) => {
			expect(secretsMatch(secret, secret)).toBe(true);
			expect(secretsMatch(other, secret)).toBe(other === secret);
		}),
	);
	for (const nothing of [undefined, null, '', ['a'], { a: 1 }, 1]) {
		expect(secretsMatch(nothing, 'a')).toBe(false);
		expect(secretsMatch('a', nothing)).toBe(false);
		expect(secretsMatch(nothing, nothing)).toBe(false);
	}
});

it('knows the last ids and no more', () => {
	const ids = new RecentIds(3);
	expect(['a', 'b', 'c', 'a', 'd', 'a', 'b'].map((id) => ids.isRepeat(id))).toEqual([
		false,
		false,
		false,
		true,
		false, // b is forgotten: a was seen again after it
		true,
		false,
	]);
});

it('says which entry of an allowlist is no address', () => {
	expect(() => checkAllowlist('10.0.0.1, 10.0.0.0/8')).not.toThrow();
	expect(() => checkAllowlist('10.0.0.1, my-office')).toThrow(
		'“my-office” in IP(s) Allowlist is not an IP address',
	);
});
