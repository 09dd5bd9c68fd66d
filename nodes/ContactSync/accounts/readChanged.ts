import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import { ApiFault } from '../../engine/call/errors';
import { lacksRecord, readPages } from '../../engine/call/paginate';
import type { Call, Problem } from '../../engine/operation';
import { isObject, rowsOf } from '../../engine/values';
import { highLevel } from '../../Ghl/api';
import { heyReach } from '../../HeyReach/api';
import { offsetPages } from '../../HeyReach/calls/pages';
import { read } from '../../HeyReach/calls/read';
import { newestLinks, type AccountPair, type LinkRow } from '../reconcile';
import { lineTo, nameCustomFields, readLeads, type Done, type Keep } from './readAccounts';
import { text } from './values';

/** The two records of some linked pairs, each id once. */
export interface Wanted {
	contacts: string[];
	leads: string[];
}

/** What came of reading single records. */
interface ReadSome extends Done {
	/** Records that the service says are not there. */
	gone: string[];
	/** Why records were left out, by their ids: the service refuses these alone. */
	refused: Map<string, string>;
}

/**
 * The pairs of the records that changed. A partial run touches linked pairs only, so a record without a
 * link is not read.
 *
 * @param changed ids of contacts and leads, former ones too, in any order; none: all pairs
 * @param links the stored rows of these records, several versions of a pair among them
 */
export function pairsOf(
	changed: readonly string[],
	links: readonly LinkRow[],
	pair: AccountPair,
): Wanted {
	const ids = new Set(changed);
	const contacts = new Set<string>();
	const leads = new Set<string>();
	for (const { aId, bId, aliases, state } of newestLinks(links, pair)) {
		if (state !== 'linked') continue;
		const former = aliases.split(' ').map((alias) => alias.slice(2));
		if (ids.size > 0 && ![aId, bId, ...former].some((id) => ids.has(id))) continue;
		contacts.add(aId);
		leads.add(bId);
	}
	return { contacts: [...contacts], leads: [...leads] };
}

/** Reads these contacts, one call each. The search would not show yet what has just changed. */
export async function readTheseContacts(
	context: IExecuteFunctions,
	ids: readonly string[],
	keep: Keep,
): Promise<ReadSome> {
	const { sendOne, values, done } = await lineTo(context, highLevel);
	const some: ReadSome = { ...done, gone: [], refused: new Map() };
	if (ids.length === 0) return some;
	const named = await nameCustomFields(context, values.locationId, sendOne);
	await each(ids, some, async (contactId) => {
		const call = callTo('GET /contacts/{contactId}', {
			values: { contactId },
			scope: 'contacts.readonly',
			lacks: lacksRecord('contact'),
		});
		const { body } = await sendOne(call);
		const contact = isObject(body) && isObject(body.contact) ? body.contact : body;
		if (isObject(contact)) keep(named(contact as IDataObject));
	});
	return some;
}

/**
 * Reads these leads in the lists, by the way that takes the fewest calls: each lead in each list, each
 * lead in those lists that HeyReach names for it, or all pages of the lists.
 *
 * A lead that no list shows is left out. It is not taken for gone, because HeyReach shows a new one late.
 */
export async function readTheseLeads(
	context: IExecuteFunctions,
	lists: readonly number[],
	ids: readonly string[],
	keep: Keep,
): Promise<ReadSome> {
	const { sendOne, done } = await lineTo(context, heyReach);
	const some: ReadSome = { ...done, gone: [], refused: new Map() };
	const rowsIn = async (call: Call) => rowsOf((await sendOne(call)).body, 'items');
	const single = ids.length * Math.min(lists.length, CALLS_WITH_LISTS);
	if (single > 1 + lists.length) {
		const all = await readPages(offsetPages(100), read('/list/GetAll', {}), sendOne);
		if (pagesIn(all, lists) < single) {
			const wanted = new Set(ids);
			await readLeads(context, [...lists], (row) => {
				if (wanted.has(text(row.linkedin_id ?? row.id))) keep(row);
			});
			return some;
		}
	}
	await each(ids, some, async (id) => {
		const listsOf =
			lists.length <= CALLS_WITH_LISTS
				? lists
				: (await rowsIn(read('/list/GetListsForLead', { linkedinId: id, offset: 0, limit: 100 })))
						.map(({ listId }) => Number(listId))
						.filter((listId) => lists.includes(listId));
		for (const listId of listsOf) {
			const found = read('/list/GetLeadsFromList', {
				...{ listId, leadLinkedInId: id },
				...{ offset: 0, limit: 100 },
			});
			(await rowsIn(found)).forEach(keep);
		}
	});
	some.gone.length = 0;
	return some;
}

/** The calls for one lead where HeyReach first names its lists: it is nearly always in one of them. */
const CALLS_WITH_LISTS = 2;

const LEADS_A_PAGE = 1_000;

/** The calls that read the lists whole. */
function pagesIn(all: readonly IDataObject[], lists: readonly number[]): number {
	const sizes = new Map(
		all.map(({ id, totalItemsCount }) => [Number(id), Number(totalItemsCount)]),
	);
	return lists.reduce((sum, id) => {
		const pages = Math.ceil((sizes.get(id) ?? NaN) / LEADS_A_PAGE);
		return sum + (Number.isNaN(pages) ? Infinity : Math.max(1, pages));
	}, 0);
}

/**
 * Reads each record, all inside the account's rate budget. A record that the service does not have is
 * gone; one that it refuses is left out, so that it does not keep the others from being read.
 *
 * @throws what is about the account, or about a service that cannot be reached
 */
async function each(
	ids: readonly string[],
	some: ReadSome,
	readOne: (id: string) => Promise<void>,
): Promise<void> {
	// All come to an end before a failure is told, so that no call is under way after it.
	const ends = await Promise.allSettled(ids.map(readOne));
	ends.forEach((end, at) => {
		if (end.status === 'fulfilled') return;
		const { missing, message } = ofOneRecord(end.reason);
		if (missing) some.gone.push(ids[at]);
		else some.refused.set(ids[at], message);
	});
}

/**
 * The problem with one record.
 *
 * @throws the error, where it is about the account, or about a service that cannot be reached
 */
export function ofOneRecord(error: unknown): Problem {
	if (!(error instanceof ApiFault)) throw error;
	const { kind, about } = error.problem;
	if (kind !== 'refused' || about !== undefined) throw error;
	return error.problem;
}
