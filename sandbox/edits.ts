import { SANDBOX } from './accounts';
import { newContact } from './ghl/contactWrites';
import type { Contact, Task } from './ghl/records';
import { fileInCampaign, fileInList } from './heyreach/addLeads';
import type { CampaignLead, Lead } from './heyreach/records';
import type { SandboxState } from './state';

/** One change that nobody made over the API, as somebody working in the app makes it. */
export interface Edit {
	/** When the service says it was made (ISO). */
	at: string;
	kind:
		| 'contactCreated'
		| 'contactUpdated'
		| 'taskUpdated'
		| 'leadCreated'
		| 'leadUpdated'
		| 'leadStatusChanged';
	/** The contact's, the task's or the lead's id. */
	id: string;
	changes: Record<string, unknown>;
}

export interface When {
	/** Now where absent (ISO). */
	at?: string;
	/** How long HighLevel's search takes to see it; the setting where absent. */
	lagMs?: number;
}

/** Changes behind the API's back, each of them written down: what a poll must find. */
export class Edits {
	readonly log: Edit[] = [];

	constructor(private readonly state: SandboxState) {}

	newContact(fields: Partial<Contact> = {}, { at = now(), lagMs }: When = {}): Contact {
		const contact = {
			...newContact(this.state.ids.next('contact'), SANDBOX.locationId, at),
			...fields,
		};
		this.state.saveContact(contact, lagMs);
		this.note({ at, kind: 'contactCreated', id: contact.id, changes: { ...fields } });
		return contact;
	}

	/** Sets `dateUpdated` too. Throws when there is no such contact. */
	contact(id: string, changes: Partial<Contact>, { at = now(), lagMs }: When = {}): void {
		const contact = found(this.state.contacts, id);
		this.state.saveContact({ ...contact, ...changes, dateUpdated: at }, lagMs);
		this.note({ at, kind: 'contactUpdated', id, changes: { ...changes } });
	}

	task(id: string, changes: Partial<Task>, { at = now() }: When = {}): void {
		this.state.tasks.set(id, { ...found(this.state.tasks, id), ...changes });
		this.note({ at, kind: 'taskUpdated', id, changes: { ...changes } });
	}

	/** A lead that is new in a list, and in the campaigns that list feeds. */
	newLead(listId: number, lead: Lead, { at = now() }: When = {}): void {
		this.state.leads.set(lead.linkedinId, lead);
		fileInList(this.state, found(this.state.lists, listId), lead);
		this.note({ at, kind: 'leadCreated', id: lead.linkedinId, changes: { listId } });
	}

	lead(linkedinId: string, changes: Partial<Lead>, { at = now() }: When = {}): void {
		Object.assign(found(this.state.leads, linkedinId), changes);
		this.note({ at, kind: 'leadUpdated', id: linkedinId, changes: { ...changes } });
	}

	/** The lead's row in a campaign, which it enters if it is not there yet. */
	leadStatus(
		campaignId: number,
		linkedinId: string,
		changes: Partial<CampaignLead>,
		{ at = now() }: When = {},
	): void {
		const campaign = found(this.state.campaigns, campaignId);
		fileInCampaign(this.state, campaign, found(this.state.leads, linkedinId), null);
		const row = campaign.leads.find((one) => one.linkedinId === linkedinId);
		if (row !== undefined) Object.assign(row, { lastActionTime: at, ...changes });
		this.note({
			at,
			kind: 'leadStatusChanged',
			id: linkedinId,
			changes: { campaignId, ...changes },
		});
	}

	clear(): void {
		this.log.length = 0;
	}

	private note(edit: Edit): void {
		this.log.push(edit);
	}
}

const now = (): string => new Date().toISOString();

function found<K, V>(records: Map<K, V>, id: K): V {
	const record = records.get(id);
	if (record === undefined) throw new Error(`No record ${String(id)}`);
	return record;
}
