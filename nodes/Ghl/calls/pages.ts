import type { IDataObject } from 'n8n-workflow';
import { lastRecordPages, skipPages, startAfterPages } from '../../engine/call/paginate';

/** How HighLevel hands out the lists that operations and pickers read, 100 records at a time. */

export const businessPages = skipPages(100, 'businesses');

/** 100 is what HighLevel gives unless told otherwise; no maximum is documented. */
export const lostReasonPages = skipPages(100, 'lostReasons');

/** 100 is the most that `limit` takes. */
export const opportunityPages = startAfterPages(100, 'opportunities');

/**
 * `startAfterDate` takes the sort value of the last conversation: the time of its last message,
 * in epoch ms. 20 is what HighLevel gives unless told otherwise; no maximum is documented.
 */
export const conversationPages = lastRecordPages(
	100,
	'conversations',
	({ sort, lastMessageDate }) => {
		const value: IDataObject[string] = Array.isArray(sort) ? sort[0] : lastMessageDate;
		return value === undefined || value === null ? undefined : { startAfterDate: value };
	},
	20,
);
