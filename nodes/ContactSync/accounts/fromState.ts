import type { IDataObject } from 'n8n-workflow';
import { REVIEW_COLUMNS } from '../reconcile';
import type { Choice, LinkRow, LinkState, Resolution } from '../reconcile';
import { text } from './values';

/** The state that the last run has stored, by table. */
export interface StoredState {
	links: LinkRow[];
	resolutions: Resolution[];
	/** The highest `id` of the rows of the links table; 0 where the table gives its rows none. */
	newestRowId: number;
	/** Items that are no row of either table. */
	unknown: number;
}

/**
 * Divides the rows of the input Sync State, in any order. Rows with a `pairId` and a `rev` belong
 * to the links table, that of the run among them. Rows with a `conflictId` belong to the review
 * table. An empty cell may be missing, `null` or an empty text.
 */
export function fromState(rows: readonly IDataObject[]): StoredState {
	const state: StoredState = { links: [], resolutions: [], newestRowId: 0, unknown: 0 };
	for (const row of rows) {
		if (text(row.conflictId) !== '') state.resolutions.push(resolution(row));
		else if (text(row.pairId) !== '' && 'rev' in row) {
			state.links.push(link(row));
			state.newestRowId = Math.max(state.newestRowId, Number(row.id) || 0);
		} else state.unknown++;
	}
	return state;
}

function link(row: IDataObject): LinkRow {
	return {
		location: text(row.location),
		workspace: text(row.workspace),
		pairId: text(row.pairId),
		aId: text(row.aId),
		bId: text(row.bId),
		state: text(row.state) as LinkState,
		rev: Number(row.rev) || 0,
		base: text(row.base),
		aliases: text(row.aliases),
		keys: text(row.keys),
		opKey: text(row.opKey),
		fullRuns: Number(row.fullRuns) || 0,
		changedAt: moment(row.changedAt),
		generation: Number(row.generation) || 0,
		writes: text(row.writes),
	};
}

/** The words for a choice, in letters only. */
const CHOICES: Record<string, Choice> = {
	...{ a: 'A', ghl: 'A', highlevel: 'A', gohighlevel: 'A' },
	...{ b: 'B', heyreach: 'B' },
	...{ value: 'value', skip: 'skip', link: 'link', keepapart: 'keepApart' },
};

/** The choice that a word means. An unknown word stays as it is and is reported to the person. */
function choiceOf(written: string): Choice | '' {
	const letters = written.toLowerCase().replace(/[^\p{L}]/gu, '');
	return CHOICES[letters] ?? (written as Choice | '');
}

/** ISO, or empty. A database gives a Date, a data table a text. */
function moment(value: unknown): string {
	if (value instanceof Date) return value.toISOString();
	const epoch = Date.parse(text(value));
	return Number.isNaN(epoch) ? '' : new Date(epoch).toISOString();
}

/** The columns of a review row that are taken as they are. */
const TEXTS = REVIEW_COLUMNS.filter(({ type }) => type === 'string').map(({ name }) => name);

function resolution(row: IDataObject): Resolution {
	const texts = Object.fromEntries(TEXTS.map((name) => [name, text(row[name])]));
	return {
		...(texts as Partial<Resolution>),
		conflictId: text(row.conflictId),
		choose: choiceOf(text(row.choose)),
		value: row.value === null || row.value === undefined ? null : String(row.value),
		at: moment(row.at) || text(row.at),
		generation: Number(row.generation) || 0,
	};
}
