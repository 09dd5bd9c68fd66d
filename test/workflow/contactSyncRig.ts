import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { SandboxOptions } from '../../sandbox';
import { syncList } from '../examples/heyReach';
import { UNLIMITED, useSandbox } from '../support/useSandbox';
import { syncOnce, Tables } from './contactSync';
import { leadsOf } from './contactSyncTrouble';
import { applyPortion } from './applyContacts';
import { applyLeadPortion, type LeadTarget } from './applyLeads';
import { useScaledTime } from './support';

/** Options of Plan: neither a preview nor a wait before new records are acted on. */
export const AT_ONCE = { previewNewSettings: false, graceMinutes: 0 };

/** A plan item as Apply Plan Item puts it out. */
export interface Applied extends IDataObject {
	result: IDataObject & {
		id: string;
		stale?: boolean;
		left?: Record<string, string>;
		taken?: IDataObject[];
		fields?: IDataObject;
	};
	error: IDataObject & { sent?: boolean };
}

/** What the tests of Contact Sync in a file share: a sandbox, the people in it, and a workflow's tables. */
export function contactSyncRig({
	factor = 200,
	...options
}: SandboxOptions & { factor?: number } = {}) {
	useScaledTime(factor);
	const sandbox = useSandbox({ ...UNLIMITED, ...options });
	const tables = new Tables();
	beforeEach(() => tables.clear());
	const contacts = () => [...sandbox.state.contacts.values()];
	const leads = () => leadsOf(sandbox);
	return {
		sandbox,
		tables,
		contacts,
		leads,
		contact: (number = 0) => contacts()[number],
		lead: (number = 0) => leads()[number],
		linked: () => [...tables.links.values()].filter(({ state }) => state === 'linked'),
		/** One portion for GHL. */
		inGhl: async (...items: IDataObject[]) =>
			(await applyPortion(sandbox, items)).json as Applied[],
		/** One portion for HeyReach. */
		inHeyReach: async (items: IDataObject[], to: Partial<LeadTarget> = {}) => {
			const target = { listId: syncList(sandbox), ...to };
			return (await applyLeadPortion(sandbox, items, target)).json as Applied[];
		},
		/** One run of the whole workflow; new leads go into the last of the lists. */
		sync: async (lists: number[], parameters: INodeParameters) =>
			await syncOnce(sandbox, tables, { lists, syncList: lists[lists.length - 1], parameters }),
	};
}
