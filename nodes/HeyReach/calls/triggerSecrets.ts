import type { IDataObject } from 'n8n-workflow';
import { withTexts } from '../../engine/values';

/** The secret of a HeyReach Trigger in the address of its webhook. */
const IN_ADDRESS = /([?&]secret=)[\da-f]{64}(?=&|$)/g;

/** Nobody but the HeyReach Trigger needs the secret in the address of its webhooks. */
export const withoutTriggerSecrets = (record: IDataObject): IDataObject =>
	withTexts(record, (text) => text.replace(IN_ADDRESS, '$1…')) as IDataObject;
