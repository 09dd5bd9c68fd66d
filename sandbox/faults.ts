import { random } from './random';
import type { Service } from './requestLog';

/**
 * Before the work, or instead of it (with `after`: the work is done all the same):
 * - `status`: answers with `status`, `body` and `headers`.
 * - `rateLimited`, `quotaUsedUp`, `tokenRejected`, `scopeRemoved`, `locationForbidden`,
 *   `locationPaused`, `appNotInstalled`, `notInPlan`, `fieldsRefused`: `status` with what the service
 *   itself answers there.
 * - `htmlPage`: a proxy's page (502 where no `status` is given).
 * - `malformed`: 200 with JSON that ends in the middle.
 *
 * Before the work only:
 * - `reset`: closes the connection.
 * - `timeout`: never answers.
 * - `delay`: waits `delayMs`, then works as usual.
 *
 * After the work only:
 * - `lostAnswer`: closes the connection instead of answering.
 * - `cutOff`: closes the connection in the middle of the answer.
 * - `emptyPage`: 200 with the lists of the answer emptied; what it says of their length stays.
 * - `keyless`: 200 with `body` in place of the answer, `{}` where there is none.
 */
export const FAULT_KINDS = [
	'status',
	'rateLimited',
	'quotaUsedUp',
	'tokenRejected',
	'scopeRemoved',
	'locationForbidden',
	'locationPaused',
	'appNotInstalled',
	'notInPlan',
	'fieldsRefused',
	'htmlPage',
	'malformed',
	'reset',
	'timeout',
	'delay',
	'lostAnswer',
	'cutOff',
	'emptyPage',
	'keyless',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultRequest {
	kind: FaultKind;
	/** All services, methods and paths where absent. */
	service?: Service;
	method?: string;
	/** A regular expression on the path after the service's prefix. */
	path?: string;
	/** A text in the path, the query or the body, such as the id of one record. */
	contains?: string;
	status?: number;
	body?: unknown;
	/** Of `rateLimited` and `quotaUsedUp` too: in place of the service's own; `{}` for none. */
	headers?: Record<string, string>;
	delayMs?: number;
	/** Whether the work is done, although the answer says otherwise. */
	after?: boolean;
	/** How many requests it hits; 1 where absent, and without end where there is a `probability`. */
	times?: number;
	/** How many matching requests pass before it begins. */
	skip?: number;
	/** The part of the matching requests it hits, drawn from `seed`. */
	probability?: number;
	seed?: number;
}

export interface Fault extends FaultRequest {
	id: number;
	/** Requests it will still hit. */
	times: number;
	/** Requests it has hit. */
	hits: number;
}

/** What a fault is matched with. */
export interface FaultTarget {
	service: Service;
	/** Upper case. */
	method: string;
	path: string;
	/** Asked for only where a fault looks into it. */
	text: () => string;
}

/** Faults waiting for a request; the oldest that matches is taken. */
export class Faults {
	private faults: Fault[] = [];
	private draws = new Map<Fault, () => number>();
	private lastId = 0;
	private hits: Partial<Record<FaultKind, number>> = {};

	/** Throws when `path` is not a regular expression. */
	add(request: FaultRequest): Fault {
		new RegExp(request.path ?? '');
		const times = request.probability === undefined ? 1 : Number.MAX_SAFE_INTEGER;
		const fault = { times, ...request, id: ++this.lastId, hits: 0 };
		this.draws.set(fault, random(request.seed ?? 1));
		this.faults.push(fault);
		return fault;
	}

	list(): Fault[] {
		return [...this.faults];
	}

	/** How many requests were hit since the last reset, by kind. */
	counts(): Partial<Record<FaultKind, number>> {
		return { ...this.hits };
	}

	clear(): void {
		this.faults = [];
		this.draws.clear();
		this.hits = {};
	}

	take(target: FaultTarget): Fault | undefined {
		const fault = this.faults.find(
			(candidate) => matches(candidate, target) && this.isDue(candidate),
		);
		if (fault === undefined) return undefined;
		fault.times -= 1;
		fault.hits += 1;
		this.hits[fault.kind] = (this.hits[fault.kind] ?? 0) + 1;
		if (fault.times <= 0) this.faults = this.faults.filter((other) => other !== fault);
		return fault;
	}

	private isDue(fault: Fault): boolean {
		if (fault.skip !== undefined && fault.skip > 0) {
			fault.skip -= 1;
			return false;
		}
		const { probability } = fault;
		return probability === undefined || (this.draws.get(fault)?.() ?? 0) < probability;
	}
}

const matches = (fault: FaultRequest, { service, method, path, text }: FaultTarget): boolean =>
	(fault.service ?? service) === service &&
	(fault.method ?? method).toUpperCase() === method &&
	new RegExp(fault.path ?? '').test(path) &&
	(fault.contains === undefined || text().includes(fault.contains));
