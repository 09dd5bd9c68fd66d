import { mersenne, unsafeUniformIntDistribution } from 'pure-rand';

const RANGE = 2 ** 32;

/** Numbers in [0, 1) that are the same again for the same seed. */
export function random(seed: number): () => number {
	const generator = mersenne(seed);
	return () => unsafeUniformIntDistribution(0, RANGE - 1, generator) / RANGE;
}

/** A copy in another order, the same for the same numbers (Fisher-Yates). */
export function shuffled<T>(items: readonly T[], next: () => number): T[] {
	const copy = [...items];
	for (let at = copy.length - 1; at > 0; at -= 1) {
		const other = Math.floor(next() * (at + 1));
		[copy[at], copy[other]] = [copy[other], copy[at]];
	}
	return copy;
}
