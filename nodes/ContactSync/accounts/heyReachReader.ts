import type { IDataObject } from 'n8n-workflow';
import type { LinkRow, SyncRecord } from '../reconcile';
import type { PlanSettings } from '../settings';
import { fromHeyReach } from './fromHeyReach';
import { unionOfLeads } from './unionOfLeads';
import { CustomFieldsSeen } from './values';
import { withoutUnread, type ReadSide } from './withoutUnread';

/** Collects the leads of a read. */
export class HeyReachReader {
	private readonly seen = new CustomFieldsSeen();
	private readonly leads: SyncRecord[] = [];

	constructor(private readonly settings: PlanSettings) {}

	get count(): number {
		return this.leads.length;
	}

	add(json: IDataObject): void {
		this.leads.push(fromHeyReach(json, this.settings.table, this.seen));
	}

	side(complete: boolean, links: LinkRow[]): ReadSide {
		const { seen, settings, leads } = this;
		const { kept, notes } = withoutUnread('B', leads, { seen, settings, links });
		return { input: { ...unionOfLeads(kept), complete }, notes };
	}
}
