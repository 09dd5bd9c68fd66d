import type { IDataObject } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import { sentId } from '../../engine/call/sentId';
import type { Call, Io, Route } from '../../engine/operation';

/** Calls about contacts that several operations make. */

/** Finds the contact that has an email or phone: direct, without the lag of the search index. */
export const duplicateCall = (locationId: string, query: IDataObject): Call =>
	callTo('GET /contacts/search/duplicate', {
		query: { locationId, ...query },
		scope: 'contacts.readonly',
	});

export const TAGS_PATH = '/contacts/{contactId}/tags';

/** Adding a tag that the contact has changes nothing, so the call may be sent again. */
export const addTagsCall = (id: string, tags: string[]) => tagsCall(`POST ${TAGS_PATH}`, id, tags);

export const removeTagsCall = (id: string, tags: string[]) =>
	tagsCall(`DELETE ${TAGS_PATH}`, id, tags);

const tagsCall = (route: Route, contactId: string, tags: string[]): Call =>
	callTo(route, {
		values: { contactId },
		body: { tags },
		repeatable: true,
		scope: 'contacts.write',
	});

/** `{ contactId, [word]: true }`: HighLevel says only whether it worked, and misspells the key. */
export const outcome =
	(word: string) =>
	(record: IDataObject, io: Io): IDataObject => ({
		contactId: sentId(io, 'contactId'),
		[word]: record.succeded !== false,
	});
