import { holdBack } from './joinLinks';
import type { JoinedLink } from './joinLinks';
import { idOf } from '../state/linksTable';
import { renamed } from './linkedPair';
import type { MergePair } from './linkedPair';
import { SIDES, other } from '../state/compilePolicy';
import { reportProblem } from '../report/reviewRow';
import type { PlanRun } from '../state/planRun';
import type { Both, Side } from '../contract/input';

/**
 * Records that a service has merged into another record. Their link continues with the other record. If that
 * record has a link of its own, or if several linked records were merged into it, a person must decide.
 */
export class MergedRecords {
	private readonly into: Both<ReadonlyMap<string, string>>;

	constructor(private readonly run: PlanRun) {
		const read = (side: Side) =>
			new Map(run.input.sides[side].merged?.map((one) => [one.from, one.into]));
		this.into = { A: read('A'), B: read('B') };
	}

	/** Whether a record that the link lacks was merged into one that is here. */
	concerns(joined: JoinedLink): boolean {
		return SIDES.some((side) => this.target(joined, side) >= 0);
	}

	/** Links that go on; they may still lack the record of the other side. */
	follow(incomplete: readonly JoinedLink[], whole: readonly JoinedLink[]): MergePair[] {
		const { run } = this;
		const links = incomplete.filter((joined) => this.concerns(joined));
		const free = { A: this.free('A', links), B: this.free('B', links) };
		return links.flatMap((joined) => {
			const at = { A: this.target(joined, 'A'), B: this.target(joined, 'B') };
			const merging = SIDES.filter((side) => at[side] >= 0);
			if (whole.some(({ A, B }) => A === at.A && B === at.B)) {
				// Both of its records were merged into those of another link, which goes on.
				run.store({ ...joined.link, state: 'expired' });
				return [];
			}
			const taken = merging.filter((side) => !free[side].has(at[side]));
			if (taken.length > 0) {
				for (const side of taken) this.collide(joined, side, at[side]);
				return [];
			}
			for (const side of merging) run[side].decisions[at[side]] = 'linked';
			const now = Object.fromEntries(merging.map((side) => [side, at[side]]));
			return [renamed(run, joined, now)];
		});
	}

	/** The records that just one link goes on with, and that have none of their own. */
	private free(side: Side, links: readonly JoinedLink[]): Set<number> {
		const claims = links.map((joined) => this.target(joined, side)).filter((at) => at >= 0);
		const once = claims.filter((at) => claims.indexOf(at) === claims.lastIndexOf(at));
		return new Set(once.filter((at) => this.run[side].isOpen(at)));
	}

	/** The record that took the place of the one that is not here; -1 if there is none. */
	private target(joined: JoinedLink, side: Side): number {
		const into = this.into[side];
		if (joined[side] >= 0 || into.size === 0) return -1;
		const seen = new Set<string>();
		let id = idOf(joined.link, side);
		for (let next = into.get(id); next !== undefined && !seen.has(next); next = into.get(id)) {
			seen.add(next);
			id = next;
		}
		return seen.size === 0 ? -1 : this.run[side].find(id);
	}

	private collide(joined: JoinedLink, side: Side, at: number): void {
		const { run } = this;
		const { link } = joined;
		const name = run.policy.names[side];
		const { id } = run[side].records[at];
		holdBack(run, joined);
		reportProblem(run, 'mergeCollision', `${link.pairId} ${id}`, {
			reason: `The ${name} record ${idOf(link, side)} was merged into ${id}, which belongs to another link too. So several records of ${run.policy.names[other(side)]} would belong to one in ${name}.`,
			whatToDo:
				'Decide which of them is the person, and delete the row of the other link from the links table.',
			aId: side === 'A' ? id : link.aId,
			bId: side === 'B' ? id : link.bId,
			pairId: link.pairId,
		});
	}
}
