import { HighLevel } from '@gohighlevel/api-client';
import axios from 'axios';

/** One call of the SDK as it left the HTTP client. */
export interface WireCall {
	method: string;
	/** Behind the base address, encoded as sent; without the query. */
	path: string;
	/** Encoded as sent, without the question mark. */
	query: string;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** Parsed if it was JSON, else the text; `undefined` if there was none. */
	body?: unknown;
	/** Of the answer; 0 if none came. */
	status: number;
}

export interface OfficialSdk {
	sdk: HighLevel;
	/** Every call so far, oldest first. */
	calls: WireCall[];
	/** The last call; throws if there was none. */
	last(): WireCall;
}

/**
 * The official SDK with its calls going to `baseUrl` (a path in it is kept), and a record of what it
 * sent. It sends one Version for all endpoints: take an instance for each (docs/apis/highlevel.md#addresses-and-versions).
 */
export function officialSdk(
	baseUrl: string,
	token: string,
	{ apiVersion = '2021-07-28' } = {},
): OfficialSdk {
	return recorded(
		baseUrl,
		new HighLevel({ privateIntegrationToken: token, apiVersion, logLevel: 'none' }),
	);
}

/**
 * The same as a marketplace app: it takes the token of the company or location that a call is for from
 * its session storage (`sdk.getSessionStorage()`), and renews it.
 */
export function officialApp(
	baseUrl: string,
	{ clientId, clientSecret }: { clientId: string; clientSecret: string },
): OfficialSdk {
	return recorded(
		baseUrl,
		new HighLevel({ clientId, clientSecret, apiVersion: '2021-07-28', logLevel: 'none' }),
	);
}

function recorded(baseUrl: string, sdk: HighLevel): OfficialSdk {
	const calls: WireCall[] = [];
	const { defaults } = sdk.getHttpClient();
	const send = axios.getAdapter(defaults.adapter);
	defaults.baseURL = baseUrl.replace(/\/$/, '');
	// The adapter is the last step: what it gets is what goes on the wire.
	defaults.adapter = async (config) => {
		const url = new URL(axios.getUri(config));
		const call: WireCall = {
			method: String(config.method).toUpperCase(),
			path: url.pathname.slice(new URL(baseUrl).pathname.replace(/\/$/, '').length),
			query: url.search.slice(1),
			headers: Object.fromEntries(
				Object.entries(config.headers.toJSON()).map(([name, value]) => [
					name.toLowerCase(),
					String(value),
				]),
			),
			body: parsed(config.data),
			status: 0,
		};
		calls.push(call);
		try {
			const response = await send(config);
			call.status = response.status;
			return response;
		} catch (error) {
			if (axios.isAxiosError(error)) call.status = error.response?.status ?? 0;
			throw error;
		}
	};
	return {
		sdk,
		calls,
		last() {
			const call = calls.at(-1);
			if (!call) throw new Error('The SDK has sent nothing');
			return call;
		},
	};
}

function parsed(data: unknown): unknown {
	if (data === undefined || data === null) return undefined;
	const text = data instanceof URLSearchParams ? data.toString() : data;
	if (typeof text !== 'string') return text;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
