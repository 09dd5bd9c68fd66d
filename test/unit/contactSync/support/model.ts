import type {
	Both,
	Choice,
	LinkRow,
	PlanItem,
	PlanOutput,
	ReviewRow,
	Side,
	Value,
} from '../../../../nodes/ContactSync/reconcile';
import { normalised } from '../../../../nodes/ContactSync/reconcile/values/normalise';
import { ALL } from './lives';
import type { Life, Options, Step } from './lives';
import { KEY_FIELDS } from './peer';
import type { Person } from './peer';
import { FIELDS } from './policies';
import { Run, TableWorld } from './workflow';
import type { Fault, RunOptions, Watch } from './workflow';
import { MINUTE, SIDES, itemsOf } from './world';
import type { Engine } from './world';

/** A run that has begun, and whether it may still write. */
interface Begun {
	id: string;
	steps: Generator<void, void>;
}

/** An answer that a person has given. */
interface Given {
	row: ReviewRow;
	/** Steps of the life until it is in the table. */
	later: number;
}

const CALM: RunOptions = {
	...{ sizes: { A: 2, B: 2 }, mostReplaced: 3, twice: false },
	lost: ALL,
};
/** Slow services list a new record after this time. */
const LISTED_AFTER_MS = 80_000;
/** Rounds until everything is at rest. A field that bounces takes three, and settling the keys some more. */
const ROUNDS = 16;

/** Lives a life, checks each write as it is made, and tells what is wrong in the end. */
export class Model {
	readonly world: TableWorld;
	readonly wrong: string[] = [];
	/** Who a record really is. */
	private readonly who: Both<Map<string, number>> = { A: new Map(), B: new Map() };
	/** The sides on which a person's field was edited, by person and field. */
	private readonly edits = new Map<string, Side[]>();
	private readonly removed = new Set<number>();
	private readonly listedAt = new Map<string, number>();
	private readonly runs: Begun[] = [];
	private readonly given: Given[] = [];
	private readonly answered: ReviewRow[] = [];
	private plan: PlanOutput | undefined;
	private people = 0;
	private begun = 0;
	/** Whether two runs were under way at a time, because the first had lost its lease. */
	private overlapped = false;
	/** The runs that have sent a create long after its plan, and have not stored yet what came of it. */
	private readonly late = new Set<string>();
	/** Whether such a run has died, or one has rested for long in a portion and then sent a create. */
	private sentLate = false;
	/** Whether a run was interrupted, or an answer of a service lost. */
	private disturbed = false;

	constructor(
		engine: Engine,
		private readonly told: Life,
		fault: Fault = {},
	) {
		this.world = new TableWorld(engine, told.policy, told.store, fault, told.quirks);
		for (const side of SIDES) this.world[side].findsNew = !told.slow;
		for (const where of told.people) {
			const person = this.people++;
			for (const one of SIDES) if (where.includes(one)) this.enter(one, person, 'x');
		}
		for (const one of told.steps) {
			this.world.now += 1000;
			this.deliverAnswers();
			this.rewrite();
			this.step(one);
		}
	}

	/** Runs to rest and looks at what has become of everybody. */
	finish(): readonly string[] {
		const { world, told } = this;
		while (told.hangsOn && this.runs.length > 0) this.go(this.runs[0], ALL);
		this.runs.length = 0;
		while (this.given.length > 0) this.deliverAnswers();
		this.rewrite();
		world.now += 60 * MINUTE;
		if (!this.comesToRest()) this.wrong.push('it does not come to rest');
		if (this.repairTornRows() && !this.comesToRest())
			this.wrong.push('it does not come to rest after a person has corrected the links table');
		world.now += MINUTE;
		const again = this.wholeRun(CALM);
		if (itemsOf(again).length > 0) this.wrong.push('a second run writes');
		for (const one of SIDES) this.count(one);
		this.checkReview(again);
		return this.wrong;
	}

	private comesToRest(): boolean {
		const { world } = this;
		for (let rounds = 0; rounds < ROUNDS; rounds++) {
			world.now += 2 * MINUTE;
			const plan = this.wholeRun(CALM);
			if (itemsOf(plan).length === 0) return true;
		}
		return false;
	}

