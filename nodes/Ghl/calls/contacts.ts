import type { IDataObject } from 'n8n-workflow';
import { toPathSegment } from 'n8n-workflow';
import type { Call } from '../../engine/operation';

/** Calls about contacts that several operations make. */

/** Finds who has an email or phone: direct, without the lag of the search index. */
export function duplicateCall(locationId: string, query: IDataObject): Call {
	return {
		method: 'GET',
		template: '/contacts/search/duplicate',
		path: '/contacts/search/duplicate',
		query: { locationId, ...query },
		repeatable: true,
		scope: 'contacts.readonly',
	};
}

export const TAGS_PATH = '/contacts/{contactId}/tags';

/** Adding a tag that the contact has changes nothing, so the call may be sent again. */
export const addTagsCall = (id: string, tags: string[]): Call => tagsCall('POST', id, tags);

export const removeTagsCall = (id: string, tags: string[]): Call => tagsCall('DELETE', id, tags);

function tagsCall(method: 'POST' | 'DELETE', id: string, tags: string[]): Call {
	return {
		method,
		template: TAGS_PATH,
		path: `/contacts/${toPathSegment(id)}/tags`,
		body: { tags },
		repeatable: true,
		scope: 'contacts.write',
	};
}
