import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { HeyReach } from '../../nodes/HeyReach/HeyReach.node.ts';
import { heyReach } from '../../nodes/HeyReach/api';
import { applyLeads } from '../../nodes/HeyReach/apply/applyLeads';
import { connectStep } from '../../nodes/engine/call/serviceStep';
import type { PlanItem } from '../../nodes/planItem';
import type { Sandbox } from '../../sandbox';
import { heyReachCredentials, type HeyReachRun } from './heyReach';
import { runNode } from './support';

/** Where the leads of a portion are written, and the lists that the plan has read. */
export interface LeadTarget {
	listId: number;
	lists?: number[];
	allowEnrolment?: boolean;
}

/** A node that carries out all its items as one portion, and puts each out with what came of it. */
const nodeFor = (to: Required<LeadTarget>): INodeType => ({
	description: new HeyReach().description,
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { io } = await connectStep(this, heyReach);
		const items = this.getInputData().map(({ json }) => json);
		const applied = await applyLeads(items as object[] as PlanItem[], io, to);
		return [items.map((json, index) => ({ json: { ...json, ...applied[index] } as IDataObject }))];
	},
});

/** Carries out plan items as one portion, in n8n's own engine against the sandbox. */
export async function applyLeadPortion(
	sandbox: Sandbox,
	items: IDataObject[],
	{ listId, lists = [], allowEnrolment = false }: LeadTarget,
	run: HeyReachRun = {},
) {
	const result = await runNode({
		node: nodeFor({ listId, lists, allowEnrolment }),
		parameters: { resource: 'lead', operation: 'apply' },
		items,
		credentials: run.credentials ?? heyReachCredentials(sandbox, run),
		abortWhen: run.abortWhen,
		timezone: run.timezone,
	});
	if (result.error) throw result.error;
	return { ...result, json: (result.outputs[0] ?? []).map(({ json }) => json) };
}
