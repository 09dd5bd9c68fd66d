import type { IDataObject } from 'n8n-workflow';
import { isObject, rowsOf } from '../../engine/values';
import { lastRecordPages } from './pages';

/**
 * The page in an answer. HighLevel documents `{ messages: [], nextPage }`. Some answers hold the same
 * once more inside `messages` (its own issue tracker, number 54).
 */
function pageOf(body: unknown): IDataObject {
	if (!isObject(body)) return {};
	return (isObject(body.messages) ? body.messages : body) as IDataObject;
}

/** `lastMessageId` of a page leads to the next page. `nextPage` says whether there is one. */
export const messagePages = lastRecordPages(
	100,
	(body) => (Array.isArray(pageOf(body).messages) ? rowsOf(pageOf(body), 'messages') : undefined),
	({ id }, { body }) =>
		pageOf(body).nextPage === true
			? { lastMessageId: pageOf(body).lastMessageId ?? id }
			: undefined,
	1,
	(body) => pageOf(body).nextPage,
);
