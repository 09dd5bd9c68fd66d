import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import { ghlCredentials } from '../Ghl/connection';
import { locationPicker } from '../Ghl/editor/locations';
import { reloadWithWorkspace, workspaceOfItem } from '../HeyReach/fields/workspace';

/** The values of Read From with which the node reads both accounts by itself. */
export const CONNECTED = ['oAuth2', 'privateIntegration'];

/** What is shown where the node reads both accounts by itself. */
const READING = { operation: ['plan'], authentication: CONNECTED };

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

/** Where the contacts and the leads come from. */
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
					'This node reads all contacts and the leads of the lists by itself. It needs a credential for each service.',
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
		description: 'Where the contacts and the leads come from',
		displayOptions: { show: { operation: ['plan'] } },
	},
	{ ...locationPicker, displayOptions: { show: READING } },
	{ ...workspaceOfItem, displayOptions: { show: READING } },
	{
		displayName: 'HeyReach List Names or IDs',
		name: 'lists',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getLeadLists', ...reloadWithWorkspace },
		default: [],
		required: true,
		description:
			'The lists whose leads are kept in step. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: { show: READING },
	},
];
