import { redact } from './redact';

/** `marketplace`: HighLevel's pages where somebody lets an app in. */
export type Service = 'highlevel' | 'heyreach' | 'marketplace';

/** One request, with its secrets redacted. `status` 0 means that no answer was ever written. */
export interface LoggedRequest {
	seq: number;
	at: string;
	service: Service;
	method: string;
	/** Without the service's prefix, e.g. `/contacts/search`. */
	path: string;
	query: unknown;
	headers: unknown;
	body: unknown;
	status: number;
	response: unknown;
	ms: number;
	/** The injected fault that hit this request. */
	fault?: string;
}

/** A `code` is a secret in a token request, and none anywhere else. */
const SECRETS: Record<string, string[] | undefined> = { '/oauth/token': ['code'] };

const MAX_ENTRIES = 10_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** The last requests, oldest first; bounded in number and in size. */
export class RequestLog {
	private entries: Array<Omit<LoggedRequest, 'response'>> = [];
	private readonly payloads = new Map<number, string>();
	private bytes = 0;
	private lastSeq = 0;

	/** Requests with a higher `seq` than `since`. */
	list(filter: { service?: Service; since?: number } = {}): LoggedRequest[] {
		const { service, since = 0 } = filter;
		return this.entries
			.filter((entry) => entry.seq > since && entry.service === (service ?? entry.service))
			.map((entry) => ({ ...entry, response: this.response(entry.seq) }));
	}

	clear(): void {
		this.entries = [];
		this.payloads.clear();
		this.bytes = 0;
	}

	open(request: Pick<LoggedRequest, 'service' | 'method' | 'path' | 'query' | 'headers'>): number {
		const seq = ++this.lastSeq;
		this.entries.push({
			...request,
			query: redact(request.query),
			headers: redact(request.headers),
			seq,
			at: new Date().toISOString(),
			body: null,
			status: 0,
			ms: 0,
		});
		if (this.entries.length > MAX_ENTRIES) this.dropOldest();
		return seq;
	}

	note(seq: number, facts: Partial<Pick<LoggedRequest, 'body' | 'fault'>>): void {
		const entry = this.find(seq);
		if (entry === undefined) return;
		if (facts.fault !== undefined) entry.fault = facts.fault;
		if (facts.body !== undefined) entry.body = redact(facts.body, SECRETS[entry.path]);
	}

	close(seq: number, status: number, payload: string): void {
		const entry = this.find(seq);
		if (entry === undefined) return;
		entry.status = status;
		entry.ms = Date.now() - Date.parse(entry.at);
		this.payloads.set(seq, payload);
		this.bytes += payload.length;
		while (this.bytes > MAX_BYTES && this.entries.length > 1) this.dropOldest();
	}

	/** Read only when somebody looks: most answers are never looked at. */
	private response(seq: number): unknown {
		const payload = this.payloads.get(seq);
		return payload === undefined ? null : redact(parsed(payload));
	}

	private find(seq: number): Omit<LoggedRequest, 'response'> | undefined {
		return this.entries.findLast((entry) => entry.seq === seq);
	}

	private dropOldest(): void {
		const oldest = this.entries.shift();
		if (oldest === undefined) return;
		this.bytes -= this.payloads.get(oldest.seq)?.length ?? 0;
		this.payloads.delete(oldest.seq);
	}
}

function parsed(payload: string): unknown {
	try {
		return JSON.parse(payload);
	} catch {
		return payload;
	}
}
