import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';
import type { Deliveries } from '../../engine/webhook/receive';
import { ALL_WORKSPACES, folded, OWN_WORKSPACE } from '../workspaces';
import { isDocumentedEvent } from './events';
import { normaliseDelivery, repeatKey } from './normalise';
import { checkSecret, senderOf } from './secret';
import { readTriggerSettings, type TriggerSettings } from './settings';

interface DeliverySettings extends TriggerSettings {
	/** The workspace from which the delivery comes; `undefined` before the sender is proven. */
	sender: string | undefined;
}

/** HeyReach's part of the checks of a delivery. */
export const deliveries: Deliveries<DeliverySettings> = {
	readSettings: (context) => ({ ...readTriggerSettings(context), sender: senderOf(context) }),
	checkRequest: checkSecret,
	normalise: (delivered, { events, sender }) => ({
		workspace: sender,
		...normaliseDelivery(delivered, (event) => isDocumentedEvent(event) || events.includes(event)),
	}),
	reasonToDrop: (json, settings) =>
		isOfAnotherWorkspace(settings)
			? 'another workspace'
			: isOfAnotherCampaign(json, settings)
				? 'another campaign'
				: undefined,
	// No client can have the delivery of another one dropped as a repeat.
	repeatKey: (json) => {
		const key = repeatKey(json);
		return key === undefined ? undefined : JSON.stringify([json.workspace, key]);
	},
	facts: ({ event, correlationId }) => ({ event, correlationId }),
};

/** A workspace that is no longer chosen and whose key is refused keeps its webhooks. */
function isOfAnotherWorkspace({ workspace, sender }: DeliverySettings): boolean {
	if (workspace === ALL_WORKSPACES) return false;
	return folded(String(workspace ?? OWN_WORKSPACE)) !== folded(sender ?? OWN_WORKSPACE);
}

/** HeyReach limits some events to the chosen campaigns and sends others for the whole workspace. */
function isOfAnotherCampaign(json: IDataObject, { campaignIds }: TriggerSettings): boolean {
	const id = isObject(json.campaign) ? json.campaign.id : undefined;
	return campaignIds.length > 0 && id !== undefined && !campaignIds.includes(Number(id));
}
