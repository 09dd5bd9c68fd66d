import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isObject, toNodeError } from '../engine/errors';
import { isRepeat, refuse, refusedAddress, secretsMatch, type Refusal } from '../engine/webhook';
import { isDocumented } from './events';
import { normaliseDelivery } from './normalise';
import { readTriggerSettings, type TriggerSettings } from './triggerSettings';

/**
 * Takes one delivery. Who sent it is looked at first; one that is rightly ours is never lost
 * without a trace, whatever it holds: what is dropped (a repeat, another campaign) is logged.
 */
export function receive(context: IWebhookFunctions): IWebhookResponseData {
	const settings = settingsOf(context);
	const refusal = refusedAddress(context, settings.ipAllowlist) ?? refusedSecret(context);
	if (refusal) return refuse(context, refusal);

	const { events } = settings;
	const isKnown = (event: string) => isDocumented(event) || events.includes(event);
	const json = normaliseDelivery(context.getBodyData(), isKnown);
	if (isOfAnotherCampaign(json, settings)) return drop(context, json, 'another campaign');
	// A retry carries the same payload. The time is part of the key, so that two replies are two
	// even if HeyReach should give one correlation id to a whole thread.
	const { event, correlationId, occurredAt } = json;
	if (correlationId && isRepeat(context, [event, correlationId, occurredAt].join(':'))) {
		return drop(context, json, 'a repeat');
	}
	return { workflowData: [[{ json }]] };
}

function settingsOf(context: IWebhookFunctions): TriggerSettings {
	try {
		return readTriggerSettings(context);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

function refusedSecret(context: IWebhookFunctions): Refusal | undefined {
	const { secret } = context.getWorkflowStaticData('node');
	const query: unknown = context.getQueryData();
	const given = isObject(query) ? query.secret : undefined;
	if (secretsMatch(given, secret)) return undefined;
	return {
		status: 401,
		reason: !secret
			? 'This node has not been registered with HeyReach: activate the workflow again'
			: given === undefined
				? 'The secret is missing from the address'
				: 'The secret in the address is wrong',
	};
}

/** HeyReach narrows some events to the chosen campaigns and sends others for the whole workspace. */
function isOfAnotherCampaign(json: IDataObject, { campaignIds }: TriggerSettings): boolean {
	const id = isObject(json.campaign) ? json.campaign.id : undefined;
	return campaignIds.length > 0 && id !== undefined && !campaignIds.includes(Number(id));
}

/** HeyReach gets its 200, so that it does not send the same again; the workflow does not start. */
function drop(context: IWebhookFunctions, json: IDataObject, why: string): IWebhookResponseData {
	context.logger.debug(`${context.getNode().name} dropped a delivery: ${why}`, {
		workflowId: context.getWorkflow().id,
		event: json.event,
		correlationId: json.correlationId,
	});
	return { webhookResponse: 'OK' };
}
