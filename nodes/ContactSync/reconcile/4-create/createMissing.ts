import { UNIQUE_LABELS } from '../state/uniqueValues';
import { planItem } from '../state/planItem';
import { KEY_TYPES, SHARED_TYPES, keyHash } from '../values/identityKeys';
import { pairOf } from '../state/linksTable';
import { namesNobody, normalised, written } from '../values/normalise';
import type { Absence } from '../1-links/missingRecords';
import type { PairMerger } from '../3-merge/mergePairs';
import type { Matched } from '../2-match/matchByKeys';
import { SIDES, other } from '../state/compilePolicy';
import type { Field } from '../state/compilePolicy';
import type { Change, SkipReason } from '../contract/output';
import { count, listed, reviewRow } from '../report/reviewRow';
import type { LinkRow } from '../contract/rows';
import { nameOf, valueText } from '../state/planRun';
import type { PlanRun } from '../state/planRun';
import { defaultChanges, defaultTags } from './newRecordDefaults';
import { managed } from '../3-merge/mergeTags';
import { nameFor } from '../values/fingerprint';
import type { Both, Side, SyncRecord, UniqueKind, Value } from '../contract/input';

/** The findings of the earlier steps about records without a counterpart. */
export interface Findings {
	absence: Absence;
	matched: Matched;
	/** By `pairOf(aId, bId)`. */
	keptApart: ReadonlySet<string>;
}

/** The most records that are compared with each other. */
const MOST_COMPARED = 50;

/**
 * Plans a record on the other side for each that has none there: only where the policy wants it, where
 * nobody holds any of its keys or would be robbed of a value, and where the new record can be found again
 * by a key of its own.
 */
export class Creator {
	/** Fields that a new record is not given, by its source: somebody else has the value, as a person has said. */
	private readonly withheld: Both<Map<number, Set<string>>> = { A: new Map(), B: new Map() };

	constructor(
		private readonly run: PlanRun,
		private readonly merger: PairMerger,
		private readonly found: Findings,
	) {}

	/** Asks about records that compete for a value or a key. An answer may link them. */
	askAboutRivals(): void {
		for (const side of SIDES) {
			if (!this.run.policy.policy.create[other(side)]) continue;
			this.holdDuplicates(side);
			this.holdTaken(side);
		}
	}

	plan(): void {
		for (const side of SIDES) {
			for (const at of this.run[side].open()) this.decide(side, at);
			this.endRetries(side);
		}
	}

	/** Sets aside records of one side that share a key: one person would become two on the other side. */
	private holdDuplicates(side: Side): void {
		const { run, found } = this;
		for (const index of found.matched.indexes) {
			const slots = new Set<number>();
			for (const at of run[side].open()) {
				if (this.whyNot(side, at)) continue;
				for (const slot of index.of(side, at)) if (index.count(side, slot) > 1) slots.add(slot);
			}
			for (const slot of slots) {
				const holders = index.holders(side, slot);
				if (!this.areSeveral(side, holders, index.type)) this.setAside(side, holders);
			}
		}
	}

	/** Whether they share a mailbox or a phone, and their LinkedIn ids say that no two are one person. */
	private areSeveral(side: Side, holders: readonly number[], type: number): boolean {
		if (type < SHARED_TYPES || holders.length > MOST_COMPARED) return false;
		const { keys, [side]: population } = this.run;
		return holders.every((one, i) =>
			holders
				.slice(i + 1)
				.every((two) =>
					keys.contradict(population.records[one].keys, population.records[two].keys, SHARED_TYPES),
				),
		);
	}

	/** Asks about new records whose e-mail or phone another record has or gets. */
	private holdTaken(from: Side): void {
		const { run } = this;
		const to = other(from);
		for (const [name, kind] of Object.entries(run.policy.policy.unique?.[to] ?? {})) {
			const wanted = new Map<string, number[]>();
			for (const at of run[from].open()) {
				if (this.whyNot(from, at)) continue;
				const change = this.changes(from, at).find((one) => one.name === name);
				const form = normalised(change?.after, kind);
				if (form !== '') wanted.set(form, [...(wanted.get(form) ?? []), at]);
			}
			for (const [form, sources] of wanted) this.askTaken(from, name, kind, form, sources);
		}
	}

	private askTaken(
		from: Side,
		name: string,
		kind: UniqueKind,
		form: string,
		sources: readonly number[],
	): void {
		const { run } = this;
		const to = other(from);
		const holders = run.holders[to].of(kind, form);
		const isShared = run.keys.isSaidShared(kind, form);
		const isApart = (at: number) =>
			(isShared && holders.length + sources.length > 1) ||
			(holders.length > 0 && holders.every((holder) => this.areApart(from, at, holder)));
		for (const at of sources) if (isApart(at)) this.withhold(from, at, name);
		const asking = sources.filter((at) => !isApart(at));
		if (asking.length === 0 || (holders.length === 0 && sources.length === 1)) return;
		const isOpen = (at: number) => run[to].isOpen(at);
		const sides = (of: readonly number[], there: readonly number[]): Both<readonly number[]> =>
			from === 'A' ? { A: of, B: there } : { A: there, B: of };
		const free = holders.filter(isOpen);
		this.found.matched.ask({
			kind: 'taken',
			label: UNIQUE_LABELS[kind],
			sharedKey: keyHash(KEY_TYPES.indexOf(kind), form),
			open: sides(asking, free),
			all: sides(sources, holders),
			apart: {
				means: `they are then created in ${run.policy.names[to]} without it.`,
				act: (edges) => {
					const said = new Set(edges === 'all' ? [] : edges.map(({ A, B }) => `${A} ${B}`));
					const isSaid = (at: number, holder: number) =>
						edges === 'all' ||
						this.areApart(from, at, holder) ||
						said.has(from === 'A' ? `${at} ${holder}` : `${holder} ${at}`);
					const parted = asking.filter((at) => holders.every((one) => isSaid(at, one)));
					for (const at of parted) {
						this.withhold(from, at, name);
						run[from].decisions[at] = 'open';
					}
					if (parted.length < asking.length) return;
					for (const at of free) run[to].decisions[at] = 'open';
				},
			},
		});
	}

