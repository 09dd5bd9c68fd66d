import type { IDataObject } from 'n8n-workflow';
import { eventMoment } from '../../engine/dates';
import { isObject } from '../../engine/values';

type Values = Record<string, unknown>;

/** The keys beside `contactId` that name the contact. HighLevel's own workflows write `contact_id`. */
const CONTACT_PATHS = [
	['contactId'],
	['contact_id'],
	['appointment', 'contactId'],
	['contactDetails', 'id'],
	['contact', 'id'],
	['customData', 'contactId'],
];

const LOCATION_PATHS = [['locationId'], ['location_id'], ['location', 'id']];

const RECORD_PATHS = [['id'], ['_id'], ['appointment', 'id'], ['messageId'], ['emailMessageId']];

/**
 * The item for one delivery: the same few fields for all events, and the payload as it came. A field
 * that the event does not have is left out (live task events may lack the contact).
 */
export function normaliseDelivery(payload: Values): IDataObject {
	const event = eventOf(payload);
	return {
		...present({
			event,
			occurredAt: eventMoment(payload.timestamp),
			contactId: contactOf(event, payload),
			locationId: locationOf(event, payload),
			companyId: text(payload.companyId),
			recordId: first(payload, RECORD_PATHS),
			appId: text(payload.appId),
			webhookId: text(payload.webhookId),
		}),
		payload: payload as IDataObject,
	};
}

/** The name of the event; empty if the payload gives none. */
function eventOf({ type, messageId, direction }: Values): string {
	const name = text(type) ?? '';
	// A message for a conversation provider names its kind in `type`.
	const isProviderMessage = messageId !== undefined && direction === undefined;
	return isProviderMessage && /^(SMS|Email|WhatsApp|GMB|FB|IG|Custom|Live_Chat)$/i.test(name)
		? 'ProviderOutboundMessage'
		: name;
}

function contactOf(event: string, payload: Values): string | undefined {
	if (/^Contact[A-Z]/.test(event)) return text(payload.id) ?? first(payload, CONTACT_PATHS);
	return first(payload, CONTACT_PATHS) ?? relatedContact(payload);
}

/** The contact in a link between two records. */
function relatedContact(payload: Values): string | undefined {
	if (payload.firstObjectKey === 'contact') return text(payload.firstRecordId);
	if (payload.secondObjectKey === 'contact') return text(payload.secondRecordId);
	return undefined;
}

function locationOf(event: string, payload: Values): string | undefined {
	const named = first(payload, LOCATION_PATHS);
	if (named !== undefined) return named;
	if (/^Location[A-Z]/.test(event)) return text(payload.id);
	if (payload.altType === 'location') return text(payload.altId);
	const { locations } = payload;
	return Array.isArray(locations) && locations.length === 1 ? text(locations[0]) : undefined;
}

/** The locations of an event. A user can be in several. */
export function locationsOf(json: IDataObject): string[] {
	const { locations } = isObject(json.payload) ? json.payload : {};
	const all = [json.locationId, ...(Array.isArray(locations) ? locations : [])];
	return all.filter((id) => typeof id === 'string');
}

function first(payload: Values, paths: string[][]): string | undefined {
	for (const path of paths) {
		const found = text(
			path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), payload),
		);
		if (found !== undefined) return found;
	}
	return undefined;
}

function text(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function present(values: Values): IDataObject {
	return Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== undefined),
	) as IDataObject;
}
