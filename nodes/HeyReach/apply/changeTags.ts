import type { IDataObject } from 'n8n-workflow';
import { textsIn } from '../../engine/values';
import { read } from '../calls/read';
import { tagsAt } from './leadCalls';
import type { LeadPortion, LeadWrite } from './leadPortion';

/**
 * Changes the tags of a lead where they differ from those that HeyReach has shown. HeyReach cannot remove a
 * single tag, so the tags are read again and replaced. It makes a tag that the workspace does not have yet.
 *
 * @returns the tags after it, where they are known
 */
export async function changeTags(
	{ item, lead, address }: LeadWrite,
	portion: LeadPortion,
): Promise<string[] | undefined> {
	const known = tagsOf(lead);
	const has = (tag: string) => known?.some((one) => formOf(one) === formOf(tag));
	const added = item.addTags.filter((tag) => !has(tag));
	const removed = item.removeTags.filter((tag) => known === undefined || has(tag));
	const options = { leadProfileUrl: address, createTagIfNotExisting: true };
	if (removed.length === 0) {
		if (added.length === 0) return known;
		await portion.send(read('/lead/AddTags', { ...options, tags: added }));
		return known && [...known, ...added];
	}
	const before = await tagsAt(address, portion);
	const dropped = new Set(removed.map(formOf));
	const kept = before.filter((tag) => !dropped.has(formOf(tag)));
	const tags = [...new Set([...kept, ...added])];
	await portion.send(read('/lead/ReplaceTags', { ...options, tags }));
	return tags;
}

const formOf = (tag: string): string => tag.trim().toLowerCase();

const tagsOf = (lead: IDataObject | undefined): string[] | undefined =>
	Array.isArray(lead?.tags) ? textsIn(lead.tags) : undefined;
