import type { IPollFunctions } from 'n8n-workflow';
import { SAMPLES, type Poll, type PollTime } from '../../engine/poll';
import type { Call } from '../../engine/operation';
import { send } from '../../engine/call/send';
import { heyReach } from '../api';
import { changeOutput } from './leadOutput';
import { beginLeads, readLeads, type LeadReading, type LeadState } from './leadPass';
import { readLeadPage, type LeadSource } from './leadSources';
import { readPollingSettings } from './settings';

/** The poll that the person chose, on the account of the node's credential. */
export async function preparePoll(context: IPollFunctions): Promise<Poll<LeadState>> {
	const { events, listIds, campaignIds, fields } = readPollingSettings(context);
	const account = (await heyReach.connect(context)).accountOf(0);
	const line = { context, service: heyReach, account };
	const ask = async (call: Call) => await send(line, call);
	const sources: LeadSource[] = [
		...listIds.map((id) => ({ kind: 'list' as const, id })),
		...campaignIds.map((id) => ({ kind: 'campaign' as const, id })),
	];

	const reading = (time: PollTime): LeadReading => ({
		sources: sources.length,
		events: new Set(events),
		fields,
		read: async (source, offset) =>
			await time.within(async () => await readLeadPage(sources[source], offset, ask)),
	});
	const read = async (state: LeadState, time: PollTime) => {
		const { state: next, found } = await readLeads(state, reading(time));
		return {
			state: next,
			items: found.map((change) => changeOutput(change, sources[change.source])),
		};
	};

	return {
		subject: ['leads', [...events].sort(), listIds, campaignIds, fields],
		format: 1,
		begin: async (time) => (await read(beginLeads(), time)).state,
		resume: read,
		sample: async (time) => {
			const [event] = events;
			// Only campaigns have statuses, and they come last.
			const source = event === 'lead_status_changed' ? sources.length - 1 : 0;
			const page = await time.within(
				async () => await readLeadPage(sources[source], 0, ask, SAMPLES),
			);
			return (page?.rows ?? []).map((lead) =>
				changeOutput({ event, source, lead, changed: fields }, sources[source]),
			);
		},
	};
}
