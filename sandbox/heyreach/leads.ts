import type { SandboxState } from '../state';
import { notFound, refused } from './errors';
import type { Lead } from './records';
import { findLead, hasKeyword, page, route } from './route';
import type { Call, Paging, Route } from './route';
import { fields, flag, listOf, optionalText, paging, text, whole } from './validate';
import { leadView, senderView } from './views';

const byProfile = fields({ profileUrl: text }, ['profileUrl']);

function leadOf(
	state: SandboxState,
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
			const lead = leadOf(state, { profileUrl: leadProfileUrl, linkedinId: leadLinkedInId });
			const unknown = tags.filter((tag) => !state.leadTags.has(tag));
			if (unknown.length > 0 && !createTagIfNotExisting) {
				throw refused(`These tags do not exist: ${unknown.join(', ')}.`);
			}
			for (const tag of tags) state.leadTags.add(tag);
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
		handle: ({ state, query }) => {
			const sender = state.senders.get(query.accountId);
			if (sender === undefined) throw notFound('LinkedIn account', query.accountId);
			return senderView(state, sender);
		},
	}),
];
