import type { IncomingHttpHeaders } from 'node:http';

/** A request as it was sent to n8n. */
export interface Delivery {
	/** Default POST. */
	method?: string;
	headers?: IncomingHttpHeaders;
	/** What n8n parsed. Default: `rawBody` read as JSON, else `{}`. */
	body?: unknown;
	/** The bytes. Default: `body` as JSON. */
	rawBody?: Buffer | string;
	query?: Record<string, string>;
	params?: Record<string, string>;
	/** The address of the sender. Default 127.0.0.1. */
	ip?: string;
	/** The addresses behind trusted proxies; n8n fills it when N8N_PROXY_HOPS is set. */
	ips?: string[];
	/**
	 * n8n leaves the raw body of a node above version 1 unread until `readRawBody()` is called,
	 * unless the content type is JSON, form or XML. Seen in n8n 2.40.
	 */
	rawBodyUnread?: boolean;
	/** Nor can it be read any more: n8n has taken a multipart body for itself. */
	rawBodyTaken?: boolean;
	/** n8n has not answered when the node is done: the run is under way until `finish` or `hangUp`. */
	isOpen?: boolean;
}

/** What a node has answered by itself, through `getResponseObject()`. */
export interface Sent {
	/** 200 until the node sets another. */
	statusCode: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	body?: unknown;
	/** Whether the node has answered. */
	ended: boolean;
	/** What n8n does at the end of every exchange: it answers, if the node has not, with this status. */
	finish(statusCode?: number): void;
	/** What Node tells when the sender goes away before n8n has answered. */
	hangUp(): void;
}

/** What n8n adds to an Express request, and what nodes read of it. */
export function testRequest(delivery: Delivery) {
	const bytes = bytesOf(delivery);
	const headers = lowerCase({ 'content-type': 'application/json', ...delivery.headers });
	return {
		method: delivery.method ?? 'POST',
		headers,
		query: delivery.query ?? {},
		params: delivery.params ?? {},
		body: delivery.body ?? parsed(bytes),
		rawBody: delivery.rawBodyUnread || delivery.rawBodyTaken ? undefined : bytes,
		ip: delivery.ip ?? '127.0.0.1',
		ips: delivery.ips ?? [],
		socket: { remoteAddress: delivery.ip ?? '127.0.0.1' },
		path: '/webhook',
		originalUrl: '/webhook',
		contentType: String(headers['content-type']).split(';')[0],
		get: (name: string) => headers[name.toLowerCase()],
		header: (name: string) => headers[name.toLowerCase()],
		async readRawBody() {
			if (delivery.rawBodyTaken) throw new Error('Request body stream is not readable');
			this.rawBody = bytes;
		},
	};
}

function bytesOf({ rawBody, body }: Delivery): Buffer {
	if (rawBody !== undefined) return Buffer.from(rawBody);
	return Buffer.from(body === undefined ? '' : JSON.stringify(body));
}

function parsed(bytes: Buffer): unknown {
	try {
		return JSON.parse(bytes.toString('utf8'));
	} catch {
		return {};
	}
}

function lowerCase(headers: IncomingHttpHeaders): IncomingHttpHeaders {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
}

/** The calls of an Express response that nodes use, and what came of them. */
export function testResponse() {
	const listeners: Record<string, Array<() => void>> = { finish: [], close: [] };
	const tell = (event: string) => {
		for (const listener of listeners[event].splice(0)) listener();
	};
	let isN8nsTurn = false;
	let isOver = false;
	const sent: Sent = {
		statusCode: 200,
		headers: {},
		ended: false,
		finish(statusCode = sent.statusCode) {
			sent.statusCode = statusCode;
			isN8nsTurn = true;
			response.end();
			tell('finish');
			tell('close');
		},
		hangUp: () => tell('close'),
	};
	const setHeader = (name: string, value: unknown) => {
		sent.headers[name.toLowerCase()] = String(value);
		return response;
	};
	const end = (body?: unknown) => {
		isOver = true;
		if (isN8nsTurn) return response;
		if (sent.ended) throw new Error('The node answered the request twice');
		if (body !== undefined) sent.body = body;
		sent.ended = true;
		return response;
	};
	const response = {
		status(code: number) {
			sent.statusCode = code;
			return response;
		},
		sendStatus: (code: number) => response.status(code).end(),
		writeHead(code: number, headers: Record<string, string> = {}) {
			for (const [name, value] of Object.entries(headers)) setHeader(name, value);
			return response.status(code);
		},
		setHeader,
		set: setHeader,
		header: setHeader,
		type: (value: string) => setHeader('content-type', value),
		write(body: unknown) {
			sent.body = `${String(sent.body ?? '')}${String(body)}`;
			return true;
		},
		send: end,
		json: end,
		end,
		once(event: string, listener: () => void) {
			listeners[event].push(listener);
			return response;
		},
		get statusCode() {
			return sent.statusCode;
		},
		get headersSent() {
			return sent.ended;
		},
		get writableEnded() {
			return isOver;
		},
	};
	return { response, sent };
}