	/** Two runs have stored different rows of one revision: a person deletes one of them. */
	private repairTornRows(): boolean {
		const { world, told } = this;
		const plan = this.wholeRun(CALM);
		const torn = plan.review.filter(({ kind }) => kind === 'mappingNotOneToOne');
		if (torn.length === 0) return false;
		if (!this.overlapped) this.wrong.push(`${torn[0].reason} And no two runs were under way.`);
		for (const { pairId } of torn) {
			const rows = world.table.rows.filter((row) => row.pairId === pairId);
			const rev = Math.max(...rows.map((row) => row.rev));
			const rivals = rows.filter((row) => row.rev === rev);
			const kept = told.keepsFirst ? rivals[0] : rivals[rivals.length - 1];
			world.table.remove((row) => rivals.includes(row) && !isSameLink(row, kept));
		}
		return true;
	}

	/** Some services set fields to values of their own, a moment after they were written. */
	private rewrite(): void {
		for (const side of SIDES) this.world[side].rewrite(this.world.now);
	}

	private count(one: Side): void {
		const seen = new Map<number, number>();
		for (const id of this.world[one].people.keys()) {
			const person = this.who[one].get(id) ?? -1;
			seen.set(person, (seen.get(person) ?? 0) + 1);
		}
		for (let person = 0; person < this.people; person++) {
			const times = seen.get(person) ?? 0;
			if (times > 1) this.wrong.push(`person ${person} is ${times} times on side ${one}`);
			if (times === 0 && !this.removed.has(person))
				this.wrong.push(`person ${person} is not on side ${one}`);
		}
	}

	/** Each answer has come to its end, and the table shows what is open. */
	private checkReview(last: PlanOutput): void {
		const { review } = this.world;
		for (const { conflictId, choose, at } of this.answered) {
			const isDone = review.history.some(
				(row) =>
					row.conflictId === conflictId &&
					(row.status === 'applied' || row.status === 'stale') &&
					row.at >= at,
			);
			if (!isDone) this.wrong.push(`the answer “${choose}” to ${conflictId} is lost`);
		}
		const ids = (rows: readonly ReviewRow[]) =>
			[...new Set(rows.map(({ conflictId }) => conflictId))].sort().join(' ');
		const asked = last.review.filter(({ status }) => status === 'open');
		if (ids(review.open()) !== ids(asked)) this.wrong.push('the table does not show what is open');
	}

	private step(one: Step): void {
		const { world } = this;
		switch (one.do) {
			case 'edit': {
				const person = this.pick(one.side, one.who);
				if (person)
					this.edit(one.side, person, FIELDS[one.field][one.side], this.valueOf(person, one));
				break;
			}
			case 'tag': {
				const person = this.pick(one.side, one.who);
				if (!person) break;
				const rest = person.tags.filter((tag) => tag !== one.tag);
				person.tags = one.add ? [...rest, one.tag] : rest;
				break;
			}
			case 'rename': {
				const person = this.pick(one.side, one.who);
				if (person) this.rename(one.side, person, `${one.side}-${one.to}-${world.now}`);
				break;
			}
			case 'add':
				this.enter(one.side, this.people++, one.title);
				break;
			case 'remove': {
				const person = this.pick(one.side, one.who);
				if (!person) break;
				this.removed.add(this.who[one.side].get(person.id) ?? -1);
				world[one.side].people.delete(person.id);
				break;
			}
			case 'settle': {
				const person = this.pick('B', one.who);
				if (!person) break;
				const id = world.B.settleId(person.id);
				this.who.B.set(id, this.who.B.get(person.id) ?? -1);
				break;
			}
			case 'run':
				world.now += MINUTE;
				this.run(one);
				break;
			case 'event':
				this.go(this.begin({ ...one, only: this.recordsOf(one.who) }), one.steps);
				break;
			case 'go':
				if (this.runs.length > 0) this.go(this.runs[one.which % this.runs.length], one.steps);
				break;
			case 'die':
				if (this.runs.length > 0) this.die(this.runs[one.which % this.runs.length], one.isSeen);
				break;
			case 'answer':
				this.answer(one.which, one.choose, one.later);
				break;
			case 'wait':
				world.now += one.minutes * MINUTE;
		}
	}

	/** Where only one record may have a phone number, nobody gets that of another. */
	private valueOf(person: Person, { side, field, value }: Step & { do: 'edit' }): Value {
		const isShared = this.told.quirks.A.unique && FIELDS[field].field === 'Phone' && value;
		return isShared ? `+1415555${1000 + (this.who[side].get(person.id) ?? 0)}` : value;
	}

