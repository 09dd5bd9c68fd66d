import type { IDataObject } from 'n8n-workflow';
import type { LinkRow, SyncRecord } from '../reconcile';
import type { PlanSettings } from '../settings';
import { fromGhl } from './fromGhl';
import { SharedTexts } from './sharedTexts';
import { CustomFieldsSeen } from './values';
import { withoutUnread, type ReadSide } from './withoutUnread';

/** Collects the contacts of a read. */
export class GhlReader {
	private readonly texts = new SharedTexts();
	private readonly seen = new CustomFieldsSeen();
	private readonly records: SyncRecord[] = [];
	private readonly gone: string[] = [];

	constructor(private readonly settings: PlanSettings) {}

	get count(): number {
		return this.records.length;
	}

	add(json: IDataObject): void {
		const { table, absentIsBlank, newContacts } = this.settings;
		const keepsOwners = newContacts.owners.size > 0;
		const { record, gone } = fromGhl(json, { ...table, keepsOwners }, absentIsBlank, this.seen);
		if (gone) this.gone.push(record.id);
		else this.records.push(this.texts.share(record));
	}

	/** Takes a contact for gone that the service does not have. */
	lose(id: string): void {
		this.gone.push(id);
	}

	side(complete: boolean, links: LinkRow[]): ReadSide {
		const { seen, settings, records, gone } = this;
		const { kept, notes } = withoutUnread('A', records, { seen, settings, links });
		return { input: { records: kept, complete, gone }, notes };
	}
}
