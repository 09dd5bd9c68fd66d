import type { Resolution, ReviewRow } from '../contract/rows';

/** How far an answer has come; of two rows of one answer the one that is further counts. */
const PROGRESS: Record<string, number> = { underWay: 1, applied: 2, stale: 2 };
const FINAL = 2;

/**
 * The answers of people, out of the rows of the review table. Rows without `choose` are questions, and hide
 * no answer, however new they are: a person may answer while a run is about to ask again. Of several answers
 * to one question the one that was given last counts.
 */
export class Answers {
	private readonly waiting = new Map<string, Resolution>();
	private readonly met = new Set<string>();
	private readonly carriedOut = new Set<string>();
	private readonly started = new Set<string>();
	private readonly late = new Set<string>();

	/** The questions in the table that nobody has answered, with what they say. */
	private readonly questions = new Map<string, string>();

	constructor(rows: readonly Resolution[]) {
		const last = new Map<string, Resolution>();
		for (const row of rows) {
			if (!row.choose) {
				this.questions.set(row.conflictId, row.reason ?? '');
				continue;
			}
			const known = last.get(row.conflictId);
			if (known === undefined || isLater(row, known)) last.set(row.conflictId, row);
		}
		for (const conflictId of last.keys()) this.questions.delete(conflictId);
		for (const row of last.values())
			if (progress(row) < FINAL) this.waiting.set(row.conflictId, row);
	}

	/** Whether the table holds this very question, and no answer to it. */
	isAsked({ conflictId, choose, reason }: ReviewRow): boolean {
		return choose === '' && this.questions.get(conflictId) === reason;
	}

	/** The answer to a question, if there is one. */
	to(conflictId: string): Resolution | undefined {
		const answer = this.waiting.get(conflictId);
		if (answer) this.met.add(conflictId);
		return answer;
	}

	/** The answer is carried out by the rows of this plan, with no write left to do. */
	carryOut(conflictId: string): void {
		this.carriedOut.add(conflictId);
	}

	/** The answer is carried out by writes that may fail. */
	start(conflictId: string): void {
		this.started.add(conflictId);
	}

	/** The answer came too late, or was carried out by the last run: its question is gone. */
	end(conflictId: string): void {
		this.late.add(conflictId);
	}

	isCarriedOut(conflictId: string): boolean {
		return this.carriedOut.has(conflictId);
	}

	isStarted(conflictId: string): boolean {
		return this.started.has(conflictId);
	}

	isEnded(conflictId: string): boolean {
		return this.late.has(conflictId);
	}

	/** All that wait, those that this run has met among them. */
	all(): Resolution[] {
		return [...this.waiting.values()];
	}

	/** Those whose question this run has not met. */
	unmet(): Resolution[] {
		return this.all().filter(({ conflictId }) => !this.met.has(conflictId));
	}
}

const progress = ({ status }: Resolution): number => PROGRESS[status ?? ''] ?? 0;

/** When the answer was given (epoch ms). A copy of it, written by a later run, says the same. */
function givenAt({ at, generation }: Resolution): number {
	const moment = Date.parse(at ?? '');
	return Number.isNaN(moment) ? (generation ?? 0) : moment;
}

function isLater(one: Resolution, two: Resolution): boolean {
	const by = (row: Resolution) => [givenAt(row), progress(row), row.generation ?? 0];
	const [a, b] = [by(one), by(two)];
	const at = a.findIndex((part, i) => part !== b[i]);
	if (at >= 0) return a[at] > b[at];
	// Whatever order the rows come in.
	return `${one.choose} ${one.value ?? ''}` > `${two.choose} ${two.value ?? ''}`;
}
