import type { IDataObject } from 'n8n-workflow';
import { readPages } from '../../engine/call/paginate';
import { SAMPLES, type Poll, type PollTime } from '../../engine/poll';
import type { Answer, Call } from '../../engine/operation';
import { offsetPages } from '../calls/pages';
import { read } from '../calls/read';
import { folded, OWN_WORKSPACE } from '../workspaces';
import type { SenderEvent } from './events';
import { compareSenders, firstSenders, type SenderChange, type SenderState } from './senderPass';

export interface SenderSettings {
	/** Empty where no event of a sender is chosen. */
	events: SenderEvent[];
	/** Whether a sender counts that is disconnected when it is seen for the first time. */
	tellsFound: boolean;
}

/**
 * The poll of the LinkedIn accounts of one workspace. The state holds every sender whatever events
 * are chosen, so that another choice does not begin anew.
 *
 * @param name of the workspace; empty for the credential's own
 */
export function senderPoll(
	ask: (call: Call) => Promise<Answer>,
	name: string,
	{ events, tellsFound }: SenderSettings,
): Poll<SenderState> {
	const senders = async (time: PollTime, limit?: number) =>
		await time.within(
			async () => await readPages(offsetPages(100), read('/li_account/GetAll', {}), ask, limit),
		);
	return {
		subject: ['senders', ...(name === OWN_WORKSPACE ? [] : [folded(name)])],
		format: 1,
		begin: async (time) => firstSenders((await senders(time)) ?? [], tellsFound),
		resume: async (before, time) => {
			const rows = await senders(time);
			if (!rows) return { state: before, items: [] };
			const { state, changes } = compareSenders(before, rows, tellsFound);
			const chosen = changes.filter(({ event }) => events.includes(event));
			return { state, items: chosen.map((change) => senderOutput(change, name)) };
		},
		sample: async (time) => {
			const rows = (await senders(time, SAMPLES)) ?? [];
			return rows.map((row) => senderOutput({ event: events[0], row }, name));
		},
	};
}

/** `sender` has the names of the HeyReach Trigger's output; `body` is the row as HeyReach gave it. */
function senderOutput({ event, row }: SenderChange, workspace: string): IDataObject {
	const { id, firstName, lastName, emailAddress, profileUrl, activeCampaigns, authIsValid } = row;
	const parts: IDataObject = {
		id,
		firstName,
		lastName,
		fullName: [firstName, lastName].filter(Boolean).join(' '),
		email: emailAddress,
		profileUrl,
		isConnected: authIsValid,
		activeCampaigns,
	};
	const sender = Object.fromEntries(
		Object.entries(parts).filter(
			([, value]) => value !== undefined && value !== null && value !== '',
		),
	);
	return { workspace, event, sender, body: row };
}
