import type { IExecuteFunctions } from 'n8n-workflow';
import type { PlanSettings } from '../settings';
import { GhlReader } from './ghlReader';
import { HeyReachReader } from './heyReachReader';
import { isWhole, stateOf, type Sources } from './inputItems';
import { readContacts, readLeads } from './readAccounts';

/**
 * Reads both accounts side by side. Of each record only what the sync needs is kept, and nothing of it
 * becomes an item. A read that cannot be brought to its end throws.
 */
export async function fromAccounts(
	context: IExecuteFunctions,
	settings: PlanSettings,
): Promise<Sources> {
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
		const message = end.value.tally.hint(end.value.service);
		if (message) context.addExecutionHints({ message, location: 'outputPane', type: 'info' });
	}
	const { reads } = settings;
	const areLeadsWhole = leads.status === 'fulfilled' && leads.value.complete;
	return {
		A: A.side(isWhole(A.count, reads.A), state.links),
		B: B.side(areLeadsWhole && isWhole(B.count, reads.B), state.links),
		state,
	};
}
