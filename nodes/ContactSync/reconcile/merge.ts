import { Base, UNKNOWN, tagsOf } from './base';
import { FieldMerge } from './fields';
import type { Decided } from './fields';
import { planItem } from './items';
import { reportLeft } from './left';
import { reportBadRow } from './join';
import { normalised } from './normalise';
import type { MergePair } from './pairs';
import { HELD } from './population';
import { SIDES, other } from './policy';
import { areTagsInStep, mergeTags, writeTags } from './tags';
import type { TagWrites } from './tags';
import type { LinkRow } from './rows';
import type { Run } from './run';
import type { Side } from './types';

/** Merges pairs, one after the other, into plan items and rows to store. */
export class PairMerger {
	private readonly base: Base;
	private readonly fields: FieldMerge;

	constructor(private readonly run: Run) {
		this.base = new Base(run.policy.fields.map(({ tag }) => tag));
		this.fields = new FieldMerge(run);
	}

	merge(pair: MergePair): void {
		const { run, base } = this;
		const { link } = pair;
		if (!pair.touched && this.isInStep(pair)) {
			run.inSync++;
			return;
		}
		if (!this.load(pair)) return;
		const records = { A: run.A.records[pair.A], B: run.B.records[pair.B], link };
		const decided: Decided = {
			changes: { A: [], B: [] },
			open: 0,
			storeFirst: pair.storeFirst ?? false,
		};
		this.fields.merge(records, base, decided);
		const tags = this.mergeTags(pair);
		const writes = SIDES.filter(
			(side) =>
				decided.changes[side].length > 0 ||
				(tags !== undefined && tags.add[side].length + tags.remove[side].length > 0),
		);
		const changed = (pair.touched ?? false) || base.changed;
		const text = base.changed ? base.save() : link.base;
		// A row that a write follows is stored by Commit, unless it must not be lost before.
		const isStored = changed && (writes.length === 0 || decided.storeFirst);
		const current = isStored ? run.store(link, text) : { ...link, base: text };
		if (writes.length === 0 && decided.open === 0) run.inSync++;
		for (const side of writes) this.plan(side, pair, current, decided, tags);
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
			for (const side of SIDES) this.run[side].place[pair[side]] = HELD;
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
		link: LinkRow,
		decided: Decided,
		tags: TagWrites | undefined,
	): void {
		const { run } = this;
		const target = run[side].records[pair[side]];
		const source = run[other(side)].records[pair[other(side)]];
		const item = planItem({
			runId: run.input.runId,
			...{ side, target, source, link },
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
