import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { isObject } from '../../engine/values';
import type { PlanSettings, ReadSetting } from '../settings';
import { withOutreach } from './askOutreach';
import type { StoredState } from './fromState';
import { GhlReader } from './ghlReader';
import { HeyReachReader } from './heyReachReader';
import { isFailure, itemsOf, recordsIn, stateOf } from './inputs';
import type { ReadSide } from './withoutUnread';

/** Both sides and the stored state, as Plan reads them. */
export interface Sources {
	A: ReadSide;
	B: ReadSide;
	state: StoredState;
}

/**
 * Reads both sides from the items of the first two inputs, and the state from the two inputs behind them.
 *
 * @throws BadInput where the records are of several accounts
 */
export async function fromItems(
	context: IExecuteFunctions,
	settings: PlanSettings,
): Promise<Sources> {
	const contacts = itemsOf(context, 0);
	const leads = itemsOf(context, 1);
	requireOne(contacts, ['contacts', 'location', 'locationId']);
	requireOne(leads, ['leads', 'workspace', 'workspace']);
	const state = stateOf(context, 2);
	const A = new GhlReader(settings);
	const B = new HeyReachReader(settings);
	for (const { json } of recordsIn(contacts)) A.add(json);
	for (const { json } of recordsIn(leads)) B.add(json);
	const { links } = state;
	const ghl = A.side(isComplete(contacts, settings.reads.A), links);
	const heyReach = B.side(isComplete(leads, settings.reads.B), links);
	const read = { A: ghl, B: heyReach, links, outreach: B.outreach };
	return { A: ghl, B: await withOutreach(settings, read), state };
}

/**
 * One plan keeps one pair of accounts: with two of them a person who is a lead of two clients would carry
 * the one's values to the other.
 */
function requireOne(
	items: INodeExecutionData[],
	[records, account, key]: [records: string, account: string, key: string],
): void {
	const found = new Set<unknown>();
	for (const { json } of items) {
		const { payload } = json;
		found.add(json[key] ?? (isObject(payload) ? payload[key] : undefined));
	}
	found.delete(undefined);
	if (found.size < 2) return;
	throw new BadInput(
		`The ${records} are of ${found.size} ${account}s, and Contact Sync keeps one location and one workspace in step`,
		`Run it once for each pair: read one ${account} at a time, and keep the rows of each apart. Nothing was planned.`,
	);
}

/**
 * Whether the side was read to its end: the person says so, or no item reports a failure and at least the
 * expected number of items came.
 */
function isComplete(items: INodeExecutionData[], setting: ReadSetting): boolean {
	const isBroken = items.some(({ json, error }) => error !== undefined || isFailure(json));
	return isWhole(isBroken ? -1 : recordsIn(items).length, setting);
}

export const isWhole = (count: number, { complete, expected }: ReadSetting): boolean =>
	complete === 'auto' ? count >= expected : complete === 'yes';
