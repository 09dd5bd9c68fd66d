/** What the seed's dates count from in tests, so that the dates that they expect stand still. */
export const FIRST_DAY = new Date('2026-01-05T09:00:00.000Z');
