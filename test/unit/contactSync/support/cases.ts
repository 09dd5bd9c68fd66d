/**
 * How many random cases all tests of the reconciler make together, and from which seed. `SYNC_CASES`
 * makes them more; `SYNC_SEED` repeats a failure: fast-check prints the seed with it.
 */
const TOTAL = Number(process.env.SYNC_CASES ?? 10_000);

export const SEED = Number(process.env.SYNC_SEED ?? Date.now() & 0x7fffffff);

/** The share of one of the properties. */
export const CASES = (properties: number): number => Math.max(1, Math.round(TOTAL / properties));
