import { notFound, refused } from './errors';
import { TAG_COLORS } from './records';
import type { Lead, Sender, TagColor } from './records';
import { findLead, hasKeyword, page, route } from './route';
import type { Call, Paging, Route } from './route';
import { fields, flag, listOf, optionalText, paging, text, whole } from './validate';
import { leadView, senderStatusView, senderView, tagView } from './views';
import type { WorkspaceData } from './workspace';

const byProfile = fields({ profileUrl: text }, ['profileUrl']);

export function leadOf(
	state: WorkspaceData,
	identity: { profileUrl?: string | null; linkedinId?: string | null },
): Lead {
	const lead = findLead(state, identity);
	if (lead === undefined) {
		throw notFound('Lead', identity.linkedinId ?? identity.profileUrl ?? '');
	}
	return lead;
}

interface TagBody {
	leadProfileUrl?: string | null;
	leadLinkedInId?: string | null;
	tags: string[];
	createTagIfNotExisting?: boolean;
}

/** AddTags and ReplaceTags: both answer the tags the lead did not have before. */
const tagChange = (path: string, next: (had: string[], given: string[]) => string[]): Route =>
	route<TagBody>({
		method: 'POST',
		path,
		body: fields(
			{
				leadProfileUrl: optionalText,
				leadLinkedInId: optionalText,
				tags: listOf(text),
				createTagIfNotExisting: flag,
			},
			['tags'],
		),
		handle: ({ state, body }: Call<TagBody, unknown>) => {
			const { tags, createTagIfNotExisting = false, leadProfileUrl, leadLinkedInId } = body;
			if (!leadProfileUrl && !leadLinkedInId) {
				throw refused('Either leadProfileUrl or leadLinkedInId is required.');
			}
			const lead = leadOf(state, { profileUrl: leadProfileUrl, linkedinId: leadLinkedInId });
			const unknown = tags.filter((tag) => !state.leadTags.has(tag));
			if (unknown.length > 0 && !createTagIfNotExisting) {
				throw refused(`These tags do not exist: ${unknown.join(', ')}.`);
			}
			for (const tag of unknown) state.leadTags.set(tag, 'Blue');
			const newAssignedTags = [...new Set(tags)].filter((tag) => !lead.tags.includes(tag));
			lead.tags = [...new Set(next(lead.tags, tags))];
			return { newAssignedTags };
		},
	});

export const leads: Route[] = [
	route<{ profileUrl: string }>({
		method: 'POST',
		path: '/lead/GetLead',
		body: byProfile,
		handle: ({ state, body }) => leadView(leadOf(state, body)),
	}),
	route<{ profileUrl: string }>({
		method: 'POST',
		path: '/lead/GetTags',
		body: byProfile,
		handle: ({ state, body }) => ({ tags: [...leadOf(state, body).tags].sort() }),
	}),
	tagChange('/lead/AddTags', (had, given) => [...had, ...given]),
	tagChange('/lead/ReplaceTags', (_had, given) => given),
];

interface NewTag {
	displayName: string;
	color: TagColor;
}

export const leadTags: Route[] = [
	route<{ tags: NewTag[] }>({
		method: 'POST',
		path: '/lead_tags/CreateTags',
		body: fields(
			{
				tags: listOf(
					fields({ displayName: { ...text, minLength: 1 }, color: { enum: TAG_COLORS } }, [
						'displayName',
						'color',
					]),
				),
			},
			['tags'],
		),
		// A bare array. One that exists is answered as it is: what HeyReach does then is not known.
		handle: ({ state, body }) =>
			body.tags.map(({ displayName, color }) => {
				const kept = state.leadTags.get(displayName) ?? color;
				state.leadTags.set(displayName, kept);
				return tagView([displayName, kept]);
			}),
	}),
];

export function senderOf(state: WorkspaceData, id: number): Sender {
	const sender = state.senders.get(id);
	if (sender === undefined) throw notFound('LinkedIn account', id);
	return sender;
}

export const senders: Route[] = [
	route<Paging & { keyword?: string | null }>({
		method: 'POST',
		path: '/li_account/GetAll',
		body: fields({ ...paging(), keyword: optionalText }),
		handle: ({ state, body }) =>
			page(
				[...state.senders.values()].filter((sender) =>
					hasKeyword(`${sender.firstName} ${sender.lastName} ${sender.emailAddress}`, body.keyword),
				),
				body,
				(sender) => senderView(state, sender),
			),
	}),
	route<unknown, { accountId: number }>({
		method: 'GET',
		path: '/li_account/GetById',
		query: fields({ accountId: whole }, ['accountId']),
		handle: ({ state, query }) => senderView(state, senderOf(state, query.accountId)),
	}),
	route<unknown, { accountId: number }>({
		method: 'GET',
		path: '/li_account/GetAccountStatus/:accountId',
		query: fields({ accountId: whole }, ['accountId']),
		handle: ({ state, query }) => senderStatusView(senderOf(state, query.accountId)),
	}),
];
