import {
	ANSWERED_OWNER,
	CREATED_OWNER,
	OWNER,
	type CreateWhen,
	type NewContactSettings,
} from '../newContacts';
import type { LinkRow, SyncRecord, Value } from '../reconcile';
import { OutreachBook, outreachKeys, type Outreach } from './outreach';

/** What the outreach to a lead decides. */
export interface Question {
	/** The lead may become a contact only if it is so. */
	gate?: Exclude<CreateWhen, 'any'>;
	/** Whose owner depends on its sender: a new contact, or a linked one that has none. */
	owner?: 'created' | 'linked';
}

/** Why a lead becomes no contact yet, behind “Not created in GHL: ”. */
const NOT_YET = {
	accepted: 'has not accepted the connection request yet',
	answered: 'has not answered yet',
};

/**
 * The leads about which the outreach decides anything, by their IDs: those without a link where contacts
 * are created, and those that are linked to a contact without an owner.
 *
 * @param links of each pair the newest row
 */
export function questionsAbout(
	{ contacts, leads }: { contacts: readonly SyncRecord[]; leads: readonly SyncRecord[] },
	links: readonly LinkRow[],
	{ when, owners }: NewContactSettings,
	createsContacts: boolean,
): Map<string, Question> {
	const questions = new Map<string, Question>();
	if (when === 'any' && owners.size === 0) return questions;
	const linkOf = linksByLead(links);
	const ownerless = new Set(
		contacts.filter(({ fields }) => fields[OWNER] === null).map(({ id }) => id),
	);
	for (const { id } of leads) {
		const link = linkOf.get(id);
		if (link?.state === 'linked') {
			if (owners.size > 0 && ownerless.has(link.aId)) questions.set(id, { owner: 'linked' });
		} else if (createsContacts && (!link || link.state === 'pendingCreate')) {
			// What has begun is not stopped half way.
			const isGated = when !== 'any' && !link;
			if (!isGated && owners.size === 0) continue;
			questions.set(id, {
				...(isGated && { gate: when }),
				...(owners.size > 0 && { owner: 'created' }),
			});
		}
	}
	return questions;
}

/** The row of each lead; one that links it counts before any other. */
function linksByLead(links: readonly LinkRow[]): Map<string, LinkRow> {
	const byLead = new Map<string, LinkRow>();
	for (const row of links) {
		if (row.bId === '' || row.state === 'expired') continue;
		if (byLead.get(row.bId)?.state !== 'linked') byLead.set(row.bId, row);
	}
	return byLead;
}

/** Whether nothing that is still unread could change the answer. */
export function isSettled({ gate, owner }: Question, outreach: Outreach | undefined): boolean {
	if (!outreach) return false;
	if (gate && outreach[gate] !== true) return false;
	if (owner === 'linked' && outreach.answered !== true) return false;
	return owner === undefined || outreach.sender !== undefined;
}

/** Collects what is read about these leads, and knows when enough is read. */
export class OutreachReader {
	private readonly open = new Map<string, { lead: SyncRecord; question: Question }>();
	/** Those of which nothing at all was found. */
	readonly unknown = new Set<SyncRecord>();

	constructor(
		readonly book: OutreachBook,
		leads: readonly SyncRecord[],
		questions: ReadonlyMap<string, Question>,
	) {
		for (const lead of leads) {
			const question = questions.get(lead.id);
			const known = book.of(lead);
			if (!question || isSettled(question, known)) continue;
			if (!known) this.unknown.add(lead);
			for (const key of outreachKeys(lead)) this.open.set(key, { lead, question });
		}
	}

	/** Whether anything is still to be found out. */
	get isOpen(): boolean {
		return this.open.size > 0;
	}

	/** The leads about which something is still to be found out, each once. */
	leads(): SyncRecord[] {
		return [...new Set([...this.open.values()].map(({ lead }) => lead))];
	}

	add(json: Parameters<OutreachBook['add']>[0], row: SyncRecord): void {
		const found = outreachKeys(row)
			.map((key) => this.open.get(key))
			.find((one) => one !== undefined);
		if (!found) return;
		const { lead, question } = found;
		this.book.add(json, lead);
		const known = this.book.of(lead);
		if (known) this.unknown.delete(lead);
		if (!isSettled(question, known)) return;
		for (const key of outreachKeys(lead)) this.open.delete(key);
	}
}

/** The leads, each with its owner as a field, and with the reason why it becomes no contact. */
export function decided(
	leads: readonly SyncRecord[],
	questions: ReadonlyMap<string, Question>,
	book: OutreachBook,
	owners: NewContactSettings['owners'],
): SyncRecord[] {
	if (questions.size === 0) return [...leads];
	return leads.map((lead) => {
		const question = questions.get(lead.id);
		if (!question) return lead;
		const outreach = book.of(lead);
		return {
			...lead,
			fields: { ...lead.fields, ...ownerFields(question, outreach, owners) },
			...gated(question, outreach),
		};
	});
}

function gated({ gate }: Question, outreach: Outreach | undefined): Partial<SyncRecord> {
	if (!gate || outreach?.[gate] === true) return {};
	return outreach?.[gate] === false ? { doNotCreate: NOT_YET[gate] } : { maybeCreate: true };
}

function ownerFields(
	{ owner }: Question,
	outreach: Outreach | undefined,
	owners: NewContactSettings['owners'],
): Record<string, Value> {
	const user = outreach?.sender === undefined ? undefined : owners.get(outreach.sender);
	if (!owner || user === undefined) return {};
	return {
		...(owner === 'created' && { [CREATED_OWNER]: user }),
		...(outreach?.answered === true && { [ANSWERED_OWNER]: user }),
	};
}
