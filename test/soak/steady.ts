import type { Sample } from './heap';

/** What the second half of a series says. By then every bounded map has met its bound. */
export interface Steadiness {
	/** The median of what the heap gains in an eighth of the series, for the whole of it (MB). */
	trend: number;
	/** The median of the last quarter less that of the third one (MB). */
	step: number;
}

/** The most of either (MB). */
export const MOST_MB = 3;

/**
 * A cache of V8 or n8n that is given back once, or made once, changes the median of the gains hardly; it
 * would turn a least-squares line.
 */
export function steadinessOf(samples: Sample[]): Steadiness {
	const heaps = samples.slice(Math.floor(samples.length / 2)).map(({ heap }) => heap);
	const eighth = Math.floor(samples.length / 8);
	const gains = heaps.slice(eighth).map((heap, at) => heap - heaps[at]);
	const middle = Math.floor(heaps.length / 2);
	return {
		trend: median(gains) * 8,
		step: median(heaps.slice(middle)) - median(heaps.slice(0, middle)),
	};
}

/** A heap that shrinks is no leak. */
export const isSteady = ({ trend, step }: Steadiness): boolean =>
	trend <= MOST_MB && step <= MOST_MB;

function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)];
}
