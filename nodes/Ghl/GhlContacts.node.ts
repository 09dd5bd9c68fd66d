import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { describe } from '../engine/describe';
import { run } from '../engine/run';
import { authentication, ghlCredentials, highLevel } from './api';
import { getContactColumns } from './contactColumns';
import { listSearch } from './listSearch';
import { appointment } from './resources/appointment';
import { business } from './resources/business';
import { contact } from './resources/contact';
import { contactNote } from './resources/contactNote';
import { contactTag } from './resources/contactTag';
import { contactTask } from './resources/contactTask';
import { customField } from './resources/customField';

/** Every operation of the node; the tests and the catalog walk this list. */
export const ghlResources = [
	contact,
	contactTag,
	contactNote,
	contactTask,
	appointment,
	business,
	customField,
];

export class GhlContacts implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GHL Contacts',
		name: 'ghlContacts',
		icon: { light: 'file:../../icons/ghl.svg', dark: 'file:../../icons/ghl.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with HighLevel (GoHighLevel) contacts and all that hangs on them',
		defaults: { name: 'GHL Contacts' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: ghlCredentials,
		properties: [authentication, ...describe(ghlResources, 'contact')],
	};

	methods = { listSearch, resourceMapping: { getContactColumns } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, highLevel, ghlResources);
	}
}
