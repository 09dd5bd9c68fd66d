import type { Sandbox } from '../../../sandbox';
import type { Service } from '../../../sandbox/requestLog';

/** A call as it came in, for it to be sent once more. */
export interface RecordedCall {
	service: Service;
	method: string;
	/** Without the service's prefix. */
	path: string;
	query: unknown;
	body: unknown;
}

/** What the sandbox's own log keeps is bounded: this keeps all calls, without their answers. */
export class Recorder {
	private calls: RecordedCall[] = [];
	private readonly open = new Map<number, RecordedCall>();

	constructor({ requests }: Sandbox) {
		const { open, note, close } = {
			open: requests.open.bind(requests),
			note: requests.note.bind(requests),
			close: requests.close.bind(requests),
		};
		requests.open = (request) => {
			const seq = open(request);
			const { service, method, path, query } = request;
			const call = { service, method, path, query, body: null };
			this.calls.push(call);
			this.open.set(seq, call);
			return seq;
		};
		requests.note = (seq, facts) => {
			const call = this.open.get(seq);
			if (call && facts.body !== undefined) call.body = facts.body;
			note(seq, facts);
		};
		requests.close = (seq, status, payload) => {
			this.open.delete(seq);
			close(seq, status, payload);
		};
	}

	/** In the order in which they came in. */
	list(): readonly RecordedCall[] {
		return this.calls;
	}

	/** By service, method and path, ids left out. */
	counts(): Record<string, number> {
		const counts: Record<string, number> = {};
		for (const { service, method, path } of this.calls) {
			const key = `${service} ${method} ${path.replace(/[0-9A-Za-z]{18,}/g, '{id}')}`;
			counts[key] = (counts[key] ?? 0) + 1;
		}
		return counts;
	}

	clear(): void {
		this.calls = [];
	}
}
