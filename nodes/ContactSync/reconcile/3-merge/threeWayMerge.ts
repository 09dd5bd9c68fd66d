import { Breaker } from './breaker';
import { UNKNOWN, VALUE, addToDigest, hasDigest } from '../state/mergeBase';
import type { MergeBase, Known } from '../state/mergeBase';
import { nameFor, computeFingerprint, computeTidyFingerprint } from '../values/fingerprint';
import type { Fingerprint } from '../values/fingerprint';
import { normalised, normalisedPair, written } from '../values/normalise';
import { other } from '../state/compilePolicy';
import type { Field } from '../state/compilePolicy';
import type { Change } from '../contract/output';
import type { AuditKind, LinkRow, ReviewKind } from '../contract/rows';
import { conflictRow } from '../report/reviewRow';
import type { PlanRun } from '../state/planRun';
import type { Both, Side, SyncRecord, Value } from '../contract/input';

/** The decisions about one pair. */
export interface Decided {
	changes: Both<Change[]>;
	/** Conflicts that wait for a person. */
	open: number;
	/** The row must be stored before anything is written. */
	storeFirst: boolean;
	/** The column `writes` of the row. */
	writes: string;
}

export interface Pair {
	A: SyncRecord;
	B: SyncRecord;
	link: LinkRow;
}

/** One field of a pair: its values, and their normalised forms, which are compared. */
interface Cell {
	at: number;
	field: Field;
	value: Both<Value>;
	text: Both<string>;
}

/**
 * The three-way merge of the fields of one pair: the values of both sides against the merge base, which holds
 * the values at the last agreement.
 *
 * - The normalised values are equal: nothing is written.
 * - One side was not read: nothing is written.
 * - One side changed: the other side follows, if the direction allows it.
 * - Both sides changed: the rule of the field decides, or a person.
 * - There is no merge base: a blank is filled; the policy's `initial` decides between two values.
 * - The field bounces between the sides: nothing is written until a person answers.
 *
 * The base of fields that need no write moves here. Commit moves the base of the written ones.
 */
export class FieldMerge {
	private base!: MergeBase;
	private pair!: Pair;
	private decided!: Decided;
	/** Of a pair whose fields were written within the last hour, or are frozen. */
	private breaker: Breaker | undefined;

	constructor(private readonly run: PlanRun) {}

	merge(pair: Pair, base: MergeBase, decided: Decided): void {
		this.pair = pair;
		this.base = base;
		this.decided = decided;
		const { writes } = pair.link;
		this.breaker = writes === '' ? undefined : new Breaker(writes, this.run.input.now);
		const { fields } = this.run.policy;
		const a = pair.A.fields;
		const b = pair.B.fields;
		for (let at = 0; at < fields.length; at++) {
			const field = fields[at];
			const valueA = a[field.A];
			const valueB = b[field.B];
			if (valueA === undefined || valueB === undefined) continue;
			const [textA, textB] = normalisedPair(valueA, valueB, field.how);
			if (textA === textB) {
				base.agree(at, textA);
				this.breaker?.thaw(field.tag);
			} else
				this.decide({
					at,
					field,
					value: { A: valueA, B: valueB },
					text: { A: textA, B: textB },
				});
		}
		if (this.breaker?.changed) decided.writes = this.breaker.save();
	}

	/**
	 * Whether both sides agree in all fields, as they did when the base was stored: nearly all pairs of
	 * a usual run. Then there is nothing to merge, and the base need not be read.
	 */
	isInStep(a: SyncRecord, b: SyncRecord, base: string): boolean {
		const { fields } = this.run.policy;
		digest.x = 0;
		digest.y = 0;
		for (let at = 0; at < fields.length; at++) {
			const field = fields[at];
			const valueA = a.fields[field.A];
			const valueB = b.fields[field.B];
			if (valueA === undefined || valueB === undefined) continue;
			const isSame = valueA === valueB;
			if (isSame && field.how === 'text' && typeof valueA === 'string') {
				if (computeTidyFingerprint(valueA, scratch)) {
					addToDigest(digest, field.tag, scratch.x, scratch.y);
					continue;
				}
			}
			const [text, textB] = normalisedPair(valueA, valueB, field.how);
			if (text !== textB) return false;
			if (text === '') addToDigest(digest, field.tag, 0, 0);
			else {
				computeFingerprint(text, scratch);
				addToDigest(digest, field.tag, scratch.x, scratch.y);
			}
		}
		return hasDigest(base, digest);
	}

