import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { BadInput } from '../engine/badInput';
import { toNodeError } from '../engine/call/errors';
import { isObject } from '../engine/values';
import { fromState, type StoredState } from './accounts/fromState';
import { GhlReader } from './accounts/ghlReader';
import { HeyReachReader } from './accounts/heyReachReader';
import { plan } from './reconcile';
import type { PlanItem, PlanOutput } from './reconcile';
import { readSettings } from './settings';
import type { PlanSettings, ReadSetting } from './settings';
import { readContacts, readLeads } from './accounts/readAccounts';
import type { ReadSide } from './accounts/withoutUnread';

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
