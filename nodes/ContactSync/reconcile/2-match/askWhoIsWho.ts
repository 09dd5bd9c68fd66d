import { nameFor } from '../values/fingerprint';
import { SIDES } from '../state/compilePolicy';
import { count, listed, reviewRow, whyRefused } from '../report/reviewRow';
import type { Choice, Resolution, ReviewKind } from '../contract/rows';
import { nameOf } from '../state/planRun';
import type { PlanRun } from '../state/planRun';
import type { Both, Side } from '../contract/input';

/** Records that may be the same person, about which a person must decide. */
export interface Group {
	kind: ReviewKind;
	/** The kind of key that they share. */
	label: string;
	/** The open records, by their index. */
	open: Both<readonly number[]>;
	/** All that hold the key. */
	all: Both<readonly number[]>;
	/** What `keepApart` means here, in a sentence; and what it does, beside being remembered. */
	apart?: { means: string; act: (edges: readonly Edge[]) => void };
}

export interface Edge {
	A: number;
	B: number;
}

/** The effects of a person's answer. */
export interface Actions {
	link: (edge: Edge, by: string) => void;
	keepApart: (edge: Edge) => void;
}

/** The most pairs that one answer keeps apart. */
const MOST_PAIRS = 400;

/** Asks a person which records belong together, or obeys the answer. */
export class GroupAnswers {
	constructor(
		private readonly run: PlanRun,
		private readonly actions: Actions,
	) {}

	ask(group: Group): void {
		const ids = { A: this.ids('A', group.all.A), B: this.ids('B', group.all.B) };
		const conflictId = nameFor(group.kind, group.label, ids.A.join(' '), ids.B.join(' '));
		const answer = this.run.answers.to(conflictId);
		if (answer && this.obey(group, answer)) {
			// Records that are to be created may fail to be.
			if (group.apart && answer.choose === 'keepApart') this.run.answers.start(conflictId);
			else this.run.answers.carryOut(conflictId);
			return;
		}
		this.report(group, conflictId, ids, answer);
	}

	private ids(side: Side, places: readonly number[]): string[] {
		return places.map((at) => this.run[side].records[at].id).sort();
	}

	/** Returns whether the answer could be carried out. */
	private obey(group: Group, answer: Resolution): boolean {
		const by = answer.by || 'a person';
		const named = this.namedEdge(group, answer.value ?? '');
		if (answer.choose === 'link') {
			if (!named || !this.isFree(group, named)) return false;
			this.actions.link(named, by);
			return true;
		}
		if (answer.choose !== 'keepApart') return false;
		const edges = answer.value?.trim() ? (named ? [named] : []) : allEdges(group.all);
		const isPossible = edges.length > 0 || (group.apart !== undefined && !answer.value?.trim());
		if (!isPossible || edges.length > MOST_PAIRS) return false;
		for (const edge of edges) {
			const ids = this.edgeIds(edge);
			this.run.store(this.run.newLink(ids.A, ids.B, 'keepApart'));
			this.run.note({ pairId: '', aId: ids.A, bId: ids.B }, 'keptApart', {
				rule: 'answer',
				actor: by,
			});
			if (!group.apart) this.actions.keepApart(edge);
		}
		group.apart?.act(edges);
		return true;
	}

	/** The pair that the answer means: named by two ids, or the only one there is. */
	private namedEdge({ all }: Group, value: string): Edge | undefined {
		const words = value.split(/[\s,;=]+/).filter((word) => word !== '');
		if (words.length === 0)
			return all.A.length === 1 && all.B.length === 1 ? { A: all.A[0], B: all.B[0] } : undefined;
		const pick = (side: Side, id: string) =>
			all[side].find((at) => this.run[side].records[at].id === id);
		if (words.length !== 2) return undefined;
		for (const [a, b] of [words, [...words].reverse()]) {
			const edge = { A: pick('A', a), B: pick('B', b) };
			if (edge.A !== undefined && edge.B !== undefined) return { A: edge.A, B: edge.B };
		}
		return undefined;
	}

	private isFree({ open }: Group, edge: Edge): boolean {
		// One that another answer has just linked is free no more.
		const isFree = (side: Side, at: number) =>
			open[side].includes(at) && this.run[side].decisions[at] !== 'newlyLinked';
		return SIDES.every((side) => isFree(side, edge[side]));
	}

	private edgeIds({ A, B }: Edge): Both<string> {
		return { A: this.run.A.records[A].id, B: this.run.B.records[B].id };
	}

	private report(
		group: Group,
		conflictId: string,
		ids: Both<string[]>,
		answer: Resolution | undefined,
	): void {
		const { kind, label, open } = group;
		const canLink = open.A.length > 0 && open.B.length > 0;
		const choices: Choice[] = canLink ? ['link', 'keepApart'] : ['keepApart'];
		const names = this.names(open);
		const refused = !answer
			? ''
			: choices.some((choice) => choice === answer.choose)
				? ' The answer given does not name two of these records, so it was not used.'
				: ` ${whyRefused(answer, choices)}`;
		this.run.review.push(
			reviewRow(this.run, {
				conflictId,
				kind,
				name: names,
				reason: `${this.reason(group, names)} Nobody was linked or created.${refused}`,
				whatToDo: `${canLink ? 'Choose link if two of them are the same person (in value: both ids, with a space between), or keepApart' : 'Correct the records, or choose keepApart'} if they are different people${group.apart ? `: ${group.apart.means}` : '.'}`,
				choices,
				aId: listed(ids.A),
				bId: listed(ids.B),
				rule: label,
			}),
		);
	}

	private reason({ kind, label, all, open }: Group, names: string): string {
		const { names: sides } = this.run.policy;
		if (kind === 'taken') return this.whoHas(label, all, open);
		const many = (side: Side) => `${count(all[side].length, 'record')} in ${sides[side]}`;
		if (kind === 'contradiction')
			return `${names}: the ${label} is the same in ${sides.A} and ${sides.B}, but their LinkedIn ids or addresses differ, so they may be two people.`;
		return `${names}: ${many('A')} and ${many('B')} share the same ${label}, so nobody knows who is who.`;
	}

	/** The names of the records that want the key, and of those that have it. */
	private whoHas(label: string, all: Both<readonly number[]>, open: Group['open']): string {
		const told = SIDES.filter((side) => all[side].length > 0).map((side) => {
			const isLinked = all[side].some((at) => !open[side].includes(at));
			const state = isLinked ? ', linked to somebody else or unclear' : '';
			const only = { A: [], B: [], [side]: all[side] };
			return `${this.names(only)} (${this.run.policy.names[side]}${state})`;
		});
		return `${told.join(' and ')} have the same ${label}.`;
	}

	private names(open: Both<readonly number[]>): string {
		const names = SIDES.flatMap((side) =>
			open[side].slice(0, 1000).map((at) => nameOf(this.run[side].records[at])),
		);
		const unique = [...new Set(names)].sort();
		const shown = unique.slice(0, 3).join(', ');
		return unique.length > 3 ? `${shown} and ${unique.length - 3} more` : shown;
	}
}

function allEdges({ A, B }: Both<readonly number[]>): Edge[] {
	if (A.length * B.length > MOST_PAIRS) return [];
	return A.flatMap((a) => B.map((b) => ({ A: a, B: b })));
}
