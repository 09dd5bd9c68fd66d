import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { searchLocations } from '../Ghl/editor/locations';
import { credentialTest } from '../HeyReach/credentialTest';
import { pollingLoadOptions } from '../HeyReach/editor/loadOptions';
import { getWorkspaces } from '../HeyReach/editor/workspaces';
import { properties } from './properties';
import { CONNECTED, syncCredentials } from './readProperties';
import { runCommit } from './runCommit';
import { runPlan } from './runPlan';

const main = NodeConnectionTypes.Main;
const { getLeadLists } = pollingLoadOptions;

/** What stands at the connectors of each operation. */
const ENDS = {
	inputs: {
		plan: ['GHL Contacts', 'HeyReach Leads', 'Sync State'],
		planAccounts: ['Sync State'],
		commit: ['Applied Items'],
	},
	outputs: {
		plan: ['Sync State', 'Apply in GHL', 'Apply in HeyReach', 'Needs Review', 'Summary'],
		commit: ['Sync State', 'Audit', 'Summary'],
	},
};

/** Plan that reads both accounts needs no input for them. */
const KIND = `$parameter["operation"] === "plan" && ${JSON.stringify(CONNECTED)}.includes($parameter["authentication"]) ? "planAccounts" : $parameter["operation"]`;

/** n8n asks for them by an expression, so that they change with the operation. */
const ends = (names: Record<string, string[]>) =>
	`={{ (${JSON.stringify(names)})[${KIND}].map((displayName) => ({ type: "${main}", displayName })) }}` as const;

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
		outputs: ends({ ...ENDS.outputs, planAccounts: ENDS.outputs.plan }),
		credentials: syncCredentials,
		properties,
	};

	methods = {
		credentialTest,
		listSearch: { searchLocations },
		loadOptions: { getLeadLists, getWorkspaces },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return this.getNodeParameter('operation', 0) === 'commit'
			? runCommit(this)
			: await runPlan(this);
	}
}