	private begin(options: Options & { only?: RunOptions['only'] }): Begun {
		this.list();
		const id = `run ${++this.begun}`;
		const { sizes, mostReplaced, twice, lost, only } = options;
		const how = { sizes, mostReplaced, twice, lost, ...(only && { only }) };
		this.disturbed ||= lost < ALL;
		const begun = { id, steps: new Run(this.world, id, how, this.watch(id, only)).steps() };
		this.runs.push(begun);
		return begun;
	}

	private go(run: Begun, most: number): void {
		for (let step = 0; step < most; step++) {
			this.list();
			if (!run.steps.next().done) {
				// A run that does not get the lease is done at once.
				this.overlapped ||= this.runs.length > 1;
				continue;
			}
			this.runs.splice(this.runs.indexOf(run), 1);
			return;
		}
		this.disturbed = true;
	}

	private run(one: Step & { do: 'run' }): void {
		const run = this.begin(one);
		this.go(run, one.steps);
		if (one.dies && this.runs.includes(run)) this.die(run, true);
	}

	private die(run: Begun, isSeen: boolean): void {
		this.sentLate ||= this.late.has(run.id);
		this.runs.splice(this.runs.indexOf(run), 1);
		if (isSeen) this.world.lease.giveBack(run.id);
	}

	private wholeRun(options: Options): PlanOutput {
		this.plan = undefined;
		this.go(this.begin(options), ALL);
		if (!this.plan) throw new Error('The run did not get the lease');
		return this.plan;
	}

	private watch(id: string, only: RunOptions['only']): Watch {
		const { world } = this;
		let hasLease = true;
		let plannedAt = 0;
		return {
			planned: (plan) => {
				this.plan = plan;
				plannedAt = world.now;
				// Two runs that make the same person in one minute: nothing but the service can prevent that. Nor
				// can anything else tell of a create that was sent later than the time of grace allows for, if its
				// run dies with it or rests within a portion.
				if (this.overlapped || this.sentLate) for (const side of SIDES) world[side].findsNew = true;
				this.checkAsked(plan);
				if (only && itemsOf(plan).some(({ action }) => action === 'create'))
					this.wrong.push('an event creates');
			},
			beforeWrite: (item, begunAt) => {
				if (!hasLease) this.wrong.push('a run writes on, and has lost its lease');
				if (item.action === 'create') {
					const mostMs = (this.told.policy.graceMs ?? 0) - LISTED_AFTER_MS;
					if (world.now - plannedAt > mostMs) this.late.add(id);
					this.sentLate ||= world.now - begunAt > mostMs;
				}
				this.checkOnRecord(item);
			},
			deleted: (pairs) => {
				for (const pair of pairs) this.wrong.push(`the newest row of ${pair} is deleted`);
			},
			afterWrite: (item, record) => this.recognise(item, record),
			portionDone: () => {
				this.late.delete(id);
				hasLease = world.lease.holder === id;
				this.rewrite();
			},
		};
	}

	/** Nothing rewrites here but people: who changes a field on one side alone is asked nothing, and makes nothing bounce. */
	private checkAsked({ review }: PlanOutput): void {
		for (const { kind, aId, field } of review) {
			if (kind !== 'oscillation' && (kind !== 'concurrent' || this.disturbed)) continue;
			const row = FIELDS.find((one) => one.field === field);
			const { A, B } = this.told.quirks;
			const isRewritten = row && (A.rewrites?.includes(row.A) || B.rewrites?.includes(row.B));
			if (isRewritten) continue;
			const sides = this.edits.get(`${this.who.A.get(aId)} ${field}`) ?? [];
			const turns = sides.filter((one, at) => one !== sides[at - 1]).length;
			// The first of the four writes may be what they differed in when they were linked.
			if (turns < (kind === 'oscillation' ? 3 : 2))
				this.wrong.push(`a question about ${field} of ${aId}, and nobody went on with it: ${kind}`);
		}
	}

	/** A value is on record before it is overwritten. */
	private checkOnRecord(item: PlanItem): void {
		const target = this.world[item.side].people.get(item.id);
		if (!target || item.action === 'create') return;
		for (const { field, name, before, normalise } of item.changes) {
			const now = normalised(target.fields[name], normalise);
			if (now === '' || now !== normalised(before, normalise)) continue;
			const isOnRecord = this.world.audits.some(
				(row) =>
					row.opKey === item.opKey &&
					row.field === field &&
					normalised(row.before, normalise) === now,
			);
			if (!isOnRecord) this.wrong.push(`“${now}” in ${name} is overwritten without an audit row`);
		}
	}

