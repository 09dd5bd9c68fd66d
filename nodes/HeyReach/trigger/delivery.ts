import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';
import type { Deliveries } from '../../engine/webhook/receive';
import { isDocumentedEvent } from './events';
import { normaliseDelivery, repeatKey } from './normalise';
import { checkSecret } from './secret';
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

/** HeyReach limits some events to the chosen campaigns and sends others for the whole workspace. */
function isOfAnotherCampaign(json: IDataObject, { campaignIds }: TriggerSettings): boolean {
	const id = isObject(json.campaign) ? json.campaign.id : undefined;
	return campaignIds.length > 0 && id !== undefined && !campaignIds.includes(Number(id));
}
