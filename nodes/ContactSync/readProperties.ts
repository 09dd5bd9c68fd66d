import type { IExecuteFunctions, INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import { BadInput } from '../engine/badInput';
import type { AccountPair } from './reconcile';
import { ghlCredentials } from '../Ghl/connection';
import { locationPicker } from '../Ghl/editor/locations';
import { reloadWithWorkspace, workspaceOfItem } from '../HeyReach/fields/workspace';

/** The values of Read From with which the node reads both accounts by itself. */
export const CONNECTED = ['oAuth2', 'privateIntegration'];

/** Plan that reads both accounts by itself, and Apply. */
const WITH_ACCOUNTS = { authentication: CONNECTED };

/**
 * The credentials of both services. They depend on `authentication` alone: the editor hides every other
 * parameter that a credential depends on, and `authentication` too if it has no value `none`.
 */
export const syncCredentials: INodeCredentialDescription[] = [
	...ghlCredentials,
	{
		name: 'heyReachApi',
		required: true,
		testedBy: 'testHeyReachApi',
		displayOptions: { show: { authentication: CONNECTED } },
	},
];

/** The accounts, and what is read from them. The editor shows their choice only where it has a value `none`. */
export const readProperties: INodeProperties[] = [
	{
		displayName: 'Read From',
		name: 'authentication',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Both Accounts (HighLevel by OAuth2)',
				value: 'oAuth2',
				description:
					'This node reads all contacts and the leads of the lists. It needs a credential for each service.',
			},
			{
				name: 'Both Accounts (HighLevel by Private Integration)',
				value: 'privateIntegration',
				description: 'The same with the private integration of one sub-account',
			},
			{
				name: 'Input Items',
				value: 'none',
				description: 'The contacts and leads come from other nodes, or from any other source',
			},
		],
		default: 'none',
		description: 'The source of the contacts and the leads',
		displayOptions: { show: { operation: ['plan'] } },
	},
	{
		displayName: 'Write To',
		name: 'authentication',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Both Accounts (HighLevel by OAuth2)',
				value: 'oAuth2',
				description: 'This node writes contacts and leads. It needs a credential for each service.',
			},
			{
				name: 'Both Accounts (HighLevel by Private Integration)',
				value: 'privateIntegration',
				description: 'The same with the private integration of one sub-account',
			},
			{
				name: 'None',
				value: 'none',
				description: 'Apply needs both accounts: choose another value',
			},
		],
		default: 'oAuth2',
		description: 'The accounts that the plan was made for',
		displayOptions: { show: { operation: ['apply'] } },
	},
	{ ...locationPicker, displayOptions: { show: WITH_ACCOUNTS } },
	{ ...workspaceOfItem, displayOptions: { show: WITH_ACCOUNTS } },
	{
		displayName: 'HeyReach List Names or IDs',
		name: 'lists',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getLeadLists', ...reloadWithWorkspace },
		default: [],
		required: true,
		description:
			'The lists whose leads are kept in step. An expression may also give names, or * for all lists of leads. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: { show: { operation: ['plan'], mode: ['full'], ...WITH_ACCOUNTS } },
	},
];

/**
 * The location and the workspace as the node names them; empty for the credentials' own.
 *
 * @throws BadInput for Apply without accounts
 */
export function accountNamed(context: IExecuteFunctions): AccountPair {
	const textOf = (name: string): string => {
		const value: unknown = context.getNodeParameter(name, 0, '', { extractValue: true });
		return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	};
	if (CONNECTED.includes(textOf('authentication')))
		return { location: textOf('location'), workspace: textOf('workspace') };
	if (textOf('operation') !== 'apply') return { location: '', workspace: '' };
	throw new BadInput(
		'Apply has no accounts to write to',
		'Choose under Write To how HighLevel is connected. Nothing was written.',
	);
}
