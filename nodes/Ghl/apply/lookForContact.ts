import type { IDataObject } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import { lacksList } from '../../engine/call/paginate';
import { isObject, rowsOf } from '../../engine/values';
import type { Call, Io } from '../../engine/operation';
import type { PlanItem, Taken } from '../../planItem';
import { isSamePerson, writtenIdentity } from './contactIdentity';
import { duplicateCall } from '../calls/contacts';
import { takenBy, UNIQUE, UNIQUE_NAMES, type Unique } from './contactCalls';

export interface Search {
	call: Call;
	/** The field by whose value the call searches; absent for a search by the LinkedIn address. */
	name?: Unique;
}

/**
 * The searches for the contacts that have the email and the phone of an item. A search by the LinkedIn
 * address is added where only it would find a contact that an earlier run has created.
 */
export async function searchesFor(item: PlanItem, io: Io): Promise<Search[]> {
	const { locationId } = io.account.values;
	const searches: Search[] = UNIQUE_NAMES.filter((name) => item.set[name]).map((name) => ({
		call: duplicateCall(locationId, { [UNIQUE[name]]: item.set[name] }),
		name,
	}));
	if (item.set.email && !item.lookUpFirst) return searches;
	for (const [id, value] of await writtenIdentity(item, io)) {
		const filters = [{ field: `customFields.${id}`, operator: 'eq', value }];
		searches.push({
			call: callTo('POST /contacts/search', {
				body: { locationId, page: 1, pageLimit: 10, filters },
				repeatable: true,
				scope: 'contacts.readonly',
				lacks: lacksList('contacts'),
			}),
		});
	}
	return searches;
}

export interface Found {
	/** The contact that is the same person as the item, by the LinkedIn identity. */
	ours?: IDataObject;
	/**
	 * The contacts that have its email or phone and are not known to be that person: people share
	 * mailboxes and phone lines.
	 */
	taken: Taken[];
}

export async function lookForContact(
	item: PlanItem,
	searches: readonly Search[],
	io: Io,
): Promise<Found> {
	const taken: Taken[] = [];
	for (const { call, name } of searches) {
		const { body } = await io.send(call);
		const contact = isObject(body) && isObject(body.contact) ? [body.contact as IDataObject] : [];
		for (const found of name ? contact : rowsOf(body, 'contacts')) {
			if ((await isSamePerson(found, item, io)) === 'same') return { ours: found, taken: [] };
			if (name) taken.push(takenBy(name, found, item.name, io));
		}
	}
	return { taken };
}
