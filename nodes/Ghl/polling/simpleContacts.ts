import type { IDataObject } from 'n8n-workflow';
import { pick } from '../../engine/call/answerRecords';
import { ApiFault } from '../../engine/call/errors';
import type { Answer, Call } from '../../engine/operation';
import type { PollTime } from '../../engine/poll';
import { rowsOf } from '../../engine/values';
import { listCall, listRows } from '../calls/lists';
import { toCustomField, valueNamer, type CustomField } from '../fields/customFields';
import { SIMPLE_CONTACT } from '../fields/simpleContact';

/** Brings a contact into the form in which the trigger puts it out. */
export type ContactShape = (contact: IDataObject, time: PollTime) => Promise<IDataObject>;

/**
 * Simplifies contacts of a poll. The custom fields are read once, when the first contact that has some
 * comes. Where they cannot be read in time, HighLevel's own list of values stands alone.
 */
export function contactSimplifier(
	locationId: string,
	timezone: string,
	send: (call: Call) => Promise<Answer>,
): ContactShape {
	let fields: Promise<CustomField[] | undefined> | undefined;
	const readFields = async (time: PollTime) => {
		const call = listCall('customFields', locationId);
		const [read] = await Promise.allSettled([time.within(async () => await send(call))]);
		if (read.status === 'fulfilled') {
			return read.value && listRows('customFields', read.value.body).map(toCustomField);
		}
		if (read.reason instanceof ApiFault) return undefined;
		throw read.reason;
	};
	return async (contact, time) => {
		const simple = pick(contact, SIMPLE_CONTACT);
		const rows = rowsOf(contact, 'customFields');
		if (rows.length === 0) return simple;
		const known = await (fields ??= readFields(time));
		if (!known) return simple;
		return pick(
			{ ...simple, customFieldValues: valueNamer(known, timezone)(rows) },
			SIMPLE_CONTACT,
		);
	};
}
