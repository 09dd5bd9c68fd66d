import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import {
	answerRepeat,
	drop,
	isRefusal,
	readBytes,
	readDelivery,
	refuse,
	refusedAddress,
	tellRefusals,
	unusable,
	usable,
	type Refusal,
} from '../../engine/webhook/receive';
import { isDocumentedEvent } from './events';
import { locationsOf, normaliseDelivery } from './normalise';
import { readTriggerSettings, type TriggerSettings } from './settings';
import { secretProblem } from './secret';
import { signatureProblem } from './signature';

/**
 * Takes one delivery. Who sent it is looked at before what it says; one that is rightly ours is never
 * lost without a trace: what is refused or dropped is logged. Throws nothing: n8n would start the
 * workflow with the error.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	tellRefusals(context);
	const settings = usable(() => readTriggerSettings(context));
	if (isRefusal(settings)) return refuse(context, settings);
	const bytes = refusedAddress(context, settings.ipAllowlist) ?? (await readBytes(context));
	if (isRefusal(bytes)) return refuse(context, bytes);
	const unproven = await refusedSender(context, settings, bytes);
	if (unproven) return refuse(context, unproven);
	const delivery = readDelivery(bytes);
	if (isRefusal(delivery)) return refuse(context, delivery);

	const json = normaliseDelivery(delivery.object);
	const late = refusedAge(json, settings);
	if (late) return refuse(context, late);
	const { event, webhookId } = json;
	const unwanted = reasonToDrop(json, settings);
	if (unwanted) return drop(context, unwanted, { event, webhookId });
	const repeat =
		typeof webhookId === 'string'
			? answerRepeat(context, webhookId, { event, webhookId })
			: undefined;
	return repeat ?? { workflowData: [[{ json: marked(json, settings) }]] };
}

async function refusedSender(
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

/** Whether the time that HighLevel signed is too far from now, if that is asked for. */
function refusedAge(
	{ occurredAt }: IDataObject,
	{ replayWindowMs }: TriggerSettings,
): Refusal | undefined {
	if (replayWindowMs === undefined) return undefined;
	if (typeof occurredAt !== 'string') {
		return { status: 401, reason: 'The delivery has no time, and Replay Window asks for one' };
	}
	if (Math.abs(Date.now() - Date.parse(occurredAt)) <= replayWindowMs) return undefined;
	return { status: 401, reason: 'The time of the delivery is outside of Replay Window' };
}

/** One address gets the events of every app, location and kind: a workflow may want some of them. */
function reasonToDrop(json: IDataObject, settings: TriggerSettings): string | undefined {
	const { appIds, locationIds } = settings;
	if (appIds.length > 0 && !appIds.includes(String(json.appId))) return 'another app';
	if (locationIds.length > 0 && !locationsOf(json).some((id) => locationIds.includes(id))) {
		return 'another location';
	}
	return isWanted(String(json.event ?? ''), settings) ? undefined : 'another event';
}

/** What HighLevel does not document cannot be chosen, so it comes unless names were given for it. */
function isWanted(event: string, { events, otherEvents }: TriggerSettings): boolean {
	const chosen = [...events, ...otherEvents];
	return chosen.length === 0 || !isDocumentedEvent(event) || names(chosen, event);
}

function names(list: string[], event: string): boolean {
	return list.some((name) => name.toLowerCase() === event.toLowerCase());
}

/** Marks an event that this node does not know. A workflow's own webhook names none, and need not. */
function marked(json: IDataObject, { authentication, otherEvents }: TriggerSettings): IDataObject {
	const event = String(json.event ?? '');
	if (authentication === 'secretHeader') return { ...json, event: event || 'CustomWebhook' };
	if (isDocumentedEvent(event) || names(otherEvents, event)) return json;
	return { event, eventKnown: false, ...json };
}
