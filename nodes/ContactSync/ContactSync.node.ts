import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { listSearch as ghlSearch } from '../Ghl/editor/listSearch';
import { credentialTest } from '../HeyReach/credentialTest';
import { pollingLoadOptions } from '../HeyReach/editor/loadOptions';
import { listSearch } from '../HeyReach/editor/listSearch';
import { getWorkspaces } from '../HeyReach/editor/workspaces';
import { properties } from './properties';
import { CONNECTED, syncCredentials } from './readProperties';
import { runApply } from './runApply';
import { runPlan } from './runPlan';

const main = NodeConnectionTypes.Main;
const { getLeadLists } = pollingLoadOptions;
const { searchLocations, searchTagNames, searchUsers } = ghlSearch;
const { searchLeadLists, searchSenders } = listSearch;

/** What stands at the connectors of each operation. */
const STATE = ['Links', 'Answers'];
const ENDS = {
	inputs: {
		plan: ['GHL Contacts', 'HeyReach Leads', ...STATE],
		planAccounts: STATE,
		planChanged: ['Changed Records', ...STATE],
		apply: ['Plan Items'],
	},
	outputs: {
		plan: ['Rows', 'Audit', 'Plan Items', 'Needs Review', 'Summary'],
		apply: ['Rows', 'Audit', 'Not Applied', 'Summary'],
	},
};

/** Plan that reads both accounts needs no input for them, but one for the records that changed. */
const KIND = `$parameter["operation"] === "plan" && ${JSON.stringify(CONNECTED)}.includes($parameter["authentication"]) ? ($parameter["mode"] === "partial" ? "planChanged" : "planAccounts") : $parameter["operation"]`;

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
			'Keep GHL contacts and HeyReach leads the same, both ways: plan the changes, review them, and apply them',
		defaults: { name: 'Contact Sync' },
		usableAsTool: undefined,
		inputs: ends(ENDS.inputs),
		outputs: ends({
			...ENDS.outputs,
			planAccounts: ENDS.outputs.plan,
			planChanged: ENDS.outputs.plan,
		}),
		credentials: syncCredentials,
		properties,
		// A line of the field table has four boxes.
		parameterPane: 'wide',
	};

	methods = {
		credentialTest,
		listSearch: { searchLocations, searchLeadLists, searchSenders, searchTagNames, searchUsers },
		loadOptions: { getLeadLists, getWorkspaces },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const isApply = this.getNodeParameter('operation', 0) === 'apply';
		return isApply ? await runApply(this) : await runPlan(this);
	}
}
