/** Numbers in [0, 1) that are the same again for the same seed (mulberry32). */
export function random(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A copy in another order, the same for the same numbers. */
export function shuffled<T>(items: T[], next: () => number): T[] {
	const copy = [...items];
	for (let at = copy.length - 1; at > 0; at -= 1) {
		const other = Math.floor(next() * (at + 1));
		[copy[at], copy[other]] = [copy[other], copy[at]];
	}
	return copy;
}
