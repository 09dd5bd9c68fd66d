import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { properties } from './properties';
import { runCommit } from './runCommit';
import { runPlan } from './runPlan';

const main = NodeConnectionTypes.Main;

/** What stands at the connectors of each operation. */
const ENDS = {
	inputs: { plan: ['GHL Contacts', 'HeyReach Leads', 'Sync State'], commit: ['Applied Items'] },
	outputs: {
		plan: ['Sync State', 'Apply in GHL', 'Apply in HeyReach', 'Needs Review', 'Summary'],
		commit: ['Sync State', 'Audit', 'Summary'],
	},
};

/** n8n asks for them by an expression, so that they change with the operation. */
const ends = (names: Record<'plan' | 'commit', string[]>) =>
	`={{ (${JSON.stringify(names)})[$parameter["operation"]].map((displayName) => ({ type: "${main}", displayName })) }}` as const;

export class ContactSync implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Contact Sync',
		name: 'contactSync',
		icon: {
			light: 'file:../../icons/contactSync.svg',
			dark: 'file:../../icons/contactSync.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description:
			'Keep GHL contacts and HeyReach leads the same, both ways: plans what to write, and never writes itself',
		defaults: { name: 'Contact Sync' },
		usableAsTool: undefined,
		inputs: ends(ENDS.inputs),
		outputs: ends(ENDS.outputs),
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return this.getNodeParameter('operation', 0) === 'commit' ? runCommit(this) : runPlan(this);
	}
}
