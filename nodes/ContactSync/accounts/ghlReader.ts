import type { IDataObject } from 'n8n-workflow';
import type { LinkRow, SyncRecord } from '../reconcile';
import type { PlanSettings } from '../settings';
import { fromGhl } from './fromGhl';
import { CustomFieldsSeen } from './values';
import { withoutUnread, type ReadSide } from './withoutUnread';

/** Collects the contacts of a read. */
export class GhlReader {
	private readonly seen = new CustomFieldsSeen();
	private readonly records: SyncRecord[] = [];
	private readonly gone: string[] = [];

	constructor(private readonly settings: PlanSettings) {}

	get count(): number {
		return this.records.length;
	}

	add(json: IDataObject): void {
		const { table, absentIsBlank } = this.settings;
		const { record, gone } = fromGhl(json, table, absentIsBlank, this.seen);
		if (gone) this.gone.push(record.id);
		else this.records.push(record);
	}

	side(complete: boolean, links: LinkRow[]): ReadSide {
		const { seen, settings, records, gone } = this;
		const { kept, notes } = withoutUnread('A', records, { seen, settings, links });
		return { input: { records: kept, complete, gone }, notes };
	}
}
