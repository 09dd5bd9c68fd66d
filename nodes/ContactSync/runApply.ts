import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { BadInput } from '../engine/badInput';
import { Cancelled } from '../engine/call/errors';
import { connectStep, type ServiceStep } from '../engine/call/serviceStep';
import { highLevel } from '../Ghl/api';
import { applyContacts } from '../Ghl/apply/applyContacts';
import { heyReach } from '../HeyReach/api';
import { applyLeads } from '../HeyReach/apply/applyLeads';
import { idOf } from '../HeyReach/fields/ids';
import type { Applied } from '../planItem';
import { failedRun } from './failedRun';
import { isPortion } from './isPortion';
import { memoryOf, withNewestLink, withoutTwins, type ApplyMemory } from './applyMemory';
import { applySummary, isNotWhole, notApplied } from './applyReport';
import type { Portion } from './portions';
import { accountNamed } from './readProperties';
import { commit, outcomeOf } from './reconcile';
import type { AppliedItem, AuditRow, LinkRow, PlanItem, Side } from './reconcile';

/** What the portions of one call of the node give. */
interface Output {
	rows: LinkRow[];
	audit: AuditRow[];
	notApplied: Array<ReturnType<typeof notApplied>>;
}

/**
 * Carries out portions of a plan: looks at each record again, writes, and reads back. The outputs are: rows
 * to store, audit rows to append, the writes that were not carried out, and a summary of the run so far.
 */
export async function runApply(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const output: Output = { rows: [], audit: [], notApplied: [] };
	const services = new Services(context);
	let summary: IDataObject = {};
	try {
		for (const portion of portionsIn(context)) {
			const memory = memoryOf(context, portion);
			await applyPortion(portion, { memory, services, output });
			summary = applySummary(memory, portion);
			context.logger.info(`${context.getNode().name}: ${String(summary.text)}`);
		}
	} catch (error) {
		return failedRun(context, error, 4);
	}
	services.showHints();
	const unpaired = (json: object) => ({ json: json as IDataObject, pairedItem: [] });
	return [
		output.rows.map(unpaired),
		output.audit.map(unpaired),
		output.notApplied.map(unpaired),
		[{ json: summary, pairedItem: context.getInputData().map((_, item) => ({ item })) }],
	];
}

/** @throws BadInput for an item that is no portion of a plan for these accounts, before anything is written */
function portionsIn(context: IExecuteFunctions): Portion[] {
	const { location, workspace } = accountNamed(context);
	return context.getInputData().map(({ json }, itemIndex) => {
		if (!isPortion(json)) {
			throw new BadInput(
				`Item ${itemIndex} was not planned by Contact Sync`,
				'Connect this node to the output “Plan Items” of Contact Sync, with only a loop in between. Nothing was written.',
			);
		}
		const { account } = json;
		if (account && (account.location !== location || account.workspace !== workspace)) {
			throw new BadInput(
				'This plan was made for another location or workspace',
				'Choose the same Location and the same Workspace in Plan and in Apply. Nothing was written.',
			);
		}
		return json;
	});
}

/** The connections to both services, each made when it is first needed. */
class Services {
	private readonly steps: Partial<Record<Side, ServiceStep>> = {};

	constructor(private readonly context: IExecuteFunctions) {}

	async apply(side: Side, items: PlanItem[], lists: number[]): Promise<Applied[]> {
		const service = side === 'A' ? highLevel : heyReach;
		const { io } = (this.steps[side] ??= await connectStep(this.context, service));
		if (side === 'A') return await applyContacts(items, io);
		const chosen = io.parameter('listId', '');
		if (chosen === '') throw noSyncList(items.length);
		const listId = idOf(chosen, 'list');
		const allowEnrolment = io.parameter('allowEnrolment', false) === true;
		return await applyLeads(items, io, { listId, lists, allowEnrolment });
	}

	showHints(): void {
		for (const step of Object.values(this.steps)) step.showHints();
	}
}

const noSyncList = (leads: number) =>
	new BadInput(
		`No sync list is chosen, and ${leads === 1 ? 'a lead is' : `${leads} leads are`} to be written`,
		'Choose under Sync List a HeyReach list of its own for the sync, which no campaign uses.',
	);

/**
 * The results of one side. A failure that is about no single item is that of all items: what the other
 * side has written must not be lost. Only where nothing was written at all it ends the run.
 */
async function resultsOf(
	side: Side,
	items: PlanItem[],
	{ portion, memory, services, isFirst }: Work & { portion: Portion; isFirst: boolean },
): Promise<Applied[]> {
	const reason = memory.ended[side];
	if (reason !== undefined) return items.map(() => ({ error: notTried(reason) }));
	const [end] = await Promise.allSettled([services.apply(side, items, portion.lists)]);
	if (end.status === 'fulfilled') return end.value;
	const { reason: error } = end as { reason: unknown };
	if (error instanceof Cancelled || isFirst) throw error;
	const message = error instanceof Error ? error.message : String(error);
	return items.map(() => ({ error: { message, sent: !(error instanceof BadInput), ends: true } }));
}

interface Work {
	memory: ApplyMemory;
	services: Services;
	output: Output;
}

async function applyPortion(portion: Portion, work: Work): Promise<void> {
	const { memory, output } = work;
	const begunAt = Date.now();
	const applied: AppliedItem[] = [];
	// Leads come second: a lead may get what its contact has just been given.
	for (const side of ['A', 'B'] as const) {
		const items = portion.items.filter((item) => item.side === side);
		if (items.length === 0) continue;
		const isFirst = applied.length === 0 && portion.portion === 1;
		const results = await resultsOf(side, items, { ...work, portion, isFirst });
		for (const [index, item] of items.entries()) {
			const { result, error } = results[index];
			if (error?.ends) memory.ended[side] ??= error.message;
			const outcome = error ? { error: { ...error } } : { result };
			applied.push(withoutTwins(withNewestLink({ ...item, ...outcome }, memory), memory));
		}
	}
	const isLast = portion.portion === portion.of;
	count(applied, memory);
	const hasFailed = memory.failed.A + memory.failed.B > 0;
	const { links, audit } = commit({
		runId: memory.runId,
		now: Date.now(),
		begunAt,
		items: applied,
		runRow: isLast && !hasFailed ? portion.runRow : undefined,
		auditValues: portion.auditValues,
	});
	for (const row of links) {
		if (portion.goOn.includes(row.pairId)) memory.rows[row.pairId] = row;
		else delete memory.rows[row.pairId];
	}
	output.rows.push(...links);
	output.audit.push(...audit);
	output.notApplied.push(...applied.filter(isNotWhole).map(notApplied));
}

const notTried = (reason: string) => ({ message: `Not tried: ${reason}`, sent: false });

function count(applied: readonly AppliedItem[], { written, failed, stale }: ApplyMemory): void {
	const figures = { ok: written, failed, stale };
	for (const item of applied) figures[outcomeOf(item)][item.side]++;
}
