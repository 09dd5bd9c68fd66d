import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';
import { linkedInKey } from '../../linkedIn';
import type { SyncRecord } from '../reconcile';
import { text, texts } from './values';

/**
 * How far HeyReach has come with a lead (docs/apis/heyreach.md#campaigns). What is not told is absent.
 */
export interface Outreach {
	/** Whether it is a connection of a sender, or has answered. */
	accepted?: boolean;
	answered?: boolean;
	/** The ID of the LinkedIn account that wrote to it last, or that it has answered. */
	sender?: string;
	/** When it was last heard of (epoch ms); 0 where it is not told. */
	at: number;
}

/** The words of HeyReach, each with what it tells. Any other word tells nothing. */
const CONNECTION: Record<string, boolean> = {
	None: false,
	ConnectionSent: false,
	ConnectionAccepted: true,
};
const MESSAGE: Record<string, boolean> = { None: false, MessageSent: false, MessageReply: true };

/**
 * What a row tells about the outreach to its lead: a lead of a campaign, a conversation, an event of
 * either trigger, or a row of another source with the columns of a campaign's lead.
 *
 * @returns undefined for a row that tells nothing, such as a lead of a list
 */
export function outreachOf(json: IDataObject): Outreach | undefined {
	if (json.groupChat === true) return undefined;
	const status = isObject(json.status) ? (json.status as IDataObject) : json;
	const event = text(json.event);
	const talk = isObject(json.correspondentProfile) ? json : undefined;
	const answered = orUndefined([
		MESSAGE[text(status.leadMessageStatus)],
		/REPLY_RECEIVED$/.test(event) || undefined,
		talk && hasAnswered(talk),
	]);
	const accepted = orUndefined([
		CONNECTION[text(status.leadConnectionStatus)],
		// HeyReach has not sent a request, because there was nothing to accept.
		text(json.errorCode) === 'AlreadyAConnection' || undefined,
		event === 'CONNECTION_REQUEST_ACCEPTED' || undefined,
		answered === true ? true : undefined,
	]);
	const sender = senderOf(json);
	if (answered === undefined && accepted === undefined && sender === undefined) return undefined;
	const at = [json.lastMessageAt, json.lastActionTime, json.occurredAt, json.creationTime]
		.map((moment) => Date.parse(text(moment)))
		.find((epoch) => !Number.isNaN(epoch));
	return {
		...(accepted !== undefined && { accepted }),
		...(answered !== undefined && { answered }),
		...(sender !== undefined && { sender }),
		at: at ?? 0,
	};
}

/** A conversation whose last word is the sender's own does not tell whether there was an answer before. */
function hasAnswered({ lastMessageSender, messages }: IDataObject): boolean | undefined {
	const senders = [lastMessageSender, ...rows(messages).map(({ sender }) => sender)];
	return senders.includes('CORRESPONDENT') || undefined;
}

function senderOf(json: IDataObject): string | undefined {
	const inside = [json.sender, json.linkedInAccount].filter(isObject).map(({ id }) => id);
	return texts([json.linkedInSenderId, json.linkedInAccountId, ...inside])[0];
}

const rows = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);

/** True if one is true, false if one is false, else not known. */
const orUndefined = (all: readonly (boolean | undefined)[]): boolean | undefined =>
	all.includes(true) ? true : all.includes(false) ? false : undefined;

/** What is known of the outreach to each lead, from any number of campaigns and conversations. */
export class OutreachBook {
	private readonly byKey = new Map<string, Outreach>();

	/** Keeps what the row tells about the lead. */
	add(json: IDataObject, lead: Pick<SyncRecord, 'id' | 'keys'>): void {
		const found = outreachOf(json);
		if (!found) return;
		for (const key of outreachKeys(lead)) {
			const known = this.byKey.get(key);
			this.byKey.set(key, known ? joined(known, found) : found);
		}
	}

	of(lead: Pick<SyncRecord, 'id' | 'keys'>): Outreach | undefined {
		const found = outreachKeys(lead)
			.map((key) => this.byKey.get(key))
			.filter((one) => one !== undefined);
		return found.length > 0 ? found.reduce(joined) : undefined;
	}
}

/** What a lead is known by: its ID, and the addresses that name a person. */
export function outreachKeys({ id, keys }: Pick<SyncRecord, 'id' | 'keys'>): string[] {
	const addresses = texts([keys?.linkedIn].flat())
		.map((url) => linkedInKey(url))
		.filter((found) => found !== undefined)
		.map(({ type, key }) => `${type}:${key}`);
	return [...new Set([`id:${id}`, ...addresses])].filter((key) => key !== 'id:');
}

/** Of two senders the one that was answered counts, then the later one. */
function joined(a: Outreach, b: Outreach): Outreach {
	const isFirst = a.answered === b.answered ? a.at >= b.at : a.answered === true;
	const [first, second] = isFirst ? [a, b] : [b, a];
	const accepted = orUndefined([a.accepted, b.accepted]);
	const answered = orUndefined([a.answered, b.answered]);
	const sender = first.sender ?? second.sender;
	return {
		...(accepted !== undefined && { accepted }),
		...(answered !== undefined && { answered }),
		...(sender !== undefined && { sender }),
		at: Math.max(a.at, b.at),
	};
}
