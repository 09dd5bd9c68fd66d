import { nameFor } from '../values/fingerprint';
import { SIDES } from '../state/compilePolicy';
import { count, firstNames, listed, reviewRow, whyRefused } from '../report/reviewRow';
import type { Choice, Resolution, ReviewKind } from '../contract/rows';
import { nameOf } from '../state/planRun';
import { pairOf } from '../state/linksTable';
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
	/** The hash of the mailbox or phone that they share. */
	sharedKey?: string;
	/** What `keepApart` means here, in a sentence; and what it does, beside being remembered. */
	apart?: { means: string; act: (edges: readonly Edge[] | 'all') => void };
}

export interface Edge {
	A: number;
	B: number;
}

/** The effects of a person's answer. */
export interface Actions {
	link: (edge: Edge, by: string) => void;
	/** The record takes no further part in this run. */
	leaveOut: (side: Side, at: number) => void;
}

/** The most pairs that one answer keeps apart one by one. */
const MOST_PAIRS = 400;

/** Asks a person which records belong together, or obeys the answer. */
export class GroupAnswers {
	/** The pairs that this run has kept apart, by {@link pairOf}. */
	private readonly parted = new Set<string>();

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
			if (!named || !this.mayLink(group, named)) return false;
			this.actions.link(named, by);
			return true;
		}
		if (answer.choose !== 'keepApart') return false;
		if (isCrowd(group) && !answer.value?.trim()) return this.shareKey(group, by);
		const meant = answer.value?.trim() ? (named ? [named] : []) : allEdges(group.all);
		// The answer is about records that are asked about: a pair that is linked stays linked.
		const edges = meant.filter((edge) =>
			SIDES.some((side) => this.isFree(group, side, edge[side])),
		);
		const isPossible = edges.length > 0 || (group.apart !== undefined && !answer.value?.trim());
		if (!isPossible) return false;
		for (const edge of edges) {
			const ids = this.edgeIds(edge);
			this.parted.add(pairOf(ids.A, ids.B));
			this.run.store(this.run.newLink(ids.A, ids.B, 'keepApart'));
			this.run.note({ pairId: '', aId: ids.A, bId: ids.B }, 'keptApart', {
				rule: 'answer',
				actor: by,
			});
			if (!group.apart) for (const side of SIDES) this.actions.leaveOut(side, edge[side]);
		}
		group.apart?.act(edges);
		return true;
	}

	/** Keeps all of them apart by what they share: it tells nothing about who somebody is from now on. */
	private shareKey({ sharedKey, all, apart }: Group, by: string): boolean {
		const { run } = this;
		if (sharedKey === undefined) return false;
		const row = run.newLink('', '', 'keepApart', nameFor('sharedKey', sharedKey));
		run.store({ ...row, keys: sharedKey });
		run.note(row, 'keptApart', { rule: 'answer', actor: by });
		for (const side of SIDES) {
			if (apart) break;
			for (const at of all[side]) this.actions.leaveOut(side, at);
		}
		apart?.act('all');
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

	private mayLink(group: Group, edge: Edge): boolean {
		const { A, B } = this.edgeIds(edge);
		if (this.parted.has(pairOf(A, B))) return false;
		return SIDES.every((side) => this.isFree(group, side, edge[side]));
	}

	/** One that another answer has just linked is free no more. */
	private isFree({ open }: Group, side: Side, at: number): boolean {
		return open[side].includes(at) && this.run[side].decisions[at] !== 'newlyLinked';
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
		const choices: Choice[] = [
			...(canLink ? (['link'] as const) : []),
			...(isCrowd(group) && group.sharedKey === undefined ? [] : (['keepApart'] as const)),
		];
		const names = this.names(open);
		const refused = !answer
			? ''
			: choices.some((choice) => choice === answer.choose)
				? ' The answer given does not name two of these records that can still be linked, so it was not used.'
				: ` ${whyRefused(answer, choices)}`;
		this.run.review.push(
			reviewRow(this.run, {
				conflictId,
				kind,
				name: names,
				reason: `${this.reason(group, names)} No record was linked or created.${refused}`,
				whatToDo: whatToDo(group, canLink),
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
		return `${names}: ${many('A')} and ${many('B')} share the same ${label}, so it is unclear who is who.`;
	}

	/** The names of the records that want the key, and of those that have it. */
	private whoHas(label: string, all: Both<readonly number[]>, open: Group['open']): string {
		const told = SIDES.filter((side) => all[side].length > 0).map((side) => {
			const isLinked = all[side].some((at) => !open[side].includes(at));
			const state = isLinked ? ', linked to another person or unclear' : '';
			const only = { A: [], B: [], [side]: all[side] };
			return `${this.names(only)} (${this.run.policy.names[side]}${state})`;
		});
		return `${told.join(' and ')} have the same ${label}.`;
	}

	private names(open: Both<readonly number[]>): string {
		const names = SIDES.flatMap((side) =>
			open[side].slice(0, 1000).map((at) => nameOf(this.run[side].records[at])),
		);
		return firstNames(names);
	}
}

/** Whether they are too many to say of each two that they are not the same person. */
const isCrowd = ({ all }: Group): boolean => all.A.length * all.B.length > MOST_PAIRS;

function allEdges({ A, B }: Both<readonly number[]>): Edge[] {
	return A.flatMap((a) => B.map((b) => ({ A: a, B: b })));
}

function whatToDo(group: Group, canLink: boolean): string {
	const { label, apart, sharedKey } = group;
	const link = canLink
		? 'Choose link if two of them are the same person (in value: both ids, with a space between)'
		: '';
	if (isCrowd(group) && sharedKey === undefined)
		return `${link || 'Correct the records'}. They are too many to decide one by one: correct the records with a wrong value.`;
	const means = apart
		? `: ${apart.means}`
		: isCrowd(group)
			? `: the ${label} is then treated as shared by many, and is not used to identify people.`
			: '.';
	return `${link || 'Correct the records'}, or ${canLink ? 'keepApart' : 'choose keepApart'} if they are different people${means}`;
}