	private decide(cell: Cell): void {
		const { base } = this;
		if (this.breaker?.isFrozen(cell.field.tag)) return this.askAboutBounce(cell);
		if (base.A.state[cell.at] === UNKNOWN || base.B.state[cell.at] === UNKNOWN)
			return this.firstMeeting(cell);
		const changedA = this.isChanged(cell, 'A');
		const changedB = this.isChanged(cell, 'B');
		if (changedA && changedB) return this.bothChanged(cell);
		if (changedA) return this.follow(cell, 'A');
		if (changedB) return this.follow(cell, 'B');
		// They differ as they did before: so it was accepted.
	}

	/** Also keeps, for the rule `field`, when a change was first seen. */
	private isChanged(cell: Cell, side: Side): boolean {
		const { base } = this;
		const known = base[side];
		if (base.holds(known, cell.at, cell.text[side]) || this.holdsAsList(cell, side)) {
			base.forget(known, cell.at);
			return false;
		}
		if (cell.field.rule === 'field' && cell.text[side] !== '') this.firstSeen(cell, side, known);
		return true;
	}

	/** A text that was compared with a list when both were last in step. */
	private holdsAsList({ at, field, value }: Cell, side: Side): boolean {
		const now = value[side];
		if (typeof now !== 'string' || !now.includes(',')) return false;
		return this.base.holds(this.base[side], at, normalised([now], field.how));
	}

	private firstSeen(cell: Cell, side: Side, known: Known): void {
		const { base } = this;
		const event = this.pair[side].eventAt?.[cell.field[side]];
		computeFingerprint(cell.text[side], scratch);
		const seen =
			known.seenAt[cell.at] !== 0 &&
			known.seenX[cell.at] === scratch.x &&
			known.seenY[cell.at] === scratch.y;
		if (seen && (event === undefined || event === known.seenAt[cell.at])) return;
		base.wait(known, cell.at, scratch, event ?? this.run.input.now);
		this.decided.storeFirst = true;
	}

	private follow(cell: Cell, from: Side): void {
		const to = other(from);
		const { field, text } = cell;
		const clears = text[from] === '';
		if (clears && (!field.clears || field.rule === 'fillBlank')) this.accept(cell, 'clearKept', to);
		else if (!field.to[to]) this.accept(cell, 'directionBlocked', to);
		else if (field.rule === 'fillBlank' && text[to] !== '') this.accept(cell, 'notOverwritten', to);
		else if (clears) this.write(cell, to, 'cleared', field.rule, from);
		else this.write(cell, to, text[to] === '' ? 'filled' : 'changed', field.rule, from);
	}

	private bothChanged(cell: Cell): void {
		const cleared: Side | undefined =
			cell.text.A === '' ? 'A' : cell.text.B === '' ? 'B' : undefined;
		if (cleared) return this.setVsClear(cell, cleared);
		const winner = this.winner(cell);
		if (winner) return this.settle(cell, winner, 'conflict', cell.field.rule);
		this.leaveOpen(cell, 'concurrent', cell.field.rule);
	}

	/** A value beats a blank, unless the side that cleared it is the source of truth and clearing travels. */
	private setVsClear(cell: Cell, cleared: Side): void {
		const clearWins = cell.field.clears && cell.field.rule === cleared;
		this.settle(cell, clearWins ? cleared : other(cleared), 'setVsClear', cell.field.rule);
	}

	private winner({ at, field }: Cell): Side | undefined {
		switch (field.rule) {
			case 'A':
			case 'B':
				return field.rule;
			case 'latest':
				return later(this.pair.A.updatedAt, this.pair.B.updatedAt) ?? tiebreak(field);
			case 'field':
				return later(this.base.A.seenAt[at], this.base.B.seenAt[at]) ?? tiebreak(field);
			default:
				return undefined;
		}
	}

	/** The sides have no common past in this field. */
	private firstMeeting(cell: Cell): void {
		const { initial } = this.run.policy.policy;
		if (cell.text.A === '') this.settle(cell, 'B', 'filled', 'fillBlank');
		else if (cell.text.B === '') this.settle(cell, 'A', 'filled', 'fillBlank');
		else if (initial === 'A' || initial === 'B') this.settle(cell, initial, 'initial', initial);
		else this.leaveOpen(cell, 'initial', initial);
	}

	/** The winner's value goes to the other side, if it may travel there; else both stay as they are. */
	private settle(cell: Cell, winner: Side, kind: AuditKind, rule: string): void {
		const to = other(winner);
		if (cell.field.to[to]) this.write(cell, to, kind, rule, winner);
		else this.accept(cell, 'directionBlocked', to);
	}

	/** The services rewrite the field in turn. A person decides. */
	private askAboutBounce(cell: Cell): void {
		const { field, text } = cell;
		const conflictId = nameFor('bounce', this.pair.link.pairId, field.field, text.A, text.B);
		this.leaveOpen(cell, 'oscillation', field.rule, conflictId);
	}

