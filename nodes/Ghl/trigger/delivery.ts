import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import type { Deliveries } from '../../engine/webhook/receive';
import { unusable } from '../../engine/webhook/refusal';
import type { Refusal } from '../../engine/webhook/refusal';
import { isDocumentedEvent } from './events';
import { locationsOf, normaliseDelivery } from './normalise';
import { readTriggerSettings, type TriggerSettings } from './settings';
import { secretProblem } from './secret';
import { signatureProblem } from './signature';

/** HighLevel's part of the checks of a delivery. */
export const deliveries: Deliveries<TriggerSettings> = {
	readSettings: readTriggerSettings,
	checkBytes: checkSender,
	normalise: (delivered, settings) => marked(normaliseDelivery(delivered), settings),
	checkAge,
	reasonToDrop,
	repeatKey,
	facts: ({ event, webhookId }) => ({ event, webhookId }),
};

async function checkSender(
	context: IWebhookFunctions,
	{ authentication, keys }: TriggerSettings,
	bytes: Buffer,
): Promise<Refusal | undefined> {
	const headers: Record<string, unknown> = context.getRequestObject().headers;
	if (authentication === 'signature') return refusal(signatureProblem(headers, bytes, keys));
	try {
		const credential = await context.getCredentials('ghlWebhookSecretApi');
		return refusal(secretProblem(headers, credential));
	} catch (error) {
		return unusable(error);
	}
}

const refusal = (reason: string | undefined): Refusal | undefined =>
	reason === undefined ? undefined : { status: 401, reason };

/** A message for a conversation provider comes without an ID of its delivery. */
function repeatKey({ event, webhookId, recordId }: IDataObject): string | undefined {
	const key = webhookId ?? (event === 'ProviderOutboundMessage' ? recordId : undefined);
	return typeof key === 'string' ? key : undefined;
}

/** Refuses a delivery whose signed time is outside of the replay window, where the person has set one. */
function checkAge(
	{ occurredAt }: IDataObject,
	{ replayWindowMs }: TriggerSettings,
): Refusal | undefined {
	if (replayWindowMs === undefined) return undefined;
	if (typeof occurredAt !== 'string') {
		return { status: 401, reason: 'The delivery has no time, but Replay Window needs one' };
	}
	if (Math.abs(Date.now() - Date.parse(occurredAt)) <= replayWindowMs) return undefined;
	return { status: 401, reason: 'The time of the delivery is outside of Replay Window' };
}

/** One address gets the events of all apps and locations. A workflow can choose some of them. */
function reasonToDrop(json: IDataObject, settings: TriggerSettings): string | undefined {
	const { appIds, locationIds } = settings;
	if (appIds.length > 0 && !appIds.includes(String(json.appId))) return 'another app';
	if (locationIds.length > 0 && !locationsOf(json).some((id) => locationIds.includes(id))) {
		return 'another location';
	}
	return isWanted(json, settings) ? undefined : 'another event';
}

/** The list in the node has documented events only. So an undocumented event always passes. */
function isWanted({ event }: IDataObject, { events, otherEvents }: TriggerSettings): boolean {
	const chosen = [...events, ...otherEvents];
	const name = String(event ?? '');
	return chosen.length === 0 || !isDocumentedEvent(name) || includesName(chosen, name);
}

function includesName(list: string[], event: string): boolean {
	return list.some((name) => name.toLowerCase() === event.toLowerCase());
}

/** Marks an event that this node does not know. A Custom Webhook often names no event. */
function marked(json: IDataObject, { authentication, otherEvents }: TriggerSettings): IDataObject {
	const event = String(json.event ?? '');
	if (authentication === 'secretHeader') return { ...json, event: event || 'CustomWebhook' };
	if (isDocumentedEvent(event) || includesName(otherEvents, event)) return json;
	return { event, eventKnown: false, ...json };
}
