/** The ways to sort, as HighLevel calls them. */
export const DIRECTIONS = { Ascending: 'asc', Descending: 'desc' };
