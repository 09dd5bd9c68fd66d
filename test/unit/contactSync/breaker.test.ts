import { Breaker, withoutField } from '../../../nodes/ContactSync/reconcile/3-merge/breaker';

const NOW = Date.UTC(2026, 10, 28, 12);
const MINUTE = 60_000;
const TITLE = 0x00abcd;
const NAME = 0xfedcba;

/** A column `writes` after these writes of a field, a minute apart. */
function written(sides: ('A' | 'B')[], tag = TITLE, before = ''): string {
	let text = before;
	sides.forEach((side, at) => {
		const breaker = new Breaker(text, NOW + at * MINUTE);
		breaker.count(tag, side);
		text = breaker.save();
	});
	return text;
}

const at = (minutes: number, text: string) => new Breaker(text, NOW + minutes * MINUTE);

describe('the breaker for fields that bounce', () => {
	it('stops the fourth write in turn, and only to the side whose turn it is', () => {
		expect(at(3, written(['A', 'B'])).stops(TITLE, 'A')).toBe(false);
		const bounced = at(3, written(['A', 'B', 'A']));
		expect(bounced.stops(TITLE, 'B')).toBe(true);
		expect(bounced.stops(TITLE, 'A')).toBe(false);
		expect(bounced.stops(NAME, 'B')).toBe(false);
	});

	it('counts writes to one side in a row as one', () => {
		expect(at(6, written(['A', 'A', 'A', 'A', 'B'])).stops(TITLE, 'A')).toBe(false);
		expect(at(6, written(['A', 'A', 'B', 'B', 'A'])).stops(TITLE, 'B')).toBe(true);
	});

	it('remembers writes for an hour', () => {
		const text = written(['A', 'B', 'A']);
		expect(at(59, text).stops(TITLE, 'B')).toBe(true);
		expect(at(60, text).stops(TITLE, 'B')).toBe(false);
		expect(at(70, text).save()).toBe('');
	});

	it('keeps a frozen field for good, until it is forgotten', () => {
		const breaker = at(3, written(['A', 'B', 'A']));
		breaker.freeze(TITLE);
		const text = breaker.save();
		const later = at(1_000_000, text);
		expect([later.isFrozen(TITLE), later.isFrozen(NAME)]).toEqual([true, false]);
		expect(later.save()).toBe('00abcd!');
		expect(withoutField(text, TITLE, NOW)).toBe('');
	});

	it('lets a field go on which both sides agree, and still remembers its writes', () => {
		const frozen = at(3, written(['A', 'B', 'A']));
		frozen.freeze(TITLE);
		const thawed = at(4, frozen.save());
		thawed.thaw(TITLE);
		const text = thawed.save();
		expect(at(5, text).isFrozen(TITLE)).toBe(false);
		expect(at(5, text).stops(TITLE, 'B')).toBe(true);
	});

	it('keeps at most three writes of a field, by field, and leaves out what it cannot read', () => {
		const text = written(['B', 'A', 'B'], NAME, written(['A', 'B', 'A', 'B', 'A']));
		expect(text.split(' ').map((entry) => entry.slice(0, 7))).toEqual([
			...['00abcdA', '00abcdB', '00abcdA'],
			...['fedcbaB', 'fedcbaA', 'fedcbaB'],
		]);
		expect(at(5, `nonsense ${text} 00abcdC1 !`).save()).toBe(text);
		expect(at(0, '').save()).toBe('');
	});
});
