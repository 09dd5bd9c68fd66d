import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { runPoll } from '../engine/poll';
import { authentication, ghlCredentials } from './connection';
import { listSearch } from './editor/listSearch';
import { locationPickers } from './editor/locations';
import { preparePoll } from './polling/prepare';
import { pollingProperties } from './polling/settings';

export class GhlPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GHL Polling Trigger',
		name: 'ghlPollingTrigger',
		icon: { light: 'file:../../icons/ghl.svg', dark: 'file:../../icons/ghl.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Starts the workflow when a HighLevel contact is created or updated, a form or survey is filled in, or a task falls due',
		eventTriggerDescription: '',
		defaults: { name: 'GHL Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: ghlCredentials,
		properties: [authentication, ...locationPickers, ...pollingProperties],
	};

	methods = { listSearch };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runPoll(this, async () => await preparePoll(this));
	}
}
