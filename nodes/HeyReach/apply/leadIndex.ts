import type { IDataObject } from 'n8n-workflow';
import { isMemberId } from '../../linkedInIdentity';
import { rowsOf } from '../../engine/values';
import type { LeadWrite } from './leadPortion';
import { keysOfLead, type Keys } from './leadKeys';

/** What the rows have shown of one write's lead. */
interface Match {
	row: IDataObject;
	isById: boolean;
	/** The lists in whose rows it was. */
	lists: Set<number>;
}

/**
 * Finds the leads of many writes in the rows of lists. A row with the ID of the lead comes before one with
 * its address: a name on LinkedIn can pass from one person to another. An ID that becomes a number (HeyReach
 * has looked a new lead up) is the same lead.
 */
export class LeadIndex {
	private readonly wanted = new Map<string, LeadWrite[]>();
	private readonly matches = new Map<LeadWrite, Match>();
	private readonly unseen: Set<LeadWrite>;

	constructor(writes: readonly LeadWrite[], keysOf: (write: LeadWrite) => Keys) {
		this.unseen = new Set(writes);
		for (const write of writes) {
			for (const key of texts(keysOf(write))) {
				const others = this.wanted.get(key);
				if (others) others.push(write);
				else this.wanted.set(key, [write]);
			}
		}
	}

	/** The writes whose lead no row has shown. */
	get missing(): LeadWrite[] {
		return [...this.unseen];
	}

	get missingCount(): number {
		return this.unseen.size;
	}

	rowOf(write: LeadWrite): IDataObject | undefined {
		return this.matches.get(write)?.row;
	}

	isIn(write: LeadWrite, listId: number): boolean {
		return this.matches.get(write)?.lists.has(listId) ?? false;
	}

	take(row: IDataObject, listId: number): void {
		const [byId, ...byAddress] = partsOf(keysOfLead(row));
		for (const write of this.wanted.get(byId) ?? [])
			this.offer(write, row, { listId, isById: true });
		for (const key of byAddress) {
			for (const write of this.wanted.get(key) ?? [])
				this.offer(write, row, { listId, isById: false });
		}
	}

	private offer(
		write: LeadWrite,
		row: IDataObject,
		{ listId, isById }: { listId: number; isById: boolean },
	): void {
		const known = this.matches.get(write);
		const isBetter = !known || (isById && !known.isById) || isNumbered(row, known, isById);
		if (isBetter) this.matches.set(write, { row, isById, lists: new Set([listId]) });
		else if (known.row.linkedin_id === row.linkedin_id) {
			known.lists.add(listId);
			known.row = joined(known.row, row);
		}
		const { item } = write;
		// An update looks further for the row of its own ID.
		const isOther = !isById && item.action === 'update' && isMemberId(item.id);
		if (!isOther || !isMemberId(row.linkedin_id)) this.unseen.delete(write);
	}
}

const ID = 'id ';
const partsOf = ({ id = '', addresses }: Keys): string[] => [ID + id, ...addresses];
const texts = (keys: Keys): string[] => partsOf(keys).filter((text) => text !== ID);

/** Whether the row has the number of a lead that was known by a provisional ID. */
const isNumbered = (row: IDataObject, known: Match, isById: boolean): boolean =>
	!isById && !known.isById && isMemberId(row.linkedin_id) && !isMemberId(known.row.linkedin_id);

/** Two rows of one lead: the second fills what is blank in the first. */
export function joined(one: IDataObject, other: IDataObject): IDataObject {
	const row = { ...one };
	for (const [name, value] of Object.entries(other)) {
		if ((row[name] ?? '') === '') row[name] = value;
	}
	const custom = [...rowsOf(one, 'customFields'), ...rowsOf(other, 'customFields')];
	if (custom.length === 0) return row;
	const byName = new Map<string, IDataObject>();
	for (const field of custom) {
		const name = String(field.name);
		if ((byName.get(name)?.value ?? '') === '') byName.set(name, field);
	}
	return { ...row, customFields: [...byName.values()] };
}
