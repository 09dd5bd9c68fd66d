import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../engine/errors';
import { eventName } from './events';
import { canonicalProfileUrl } from './linkedIn';

/**
 * What the trigger puts out for one delivery. HeyReach's payload is flat, in snake_case, and each
 * event leaves out what it likes: a part that is not there, null or empty is left out here too. An
 * empty list of tags or lists stays, because “none” is a fact.
 *
 * `isKnown` tells which events the node knows; others, and deliveries that name none, are marked.
 */
export function normaliseDelivery(
	body: Record<string, unknown>,
	isKnown: (event: string) => boolean,
): IDataObject {
	const event = eventName(body.event_type);
	return {
		...present({
			event,
			eventKnown: isKnown(event) ? undefined : false,
			occurredAt: moment(body.timestamp),
			correlationId: text(body.correlation_id),
			lead: lead(body),
			campaign: campaign(body.campaign),
			sender: sender(body.sender),
			conversation: conversation(body),
		}),
		body: body as IDataObject,
	};
}

function lead(root: Record<string, unknown>): IDataObject | undefined {
	const from = isObject(root.lead) ? root.lead : {};
	const id = text(from.id);
	return part({
		id,
		// Numeric ids are the member's own; `imp_…` is given until HeyReach has looked the profile up.
		memberId: id !== undefined && /^\d+$/.test(id) ? id : undefined,
		profileUrl: text(from.profile_url),
		linkedInUrl: canonicalProfileUrl(from.profile_url),
		firstName: text(from.first_name),
		lastName: text(from.last_name),
		fullName: text(from.full_name),
		location: text(from.location),
		summary: text(from.summary),
		companyName: text(from.company_name),
		companyUrl: text(from.company_url),
		position: text(from.position),
		about: text(from.about),
		email: text(from.email_address),
		enrichedEmail: text(from.enriched_email),
		customEmail: text(from.custom_email),
		tags: names(from.tags ?? root.tags),
		lists: names(from.lists),
	});
}

function campaign(value: unknown): IDataObject | undefined {
	if (!isObject(value)) return undefined;
	return part({
		id: wholeNumber(value.id),
		name: text(value.name),
		status: text(value.status),
	});
}

function sender(value: unknown): IDataObject | undefined {
	if (!isObject(value)) return undefined;
	return part({
		id: wholeNumber(value.id),
		firstName: text(value.first_name),
		lastName: text(value.last_name),
		fullName: text(value.full_name),
		email: text(value.email_address),
		profileUrl: text(value.profile_url),
	});
}

/** HeyReach sends the last few messages of a thread; they come out oldest first. */
function conversation(root: Record<string, unknown>): IDataObject | undefined {
	const messages = (Array.isArray(root.recent_messages) ? root.recent_messages : [])
		.map(message)
		.filter((one) => one !== undefined)
		.sort((a, b) => String(a.sentAt ?? '').localeCompare(String(b.sentAt ?? '')));
	return part({
		id: text(root.conversation_id),
		isInMail: flag(root.is_inmail),
		messages: messages.length > 0 ? messages : undefined,
		lastMessage: messages[messages.length - 1],
	});
}

function message(value: unknown): IDataObject | undefined {
	if (!isObject(value)) return undefined;
	return part({
		sentAt: moment(value.creation_time),
		text: text(value.message),
		isReply: flag(value.is_reply),
		type: text(value.message_type),
	});
}

function part(values: Record<string, unknown>): IDataObject | undefined {
	const found = present(values);
	return Object.keys(found).length > 0 ? found : undefined;
}

function present(values: Record<string, unknown>): IDataObject {
	return Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
	) as IDataObject;
}

function text(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function wholeNumber(value: unknown): number | string | undefined {
	const found = text(value);
	return found !== undefined && /^\d{1,15}$/.test(found) ? Number(found) : found;
}

function flag(value: unknown): boolean | undefined {
	return typeof value === 'boolean' ? value : undefined;
}

/** Tags and lists come as names, or as objects with a name. */
function names(value: unknown): string[] | undefined {
	if (!Array.isArray(value)) return undefined;
	return value
		.map((one: unknown) => text(isObject(one) ? one.name : one))
		.filter((name) => name !== undefined);
}

/** A moment in ISO form, UTC; HeyReach means UTC where it names no zone. */
function moment(value: unknown): string | undefined {
	if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined;
	const bare = /^\d{4}-\d{2}-\d{2}[T ][\d:.]+$/.test(value);
	const epoch = Date.parse(bare ? `${value}Z` : value);
	return Number.isNaN(epoch) ? undefined : new Date(epoch).toISOString();
}
