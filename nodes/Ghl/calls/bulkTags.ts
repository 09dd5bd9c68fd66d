import type { IDataObject } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import type { Call, Fold, Share } from '../../engine/operation';
import { textsIn, isObject, rowsOf } from '../../engine/values';

export const BULK_TAGS = 'POST /contacts/bulk/tags/update/{type}';

/** HighLevel publishes no limit. A batch that it refuses as too large is halved. */
const BATCH = 100;

/** Contacts that get, or lose, the same tags share one call of HighLevel's bulk endpoint. */
export function foldTags(type: 'add' | 'remove'): Fold {
	return {
		size: BATCH,
		name: contactOf,
		key: (call) => JSON.stringify(tagsIn(call)),
		join: (calls, { values: { locationId } }) =>
			calls.length === 1
				? calls[0]
				: callTo(BULK_TAGS, {
						values: { type },
						body: { contacts: calls.map(contactOf), tags: tagsIn(calls[0]), locationId },
						repeatable: true,
						scope: 'contacts.write',
					}),
		split: ({ body }, calls) =>
			calls.length === 1
				? [{ record: isObject(body) ? (body as IDataObject) : {} }]
				: sharesOf(body, calls.map(contactOf)),
	};
}

/** For an operation that is the bulk endpoint itself, with one contact an item. */
export const foldContacts: Fold = {
	size: BATCH,
	name: (call) => contactsIn(call)[0] ?? '',
	key: ({ path, body }) => JSON.stringify([path, { ...body, contacts: undefined }]),
	join: ([first, ...others]) => ({
		...first,
		body: { ...first.body, contacts: [first, ...others].flatMap(contactsIn) },
	}),
	split: ({ body }, calls) => sharesOf(body, calls.flatMap(contactsIn)),
};

/** The outcome for each contact. */
function sharesOf(body: unknown, contactIds: string[]): Share[] | 'divide' {
	const rows = new Map(rowsOf(body, 'responses').map((row) => [String(row.contactId), row]));
	const told = contactIds.map((id) => rows.get(id));
	return told.every((row) => row !== undefined) ? told.map(shareOf) : 'divide';
}

/** `{contactId, message, type, oldTags, tagsAdded, tagsRemoved}`: HighLevel's example is all that is documented. */
function shareOf(row: IDataObject): Share {
	if (row.type === 'error') {
		const because = row.message ? `: ${String(row.message)}` : '';
		return {
			problem: {
				kind: 'refused',
				message: `HighLevel did not change the tags of this contact${because}`,
				description: 'Check that the Contact ID is right and the contact is still there.',
			},
		};
	}
	const { oldTags, tagsAdded, tagsRemoved } = row;
	if (!Array.isArray(oldTags)) return { record: {} };
	const removed = new Set(textsIn(tagsRemoved));
	const tags = [...textsIn(oldTags), ...textsIn(tagsAdded)];
	return { record: { tags: [...new Set(tags)].filter((tag) => !removed.has(tag)) } };
}

const contactsIn = ({ body }: Call): string[] => textsIn(body?.contacts);

const tagsIn = ({ body }: Call): string[] => textsIn(body?.tags);

/** The contact in `/contacts/{contactId}/tags`. */
const contactOf = ({ path }: Call): string => decodeURIComponent(path.split('/')[2]);
