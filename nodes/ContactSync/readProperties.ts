import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import { authentication, ghlCredentials } from '../Ghl/connection';
import { locationPicker } from '../Ghl/editor/locations';
import { reloadWithWorkspace, workspaceOfItem } from '../HeyReach/fields/workspace';

/** What is shown where the node reads both accounts by itself. */
const READING = { operation: ['plan'], readFrom: ['accounts'] };

/** The credentials of both services. */
export const syncCredentials: INodeCredentialDescription[] = [
	...ghlCredentials.map(({ displayOptions: { show }, ...credential }) => ({
		...credential,
		displayOptions: { show: { ...READING, ...show } },
	})),
	{
		name: 'heyReachApi',
		required: true,
		testedBy: 'testHeyReachApi',
		displayOptions: { show: READING },
	},
];

/** Where the contacts and the leads come from. */
export const readProperties: INodeProperties[] = [
	{
		displayName: 'Read From',
		name: 'readFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Both Accounts',
				value: 'accounts',
				description:
					'This node reads all contacts and the leads of the lists by itself. It needs a credential for each.',
			},
			{
				name: 'Input Items',
				value: 'items',
				description: 'The contacts and leads come from other nodes, or from any other source',
			},
		],
		default: 'items',
		description: 'Where the contacts and the leads come from',
		displayOptions: { show: { operation: ['plan'] } },
	},
	{ ...authentication, displayOptions: { show: READING } },
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
