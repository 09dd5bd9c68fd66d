import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { BadInput } from '../engine/badInput';
import { toNodeError } from '../engine/call/errors';
import { isObject } from '../engine/values';
import { customNameOf } from '../planItem';
import { GHL_FIELDS, HEYREACH_FIELDS } from './fieldTable';
import { fromGhl } from './accounts/fromGhl';
import { fromHeyReach } from './accounts/fromHeyReach';
import { fromState, type StoredState } from './accounts/fromState';
import { fieldsKnown, plan } from './reconcile';
import type { LinkRow, PlanItem, PlanOutput, Side, SideInput, SyncRecord } from './reconcile';
import { readSettings } from './settings';
import type { PlanSettings, ReadSetting } from './settings';
import { readContacts, readLeads } from './accounts/readAccounts';
import { unionOfLeads } from './accounts/unionOfLeads';
import { CustomFieldsSeen } from './accounts/values';

/** The inputs of Plan, in their order. */
const GHL = 0;
const HEYREACH = 1;
const STATE = 2;

/** The most rows that the summary holds of each preview, and of the skipped records. */
const SHOWN = 500;

/** What Plan reads: both sides, and where each record came from. */
interface Sources {
	A: ReadSide;
	B: ReadSide;
	state: StoredState;
	origin: Origins;
}

/** Reads both sides and the state, and plans. The outputs are: rows to store, writes for each side, review, summary. */
export async function runPlan(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = await told(context, async () => readSettings(context));
	const { A, B, state, origin } = settings.fromAccounts
		? await told(context, async () => await fromAccounts(context, settings))
		: fromItems(context, settings);
	const now = Date.now();
	const output = plan({
		runId: context.getExecutionId() || `run-${now}`,
		now,
		mode: settings.mode,
		dryRun: settings.dryRun,
		sides: { A: A.input, B: B.input },
		links: state.links,
		resolutions: state.resolutions,
		policy: settings.policy,
		overrides: settings.overrides,
	});
	const notes = [...A.notes, ...B.notes];
	tell(context, settings, state.unknown, output, notes);
	return [
		stateRows(output).map((json) => ({ json, pairedItem: [] })),
		output.applyA.map((item) => ({
			json: { ...item } as IDataObject,
			pairedItem: origin.of(item),
		})),
		output.applyB.map((item) => ({
			json: { ...item } as IDataObject,
			pairedItem: origin.of(item),
		})),
		output.review.map((row) => ({ json: { ...row } as IDataObject, pairedItem: [] })),
		[{ json: summaryOf(output, notes), pairedItem: [] }],
	];
}

function fromItems(context: IExecuteFunctions, settings: PlanSettings): Sources {
	const contacts = itemsOf(context, GHL);
	const leads = itemsOf(context, HEYREACH);
	requireOne(context, contacts, ['contacts', 'location', 'locationId']);
	requireOne(context, leads, ['leads', 'workspace', 'workspace']);
	const state = stateOf(itemsOf(context, STATE));
	const A = new GhlReader(settings);
	const B = new HeyReachReader(settings);
	for (const { json } of recordsIn(contacts)) A.add(json);
	for (const { json } of recordsIn(leads)) B.add(json);
	return {
		A: A.side(isComplete(contacts, settings.reads.A), state.links),
		B: B.side(isComplete(leads, settings.reads.B), state.links),
		state,
		origin: new Origins(contacts, leads),
	};
}

/**
 * Reads both accounts side by side. Of each record only what the sync needs is kept, and nothing of it
 * becomes an item. A read that cannot be brought to its end throws.
 */
async function fromAccounts(context: IExecuteFunctions, settings: PlanSettings): Promise<Sources> {
	const state = stateOf(itemsOf(context, 0));
	const A = new GhlReader(settings);
	const B = new HeyReachReader(settings);
	// Both come to an end before the failure of one is told, so that no call is under way after it.
	const [contacts, leads] = await Promise.allSettled([
		readContacts(context, (json) => A.add(json)),
		readLeads(context, settings.lists, (json) => B.add(json)),
	]);
	for (const end of [contacts, leads]) {
		if (end.status === 'rejected') throw end.reason;
		const message = end.value.tally.hint(end.value.service);
		if (message) context.addExecutionHints({ message, location: 'outputPane', type: 'info' });
	}
	const { reads } = settings;
	const areLeadsWhole = leads.status === 'fulfilled' && leads.value.complete;
	return {
		A: A.side(isWhole(A.count, reads.A), state.links),
		B: B.side(areLeadsWhole && isWhole(B.count, reads.B), state.links),
		state,
		origin: new Origins([], []),
	};
}