	private withhold(side: Side, at: number, name: string): void {
		const names = this.withheld[side].get(at);
		if (names) names.add(name);
		else this.withheld[side].set(at, new Set([name]));
	}

	private areApart(side: Side, at: number, rival: number): boolean {
		const mine = this.run[side].records[at].id;
		const theirs = this.run[other(side)].records[rival].id;
		const pair = side === 'A' ? pairOf(mine, theirs) : pairOf(theirs, mine);
		return this.found.keptApart.has(pair);
	}

	private setAside(side: Side, holders: readonly number[]): void {
		const { decisions } = this.run[side];
		this.reportDuplicates(side, holders);
		for (const at of holders) if (decisions[at] === 'open') decisions[at] = 'ambiguous';
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
		const changes = this.changes(side, at);
		if (this.lacksRequired(changes, to) || !this.canBeFound(changes))
			return this.run[side].skip(at, isUnreadable ? 'unreadableAddress' : 'missingRequired');
		const taken = this.takenMeanwhile(to, changes);
		if (taken) return this.holdBack(side, at, taken);
		this.create(side, at, changes);
	}

	/** The change whose value a linked record is given in this very run. */
	private takenMeanwhile(to: Side, changes: readonly Change[]): Change | undefined {
		return changes.find(({ name, after }) => {
			const kind = this.run.holders[to].kindOf(name);
			return kind && this.merger.gives(to, kind, normalised(after, kind));
		});
	}

	private holdBack(side: Side, at: number, { field, after }: Change): void {
		const { run } = this;
		const record = run[side].records[at];
		run[side].decisions[at] = 'ambiguous';
		run.review.push(
			reviewRow(run, {
				conflictId: nameFor('taken', side, record.id, field),
				kind: 'taken',
				name: nameOf(record),
				field,
				reason: `${nameOf(record)} (${run.policy.names[side]}): “${field}” is ${valueText(after)}, which a linked record is given in this run. No record was linked or created.`,
				whatToDo: 'The next run asks who is who.',
				aId: side === 'A' ? record.id : '',
				bId: side === 'B' ? record.id : '',
			}),
		);
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
		if (record.doNotCreate) return 'doNotCreate';
		return record.maybeCreate ? 'unknownStatus' : undefined;
	}

	private changes(side: Side, at: number): Change[] {
		const to = other(side);
		const record = this.run[side].records[at];
		const withheld = this.withheld[side].get(at);
		const changes: Change[] = [];
		const { fields, createOnly } = this.run.policy;
		for (const field of [...fields, ...createOnly]) {
			const value = record.fields[field[other(to)]];
			if (value === undefined || !(field.to[to] || field.onCreate)) continue;
			if (namesNobody(value, field.how)) continue;
			if (withheld?.has(field[to]) || changes.some(({ name }) => name === field[to])) continue;
			if (normalised(value, field.how) !== '') changes.push(creation(field, to, value));
		}
		return [...changes, ...defaultChanges(this.run.policy, to, record, changes)];
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
		run[side].decisions[at] = 'toCreate';
		const retry = this.found.absence.retries[side].get(at);
		this.reportRepeated(
			source,
			side,
			retry ?? run.versions.rest.get(nameFor('create', side, source.id)),
		);
		const { tags } = run.policy;
		const sourceTags = tags?.to[to] ? [...managed(source.tags ?? [], tags).values()] : [];
		const ownTags = defaultTags(run.policy.policy.created?.[to], sourceTags);
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
			addTags: [...sourceTags, ...ownTags],
			removeTags: [],
			ownTags,
			lookUpFirst: retry !== undefined,
		});
		link.opKey = item.opKey;
		run.items[to].push(item);
	}

	/** What has been planned twice and was never done comes before a person. */
	private reportRepeated(source: SyncRecord, side: Side, row: LinkRow | undefined): void {
		// Its row is written by each plan, and by Commit where the answer was lost or nothing was sent.
		const isEnded = row?.state === 'expired' && row.opKey === '';
		if (row === undefined || !(isEnded || row.state === 'pendingCreate')) return;
		if (row.rev < (isEnded ? 4 : 3)) return;
		const { names } = this.run.policy;
		const there = names[other(side)];
		const name = nameOf(source);
		this.run.notWritten.push({
			side: other(side),
			field: '',
			row: reviewRow(this.run, {
				conflictId: nameFor('notCreated', side, source.id),
				kind: 'notWritten',
				name,
				reason: `${name} (${names[side]}) should have been created in ${there} by earlier runs, but was not. This run tries again.`,
				whatToDo: 'The column error of the audit rows says why.',
				aId: side === 'A' ? source.id : '',
				bId: side === 'B' ? source.id : '',
			}),
		});
	}

	private newLink(side: Side, id: string): LinkRow {
		const [a, b] = side === 'A' ? [id, ''] : ['', id];
		return this.run.newLink(a, b, 'pendingCreate', nameFor('create', side, id));
	}

	/** A create that was to be made again, but whose record has turned out to be linked. */
	private endRetries(side: Side): void {
		for (const [at, link] of this.found.absence.retries[side]) {
			if (this.run[side].decisions[at] === 'newlyLinked')
				this.run.store({ ...link, state: 'expired' });
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
