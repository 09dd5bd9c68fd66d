import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { pagesOf, readPages } from '../../engine/call/paginate';
import { heyReach } from '../../HeyReach/api';
import { offsetPages } from '../../HeyReach/calls/pages';
import { read } from '../../HeyReach/calls/read';
import type { SyncRecord } from '../reconcile';
import { lineTo, type Done } from './readAccounts';
import { ofOneRecord } from './readChanged';
import type { OutreachReader } from './whoAndWhen';

/** Rows of a page (docs/apis/heyreach.md#pages). */
const ROWS_A_PAGE = 100;

/** The lead of a row, as the sync knows it. */
type LeadOf = (json: IDataObject) => SyncRecord;

/**
 * Reads how far the outreach to the leads has come, from the leads of the campaigns: 100 a call, those
 * of the chosen lists first, until nothing more is to be found out. Nothing else that HeyReach gives for
 * many leads at once tells who has accepted.
 *
 * A campaign that HeyReach refuses to show is passed over: its leads stay unknown.
 */
export async function readCampaigns(
	context: IExecuteFunctions,
	lists: readonly number[],
	reader: OutreachReader,
	leadOf: LeadOf,
): Promise<Done> {
	const { sendOne, done } = await lineTo(context, heyReach);
	const style = offsetPages(ROWS_A_PAGE);
	const all = await readPages(style, read('/campaign/GetAll', {}), sendOne);
	// A campaign that was not started has written to nobody.
	const started = all.filter(({ status }) => status !== 'DRAFT' && status !== 'SCHEDULED');
	const isOwn = ({ linkedInUserListId }: IDataObject) => lists.includes(Number(linkedInUserListId));
	for (const { id } of [...started.filter(isOwn), ...started.filter((one) => !isOwn(one))]) {
		const roster = read('/campaign/GetLeadsFromCampaign', { campaignId: Number(id) });
		try {
			for await (const rows of pagesOf(style, roster, sendOne)) {
				for (const row of rows) reader.add(row, leadOf(row));
				if (!reader.isOpen) return done;
			}
		} catch (error) {
			ofOneRecord(error);
		}
	}
	return done;
}

/**
 * The same for few leads, from their conversations: one call a lead. The list of the conversations is
 * fresher than the conversation itself (docs/apis/heyreach.md#conversations).
 */
export async function readConversations(
	context: IExecuteFunctions,
	reader: OutreachReader,
	leadOf: LeadOf,
): Promise<Done> {
	const { sendOne, done } = await lineTo(context, heyReach);
	const ends = await Promise.allSettled(
		reader.leads().map(async ({ id }) => {
			const filters = { linkedInAccountIds: [], campaignIds: [], leadLinkedInId: id };
			const talks = read('/inbox/GetConversationsV2', { filters });
			for await (const rows of pagesOf(offsetPages(ROWS_A_PAGE), talks, sendOne)) {
				for (const row of rows) reader.add(row, leadOf(row));
			}
		}),
	);
	for (const end of ends) if (end.status === 'rejected') ofOneRecord(end.reason);
	return done;
}
