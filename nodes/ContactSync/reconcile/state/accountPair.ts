import type { AccountPair } from '../contract/rows';

export const accountPair = (pair?: AccountPair): AccountPair => ({
	location: pair?.location ?? '',
	workspace: pair?.workspace ?? '',
});

/** Whether the row is about these accounts. A row that names none is about those of the credentials. */
export const isAbout = (
	row: { [Name in keyof AccountPair]?: string | null },
	{ location, workspace }: AccountPair,
): boolean => (row.location ?? '') === location && (row.workspace ?? '') === workspace;
