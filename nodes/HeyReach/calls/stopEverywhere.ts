import { buildCall } from '../../engine/call/build';
import { readPages } from '../../engine/call/paginate';
import { flag, notSent } from '../../engine/describe/fields';
import type { Call, Io, Operation } from '../../engine/operation';
import { isObject, toFlag } from '../../engine/values';
import { leadField } from '../fields/leadKey';
import { offsetPages } from './pages';
import { read } from './read';

const NAME = 'inAllCampaigns';

/** An option of an operation with `stopsEverywhere`. */
export const inAllCampaigns = notSent(
	flag(
		'In All Campaigns',
		NAME,
		'Whether to stop the lead in all campaigns that still have steps for it, in addition to the one chosen above',
	),
);

const lead = leadField({ url: 'profileUrl', id: 'linkedinId' });

/** The statuses of a lead that a campaign has steps for. A paused one goes on with its campaign. */
const UNDER_WAY = ['Pending', 'InSequence', 'Paused'];

/**
 * A stop of a lead in one campaign, and in its others too if the person asks for it. The output then
 * has their IDs as `otherCampaignIds`.
 */
export function stopsEverywhere(operation: Operation): Operation {
	const build: Operation['build'] = async (io) => {
		const call = await buildCall(operation, io);
		const options = io.parameter('options', {});
		const wanted = (isObject(options) && options[NAME]) || false;
		if (toFlag(wanted, inAllCampaigns.property.displayName))
			io.notes.set(NAME, await othersLike(call, io));
		return call;
	};
	const finish: Operation['finish'] = async (record, io) => {
		const own = (await operation.finish?.(record, io)) ?? record;
		const others = io.notes.get(NAME) as Call[] | undefined;
		if (!others) return own;
		for (const call of others) await io.send(call);
		return { ...own, otherCampaignIds: others.map(({ body }) => Number(body?.campaignId)) };
	};
	return { ...operation, build, finish };
}

/** The stops of the same lead in its other campaigns. */
async function othersLike(call: Call, io: Io): Promise<Call[]> {
	const who = await lead.spread?.(io.parameter('lead'), io);
	const rows = await readPages(
		offsetPages(100),
		read('/campaign/GetCampaignsForLead', { ...who }),
		io.send,
	);
	return rows
		.filter(({ campaignId }) => campaignId !== call.body?.campaignId)
		.filter(({ leadStatus }) => UNDER_WAY.includes(String(leadStatus)))
		.map(({ campaignId }) => ({ ...call, body: { ...call.body, campaignId } }));
}
