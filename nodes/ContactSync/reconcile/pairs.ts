import type { Joined } from './join';
import { isProvisional } from './keys';
import { idOf, withId } from './linkRows';
import type { LinkRow } from './rows';
import type { Run } from './run';
import type { Side } from './types';

/** A pair to be merged, with what has happened to its row in this run. */
export interface MergePair extends Joined {
	/** The row is not what is stored, and must be stored even if the merge changes nothing. */
	touched?: boolean;
	/** It must be stored before anything is written. */
	storeFirst?: boolean;
}

/** The link with the record's new id; the old one is remembered. */
export function renamed(run: Run, joined: Joined, side: Side, at: number): MergePair {
	const { link } = joined;
	const old = idOf(link, side);
	const { id } = run[side].records[at];
	const aliases = [...link.aliases.split(' '), `${side}:${old}`].filter((alias) => alias !== '');
	const row = { ...withId(link, side, id), aliases: aliases.join(' ') };
	run.note(row, 'renamed', { before: old, after: id, side: '' });
	return { ...joined, link: row, [side]: at, touched: true, storeFirst: true };
}

/** Keys are kept only for ids that will be replaced. */
export function withoutNeedlessKeys(link: LinkRow): LinkRow {
	return isProvisional(link.aId) || isProvisional(link.bId) ? link : { ...link, keys: '' };
}
