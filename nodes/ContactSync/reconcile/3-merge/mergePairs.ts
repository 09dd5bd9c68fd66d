import { MergeBase, UNKNOWN, tagsOf } from '../state/mergeBase';
import { FROZEN, withoutField } from './breaker';
import { FieldMerge } from './threeWayMerge';
import type { Decided } from './threeWayMerge';
import { granted } from '../state/uniqueValues';
import type { Claim } from '../state/uniqueValues';
import { planItem } from '../state/planItem';
import { reportLeft } from './rejectedWrites';
import { reportBadRow } from '../1-links/joinLinks';
import { normalised } from '../values/normalise';
import type { MergePair } from '../1-links/linkedPair';
import { SIDES, other } from '../state/compilePolicy';
import { chosen, takenId, takenRow } from './takenValues';
import { areTagsInStep, mergeTags, writeTags } from './mergeTags';
import type { TagWrites } from './mergeTags';
import type { Change, Stored } from '../contract/output';
import type { LinkRow } from '../contract/rows';
import type { PlanRun } from '../state/planRun';
import type { Side, UniqueKind } from '../contract/input';

/** A merged pair that is not yet turned into plan items and rows. */
interface Merged {
	pair: MergePair;
	decided: Decided;
	tags: TagWrites | undefined;
	/** Whether the row is another than the stored one. */
	changed: boolean;
	/** The base. */
	text: string;
}

interface Wanted extends Claim {
	change: Change;
	merged: Merged;
}

/** Merges pairs one by one into plan items and rows to store. */
export class PairMerger {
	private readonly base: MergeBase;
	private readonly fields: FieldMerge;
	/** Pairs that wait for the decision about values that only one record can have. */
	private readonly waiting: Merged[] = [];
	private readonly claims: Wanted[] = [];
	private readonly given = new Set<string>();

	constructor(private readonly run: PlanRun) {
		this.base = new MergeBase(run.policy.fields.map(({ tag }) => tag));
		this.fields = new FieldMerge(run);
	}

	merge(pair: MergePair): void {
		const { run, base } = this;
		const { link } = pair;
		const mayBeFrozen = link.writes.includes(FROZEN);
		if (!pair.touched && !mayBeFrozen && this.isInStep(pair)) {
			run.inSync++;
			return;
		}
		if (!this.load(pair)) return;
		const records = this.recordsOf(pair);
		const decided: Decided = {
			changes: { A: [], B: [] },
			open: 0,
			storeFirst: pair.storeFirst ?? false,
			writes: link.writes,
		};
		this.fields.merge(records, base, decided);
		const tags = this.mergeTags(pair);
		const changed = (pair.touched ?? false) || base.changed || decided.writes !== link.writes;
		const text = base.changed ? base.save() : link.base;
		const merged: Merged = { pair, decided, tags, changed, text };
		const claims = this.claimsOf(merged);
		if (claims.length === 0) return this.finish(merged);
		this.waiting.push(merged);
		this.claims.push(...claims);
	}

	/** Finishes the pairs of which one was to get a value that only one record may have. */
	settle(): void {
		const free = granted(this.run, this.claims);
		for (const claim of this.claims) {
			const { side, kind, form } = claim;
			if (free.has(claim)) this.given.add(`${side} ${kind} ${form}`);
		}
		const refused = new Map<string, Wanted[]>();
		for (const claim of this.claims) {
			if (free.has(claim)) continue;
			const key = `${claim.side} ${claim.change.field} ${claim.form}`;
			const group = refused.get(key);
			if (group) group.push(claim);
			else refused.set(key, [claim]);
		}
		for (const group of refused.values()) this.refuse(group);
		for (const merged of this.waiting) this.finish(merged);
	}

	/** Whether a linked record gets the value (its form) in this run. */
	gives(side: Side, kind: UniqueKind, form: string): boolean {
		return this.given.has(`${side} ${kind} ${form}`);
	}

	private claimsOf(merged: Merged): Wanted[] {
		const { pair, decided } = merged;
		return SIDES.flatMap((side) =>
			decided.changes[side].flatMap((change) => {
				const kind = this.run.holders[side].kindOf(change.name);
				if (!kind) return [];
				const form = normalised(change.after, kind);
				return [{ side, name: change.name, kind, form, target: pair[side], change, merged }];
			}),
		);
	}

	/** Asks a person about a value that several records want or one has. All else of theirs is written. */
	private refuse(group: readonly Wanted[]): void {
		const { run } = this;
		const [{ side, kind, form }] = group;
		const rivals = new Set([...run.holders[side].of(kind, form), ...this.wanting(side, form)]);
		for (const { target } of group) rivals.delete(target);
		const holders = [...rivals].map((at) => run[side].records[at]);
		const refused = group.map(({ merged, change }) => ({
			...{ side, form, change, merged },
			...this.recordsOf(merged.pair),
		}));
		const conflictId = takenId(refused, holders);
		const answer = run.answers.to(conflictId);
		const one = answer?.choose === 'value' && chosen(refused, holders, answer.value ?? '');
		const isAnswered = answer?.choose === 'skip' || one;
		for (const { merged, change } of refused) {
			if (one && one.merged === merged) continue;
			const { decided } = merged;
			for (const where of change.needsBoth ? SIDES : [side])
				decided.changes[where] = decided.changes[where].filter(
					({ field }) => field !== change.field,
				);
			if (isAnswered) this.accept(merged, change, conflictId, answer?.by ?? '');
			else decided.open++;
		}
		if (one) this.given.add(`${side} ${kind} ${form}`);
		if (!isAnswered) run.review.push(takenRow(run, conflictId, refused, holders, answer));
	}

