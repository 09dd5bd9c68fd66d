import { createHash, timingSafeEqual } from 'node:crypto';
import type { INodeProperties, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { BadInput } from './errors';
import { ipAllowed, unreadableEntries } from './ipAllowlist';

/** In the words of n8n's own Webhook node. */
export const ipAllowlist: INodeProperties = {
	displayName: 'IP(s) Allowlist',
	name: 'ipAllowlist',
	type: 'string',
	default: '',
	placeholder: 'e.g. 127.0.0.1, 192.168.1.0/24',
	description:
		'Comma-separated list of allowed IP addresses or CIDR ranges. Leave empty to allow all IPs.',
};

/** @throws BadInput when an entry of the list is no address: it would lock everybody out */
export function checkAllowlist(allowlist: string): void {
	const [entry] = unreadableEntries(allowlist);
	if (entry === undefined) return;
	throw new BadInput(
		`“${entry}” in IP(s) Allowlist is not an IP address`,
		'Use addresses like 203.0.113.7 or ranges like 203.0.113.0/24, separated by commas.',
	);
}

/** Why a delivery is not taken. */
export interface Refusal {
	status: 401 | 403;
	/** For the sender and for the log: holds no secret. */
	reason: string;
}

/** A refusal if the sender's address is not on the list. */
export function refusedAddress(context: IWebhookFunctions, allowlist: string): Refusal | undefined {
	// n8n fills `ips` from the proxies it is told to trust (N8N_PROXY_HOPS).
	const { ip, ips } = context.getRequestObject();
	if (ipAllowed(allowlist, [ip, ...(ips ?? [])])) return undefined;
	return { status: 403, reason: 'The IP address is not on the allowlist' };
}

/** Answers a delivery that is not taken, and tells the operator who sent it. Starts nothing. */
export function refuse(context: IWebhookFunctions, refusal: Refusal): IWebhookResponseData {
	const { ip, ips } = context.getRequestObject();
	const node = context.getNode();
	context.logger.warn(`${node.name} refused a delivery: ${refusal.reason}`, {
		workflowId: context.getWorkflow().id,
		nodeName: node.name,
		sourceAddress: ip,
		...(ips?.length ? { forwardedFor: ips } : {}),
	});
	context.getResponseObject().status(refusal.status).send(refusal.reason);
	return { noWebhookResponse: true };
}

/** Compares in a time that tells nothing about how much of the secret was right. */
export function secretsMatch(given: unknown, expected: unknown): boolean {
	if (typeof given !== 'string' || typeof expected !== 'string' || expected === '') return false;
	return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

/** The last ids that came by; the oldest is forgotten first. */
export class RecentIds {
	private readonly ids = new Set<string>();

	constructor(private readonly limit: number) {}

	/** Notes an id and says whether it was there already. */
	isRepeat(id: string): boolean {
		const repeat = this.ids.delete(id);
		this.ids.add(id);
		if (this.ids.size > this.limit) {
			const [oldest] = this.ids;
			this.ids.delete(oldest);
		}
		return repeat;
	}
}

const RECENT_LIMIT = 5_000;
const recent = new Map<string, RecentIds>();

/**
 * Whether this node of this workflow has had a delivery with this id before: exact within one
 * process, for its last 5,000 deliveries. Nothing is written, and a test run in the editor neither
 * asks nor remembers.
 */
export function isRepeat(context: IWebhookFunctions, id: string): boolean {
	if (context.getMode() === 'manual') return false;
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	let ids = recent.get(key);
	if (!ids) recent.set(key, (ids = new RecentIds(RECENT_LIMIT)));
	return ids.isRepeat(id);
}
