import { order } from '../state/compilePolicy';

const LETTERS = 4;
const MOST = 2 ** 21;

/**
 * Sorts by an id, as `order` does. Long lists go by numbers made of the first letters and the place;
 * only ids that begin alike are compared as texts, which else takes most of the time.
 */
export function sortById<T>(list: T[], idOf: (one: T) => string): T[] {
	const { length } = list;
	if (length < 1000 || length > MOST) return list.sort((a, b) => order(idOf(a), idOf(b)));
	const numbers = new Float64Array(length);
	for (let at = 0; at < length; at++) numbers[at] = beginning(idOf(list[at])) * MOST + at;
	numbers.sort();
	const sorted = new Array<T>(length);
	for (let at = 0; at < length; at++) sorted[at] = list[numbers[at] % MOST];
	for (let from = 0; from < length; ) {
		let to = from + 1;
		const first = Math.floor(numbers[from] / MOST);
		while (to < length && Math.floor(numbers[to] / MOST) === first) to++;
		if (to - from > 1) {
			const alike = sorted.slice(from, to).sort((a, b) => order(idOf(a), idOf(b)));
			for (let at = from; at < to; at++) sorted[at] = alike[at - from];
		}
		from = to;
	}
	return sorted;
}

/** The first letters as a number; letters beyond ASCII count as one. */
function beginning(id: string): number {
	let number = 0;
	for (let at = 0; at < LETTERS; at++)
		number = number * 128 + (at < id.length ? Math.min(127, id.charCodeAt(at)) : 0);
	return number;
}