	/** The records that want the value (its form), for any field. */
	private wanting(side: Side, form: string): number[] {
		const all = this.claims.filter((one) => one.form === form && one.side === side);
		return all.map(({ target }) => target);
	}

	/** Both sides stay as they are, because a person has said so. */
	private accept(merged: Merged, change: Change, conflictId: string, by: string): void {
		const { run, base } = this;
		const records = this.recordsOf(merged.pair);
		const at = run.policy.fields.findIndex(({ field }) => field === change.field);
		const field = run.policy.fields[at];
		base.load(merged.text);
		const form = (side: Side) => normalised(records[side].fields[field[side]], field.how);
		base.set(at, form('A'), form('B'));
		merged.text = base.save();
		merged.changed = true;
		merged.decided.writes = withoutField(merged.decided.writes, field.tag, run.input.now);
		run.answers.carryOut(conflictId);
		merged.decided.storeFirst = true;
		run.note(merged.pair.link, 'resolved', {
			...{ field: change.field, rule: 'answer', actor: by || 'a person' },
			before: run.shown(change.before),
			after: run.shown(change.before),
			other: run.shown(change.after),
		});
	}

	private recordsOf({ A, B, link }: MergePair) {
		return { A: this.run.A.records[A], B: this.run.B.records[B], link };
	}

	private finish({ pair, decided, tags, changed, text }: Merged): void {
		const { run } = this;
		const link = { ...pair.link, writes: decided.writes };
		const writes = SIDES.filter(
			(side) =>
				decided.changes[side].length > 0 ||
				(tags !== undefined && tags.add[side].length + tags.remove[side].length > 0),
		);
		// A row that a write follows is stored by Commit, unless it must not be lost before.
		const isStored = changed && (writes.length === 0 || decided.storeFirst);
		const current = isStored ? run.store(link, text) : { ...link, base: text };
		if (writes.length === 0 && decided.open === 0) run.inSync++;
		const { rev, base } = pair.link;
		const stored = current.rev === rev && current.base !== base ? { rev, base } : undefined;
		for (const side of writes) this.plan(side, pair, { link: current, stored }, decided, tags);
	}

	/** Whether the record is still what the base says; what was not read, or never known, is no change. */
	isUnchanged(link: LinkRow, side: Side, at: number): boolean {
		const { base, run } = this;
		try {
			base.load(link.base);
		} catch {
			return false;
		}
		const { fields } = run[side].records[at];
		return run.policy.fields.every((field, i) => {
			const value = fields[field[side]];
			if (value === undefined || base[side].state[i] === UNKNOWN) return true;
			return base.holds(base[side], i, normalised(value, field.how));
		});
	}

	/** The base of a create: what the source has; of the new record nothing is known yet. */
	baseOf(side: Side, at: number): string {
		const { base, run } = this;
		base.load('');
		const { fields, tags } = run[side].records[at];
		run.policy.fields.forEach((field, i) => {
			const value = fields[field[side]];
			if (value !== undefined) base.setSide(base[side], i, normalised(value, field.how));
		});
		if (tags && run.policy.tags) base.setTags(writeTags({ A: new Set(), B: new Set() }));
		return base.save();
	}

	private isInStep({ link, A, B }: MergePair): boolean {
		const { tags } = this.run.policy;
		const a = this.run.A.records[A];
		const b = this.run.B.records[B];
		return (
			this.fields.isInStep(a, b, link.base) &&
			(!tags || areTagsInStep(a, b, tagsOf(link.base), tags))
		);
	}

	private load(pair: MergePair): boolean {
		try {
			this.base.load(pair.link.base);
			return true;
		} catch {
			for (const side of SIDES) this.run[side].decisions[pair[side]] = 'held';
			reportBadRow(this.run, pair.link, 'its base cannot be read');
			return false;
		}
	}

	private mergeTags(pair: MergePair): TagWrites | undefined {
		const { run } = this;
		const { tags } = run.policy;
		if (!tags) return undefined;
		const a = run.A.records[pair.A];
		const b = run.B.records[pair.B];
		return mergeTags(a, b, this.base, tags, (kind, tag, side) =>
			run.note(pair.link, kind, {
				...{ side, field: 'tags', rule: 'set' },
				after: run.shown(tag),
			}),
		);
	}

	private plan(
		side: Side,
		pair: MergePair,
		{ link, stored }: { link: LinkRow; stored?: Stored },
		decided: Decided,
		tags: TagWrites | undefined,
	): void {
		const { run } = this;
		const target = run[side].records[pair[side]];
		const source = run[other(side)].records[pair[other(side)]];
		const item = planItem({
			runId: run.input.runId,
			...{ side, target, source, link, stored },
			sourceId: source.id,
			changes: decided.changes[side],
			addTags: tags?.add[side] ?? [],
			removeTags: tags?.remove[side] ?? [],
		});
		run.items[side].push(item);
		const { A, B } = { A: run.A.records[pair.A], B: run.B.records[pair.B] };
		reportLeft(run, { A, B, link }, side, item.changes);
		for (const change of item.changes) {
			if (normalised(change.before, 'exact') === '') continue;
			// On record before it is overwritten, whatever happens then.
			run.note(link, change.kind, {
				...{ side, field: change.field, rule: change.rule, winner: change.winner },
				before: run.shown(change.before),
				after: run.shown(change.after),
				other: run.shown(change.other ?? change.after),
				...{ opKey: item.opKey, applied: 'planned', actor: change.actor },
			});
		}
	}
}
