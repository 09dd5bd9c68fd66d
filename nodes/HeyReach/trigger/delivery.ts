import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isObject } from '../../engine/call/errors';
import {
	answerRepeat,
	drop,
	isRefusal,
	readBytes,
	readDelivery,
	refuse,
	refusedAddress,
	secretsMatch,
	tellRefusals,
	usable,
	type Refusal,
} from '../../engine/webhook/receive';
import { isDocumentedEvent } from './events';
import { normaliseDelivery, repeatKey } from './normalise';
import { readTriggerSettings, type TriggerSettings } from './settings';

/**
 * Takes one delivery. Who sent it is looked at before what it says; one that is rightly ours is never
 * lost without a trace: what is refused or dropped (a repeat, another campaign) is logged. Throws
 * nothing: n8n would start the workflow with the error.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	tellRefusals(context);
	const settings = usable(() => readTriggerSettings(context));
	if (isRefusal(settings)) return refuse(context, settings);
	const stranger = refusedAddress(context, settings.ipAllowlist) ?? refusedSecret(context);
	if (stranger) return refuse(context, stranger);
	const bytes = await readBytes(context);
	if (isRefusal(bytes)) return refuse(context, bytes);
	const delivery = readDelivery(bytes);
	if (isRefusal(delivery)) return refuse(context, delivery);

	const { events } = settings;
	const isKnown = (event: string) => isDocumentedEvent(event) || events.includes(event);
	const json = normaliseDelivery(delivery.object, isKnown);
	const { event, correlationId } = json;
	if (isOfAnotherCampaign(json, settings)) {
		return drop(context, 'another campaign', { event, correlationId });
	}
	const key = repeatKey(json);
	const repeat =
		key === undefined ? undefined : answerRepeat(context, key, { event, correlationId });
	return repeat ?? { workflowData: [[{ json }]] };
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
