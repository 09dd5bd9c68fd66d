import type { Settings } from '../settings';
import type { Lead } from './records';
import { fields, model } from './validate';
import type { Schema } from './validate';
import type { Organization, WorkspaceData } from './workspace';

export interface Call<Body, Query> {
	/** Of the workspace that the key opens. */
	state: WorkspaceData;
	organization: Organization;
	settings: Settings;
	body: Body;
	/** The query string and the parameters of the path. */
	query: Query;
}

export interface RouteDescription<Body, Query> {
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** `:name` for a parameter. */
	path: string;
	/** Which of the two kinds of keys opens it; a workspace's where absent. */
	key?: 'workspace' | 'organization';
	body?: Schema;
	query?: Schema;
	/** Many writes answer 200 with an empty body: their handler answers nothing. */
	handle: (call: Call<Body, Query>) => object | number | undefined | void;
}

export interface Route extends RouteDescription<unknown, unknown> {
	check: (call: Call<unknown, unknown>) => void;
}

/** Makes a table row: its models are compiled once, and the handler sees the types they prove. */
export function route<Body = unknown, Query = unknown>(
	description: RouteDescription<Body, Query>,
): Route {
	const checkQuery = model('query', description.query ?? fields({}));
	const checkBody = model('body', description.body ?? {});
	return {
		...description,
		check: ({ body, query }) => {
			checkQuery(query);
			checkBody(body);
		},
		handle: (call) =>
			description.handle({ ...call, body: call.body as Body, query: call.query as Query }),
	};
}

export interface Paging {
	offset?: number;
	limit?: number;
}

/** One page of a list in HeyReach's envelope; ten rows where no limit was sent. */
export function page<T, Row>(
	items: T[],
	{ offset = 0, limit = 10 }: Paging,
	row: (item: T) => Row,
): { totalCount: number; items: Row[] } {
	return { totalCount: items.length, items: items.slice(offset, offset + limit).map(row) };
}

/** Times without an offset are UTC. */
export const epochOf = (time: string): number =>
	Date.parse(/^\d{4}-\d\d-\d\d[T ][\d:.]+$/.test(time) ? `${time}Z` : time);

export const hasKeyword = (name: string, keyword: string | null | undefined): boolean =>
	name.toLowerCase().includes((keyword ?? '').toLowerCase());

/** What makes two profile URLs the same person: the name after /in/, or the whole address. */
export function profileKey(url: string): string {
	const path = url
		.trim()
		.toLowerCase()
		.replace(/^https?:\/\/(\w+\.)?linkedin\.com/, '')
		.replace(/[?#].*$/, '')
		.replace(/\/+$/, '');
	return /^\/in\/[^/]+/.exec(path)?.[0] ?? path;
}

export interface LeadIdentity {
	email?: string | null;
	linkedinId?: string | null;
	profileUrl?: string | null;
}

/** The lead that carries the first identifier sent. */
export function findLead(state: WorkspaceData, identity: LeadIdentity): Lead | undefined {
	const { email, linkedinId, profileUrl } = identity;
	if (linkedinId) return state.leads.get(linkedinId);
	const leads = [...state.leads.values()];
	if (profileUrl) {
		const key = profileKey(profileUrl);
		return leads.find((lead) => profileKey(lead.profileUrl) === key);
	}
	if (!email) return undefined;
	const wanted = email.toLowerCase();
	return leads.find((lead) =>
		[lead.emailAddress, lead.enrichedEmailAddress].some(
			(address) => address?.toLowerCase() === wanted,
		),
	);
}
