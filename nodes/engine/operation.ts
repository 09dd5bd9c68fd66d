import type { CallPair } from './call/callPair';
import type {
	IDataObject,
	IDisplayOptions,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeProperties,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** Every n8n context from which this pack calls an API. */
export type ApiContext =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| IHookFunctions
	| IPollFunctions
	| IWebhookFunctions;

/** A method and a path as the API's documentation writes them: `PUT /contacts/{contactId}/notes/{id}`. */
export type Route = `${'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT'} /${string}`;

/** One HTTP request, complete but for the base URL, the authentication and the service's headers. */
export interface Call {
	method: IHttpRequestMethods;
	/** The path as the API documents it, `/contacts/{contactId}`: for logs, errors and the Version table. Holds no values. */
	template: string;
	/** The version of the API that the call is written for; the service's own for its path where absent. */
	version?: string;
	/** The path that is sent, every part encoded. */
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/** Takes the place of `body`, for what is not JSON: an upload. */
	readyBody?: ReadyBody;
	/** The answer is a file: the body of a success is its content, as a Buffer. */
	asFile?: true;
	/** Whether sending it a second time, after an answer that was lost, does no harm. */
	repeatable: boolean;
	/** The OAuth scope it needs, for the error that a missing one gives. */
	scope?: string;
	/**
	 * Of a read: what the body of a success holds in place of a whole list, in a few words; undefined
	 * where nothing is. Such an answer is a fault of the service: it is asked again.
	 */
	lacks?: (body: unknown) => string | undefined;
}

/** What came back, whatever its status. Header names are lower case. */
export interface Answer {
	statusCode: number;
	headers: Record<string, string | undefined>;
	body: unknown;
	/** Whether an earlier try, whose answer was lost, may have done the work already. */
	repeated?: true;
}

/** A connected account: where calls go, how they sign in and whose rate budget they use. */
export interface Account {
	credentialType: string;
	/** By which of several keys in the credential a call signs in: headers that its `authenticate` takes off. */
	signingHeaders?: Record<string, string>;
	/** Present where calls sign in with a token that is not the credential's own. */
	exchange?: TokenExchange;
	/** Without a trailing slash. */
	baseUrl: string;
	/** Calls with the same key share one rate budget in this process. Holds no secret. */
	budgetKey: string;
	/** The limit of this account, where it is not the service's own. */
	limit?: RateLimit;
	/** Whether n8n can renew this credential's token (OAuth2). */
	refreshable: boolean;
	/** Values that an operation may name in its path, query or body: `{locationId}`. */
	values: Record<string, string>;
}

/** The exchange of the credential's own token for that of one account, such as a sub-account of an agency. */
export interface TokenExchange {
	/** What the token is for: the credential, the account and the access. Holds no secret. */
	key: string;
	/** The account of the credential's own token. */
	owner: Account;
	/** Gives the token; goes with the token of `owner`, and does no harm when it is sent twice. */
	call: Call;
	/** The token in the answer; `undefined` where it holds none. */
	tokenIn(body: unknown): ExchangedToken | undefined;
}

export interface ExchangedToken {
	value: string;
	lifeMs: number;
}

/** What the credential of a node opens. */
export interface Connection {
	/**
	 * The account of an item.
	 *
	 * @throws BadInput where the item names none, or one that the credential does not open
	 */
	accountOf(itemIndex: number): Account;
	/** The account of the credential's own token, for operations with `asOwner`. */
	owner: Account;
}

/** Requests per interval (ms), as the API documents them; headers of its answers correct it. */
export interface RateLimit {
	max: number;
	intervalMs: number;
	/** Calls that may be under way at once. */
	concurrency: number;
}

/**
 * What an answer tells of the account's rate limit. A part is absent where the answer does not tell it.
 * The numbers are those of the whole account, other processes included.
 */
export interface LimitReport {
	/** The calls that an interval takes. */
	max?: number;
	intervalMs?: number;
	/** The calls that are left in this interval. */
	remaining?: number;
	/** The time until the quota of the day begins anew. */
	quotaResetMs?: number;
	/** The time to wait before the next call, after a 429. */
	retryAfterMs?: number;
}

/** Why an answer is not a success, and what may be done about it. */
export interface Problem {
	/**
	 * `expired`: the token is no longer accepted, and a renewed one would be.
	 * `rate`: too many requests, send it again later. `quota`: none left for today.
	 * `temporary`: the service failed, a repeatable call may go again. `refused`: final.
	 */
	kind: 'expired' | 'rate' | 'quota' | 'temporary' | 'refused';
	/** What happened, in a sentence for the person who built the workflow. */
	message: string;
	/** What to do about it. */
	description?: string;
	/**
	 * The refusal is about the token or key, or what it may do, and not about a record: whatever else is
	 * sent in the same run is refused as well, or whatever goes to the same endpoint.
	 */
	about?: 'account' | 'endpoint';
	/** The record is not there: what a DELETE wanted, if an earlier try of it lost its answer. */
	missing?: true;
	/** The service refuses such a create in these words though it is carried out: now, or by an earlier call. */
	maybeDone?: true;
	/** Facts for later nodes, such as the id of the contact that exists already. No secrets. */
	details?: IDataObject;
}

/** All that the engine must know of one service. */
export interface Service {
	/** As people know it: `HighLevel`. */
	name: string;
	limit: RateLimit;
	/** Reads the credential, once for all items. Throws an error that a person can act on if it is not usable. */
	connect(context: ApiContext): Promise<Connection>;
	headers(call: Call): Record<string, string>;
	/** Reads the service's own rate-limit headers. */
	readLimits(headers: Answer['headers']): LimitReport;
	/** The form of a list in the query, `brackets` for `ids[]=a&ids[]=b`. */
	listFormat: NonNullable<IHttpRequestOptions['arrayFormat']>;
	/** The longest time to wait for an answer, in ms. */
	timeoutMs: number;
	/** `undefined` for a success. Must not throw, whatever the body is. */
	problemOf(answer: Answer, call: Call, account: Account): Problem | undefined;
}

/** What a function beside an operation may use while one item is worked on. */
export interface Io {
	context: IExecuteFunctions;
	itemIndex: number;
	account: Account;
	/** A parameter of the node for this item; `fallback` if the person did not set it. */
	parameter(name: string, fallback?: unknown): unknown;
	/**
	 * Sends a call inside the rate budget, with the engine's retries.
	 *
	 * @param pair of the call and the one that follows it, or that it follows, at once
	 */
	send(call: Call, pair?: CallPair): Promise<Answer>;
	/** Like `send` for a read; the same read inside one run is made once. */
	read(call: Call): Promise<Answer>;
	/** Tells the person after the run, in one hint for all items: `message: detail, detail`. */
	tell(message: string, detail: string): void;
	/** What the functions of one operation hand on to each other about this item. */
	notes: Map<string, unknown>;
}

/** Where a field's value goes in the request. */
export interface Send {
	in: 'path' | 'query' | 'body';
	key: string;
	/**
	 * Brings the value into the API's form; returning `undefined` leaves it out. Throws a
	 * `BadInput` with a sentence for the person when the value cannot be used.
	 */
	as?: (value: unknown, io: Io) => unknown;
	/** What clears the field, where that is not null. */
	cleared?: IDataObject[string];
	/** Of a list: goes with what a table has set under the key, and not in its place. */
	adds?: true;
}

/** One parameter of the node. `describe.ts` adds for which operations it is shown. */
export interface Field {
	property: INodeProperties;
	/** Absent: the value is read by a function of the operation. */
	send?: Send;
	/**
	 * For a collection: its fields, sent only when the person added them; each on its own, or all
	 * under one key if the collection has a `send`.
	 */
	children?: Field[];
	/**
	 * Shown where this holds, too: for what is of no use to most. `/name` is a parameter of the node, and may
	 * be the field's own. Out of sight it keeps its value, or has `unset` where nobody gave it one.
	 */
	inSight?: { show: NonNullable<IDisplayOptions['show']>; unset: INodeProperties['default'] };
	/** Of a list: it stands behind Limit, as collections do. */
	isBehindLimit?: true;
	/** Of a table: the labels of its columns, by their keys in the request. */
	labels?: Record<string, string>;
	/** For a value that becomes several keys of the body, as that of a resource mapper does. */
	spread?: (value: unknown, io: Io) => Promise<IDataObject>;
}

/** What one item gets from a call that was made for several. */
export type Share = { record: IDataObject } | { problem: Problem };

/** Many items in few calls, for endpoints that take several records. */
export interface Fold {
	/** The most records that one call takes. */
	size: number;
	/** Items with the same key may share a call. */
	key: (call: Call) => string;
	/** One call for all; of a single call it may be that call itself. */
	join: (calls: Call[], account: Account) => Call;
	/** The calls name a list, a campaign or a business: a 404 is about that, not about a record. */
	hasTarget?: true;
	/**
	 * A joined call without any record, where that does no harm: if it is refused in the same words,
	 * the refusal is not about a record.
	 */
	probe?: (call: Call) => Call;
	/** The id of a single call's record, as a refusal of the joined call may name it. */
	name?: (call: Call) => string;
	/**
	 * Each item's own share, in the order of `calls`; `divide` when the answer does not tell whose
	 * part failed: the halves are then sent again, which must do no harm.
	 */
	split: (answer: Answer, calls: Call[]) => Share[] | 'divide';
}

/** The answer that a lost call would have had, if it was carried out; else what is known of it. */
export type Recovered = Answer | 'not done' | 'unknown';

/** One endpoint of the API, as data. */
export interface Operation {
	value: string;
	/** Title case, as in the operation list: `Get Many`. */
	name: string;
	/** Sentence case, as in the node panel: `Get many contacts`. */
	action: string;
	description: string;
	request: {
		method: IHttpRequestMethods;
		/** `{name}` stands for a path field or one of the account's values. */
		path: string;
		query?: IDataObject;
		/** Fixed parts; a string that is exactly `{name}` takes the account's value. */
		body?: IDataObject;
		/** For a POST that may be sent twice without harm (reads, upserts, adding tags). */
		repeatable?: true;
		/** The version of the API, where it is not the service's own for the path. */
		version?: string;
	};
	/** The OAuth scope the call needs, as the API documents it; none where a key opens everything. */
	scope?: string;
	/**
	 * Goes with the credential's own token: for calls about all accounts of an agency. `ifChosen`: where the
	 * flag `asOwner` of Options is on.
	 */
	asOwner?: true | 'ifChosen';
	/** Whether it changes records, and so can put out an audit row. */
	writes: boolean;
	fields: Field[];
	/** What the Options collection offers, beside Include Audit Row for writes. One with a `send` goes into the call. */
	options?: Field[];
	/** The call, where fields cannot say it; `fields` are then read by this function. */
	build?: (io: Io) => Promise<Call>;
	/** A last look at the call before it is sent; throws `BadInput` for one that makes no sense. */
	check?: (call: Call) => void;
	/** The key of the answer's body that holds the record or the list; the whole body if absent. */
	result?: string;
	/** The answer is a file, which goes out as binary data beside its name, type and size. */
	asFile?: true;
	/** For lists: how to get the next page, or what finds out for an item. Adds Return All and Limit. */
	pages?: PageStyle | ((io: Io) => PageStyle);
	/**
	 * For a write that must not be sent twice: looks what became of a call whose answer was lost, or
	 * that was refused and may have been carried out (`refusal`; it is not sent again in any case).
	 */
	recover?: (call: Call, io: Io, startedAt: number, refusal?: Problem) => Promise<Recovered>;
	/** The fields that are left with Simplify, for records of more than ten. */
	simple?: string[];
	/** What goes out in place of the records, where an item asks for more than the body of the answer. */
	whole?: (answer: Answer, io: Io) => IDataObject | undefined;
	/** Last touch on each record before it is put out. */
	finish?: (record: IDataObject, io: Io) => IDataObject | Promise<IDataObject>;
	fold?: Fold;
}

/** What the operations of one kind of record have in common. */
export interface Resource {
	value: string;
	/** Title case, singular: `Contact Tag`. */
	name: string;
	/**
	 * Stands before the others: for what the node is about. The list of actions in n8n follows this
	 * order, and by name alone it would begin with what few people look for.
	 */
	first?: true;
	operations: Operation[];
	/** Operations that earlier versions had, by their value: the name of the one to choose instead. */
	successors?: Record<string, string>;
	/** Of a kind that only earlier versions had, without operations: what to use in its place, in a sentence. */
	replaced?: string;
}

/** How an endpoint hands out a list in pages. */
export interface PageStyle {
	/** The most records that the endpoint gives at once. */
	size: number;
	/**
	 * The key of the answer's body that holds the records, or what reads them from the body; `undefined`
	 * for a body that holds no list.
	 */
	items: string | ((body: unknown, call: Call) => IDataObject[] | undefined);
	/** A page of fewer is the last, for services that may give fewer than asked. Default: `size`. */
	full?: number;
	/** Whether the answer itself says that there is another page; `undefined` where it says nothing. */
	more?: (body: unknown) => unknown;
	/** Pages are spans of time, so that an empty one is not the end. */
	sparse?: true;
	/** The total that an answer tells counts more than this list, so that a list that ends before it is whole. */
	wideTotal?: true;
	/** The call for the first page, of `size` records. */
	first: (call: Call, size: number) => Call;
	/**
	 * The call for the page after `rows`, or `undefined` when there is none. Keeps the query; `whole`
	 * is the call as it was before it was cut into pages.
	 */
	next: (
		call: Call,
		rows: IDataObject[],
		answer: Pick<Answer, 'body'>,
		size: number,
		whole: Call,
	) => Call | undefined;
}

/** A body that is not JSON, ready to be sent. */
export interface ReadyBody {
	contentType: string;
	data: Buffer | URLSearchParams;
}
