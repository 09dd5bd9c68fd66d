import type { JoinedLink } from './joinLinks';
import { isProvisional } from '../values/identityKeys';
import { idOf, withId } from '../state/linksTable';
import { SIDES } from '../state/compilePolicy';
import type { LinkRow } from '../contract/rows';
import type { PlanRun } from '../state/planRun';
import type { Both, Side } from '../contract/input';

/** A pair to merge, with the changes that this run made to its row. */
export interface MergePair extends JoinedLink {
	/** The row is not what is stored, and must be stored even if the merge changes nothing. */
	touched?: boolean;
	/** It must be stored before anything is written. */
	storeFirst?: boolean;
}

/** The link with new ids of its records. The row keeps the old ones as aliases. */
export function renamed(run: PlanRun, joined: JoinedLink, now: Partial<Both<number>>): MergePair {
	const { link } = joined;
	const sides = SIDES.filter((side) => now[side] !== undefined);
	const idNow = (side: Side) => run[side].records[now[side] ?? -1].id;
	const aliases = link.aliases.split(' ').filter((alias) => alias !== '');
	aliases.push(...sides.map((side) => `${side}:${idOf(link, side)}`));
	const row = sides.reduce((one, side) => withId(one, side, idNow(side)), {
		...link,
		aliases: [...new Set(aliases)].sort().join(' '),
	});
	for (const side of sides)
		run.note(row, 'renamed', { rule: side, before: idOf(link, side), after: idNow(side) });
	return { ...joined, ...now, link: row, touched: true, storeFirst: true };
}

/** Drops the keys of a row, unless one of its ids is provisional. */
export function withoutNeedlessKeys(link: LinkRow): LinkRow {
	return isProvisional(link.aId) || isProvisional(link.bId) ? link : { ...link, keys: '' };
}