	/** The record that a create has made is who its source is. */
	private recognise(item: PlanItem, id: string | undefined): void {
		if (item.action !== 'create' || !id) return;
		const person = this.who[item.side === 'A' ? 'B' : 'A'].get(item.sourceId) ?? -1;
		if (this.who[item.side].has(id)) return;
		this.who[item.side].set(id, person);
		if (!this.told.slow) return;
		this.world[item.side].unlisted.add(id);
		this.listedAt.set(id, this.world.now + LISTED_AFTER_MS);
	}

	private list(): void {
		for (const [id, at] of this.listedAt) {
			if (at > this.world.now) continue;
			for (const one of SIDES) this.world[one].unlisted.delete(id);
		}
	}

	/** The records of some people, on both sides. */
	private recordsOf(places: readonly number[]): Both<string[]> {
		const people = places.map((place) => this.who.A.get(this.pick('A', place)?.id ?? '') ?? -1);
		const ids = (one: Side) =>
			[...this.world[one].people.keys()].filter((id) =>
				people.includes(this.who[one].get(id) ?? -2),
			);
		return { A: ids('A'), B: ids('B') };
	}

	/** A person answers one of the questions that the table shows, truthfully where it is about who is who. */
	private answer(which: number, choose: number, later: number): void {
		const open = this.world.review.open().filter(({ choices }) => choices !== '');
		if (open.length === 0) return;
		const row = open[which % open.length];
		const choices = row.choices.split(', ');
		const same = this.who.A.get(row.aId) === this.who.B.get(row.bId) && this.who.A.has(row.aId);
		const truth = same ? 'link' : 'keepApart';
		const isWho = choices.includes('keepApart');
		if (isWho && (!choices.includes(truth) || row.aId.includes(' ') || row.bId.includes(' ')))
			return;
		const given = isWho ? truth : choices[choose % choices.length];
		const at = new Date(this.world.now).toISOString();
		const answered = {
			...row,
			...{ choose: given as Choice, value: given === 'value' ? `agreed ${choose}` : '' },
			...{ by: 'Ann', at, generation: this.world.now },
		};
		this.given.push({ row: answered, later });
		if (later === 0) this.deliverAnswers();
	}

	/** Answers come into the table within a minute. */
	private deliverAnswers(): void {
		const { world, given } = this;
		for (const one of given.splice(0)) {
			const isLate = world.now - one.row.generation > 50_000;
			if (one.later-- > 0 && !isLate) given.push(one);
			else if (world.now - one.row.generation <= MINUTE) {
				world.review.insert([one.row]);
				this.answered.push(one.row);
			}
		}
	}

	/**
	 * Gives a LinkedIn name, or an e-mail address, that nobody else has or had. One person always changes
	 * the same of the two: without any key that stays, nobody could tell who a record is.
	 */
	private rename(one: Side, person: Person, to: string): void {
		const names = KEY_FIELDS[one];
		const changesEmail = (this.who[one].get(person.id) ?? 0) % 2 === 1;
		if (changesEmail) this.edit(one, person, names.email, `renamed-${to}@x.com`.toLowerCase());
		else {
			const address = `https://www.linkedin.com/in/renamed-${to}/`.toLowerCase();
			this.edit(one, person, names.linkedIn, address);
		}
	}

	private edit(one: Side, person: Person, name: string, value: Value): void {
		const field = FIELDS.find((row) => row[one] === name)?.field ?? '';
		const key = `${this.who[one].get(person.id)} ${field}`;
		this.edits.set(key, [...(this.edits.get(key) ?? []), one]);
		person.fields[name] = value;
		person.updatedAt = this.world.now;
	}

	private pick(one: Side, place: number): Person | undefined {
		const people = [...this.world[one].people.values()];
		return people[place % Math.max(1, people.length)];
	}

	private enter(one: Side, person: number, title: string): void {
		const names = KEY_FIELDS[one];
		const record = this.world[one].add({
			fields: {
				[FIELDS[0][one]]: 'x',
				[names.email]: `person${person}@x.com`,
				[FIELDS[2][one]]: null,
				[FIELDS[3][one]]: title,
				[names.linkedIn]: `https://www.linkedin.com/in/person-${person}/`,
			},
			tags: [],
			updatedAt: this.world.now,
		});
		this.who[one].set(record.id, person);
	}
}

const isSameLink = (one: LinkRow, two: LinkRow) =>
	one.aId === two.aId &&
	one.bId === two.bId &&
	one.state === two.state &&
	one.base === two.base &&
	one.aliases === two.aliases;
