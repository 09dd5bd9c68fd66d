import type { IDataObject } from 'n8n-workflow';
import { isMarked, isSecret, secretIn } from './secret';

/** A webhook as HeyReach's list shows it. */
export interface RemoteWebhook {
	id: number;
	url: string;
	eventType: string;
	/** Empty: all campaigns. */
	campaignIds: number[];
	isActive: boolean;
}

/** One webhook that is to be there: HeyReach takes one event for each. */
export interface WantedWebhook {
	/** With the secret. */
	url: string;
	/** Upper case, as the API wants it. */
	eventType: string;
	campaignIds: number[];
}

/** What leads from the webhooks that are there to those that are wanted. */
export interface WebhookPlan {
	keep: RemoteWebhook[];
	create: WantedWebhook[];
	remove: RemoteWebhook[];
}

/**
 * Compares what is wanted with what is there. `ours` must hold nobody else's webhooks: what is not
 * kept is removed, be it outdated, paused or a second one for the same event.
 *
 * There are no updates: a new webhook is made before the old one goes, so that no event falls
 * between the two.
 */
export function planWebhooks(wanted: WantedWebhook[], ours: RemoteWebhook[]): WebhookPlan {
	const plan: WebhookPlan = { keep: [], create: [], remove: [] };
	for (const webhook of wanted) {
		const there = ours.find((remote) => fulfils(remote, webhook));
		if (there) plan.keep.push(there);
		else plan.create.push(webhook);
	}
	plan.remove = ours.filter((remote) => !plan.keep.includes(remote));
	return plan;
}

/** Whether a webhook does what is wanted. */
export function fulfils(remote: RemoteWebhook, wanted: WantedWebhook): boolean {
	return (
		remote.isActive &&
		remote.eventType === wanted.eventType &&
		sameAddress(remote.url, wanted.url) &&
		secretIn(remote.url) === secretIn(wanted.url) &&
		sameIds(remote.campaignIds, wanted.campaignIds)
	);
}

/** What a node knows its webhooks by. */
export interface Owner {
	/** Where n8n takes deliveries for it now. */
	address: string;
	/** What its secrets begin with, see `newSecret`. */
	mark: string;
	/** The secret that n8n keeps for it, if it does. */
	secret?: unknown;
}

/**
 * Those that this node has registered, and those that deliver to it. The address alone does not tell:
 * n8n may have got another one since. The secret stays what it was, and one that n8n has forgotten, in
 * a node that was renamed, still begins with the node's mark.
 */
export function ownWebhooks(
	{ address, mark, secret }: Owner,
	all: RemoteWebhook[],
): RemoteWebhook[] {
	return all.filter(({ url }) => {
		const given = secretIn(url);
		return (
			sameAddress(url, address) || (isSecret(given) && (given === secret || isMarked(given, mark)))
		);
	});
}

/** The secret of a webhook that this node made in an earlier life. */
export function secretOf(ours: RemoteWebhook[]): string | undefined {
	return ours.map((remote) => secretIn(remote.url)).find(isSecret);
}

/** The name in HeyReach's list of webhooks, which takes 3 to 25 characters. */
export function webhookNameFor(eventType: string): string {
	return `n8n ${eventType.toLowerCase().replace(/_/g, ' ')}`.slice(0, 25).trim();
}

/** One row of HeyReach's list; `undefined` if it has no id to work with. */
export function readWebhook(row: IDataObject): RemoteWebhook | undefined {
	const id = Number(row.id ?? row.webhookId);
	if (!Number.isInteger(id)) return undefined;
	return {
		id,
		url: String(row.webhookUrl ?? ''),
		eventType: String(row.eventType ?? '').toUpperCase(),
		campaignIds: Array.isArray(row.campaignIds) ? row.campaignIds.map(Number) : [],
		isActive: row.isActive !== false,
	};
}

/** The same but for the query. */
function sameAddress(one: string, other: string): boolean {
	return placeOf(one) === placeOf(other);
}

function placeOf(address: string): string {
	if (!URL.canParse(address)) return address;
	const { origin, pathname } = new URL(address);
	return origin + pathname.replace(/\/+$/, '');
}

function sameIds(some: number[], others: number[]): boolean {
	const [a, b] = [new Set(some), new Set(others)];
	return a.size === b.size && [...a].every((id) => b.has(id));
}
