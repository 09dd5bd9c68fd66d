/**
 * Marks, in the column `aliases` of a link's row, the writes that a service rejected. The mark stays until the
 * service takes the write. So a person hears of a write that is planned again and again in vain.
 */
export const MARK = '!';

/** The column without the marks: the former ids of the records. */
export function withoutMarks(aliases: string): string {
	const ids = aliases.split(' ').filter((alias) => alias !== '' && !alias.startsWith(MARK));
	return ids.join(' ');
}