/** The result of `work`, or its error in n8n's own form. */
async function told<Result>(
	context: IExecuteFunctions,
	work: () => Promise<Result>,
): Promise<Result> {
	try {
		return await work();
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

const stateOf = (items: INodeExecutionData[]): StoredState =>
	fromState(recordsIn(items).map(({ json }) => json));

/** The items of an input. An unconnected input has none; n8n throws for one after the last connected input. */
function itemsOf(context: IExecuteFunctions, input: number): INodeExecutionData[] {
	try {
		return context.getInputData(input) ?? [];
	} catch {
		return [];
	}
}

/**
 * One plan keeps one pair of accounts: with two of them a person who is a lead of two clients would carry
 * the one's values to the other.
 *
 * @throws NodeOperationError where the records are of several accounts
 */
function requireOne(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	[records, account, key]: [records: string, account: string, key: string],
): void {
	const found = new Set<unknown>();
	for (const { json } of items) {
		const { payload } = json;
		found.add(json[key] ?? (isObject(payload) ? payload[key] : undefined));
	}
	found.delete(undefined);
	if (found.size < 2) return;
	const error = new BadInput(
		`The ${records} are of ${found.size} ${account}s, and Contact Sync keeps one location and one workspace in step`,
		`Run it once for each pair: read one ${account} at a time, and keep a Sync State for each. Nothing was planned.`,
	);
	throw toNodeError(context.getNode(), error);
}

/** The items that hold a record. A node without a result may give one empty item. */
function recordsIn(items: readonly INodeExecutionData[]): INodeExecutionData[] {
	return items.filter(({ json }) => Object.keys(json).length > 0 && !isFailure(json));
}

/** Whether the item is the error of a failed read, as Continue On Fail puts it out. */
function isFailure(json: IDataObject): boolean {
	return json.error !== undefined && json.id === undefined && json.linkedin_id === undefined;
}

/** One side of the plan, with notes for the person about the reading of it. */
interface ReadSide {
	input: SideInput;
	notes: string[];
}

/** Collects the contacts of a read. */
class GhlReader {
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

/** Collects the leads of a read. */
class HeyReachReader {
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

/**
 * Takes the custom fields out of the records whose values are unknown. Two kinds are unknown: a name that
 * several fields have, and a field that no record shows any more. The latter was renamed or removed in the
 * service; no person cleared it, so an empty value would be wrong.
 */
function withoutUnread(
	side: Side,
	records: SyncRecord[],
	{ seen, settings, links }: { seen: CustomFieldsSeen; settings: PlanSettings; links: LinkRow[] },
): { kept: SyncRecord[]; notes: string[] } {
	const service = side === 'A' ? 'GHL' : 'HeyReach';
	const own = new Set((side === 'A' ? GHL_FIELDS : HEYREACH_FIELDS).map(({ value }) => value));
	const fields = settings.table.fields.filter((field) => !own.has(field[side]));
	const absent = fields.filter((field) => {
		const values = records.map((record) => record.fields[field[side]]);
		return !seen.shown.has(field[side]) && values.length > 0 && isAbsent(values);
	});
	const known = absent.length > 0 ? fieldsKnown(links, absent, side) : new Set<string>();
	const gone = absent.filter(({ field }) => known.has(field));
	const unclear = fields.filter((field) => seen.unclear.has(field[side]));
	if (gone.length + unclear.length === 0) return { kept: records, notes: [] };
	const names = new Set([...gone, ...unclear].map((field) => field[side]));
	const kept = records.map((record) => ({
		...record,
		fields: Object.fromEntries(Object.entries(record.fields).filter(([name]) => !names.has(name))),
	}));
	return {
		kept,
		notes: [
			...gone.map(
				(field) =>
					`“${customNameOf(field[side])}” was not read: no record of ${service} has this custom field any more, and some had it before. If it was renamed or removed, correct its row of the field table; nothing was cleared.`,
			),
			...unclear.map(
				(field) =>
					`“${customNameOf(field[side])}” was not read: ${service} has several custom fields of this name. Write the key of the one that is meant into the field table, such as contact.region_2.`,
			),
		],
	};
}

/** Whether no record has a value, and at least one record would show it. */
function isAbsent(values: readonly unknown[]): boolean {
	return values.every((value) => value === null || value === undefined) && values.includes(null);
}

/**
 * Whether the side was read to its end: the person says so, or no item reports a failure and at least the
 * expected number of items came.
 */
function isComplete(items: INodeExecutionData[], setting: ReadSetting): boolean {
	const isBroken = items.some(({ json, error }) => error !== undefined || isFailure(json));
	return isWhole(isBroken ? -1 : recordsIn(items).length, setting);
}

const isWhole = (count: number, { complete, expected }: ReadSetting): boolean =>
	complete === 'auto' ? count >= expected : complete === 'yes';

/** The rows to store before anything is written. `table` names the table of each row. */
function stateRows({
	links,
	audit,
	resolutions,
}: Pick<PlanOutput, 'links' | 'audit' | 'resolutions'>) {
	const of = (table: string) => (row: object) => ({ table, ...row }) as IDataObject;
	return [...links.map(of('links')), ...audit.map(of('audit')), ...resolutions.map(of('review'))];
}

function summaryOf({ summary, skipped, preview }: PlanOutput, notes: string[]): IDataObject {
	const shown: object = {
		...summary,
		text: [...notes, summary.text].join(' '),
		skipped: skipped.slice(0, SHOWN),
		...(preview && {
			preview: {
				applyInGhl: preview.applyA.slice(0, SHOWN),
				applyInHeyReach: preview.applyB.slice(0, SHOWN),
				shownAtMost: SHOWN,
			},
		}),
	};
	return shown as IDataObject;
}

/** Shows the notes and the tripped brakes as hints below the node. */
function tell(
	context: IExecuteFunctions,
	{ table, policy }: PlanSettings,
	unknownRows: number,
	{ summary }: PlanOutput,
	notes: string[],
): void {
	const hints: string[] = [...table.notes, ...notes];
	if (unknownRows > 0)
		hints.push(
			`${unknownRows} items of the input Sync State are no rows of this node and were not used.`,
		);
	const { tags } = policy;
	if (tags && (tags.prefixes ?? []).length + (tags.allow ?? []).length === 0)
		hints.push('No tag is kept in step: say in Tags which ones may be touched.');
	for (const { tripped, sentence } of summary.brakes) if (tripped) hints.push(sentence);
	for (const message of hints) {
		context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
	}
}

/** Finds the input items from which a plan item comes. */
class Origins {
	private readonly ghl: Map<string, number>;
	private readonly heyReach: Map<string, number>;

	constructor(contacts: INodeExecutionData[], leads: INodeExecutionData[]) {
		this.ghl = byId(contacts);
		this.heyReach = byId(leads);
	}

	of({ side, id, sourceId }: PlanItem): Array<{ item: number; input: number }> {
		const [own, other] = side === 'A' ? [GHL, HEYREACH] : [HEYREACH, GHL];
		return [
			{ item: this.indexOf(own, id), input: own },
			{ item: this.indexOf(other, sourceId), input: other },
		].filter(({ item }) => item >= 0);
	}

	private indexOf(input: number, id: string): number {
		return (input === GHL ? this.ghl : this.heyReach).get(id) ?? -1;
	}
}

function byId(items: INodeExecutionData[]): Map<string, number> {
	return new Map(
		items.map(({ json }, item) => {
			const inner = json.linkedInUserProfile ?? json.lead;
			const record = isObject(inner) ? inner : json;
			return [String(record.linkedin_id ?? record.id ?? ''), item];
		}),
	);
}
