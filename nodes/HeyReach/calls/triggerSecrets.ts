import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';

/** The secret of a HeyReach Trigger in the address of its webhook. */
const IN_ADDRESS = /([?&]secret=)[\da-f]{64}(?=&|$)/g;

/** Nobody but the HeyReach Trigger needs the secret in the address of its webhooks. */
export const withoutTriggerSecrets = (record: IDataObject): IDataObject =>
	hidden(record) as IDataObject;

function hidden(value: unknown): unknown {
	if (typeof value === 'string') return value.replace(IN_ADDRESS, '$1…');
	if (Array.isArray(value)) return value.map(hidden);
	if (!isObject(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, hidden(part)]));
}
