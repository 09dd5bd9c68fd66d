import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { pagesOf, readPages } from '../../engine/call/paginate';
import type { Answer, Call } from '../../engine/operation';
import { isObject, rowsOf } from '../../engine/values';
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

type SendOne = (call: Call) => Promise<Answer>;

/**
 * Reads how far the outreach to the leads has come, from the leads of the campaigns: 100 a call. Nothing
 * else that HeyReach gives for many leads at once tells who has accepted.
 *
 * The campaigns of the chosen lists are read until nothing more is to be found out. Other campaigns are
 * read only for leads of which those tell nothing. A campaign that HeyReach refuses to show is passed
 * over: its leads stay unknown.
 */
export async function readCampaigns(
	context: IExecuteFunctions,
	lists: readonly number[],
	reader: OutreachReader,
	leadOf: LeadOf,
): Promise<Done> {
	const { sendOne, done } = await lineTo(context, heyReach);
	const style = offsetPages(ROWS_A_PAGE);
	/** Reads the leads of the campaigns as long as a lead is open. */
	const readLeadsOf = async (campaigns: readonly IDataObject[], isOpen: () => boolean) => {
		for (const { id } of campaigns) {
			if (!isOpen()) return;
			const roster = read('/campaign/GetLeadsFromCampaign', { campaignId: Number(id) });
			try {
				for await (const rows of pagesOf(style, roster, sendOne)) {
					for (const row of rows) reader.add(row, leadOf(row));
					if (!isOpen()) return;
				}
			} catch (error) {
				ofOneRecord(error);
			}
		}
	};
	const all = await readPages(style, read('/campaign/GetAll', {}), sendOne);
	// A campaign that was not started has written to nobody.
	const started = all.filter(({ status }) => status !== 'DRAFT' && status !== 'SCHEDULED');
	const isOwn = ({ linkedInUserListId }: IDataObject) => lists.includes(Number(linkedInUserListId));
	await readLeadsOf(started.filter(isOwn), () => reader.isOpen);
	const others = started.filter((one) => !isOwn(one));
	const { unknown } = reader;
	const isUnknown = () => unknown.size > 0;
	if (unknown.size >= pagesOfLeads(others)) await readLeadsOf(others, isUnknown);
	else await readLeadsOf(await campaignsOf([...unknown], others, sendOne), isUnknown);
	return done;
}

/** The calls that read all leads of the campaigns. */
const pagesOfLeads = (campaigns: readonly IDataObject[]): number =>
	campaigns.reduce((sum, { progressStats }) => {
		const total = isObject(progressStats) ? Number(progressStats.totalUsers) : NaN;
		return sum + Math.max(1, Math.ceil((total || 0) / ROWS_A_PAGE));
	}, 0);

/** Those of the campaigns in which one of the leads is: one call a lead. */
async function campaignsOf(
	leads: readonly SyncRecord[],
	campaigns: readonly IDataObject[],
	sendOne: SendOne,
): Promise<IDataObject[]> {
	const named = new Set<number>();
	const ends = await Promise.allSettled(
		leads.map(async ({ id }) => {
			const body = { linkedinId: id, offset: 0, limit: ROWS_A_PAGE };
			const answer = await sendOne(read('/campaign/GetCampaignsForLead', body));
			for (const { campaignId } of rowsOf(answer.body, 'items')) named.add(Number(campaignId));
		}),
	);
	for (const end of ends) if (end.status === 'rejected') ofOneRecord(end.reason);
	return campaigns.filter(({ id }) => named.has(Number(id)));
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
