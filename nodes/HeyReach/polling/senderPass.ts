import type { IDataObject } from 'n8n-workflow';
import type { SenderEvent } from './events';

/** How many senders are remembered of those that HeyReach no longer lists. */
const KEPT_MISSING = 1_000;

/** The ids of the senders, the last seen first. Below zero: it was disconnected when last seen. */
export type SenderState = number[];

export interface SenderChange {
	event: SenderEvent;
	/** The row of `/li_account/GetAll`. */
	row: IDataObject;
}

/**
 * What the first look takes note of.
 *
 * @param tellsFound counts the senders that are disconnected as connected, so that the next poll tells
 * of them
 */
export function firstSenders(rows: IDataObject[], tellsFound: boolean): SenderState {
	const { state } = compareSenders([], rows, false);
	return tellsFound ? state.map(Math.abs) : state;
}

/**
 * What changed since the look before. A sender that is not listed did not change: it is deleted, or
 * the list is short by a fault. One without a word on its connection did not either.
 *
 * @param tellsFound whether a sender counts that is disconnected when it is seen for the first time
 */
export function compareSenders(
	before: SenderState,
	rows: IDataObject[],
	tellsFound: boolean,
): { state: SenderState; changes: SenderChange[] } {
	const wasConnected = new Map(before.map((entry) => [Math.abs(entry), entry > 0] as const));
	const isConnected = new Map<number, boolean>();
	const changes: SenderChange[] = [];
	for (const row of rows) {
		const id = Number(row.id);
		const { authIsValid } = row;
		const isKnown = Number.isSafeInteger(id) && id > 0 && typeof authIsValid === 'boolean';
		if (!isKnown || isConnected.has(id)) continue;
		isConnected.set(id, authIsValid);
		const was = wasConnected.get(id) ?? (tellsFound || authIsValid);
		if (was && !authIsValid) changes.push({ event: 'sender_disconnected', row });
		if (!was && authIsValid) changes.push({ event: 'sender_back', row });
	}
	const missing = [...wasConnected].filter(([id]) => !isConnected.has(id)).slice(0, KEPT_MISSING);
	const state = [...isConnected, ...missing].map(([id, connected]) => (connected ? id : -id));
	return { state, changes };
}
