import { planItem } from './items';
import { namesNobody, normalised, written } from './normalise';
import type { Absence } from './absence';
import type { PairMerger } from './merge';
import type { Matched } from './match';
import { AMBIGUOUS, NEWLY_LINKED, OPEN, TO_CREATE } from './population';
import { SIDES, other } from './policy';
import type { Field } from './policy';
import type { Change, SkipReason } from './results';
import { count, listed, reviewRow } from './review';
import type { LinkRow } from './rows';
import { nameOf } from './run';
import type { Run } from './run';
import { managed } from './tags';
import { nameFor } from './hash';
import type { Side, SyncRecord, Value } from './types';

/** What has been found out about the records that have no counterpart. */
export interface Findings {
	absence: Absence;
	matched: Matched;
}

/**
 * Plans a record on the other side for each that has none there: only where the policy wants it, where
 * nobody holds any of its keys, and where the new record can be found again by a key of its own.
 */
export class Creator {
	constructor(
		private readonly run: Run,
		private readonly merger: PairMerger,
		private readonly found: Findings,
	) {}

	plan(): void {
		for (const side of SIDES) {
			if (this.run.policy.policy.create[other(side)]) this.holdDuplicates(side);
			for (const at of this.run[side].open()) this.decide(side, at);
			this.endRetries(side);
		}
	}

	/** A person who is twice on one side would become two on the other. */
	private holdDuplicates(side: Side): void {
		const { run, found } = this;
		for (const index of found.matched.indexes) {
			const slots = new Set<number>();
			for (const at of run[side].open()) {
				if (this.whyNot(side, at)) continue;
				for (const slot of index.of(side, at)) if (index.count(side, slot) > 1) slots.add(slot);
			}
			for (const slot of slots) this.setAside(side, index.holders(side, slot));
		}
	}

	private setAside(side: Side, holders: readonly number[]): void {
		const { place } = this.run[side];
		this.reportDuplicates(side, holders);
		for (const at of holders) if (place[at] === OPEN) place[at] = AMBIGUOUS;
	}

	private reportDuplicates(side: Side, holders: readonly number[]): void {
		const { run } = this;
		const ids = holders.map((at) => run[side].records[at].id);
		const names = [...new Set(holders.map((at) => nameOf(run[side].records[at])))].sort();
		const here = run.policy.names[side];
		const there = run.policy.names[other(side)];
		run.review.push(
			reviewRow(run, {
				conflictId: nameFor('duplicateSameSide', side, [...ids].sort().join(' ')),
				kind: 'duplicateSameSide',
				name: names.slice(0, 3).join(', '),
				reason: `${names.slice(0, 3).join(', ')}: ${count(holders.length, 'record')} in ${here} share an id, address or e-mail, so they may be one person. None is created in ${there}.`,
				whatToDo: `Merge them in ${here} if they are one person; else correct what they share.`,
				aId: side === 'A' ? listed(ids) : '',
				bId: side === 'B' ? listed(ids) : '',
			}),
		);
	}

	private decide(side: Side, at: number): void {
		const record = this.run[side].records[at];
		const isUnreadable = this.run.keys.isUnreadable(record.keys);
		const reason = this.whyNot(side, at);
		if (reason === 'noCounterpart' && isUnreadable)
			return this.run[side].skip(at, 'unreadableAddress');
		if (reason) return this.run[side].skip(at, reason);
		const to = other(side);
		const changes = this.changes(record, to);
		if (this.lacksRequired(changes, to) || !this.canBeFound(changes))
			return this.run[side].skip(at, isUnreadable ? 'unreadableAddress' : 'missingRequired');
		this.create(side, at, changes);
	}

	private whyNot(side: Side, at: number): SkipReason | undefined {
		const { run, found } = this;
		const { absence, matched } = found;
		if (absence.left[side].has(at)) return 'gone';
		if (absence.tombstoned[side].has(at)) return 'tombstone';
		if (!run.policy.policy.create[other(side)]) return 'noCounterpart';
		const record = run[side].records[at];
		if (absence.tombstonedKeys.size > 0) {
			const hashes = run.keys.hashes(record.keys);
			if (hashes.some((hash) => absence.tombstonedKeys.has(hash))) return 'tombstone';
		}
		if (matched.apart[side].has(at)) return 'keptApart';
		return record.doNotCreate ? 'doNotCreate' : undefined;
	}

	private changes(record: SyncRecord, to: Side): Change[] {
		const changes: Change[] = [];
		const { fields, createOnly } = this.run.policy;
		for (const field of [...fields, ...createOnly]) {
			const value = record.fields[field[other(to)]];
			if (value === undefined || !(field.to[to] || field.onCreate)) continue;
			if (namesNobody(value, field.how)) continue;
			if (changes.some(({ name }) => name === field[to])) continue;
			if (normalised(value, field.how) !== '') changes.push(creation(field, to, value));
		}
		return changes;
	}

	private lacksRequired(changes: readonly Change[], to: Side): boolean {
		const required = this.run.policy.policy.requiredToCreate?.[to] ?? [];
		return required.some((name) => !changes.some((change) => change.name === name));
	}

	/** Else a create whose answer is lost would be made again and again. */
	private canBeFound(changes: readonly Change[]): boolean {
		const given = (how: Change['normalise']) =>
			changes
				.filter(({ normalise }) => normalise === how)
				.map(({ after }) => (typeof after === 'string' ? after : null));
		const [phone] = given('phone');
		const keys = { linkedIn: given('linkedIn'), emails: given('email'), phone };
		return this.run.keys.hashes(keys).length > 0;
	}

	private create(side: Side, at: number, changes: Change[]): void {
		const { run } = this;
		const to = other(side);
		const source = run[side].records[at];
		run[side].place[at] = TO_CREATE;
		const retry = this.found.absence.retries[side].get(at);
		const { tags } = run.policy;
		const addTags = tags?.to[to] ? [...managed(source.tags ?? [], tags).values()] : [];
		const link = run.store({
			...(retry ?? this.newLink(side, source.id)),
			base: this.merger.baseOf(side, at),
			keys: run.keys.hashes(source.keys).join(' '),
		});
		const item = planItem({
			runId: run.input.runId,
			side: to,
			target: undefined,
			source,
			sourceId: source.id,
			link,
			changes,
			addTags,
			removeTags: [],
			lookUpFirst: retry !== undefined,
		});
		link.opKey = item.opKey;
		run.items[to].push(item);
	}

	private newLink(side: Side, id: string): LinkRow {
		const [a, b] = side === 'A' ? [id, ''] : ['', id];
		return this.run.newLink(a, b, 'pendingCreate', nameFor('create', side, id));
	}

	/** A create that was to be made again, but whose record has turned out to be linked. */
	private endRetries(side: Side): void {
		for (const [at, link] of this.found.absence.retries[side]) {
			if (this.run[side].place[at] === NEWLY_LINKED) this.run.store({ ...link, state: 'expired' });
		}
	}
}

function creation(field: Field, to: Side, value: Value): Change {
	return {
		field: field.field,
		name: field[to],
		before: null,
		after: written(value, field.how),
		kind: 'created',
		rule: field.rule,
		winner: other(to),
		actor: 'rule',
		normalise: field.how,
	};
}
