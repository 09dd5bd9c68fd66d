import type { Service } from './requestLog';

/**
 * - `status`: answers with `status`, `body` and `headers`; no work is done.
 * - `reset`: closes the connection before the work.
 * - `delay`: waits `delayMs`, then works as usual.
 * - `lostAnswer`: does the work, then closes the connection instead of answering.
 * - `timeout`: never answers and does no work.
 */
export type FaultKind = 'status' | 'reset' | 'delay' | 'lostAnswer' | 'timeout';

export interface FaultRequest {
	kind: FaultKind;
	/** All services, methods and paths where absent. */
	service?: Service;
	method?: string;
	/** A regular expression on the path after the service's prefix. */
	path?: string;
	status?: number;
	body?: unknown;
	headers?: Record<string, string>;
	delayMs?: number;
	/** How many requests it hits; 1 where absent. */
	times?: number;
}

export interface Fault extends FaultRequest {
	id: number;
	/** Requests it will still hit. */
	times: number;
}

/** Faults waiting for a request; the oldest that matches is taken. */
export class Faults {
	private faults: Fault[] = [];
	private lastId = 0;

	/** Throws when `path` is not a regular expression. */
	add(request: FaultRequest): Fault {
		new RegExp(request.path ?? '');
		const fault = { times: 1, ...request, id: ++this.lastId };
		this.faults.push(fault);
		return fault;
	}

	list(): Fault[] {
		return [...this.faults];
	}

	clear(): void {
		this.faults = [];
	}

	take(service: Service, method: string, path: string): Fault | undefined {
		const fault = this.faults.find(
			(candidate) =>
				(candidate.service ?? service) === service &&
				(candidate.method ?? method).toUpperCase() === method &&
				new RegExp(candidate.path ?? '').test(path),
		);
		if (fault === undefined) return undefined;
		fault.times -= 1;
		if (fault.times <= 0) this.faults = this.faults.filter((other) => other !== fault);
		return fault;
	}
}
