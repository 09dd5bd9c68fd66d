import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { GhlContacts } from '../../nodes/Ghl/GhlContacts.node.ts';
import { highLevel } from '../../nodes/Ghl/api';
import { applyContacts } from '../../nodes/Ghl/apply/applyContacts';
import { connectStep } from '../../nodes/engine/call/serviceStep';
import type { PlanItem } from '../../nodes/planItem';
import type { Sandbox } from '../../sandbox';
import { byId, ghlCredentials, type GhlRun } from './ghl';
import { runNode } from './support';

/** A node that carries out all its items as one portion, and puts each out with what came of it. */
class ApplyNode implements INodeType {
	description = new GhlContacts().description;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const step = await connectStep(this, highLevel);
		const items = this.getInputData().map(({ json }) => json);
		const applied = await applyContacts(items as object[] as PlanItem[], step.io);
		step.showHints();
		return [items.map((json, index) => ({ json: { ...json, ...applied[index] } as IDataObject }))];
	}
}

const node = new ApplyNode();

/** Carries out plan items as one portion, in n8n's own engine against the sandbox. */
export async function applyPortion(
	sandbox: Sandbox,
	items: IDataObject[],
	{ location, ...run }: GhlRun & { location?: string } = {},
) {
	const chosen = location && { authentication: 'oAuth2', location: byId(location) };
	const result = await runNode({
		node,
		parameters: { ...(chosen || {}) },
		items,
		credentials: run.credentials ?? ghlCredentials(sandbox, run),
		abortWhen: run.abortWhen,
		timezone: run.timezone,
	});
	if (result.error && result.status !== 'canceled') throw result.error;
	return { ...result, json: (result.outputs[0] ?? []).map(({ json }) => json) };
}
