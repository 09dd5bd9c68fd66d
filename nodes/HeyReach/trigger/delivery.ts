import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { isObject } from '../../engine/call/errors';
import type { Deliveries } from '../../engine/webhook/receive';
import type { Refusal } from '../../engine/webhook/refusal';
import { secretsMatch } from '../../engine/webhook/secrets';
import { isDocumentedEvent } from './events';
import { normaliseDelivery, repeatKey } from './normalise';
import { readTriggerSettings, type TriggerSettings } from './settings';

/** HeyReach's part of the checks of a delivery. */
export const deliveries: Deliveries<TriggerSettings> = {
	readSettings: readTriggerSettings,
	checkRequest: checkSecret,
	normalise: (delivered, { events }) =>
		normaliseDelivery(delivered, (event) => isDocumentedEvent(event) || events.includes(event)),
	reasonToDrop: (json, settings) =>
		isOfAnotherCampaign(json, settings) ? 'another campaign' : undefined,
	repeatKey,
	facts: ({ event, correlationId }) => ({ event, correlationId }),
};

/** HeyReach signs nothing: the registered address carries a secret. */
function checkSecret(context: IWebhookFunctions): Refusal | undefined {
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

/** HeyReach limits some events to the chosen campaigns and sends others for the whole workspace. */
function isOfAnotherCampaign(json: IDataObject, { campaignIds }: TriggerSettings): boolean {
	const id = isObject(json.campaign) ? json.campaign.id : undefined;
	return campaignIds.length > 0 && id !== undefined && !campaignIds.includes(Number(id));
}
