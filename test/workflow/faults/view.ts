import type { Sandbox } from '../../../sandbox';

/** Kept beside the records, or not theirs. */
const NOT_RECORDS = [
	'accessTokens',
	'deliveries',
	'contactIndex',
	'contactOwners',
	'tagTimes',
	'changes',
	'ids',
	'settings',
];

/** All records of the sandbox, by kind, each as text. */
export function recordsOf({ state }: Sandbox): Map<string, string[]> {
	const stores = Object.entries(state).filter(([name]) => !NOT_RECORDS.includes(name));
	return new Map(
		stores.map(([name, store]) => [
			name,
			[...(store instanceof Map ? store.values() : (store as unknown[]))].map(textOf),
		]),
	);
}

/** A set shows as `{}`. The replacer makes this several times as slow: only such records get it. */
function textOf(record: unknown): string {
	const text = JSON.stringify(record);
	return text.includes('{}') ? JSON.stringify(record, withSets) : text;
}

const withSets = (_key: string, value: unknown): unknown =>
	value instanceof Set ? [...value] : value;

/** Whether every kind holds the same records, in the same order. */
export const areSame = (one: Map<string, string[]>, other: Map<string, string[]>): boolean =>
	[...one].every(([name, lines]) => isSameList(lines, other.get(name) ?? []));

const isSameList = (lines: string[], others: string[]): boolean =>
	lines.length === others.length && lines.every((line, at) => line === others[at]);

/**
 * What is another now than it was `before`: a line for each record that is new, changed or gone.
 * Ids and times that the service made itself do not count.
 *
 * @param given the items and parameters of the run, whose words do count
 */
export function changesIn(
	sandbox: Sandbox,
	before: Map<string, string[]>,
	given: string,
): string[] {
	const lines: string[] = [];
	for (const [name, now] of recordsOf(sandbox)) {
		const was = before.get(name) ?? [];
		if (isSameList(was, now)) continue;
		const [had, has] = [new Set(was), new Set(now)];
		for (const line of now) if (!had.has(line)) lines.push(`${name}: ${line}`);
		for (const line of was) if (!has.has(line)) lines.push(`${name} no more: ${line}`);
	}
	return lines.map((line) => plain(line, before, given)).sort();
}

/** An output as text, without the ids and times that the service made itself. */
export const plainOutput = (json: unknown, before: Map<string, string[]>, given: string): string =>
	plain(textOf(json), before, given);

const ISO = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?/g;

/** What may be an id. A short number counts as one only where it stands as one. */
const WORD = /"\w*[iI]d":\d+|\b[A-Za-z0-9]{20}\b|[\w-]*\d[\w-]*/g;

function plain(text: string, before: Map<string, string[]>, given: string): string {
	const known = (word: string) => given.includes(word) || wordsIn(before).has(word);
	return text
		.replace(ISO, '#')
		.replace(WORD, (word) => (word.length < 5 || known(word) ? word : '#'));
}

/** Looked for once for each first state. */
const words = new WeakMap<Map<string, string[]>, Set<string>>();

function wordsIn(records: Map<string, string[]>): Set<string> {
	let found = words.get(records);
	if (!found) {
		const all = [...records.values()].flat().flatMap((line) => line.replace(ISO, '').match(WORD));
		words.set(records, (found = new Set(all.filter((word) => word !== null))));
	}
	return found;
}
