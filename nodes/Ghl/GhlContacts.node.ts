import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { describe } from '../engine/describe/describe';
import { run } from '../engine/call/run';
import { highLevel } from './api';
import { authentication, ghlCredentials } from './connection';
import { getContactColumns } from './fields/contactColumns';
import { getOpportunityColumns } from './fields/customFieldColumns';
import { getRecordColumns } from './fields/recordFields';
import { listSearch } from './editor/listSearch';
import { locationPickers } from './editor/locations';
import { ghlResources } from './resources';
import { replacedSync } from '../replacedSync';

export class GhlContacts implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GHL Contacts',
		name: 'ghlContacts',
		icon: { light: 'file:../../icons/ghl.svg', dark: 'file:../../icons/ghl.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with HighLevel (GoHighLevel) contacts and everything attached to them',
		defaults: { name: 'GHL Contacts' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: ghlCredentials,
		properties: [authentication, ...locationPickers, ...describe(ghlResources, 'contact')],
	};

	methods = {
		listSearch,
		resourceMapping: { getContactColumns, getOpportunityColumns, getRecordColumns },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, highLevel, [...ghlResources, replacedSync]);
	}
}
