import type { IExecuteFunctions } from 'n8n-workflow';
import type { PlanSettings } from '../settings';
import { readMoreFrom, withOutreach } from './askOutreach';
import { fromChanged } from './fromChanged';
import { GhlReader } from './ghlReader';
import { HeyReachReader } from './heyReachReader';
import { isWhole, type Sources } from './inputItems';
import { stateOf } from './inputs';
import { readContacts, readLeads, showDone } from './readAccounts';

/**
 * Reads both accounts side by side. Of each record only what the sync needs is kept, and nothing of it
 * becomes an item. A read that cannot be brought to its end throws.
 */
export async function fromAccounts(
	context: IExecuteFunctions,
	settings: PlanSettings,
): Promise<Sources> {
	if (settings.mode === 'partial') return await fromChanged(context, settings);
	const state = stateOf(context, 0);
	const A = new GhlReader(settings);
	const B = new HeyReachReader(settings);
	// Both come to an end before the failure of one is told, so that no call is under way after it.
	const [contacts, leads] = await Promise.allSettled([
		readContacts(context, (json) => A.add(json)),
		readLeads(context, settings.lists, (json) => B.add(json)),
	]);
	for (const end of [contacts, leads]) {
		if (end.status === 'rejected') throw end.reason;
		showDone(context, end.value);
	}
	const { reads } = settings;
	const areLeadsWhole = leads.status === 'fulfilled' && leads.value.complete;
	const { links } = state;
	const ghl = A.side(isWhole(A.count, reads.A), links);
	const heyReach = B.side(areLeadsWhole && isWhole(B.count, reads.B), links);
	const read = { A: ghl, B: heyReach, links, outreach: B.outreach };
	return { A: ghl, B: await withOutreach(settings, read, readMoreFrom(context, settings)), state };
}
