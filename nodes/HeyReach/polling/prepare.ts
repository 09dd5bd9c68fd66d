import type { IPollFunctions } from 'n8n-workflow';
import { SAMPLES, type Poll, type PollTime } from '../../engine/poll';
import type { Answer, Call } from '../../engine/operation';
import { send } from '../../engine/call/send';
import { heyReach, openCredential } from '../api';
import {
	chosenWorkspace,
	folded,
	OWN_WORKSPACE,
	workspaceNamed,
	type Workspace,
} from '../workspaces';
import { pollEach } from './eachWorkspace';
import { changeOutput } from './leadOutput';
import { beginLeads, readLeads, type LeadReading, type LeadState } from './leadPass';
import { readLeadPage, type LeadSource } from './leadSources';
import { senderPoll } from './senderPoll';
import { readPollingSettings, type PollingSettings, type Watched } from './settings';

/** The poll that the person chose: of one workspace of the credential, or of several. */
export async function preparePoll(context: IPollFunctions): Promise<Poll<unknown>> {
	const settings = readPollingSettings(context);
	const { events, senders, one, each } = settings;
	const { workspaces, accountOf } = await openCredential(context);
	const asker = (workspace: Workspace) => {
		const line = { context, service: heyReach, account: accountOf(workspace) };
		return async (call: Call) => await send(line, call);
	};
	const leadsOf = (workspace: Workspace, watched: Watched) =>
		leadPoll(asker(workspace), workspace.name, watched, settings);
	const sendersOf = (workspace: Workspace) => senderPoll(asker(workspace), workspace.name, senders);
	const senderPart = (workspace: Workspace) => ({
		...{ name: workspace.name, kind: 'senders' as const },
		open: () => sendersOf(workspace),
	});
	const watchesSenders = senders.events.length > 0;
	if (one) {
		const workspace = chosenWorkspace(one.workspace, workspaces);
		const { name } = workspace;
		if (!watchesSenders) return leadsOf(workspace, one);
		if (events.length === 0) return sendersOf(workspace);
		const leadPart = { name, open: () => leadsOf(workspace, one) };
		return pollEach([leadPart, senderPart(workspace)], `leads and senders of ${folded(name)}`);
	}
	const leadParts = [...each].map(([name, watched]) => ({
		name,
		open: () => leadsOf(workspaceNamed(workspaces, name), watched),
	}));
	return pollEach([...leadParts, ...(watchesSenders ? workspaces.map(senderPart) : [])]);
}

/** The poll of one workspace's leads; `name` is empty for the credential's own. */
function leadPoll(
	ask: (call: Call) => Promise<Answer>,
	name: string,
	{ listIds, campaignIds }: Watched,
	{ events, fields, simple }: Pick<PollingSettings, 'events' | 'fields' | 'simple'>,
): Poll<LeadState> {
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
			items: found.map((change) => changeOutput(change, sources[change.source], name, simple)),
		};
	};

	return {
		// The own workspace has no name here: states that were saved before there were others stay good.
		subject: [
			...['leads', [...events].sort(), listIds, campaignIds, fields],
			...(name === OWN_WORKSPACE ? [] : [folded(name)]),
		],
		format: 1,
		begin: async (time) => (await read(beginLeads(), time)).state,
		resume: read,
		sample: async (time) => {
			const [event] = events;
			// Only campaigns have statuses, and they come last.
			const source = event === 'lead_status_changed' ? sources.length - 1 : 0;
			if (event === 'lead_status_changed' && sources[source].kind === 'list') return [];
			const page = await time.within(
				async () => await readLeadPage(sources[source], 0, ask, SAMPLES),
			);
			return (page?.rows ?? []).map((lead) =>
				changeOutput({ event, source, lead, changed: fields }, sources[source], name, simple),
			);
		},
	};
}
