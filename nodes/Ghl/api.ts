import { numberIn } from '../engine/values';
import type { Answer, Call, LimitReport, Service } from '../engine/operation';
import { connect } from './connection';
import { problemOf } from './problems';

/**
 * The documented Version headers, for operations that name none. Those of calendars and conversations
 * are older than the others.
 */
const VERSIONS: Array<[prefix: string, version: string]> = [
	['/calendars/', '2021-04-15'],
	['/conversations/', '2021-04-15'],
	['/', '2021-07-28'],
];

/** The Version header of a call: its own, else that of its path. */
export function apiVersion({ version, template }: Pick<Call, 'version' | 'template'>): string {
	if (version !== undefined) return version;
	return VERSIONS.find(([prefix]) => template.startsWith(prefix))?.[1] ?? '2021-07-28';
}

/** HighLevel's API v2: 100 calls per 10 s for each app and location, and 200,000 a day. */
export const highLevel: Service = {
	name: 'HighLevel',
	limit: { max: 100, intervalMs: 10_000, concurrency: 20 },
	connect,
	headers: (call) => ({ Accept: 'application/json', Version: apiVersion(call) }),
	problemOf,
	readLimits,
	// As HighLevel's own SDK writes a list.
	listFormat: 'brackets',
	timeoutMs: 60_000,
};

/** Documented in docs/apis/highlevel.md#limits. */
function readLimits(headers: Answer['headers']): LimitReport {
	return {
		max: numberIn(headers['x-ratelimit-max']) || undefined,
		intervalMs: numberIn(headers['x-ratelimit-interval-milliseconds']) || undefined,
		remaining: numberIn(headers['x-ratelimit-remaining']),
		quotaResetMs: numberIn(headers['x-ratelimit-daily-reset']) || undefined,
	};
}
