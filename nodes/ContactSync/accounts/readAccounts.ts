import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import { pagesOf, totalIn } from '../../engine/call/paginate';
import { send } from '../../engine/call/send';
import { Tally } from '../../engine/call/tally';
import type { Answer, Call, Service } from '../../engine/operation';
import { rowsOf } from '../../engine/values';
import { highLevel } from '../../Ghl/api';
import { listCall, listRows } from '../../Ghl/calls/lists';
import { searchAfterPages } from '../../Ghl/calls/pages';
import { toCustomField, valueNamer } from '../../Ghl/fields/customFields';
import { heyReach } from '../../HeyReach/api';
import { offsetPages } from '../../HeyReach/calls/pages';
import { read } from '../../HeyReach/calls/read';

/** The most records of a page (docs/apis/highlevel.md#contact-search, docs/apis/heyreach.md#pages). */
const CONTACTS_A_PAGE = 500;
const LEADS_A_PAGE = 1_000;

/** Takes one record as the service's own operation would put it out. It keeps what the sync needs, and no more. */
export type Keep = (json: IDataObject) => void;

/** The figures of a read, for the hint after it. */
export interface Done {
	/** The service, as people know it. */
	service: string;
	tally: Tally;
}

/** Shows below the node what a read had to wait for. */
export function showDone(context: IExecuteFunctions, { service, tally }: Done): void {
	const message = tally.hint(service);
	if (message) context.addExecutionHints({ message, location: 'outputPane', type: 'info' });
}

/** The account of the node's credential for that service. */
export async function lineTo(context: IExecuteFunctions, service: Service) {
	const account = (await service.connect(context)).accountOf(0);
	const tally = new Tally();
	return {
		done: { service: service.name, tally },
		values: account.values,
		sendOne: async (call: Call) => await send({ context, service, account, tally }, call),
	};
}

/** Reads all contacts of the location, with their custom fields under their names. */
export async function readContacts(context: IExecuteFunctions, keep: Keep): Promise<Done> {
	const { sendOne, values, done } = await lineTo(context, highLevel);
	const { locationId } = values;
	const named = await nameCustomFields(context, locationId, sendOne);
	const search = callTo('POST /contacts/search', {
		body: { locationId },
		repeatable: true,
		scope: 'contacts.readonly',
	});
	for await (const rows of pagesOf(
		searchAfterPages(CONTACTS_A_PAGE, 'contacts'),
		search,
		sendOne,
	)) {
		for (const row of rows) keep(named(row));
	}
	return done;
}

/** Reads the custom fields of the location, and puts those of a contact under their names. */
export async function nameCustomFields(
	context: IExecuteFunctions,
	locationId: string,
	sendOne: (call: Call) => Promise<Answer>,
): Promise<(contact: IDataObject) => IDataObject> {
	const { body } = await sendOne(listCall('customFields', locationId));
	const fields = listRows('customFields', body).map(toCustomField);
	const nameValues = valueNamer(fields, context.getTimezone());
	return (contact) => ({
		...contact,
		customFieldValues: nameValues(rowsOf(contact, 'customFields')),
	});
}

/**
 * Reads all leads of the lists, one list after the other. It is not complete when a list got shorter
 * while its pages were read: the leads behind move up, so one of them is on no page.
 */
export async function readLeads(
	context: IExecuteFunctions,
	lists: number[],
	keep: Keep,
): Promise<Done & { complete: boolean }> {
	const { sendOne, done } = await lineTo(context, heyReach);
	let complete = true;
	for (const listId of lists) {
		const whole = read('/list/GetLeadsFromList', { listId });
		let total = 0;
		const sendPage = async (page: Call) => {
			const answer = await sendOne(page);
			const now = totalIn(answer.body) ?? total;
			if (now < total) complete = false;
			total = now;
			return answer;
		};
		for await (const rows of pagesOf(offsetPages(LEADS_A_PAGE), whole, sendPage)) {
			rows.forEach(keep);
		}
	}
	return { ...done, complete };
}
