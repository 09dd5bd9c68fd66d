import type { JoinedLink } from './joinLinks';
import { isProvisional } from '../values/identityKeys';
import { idOf, withId } from '../state/linksTable';
import { SIDES } from '../state/compilePolicy';
import type { LinkRow } from '../contract/rows';
import type { PlanRun } from '../state/planRun';
import type { Both, Side } from '../contract/input';

/** A pair to be merged, with what has happened to its row in this run. */
export interface MergePair extends JoinedLink {
	/** The row is not what is stored, and must be stored even if the merge changes nothing. */
	touched?: boolean;
	/** It must be stored before anything is written. */
	storeFirst?: boolean;
}

/** The link with new ids for its records; the old ones are remembered. */
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

/** Keys are kept only for ids that will be replaced. */
export function withoutNeedlessKeys(link: LinkRow): LinkRow {
	return isProvisional(link.aId) || isProvisional(link.bId) ? link : { ...link, keys: '' };
}
