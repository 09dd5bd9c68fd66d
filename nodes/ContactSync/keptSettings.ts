import { BadInput } from '../engine/badInput';
import { isObject } from '../engine/values';
import { newestRunRow } from './reconcile';
import type { AccountPair, LinkRow } from './reconcile';

/** Reads a parameter of the node. */
export type ReadParameter = (name: string, fallback: unknown) => unknown;

/** The parameters of Plan that decide what is written, or what is read. */
const KEPT = [
	...['lists', 'fieldMapping', 'initial', 'tagOptions', 'options'],
	...['createInGhl', 'createInHeyReach', 'createGhlWhen', 'ownerMapping', 'createdContacts'],
];

/** The settings of a full run, as the row of the run keeps them. */
export function keptText(own: ReadParameter): string {
	const values = KEPT.map((name) => [name, own(name, null)] as const);
	return JSON.stringify(Object.fromEntries(values.filter(([, value]) => value !== null)));
}

/**
 * A partial run has the settings of the last full run of its accounts, so that there is one field table
 * and not two that drift apart.
 *
 * @throws BadInput where no full run has left any
 */
export function keptFrom(
	links: readonly LinkRow[],
	account: AccountPair,
	own: ReadParameter,
): ReadParameter {
	const kept = valuesIn(newestRunRow(links, account)?.keys ?? '');
	if (!kept) throw noFullRun();
	return (name, fallback) => (KEPT.includes(name) ? (kept[name] ?? fallback) : own(name, fallback));
}

/** The settings in a row of the run; none in a row of version 0.1, or in one that somebody has changed. */
function valuesIn(text: string): Record<string, unknown> | undefined {
	try {
		const values: unknown = JSON.parse(text);
		return isObject(values) ? values : undefined;
	} catch {
		return undefined;
	}
}

/** A full run shows what new settings would do. A partial run cannot: nobody looks at it. */
export const noFullRun = () =>
	new BadInput(
		'No full run has been made with these settings',
		'A partial run has the settings of the last full run of the same location and workspace. Run Contact Sync with Mode: All Records, and give the input Links its row too (pairId “run”). Nothing was written.',
	);
