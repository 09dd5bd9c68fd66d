import type { IDataObject } from 'n8n-workflow';
import { inField } from '../../engine/call/labels';
import type { Io } from '../../engine/operation';
import { isObject, toList, unwrap } from '../../engine/values';
import { TAGS_TO_ADD } from '../fields/contactColumns';
import { addTagsCall } from './contacts';

/** Notes the tags of the field Add Tags, to which the table's column Tags is added while the call is built. */
export function noteTags(io: Io): void {
	const more = io.parameter('additionalFields', {});
	const given = (isObject(more) && unwrap(more.addTags)) || [];
	io.notes.set(
		TAGS_TO_ADD,
		inField('Add Tags', () => toList(given)),
	);
}

/** The tags that are to be added, without those of the contact. */
export function tagsToAdd(io: Io, has: unknown = []): string[] {
	const own = Array.isArray(has) ? has.map((tag) => String(tag).toLowerCase()) : [];
	const tags = io.notes.get(TAGS_TO_ADD) as string[];
	return tags.filter((tag) => !own.includes(tag.trim().toLowerCase()));
}

/** Adds the noted tags to a contact that has been written or read. It keeps the tags it has. */
export async function addTagsAfter(
	contact: IDataObject,
	io: Io,
	tags = tagsToAdd(io),
): Promise<IDataObject> {
	if (tags.length === 0) return contact;
	const answer = await io.send(addTagsCall(String(contact.id), tags));
	return { ...contact, tags: isObject(answer.body) ? (answer.body.tags as string[]) : tags };
}
