import type { AccessToken } from '../accounts';
import type { OAuth } from '../oauth/oauth';
import type { Settings } from '../settings';
import type { SandboxState } from '../state';
import { notFound, wrongLocation } from './errors';
import type { Contact } from './records';
import { dto } from './validate';
import type { Schema } from './validate';

/** One request, checked and ready to be carried out. */
export interface Call<Body, Query> {
	state: SandboxState;
	settings: Settings;
	oauth: OAuth;
	token: AccessToken;
	params: Record<string, string>;
	query: Query;
	body: Body;
	/** The prefix the service is mounted on, with its origin. */
	baseUrl: string;
}

/**
 * The security schemes of the API description. `-Only` shuts out private integrations.
 * `bearer` is `Location-Access`.
 */
export type Access =
	| 'Location-Access'
	| 'Location-Access-Only'
	| 'Agency-Access'
	| 'Agency-Access-Only';
export const SUB_ACCOUNT: readonly Access[] = ['Location-Access'];
export const ANYONE: readonly Access[] = ['Location-Access', 'Agency-Access'];

export interface RouteDescription<Body, Query> {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** As documented, `:name` for a path parameter. */
	path: string;
	scope: string;
	/** The Version headers that it answers; every date version where absent. */
	versions?: readonly string[];
	/** Whether the scope is asked for; always where absent. */
	needsScope?: (settings: Settings) => boolean;
	/** 200 where absent; by what the work came to, where that decides. */
	status?: number | ((result: Record<string, unknown>) => number);
	/** Which tokens may call it, in the API description's words; `SUB_ACCOUNT` where absent. */
	access?: readonly Access[];
	/** How the body arrives; as JSON where absent. */
	encoding?: 'form' | 'multipart';
	query?: Schema;
	body?: Schema;
	handle: (call: Call<Body, Query>) => object;
}

export interface Route extends RouteDescription<unknown, unknown> {
	check: (call: Call<unknown, unknown>) => void;
}

/** Of an upsert that made the record: 201, as seen live; the API description says 200 for both. */
export const createdOrUpdated = ({ new: isNew }: Record<string, unknown>): number =>
	isNew === true ? 201 : 200;

const NOTHING: Schema = { type: 'object', additionalProperties: false };

/**
 * Makes a table row: its schemas are compiled once, and the handler sees the types they prove.
 * A route without a body schema ignores the body (clients send `{}` on DELETE).
 */
export function route<Body = unknown, Query = unknown>(
	description: RouteDescription<Body, Query>,
): Route {
	const checkQuery = dto('query', description.query ?? NOTHING);
	const checkBody = description.body === undefined ? undefined : dto('body', description.body);
	return {
		...description,
		check: ({ query, body }) => {
			checkQuery(query);
			checkBody?.(body);
		},
		handle: (call) =>
			description.handle({ ...call, body: call.body as Body, query: call.query as Query }),
	};
}

/** The contact the path names: 400 when there is none, 403 when it lives in another location. */
export function contactOf({ state, token, params }: Call<unknown, unknown>): Contact {
	return ownRecord(token, state.contacts, 'Contact', params.contactId);
}

/** A record that hangs on the contact of the path: 400 when that contact has none with the id. */
export function contactRecord<T extends { contactId: string }>(
	call: Call<unknown, unknown>,
	records: Map<string, T>,
	what: string,
	id: string,
): T {
	const contact = contactOf(call);
	const record = records.get(id);
	if (record?.contactId !== contact.id) throw notFound(what, id);
	return record;
}

/** Throws 400 when a user is named whom the token's location does not know. */
export function checkUser({ state, token }: Call<unknown, unknown>, id: string | undefined): void {
	if (id !== undefined && !state.isUserOf(token.locationId, id)) throw notFound('User', id);
}

export function ownRecord<T extends { locationId: string }>(
	token: AccessToken,
	records: Map<string, T>,
	what: string,
	id: string,
): T {
	const record = records.get(id);
	if (record === undefined) throw notFound(what, id);
	if (record.locationId !== token.locationId) throw wrongLocation();
	return record;
}
