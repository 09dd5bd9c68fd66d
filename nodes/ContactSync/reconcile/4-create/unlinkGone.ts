import type { Absence, Gone } from '../1-links/missingRecords';
import { nameFor } from '../values/fingerprint';
import { planItem } from '../state/planItem';
import { idOf } from '../state/linksTable';
import type { PairMerger } from '../3-merge/mergePairs';
import { tagForm } from '../values/normalise';
import { other } from '../state/compilePolicy';
import { reviewRow } from '../report/reviewRow';
import type { LinkRow } from '../contract/rows';
import { nameOf } from '../state/planRun';
import type { PlanRun } from '../state/planRun';
import type { Side } from '../contract/input';

const LINKS = ['linked', 'newlyLinked'];

/**
 * Unlinks the people who are gone on a side: a tombstone keeps them from being created again. Nothing
 * is ever deleted; the record that is left may get a tag, so that people find it.
 */
export function unlinkGone(run: PlanRun, absence: Absence, merger: PairMerger): void {
	for (const gone of absence.gone) {
		run.unlinked++;
		const left: Side | undefined = gone.sides.length === 1 ? other(gone.sides[0]) : undefined;
		const known = gone.link.keys.split(' ').filter((key) => key !== '');
		const held = left ? run.keys.hashes(run[left].records[gone[left]].keys) : [];
		const tombstone: LinkRow = {
			...gone.link,
			state: 'tombstone',
			keys: [...new Set([...known, ...held])].sort().join(' '),
		};
		run.note(tombstone, 'gone', { rule: gone.sides.join(' ') });
		const isLinkedAgain = left !== undefined && LINKS.includes(run[left].decisions[gone[left]]);
		if (left === undefined || isLinkedAgain) {
			run.store(tombstone);
			continue;
		}
		if (!merger.isUnchanged(gone.link, left, gone[left])) reportChanged(run, gone, left);
		if (!plannedTag(run, gone, left, tombstone)) run.store(tombstone);
	}
}

/** A change beats a deletion: the record stays, and a person is told. */
function reportChanged(run: PlanRun, { link, ...gone }: Gone, left: Side): void {
	const { names } = run.policy;
	const record = run[left].records[gone[left]];
	const here = names[left];
	const there = names[other(left)];
	run.review.push(
		reviewRow(run, {
			conflictId: nameFor('deleteVsUpdate', link.pairId, link.base),
			kind: 'deleteVsUpdate',
			status: 'info',
			name: nameOf(record),
			reason: `${nameOf(record)} is gone in ${there}, but was changed in ${here} since. The ${here} record was kept, and the two are no longer linked.`,
			whatToDo: `Nothing, if that is right. To have the person in ${there} again, add them there: they are then linked again.`,
			pairId: link.pairId,
			aId: link.aId,
			bId: link.bId,
			winner: left,
		}),
	);
}

/** Commit stores the tombstone here: the link stays until the tag is written. */
function plannedTag(run: PlanRun, gone: Gone, left: Side, tombstone: LinkRow): boolean {
	const tag = run.policy.policy.goneTag?.[left];
	const target = run[left].records[gone[left]];
	if (!tag || !target.tags) return false;
	if (target.tags.some((one) => tagForm(one) === tagForm(tag))) return false;
	run.items[left].push(
		planItem({
			runId: run.input.runId,
			side: left,
			...{ target, source: undefined },
			sourceId: idOf(gone.link, other(left)),
			link: tombstone,
			changes: [],
			addTags: [tag],
			removeTags: [],
		}),
	);
	return true;
}
