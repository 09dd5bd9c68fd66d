import type { IDataObject } from 'n8n-workflow';
import { isMarked, isSecret, secretIn } from './secret';

/** A row of HeyReach's list of webhooks. */
export interface RemoteWebhook {
	id: number;
	url: string;
	eventType: string;
	/** Empty: all campaigns. */
	campaignIds: number[];
	isActive: boolean;
}

/** A webhook that this node wants. HeyReach takes one event for each. */
export interface WantedWebhook {
	/** With the secret. */
	url: string;
	/** Upper case, as the API wants it. */
	eventType: string;
	campaignIds: number[];
}

/** The steps from the webhooks that exist to those that are wanted. */
export interface WebhookPlan {
	keep: RemoteWebhook[];
	create: WantedWebhook[];
	remove: RemoteWebhook[];
}

/**
 * Compares the wanted webhooks with those that exist. `ours` must hold webhooks of this node only:
 * all that are not kept are removed, whether outdated, paused or a second one for the same event.
 *
 * No webhook is updated. The new one is made before the old one goes, so that no event is lost
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

/** Whether an existing webhook is the wanted one. */
export function fulfils(remote: RemoteWebhook, wanted: WantedWebhook): boolean {
	return (
		remote.isActive &&
		remote.eventType === wanted.eventType &&
		sameAddress(remote.url, wanted.url) &&
		secretIn(remote.url) === secretIn(wanted.url) &&
		sameIds(remote.campaignIds, wanted.campaignIds)
	);
}

/** What identifies the webhooks of a node. */
export interface Owner {
	/** The address at which n8n takes its deliveries now. */
	address: string;
	/** What its secrets begin with, see `newSecret`. */
	mark: string;
	/** The secret that n8n keeps for it, if it does. */
	secret?: unknown;
}

/**
 * The webhooks that this node has registered, and those that deliver to it. The address alone does
 * not identify them: n8n may have got another one since. The secret does: it begins with the node's
 * mark, even if n8n has lost it and the node was renamed.
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

/** The secret of the first webhook that has one. */
export function secretOf(ours: RemoteWebhook[]): string | undefined {
	return ours.map((remote) => secretIn(remote.url)).find(isSecret);
}

/** Words of event types that make a name too long, and what says the same. */
const SHORT: Record<string, string> = {
	connection_request_accepted: 'connection accepted',
	connection_request_sent: 'connection sent',
	message_reply_received: 'campaign reply',
	every_message_reply_received: 'every reply',
	inmail_reply_received: 'inmail reply',
	lead_auto_tagged_not_interested: 'tagged not interested',
};
const LONGEST_NAME = 25;

/** The name in HeyReach's list of webhooks, which takes 3 to 25 characters: whole words. */
export function webhookNameFor(eventType: string): string {
	const type = eventType.toLowerCase();
	const words = `n8n ${SHORT[type] ?? type.replace(/_/g, ' ')}`.split(' ');
	while (words.length > 2 && words.join(' ').length > LONGEST_NAME) words.pop();
	return words.join(' ').slice(0, LONGEST_NAME).trim();
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

/** Whether two addresses are the same, whatever their query. */
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