	private leaveOpen(
		cell: Cell,
		kind: ReviewKind,
		rule: string,
		conflictId = this.conflictId(cell),
	): void {
		const answer = this.run.answers.to(conflictId);
		const actor = answer?.by || 'a person';
		switch (answer?.choose) {
			case 'A':
			case 'B': {
				const to = other(answer.choose);
				if (cell.field.to[to])
					return this.write(cell, to, 'resolved', 'answer', answer.choose, { actor, conflictId });
				return this.acceptAnswer(cell, conflictId, actor);
			}
			case 'skip':
				return this.acceptAnswer(cell, conflictId, actor);
			case 'value':
				if (this.writeAnswer(cell, answer.value ?? '', { actor, conflictId })) return;
		}
		this.decided.open++;
		const { A, B, link } = this.pair;
		this.run.review.push(
			conflictRow(this.run, {
				conflictId,
				kind,
				rule,
				link,
				records: { A, B },
				field: cell.field.field,
				values: cell.value,
				answer,
			}),
		);
	}

	/** A value of the person's own goes to both sides. A blank is no answer: it would lose both values. */
	private writeAnswer(
		cell: Cell,
		value: string,
		by: Pick<Change, 'actor' | 'conflictId'>,
	): boolean {
		const { field } = cell;
		const text = normalised(value, field.how);
		if (text === '') return false;
		const targets = (['A', 'B'] as const).filter((side) => text !== cell.text[side]);
		const writable = targets.filter((side) => field.to[side]);
		if (writable.length === 0) {
			this.acceptAnswer(cell, by.conflictId ?? '', by.actor);
			return true;
		}
		for (const side of writable) {
			const rest = { ...by, ...(writable.length > 1 && { needsBoth: true }) };
			this.push(cell, side, written(value, field.how), 'resolved', 'answer', '', rest);
		}
		return true;
	}

	private acceptAnswer(cell: Cell, conflictId: string, actor: string): void {
		this.run.answers.carryOut(conflictId);
		// The answer is not asked for again: what it says must not be lost with a write that fails.
		this.decided.storeFirst = true;
		this.accept(cell, 'resolved', '', actor);
	}

	/** Stays the same for as long as both values and their past do, whatever else happens to the pair. */
	private conflictId(cell: Cell): string {
		const { A, B } = this.base;
		const past = [A, B].map(({ state, x, y }) =>
			state[cell.at] === VALUE ? `${x[cell.at]} ${y[cell.at]}` : String(state[cell.at]),
		);
		return nameFor(this.pair.link.pairId, cell.field.field, cell.text.A, cell.text.B, ...past);
	}

	/** Nothing is written: what the two sides are now is how they may stay. */
	private accept(cell: Cell, kind: AuditKind, kept: Side | '', actor = 'rule'): void {
		const { run, pair, base } = this;
		base.set(cell.at, cell.text.A, cell.text.B);
		if (kind === 'resolved') this.breaker?.forget(cell.field.tag);
		const side = kept || 'A';
		run.note(pair.link, kind, {
			field: cell.field.field,
			rule: cell.field.rule,
			before: run.shown(cell.value[side]),
			after: run.shown(cell.value[side]),
			other: run.shown(cell.value[other(side)]),
			actor,
		});
	}

	private write(
		cell: Cell,
		to: Side,
		kind: AuditKind,
		rule: string,
		winner: Side,
		more: Partial<Change> = {},
	): void {
		if (!more.conflictId && this.breaker?.stops(cell.field.tag, to)) {
			this.breaker.freeze(cell.field.tag);
			this.decided.storeFirst = true;
			return this.askAboutBounce(cell);
		}
		const blank = cell.text[winner] === '';
		const value = blank ? null : written(cell.value[winner], cell.field.how);
		this.push(cell, to, value, kind, rule, winner, more);
	}

	private push(
		cell: Cell,
		to: Side,
		after: Value,
		kind: AuditKind,
		rule: string,
		winner: Side | '',
		more: Partial<Change>,
	): void {
		const { field, value } = cell;
		const source = value[other(to)];
		this.decided.changes[to].push({
			field: field.field,
			name: field[to],
			before: value[to],
			after,
			...(winner === '' && { other: source }),
			kind,
			rule,
			winner,
			actor: 'rule',
			normalise: field.how,
			...more,
		});
	}
}

const scratch: Fingerprint = { x: 0, y: 0 };
const digest: Fingerprint = { x: 0, y: 0 };

function later(a: number | undefined, b: number | undefined): Side | undefined {
	if (!a || !b || a === b) return undefined;
	return a > b ? 'A' : 'B';
}

function tiebreak({ tiebreak }: Field): Side | undefined {
	return tiebreak === 'manual' ? undefined : tiebreak;
}
