import type { IExecuteFunctions } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import type { PlanSettings } from '../settings';
import { readMoreFrom, withOutreach } from './askOutreach';
import { GhlReader } from './ghlReader';
import { HeyReachReader } from './heyReachReader';
import type { Sources } from './inputItems';
import { itemsOf, stateOf } from './inputs';
import { showDone } from './readAccounts';
import { pairsOf, readTheseContacts, readTheseLeads } from './readChanged';
import { text } from './values';

/** The most pairs that are read record by record. More of them are a full run. */
const MOST_PAIRS = 1_000;

/**
 * Reads the records of the input Changed Records, and their counterparts, alone. Rows of the links stand
 * there for their pairs. Where that input has no
 * item, it reads all pairs of the input Links. Items that name no record are read for none: they come from
 * an event about something else, or from a field that is not there.
 *
 * @throws BadInput for more pairs than are read one by one
 */
export async function fromChanged(
	context: IExecuteFunctions,
	settings: PlanSettings,
): Promise<Sources> {
	const items = itemsOf(context, 0).filter(({ json }) => Object.keys(json).length > 0);
	// A row of the links names its pair by the contact; that of the run names nobody, and is no mistake.
	const named = items.filter(({ json }) => json.state !== 'run');
	const changed = named
		.map(({ json }) => text(json.recordId) || text(json.aId))
		.filter((id) => id !== '');
	const nameless = named.length - changed.length;
	const state = stateOf(context, 1);
	const { links } = state;
	const wanted =
		items.length > 0 && changed.length === 0
			? { contacts: [], leads: [] }
			: pairsOf(changed, links, settings.account);
	if (wanted.contacts.length > MOST_PAIRS)
		throw new BadInput(
			`${wanted.contacts.length} linked pairs must be read, but a partial run reads at most ${MOST_PAIRS}`,
			'Give the input Links only the rows of the records that changed, or set Mode to All Records.',
		);
	const A = new GhlReader(settings);
	const B = new HeyReachReader(settings);
	const [contacts, leads] = await Promise.allSettled([
		readTheseContacts(context, wanted.contacts, (json) => A.add(json)),
		readTheseLeads(context, settings.lists, wanted.leads, (json) => B.add(json)),
	]);
	const notes: string[] =
		nameless === 0
			? []
			: [
					`${nameless} of the ${items.length} items of the input Changed Records name no record in the field recordId and were not used.`,
				];
	for (const end of [contacts, leads]) {
		if (end.status === 'rejected') throw end.reason;
		const { gone, refused, service } = end.value;
		showDone(context, end.value);
		gone.forEach((id) => A.lose(id));
		const [first] = refused;
		if (first)
			notes.push(
				`${refused.size} of the changed records could not be read in ${service} and were left out, such as ${first[0]}: ${first[1]}.`,
			);
	}
	const ghl = A.side(false, links);
	const read = { A: ghl, B: B.side(false, links), links, outreach: B.outreach };
	const heyReach = await withOutreach(settings, read, readMoreFrom(context, settings));
	return { A: { ...ghl, notes: [...ghl.notes, ...notes] }, B: heyReach, state };
}
