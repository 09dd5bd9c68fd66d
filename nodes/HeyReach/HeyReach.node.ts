import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { describe } from '../engine/describe/describe';
import { run } from '../engine/call/run';
import { replacedSync } from '../replacedSync';
import { heyReach } from './api';
import { credentialTest } from './credentialTest';
import { workspaceOfItem } from './fields/workspace';
import { getLeadColumns } from './fields/leadMapper';
import { listSearch } from './editor/listSearch';
import { loadOptions } from './editor/loadOptions';
import { heyReachResources } from './resources';

export class HeyReach implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HeyReach',
		name: 'heyReach',
		icon: { light: 'file:../../icons/heyreach.svg', dark: 'file:../../icons/heyreach.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with LinkedIn campaigns, leads and conversations in HeyReach',
		defaults: { name: 'HeyReach' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'heyReachApi', required: true, testedBy: 'testHeyReachApi' }],
		properties: [workspaceOfItem, ...describe(heyReachResources, 'campaign')],
	};

	methods = { credentialTest, listSearch, loadOptions, resourceMapping: { getLeadColumns } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, heyReach, [...heyReachResources, replacedSync]);
	}
}
