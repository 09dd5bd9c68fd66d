import type { IDataObject } from 'n8n-workflow';
import type { LinkRow, SyncRecord } from '../reconcile';
import type { PlanSettings } from '../settings';
import { needsOutreach } from '../newContacts';
import { fromHeyReach } from './fromHeyReach';
import { OutreachBook } from './outreach';
import { SharedTexts } from './sharedTexts';
import { unionOfLeads } from './unionOfLeads';
import { CustomFieldsSeen } from './values';
import { withoutUnread, type ReadSide } from './withoutUnread';

/** Collects the leads of a read. */
export class HeyReachReader {
	private readonly texts = new SharedTexts();
	private readonly seen = new CustomFieldsSeen();
	private readonly leads: SyncRecord[] = [];
	/** What the rows tell about the outreach to their leads. */
	readonly outreach = new OutreachBook();

	constructor(private readonly settings: PlanSettings) {}

	get count(): number {
		return this.leads.length;
	}

	add(json: IDataObject): void {
		const lead = fromHeyReach(json, this.settings.table, this.seen);
		this.leads.push(this.texts.share(lead));
		if (needsOutreach(this.settings.newContacts)) this.outreach.add(json, lead);
	}

	side(complete: boolean, links: LinkRow[]): ReadSide {
		const { seen, settings, leads } = this;
		const { kept, notes } = withoutUnread('B', leads, { seen, settings, links });
		return { input: { ...unionOfLeads(kept), complete }, notes };
	}
}
