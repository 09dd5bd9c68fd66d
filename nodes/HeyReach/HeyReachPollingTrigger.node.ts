import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { runPoll } from '../engine/poll';
import { credentialTest } from './credentialTest';
import { pollingLoadOptions } from './editor/loadOptions';
import { preparePoll } from './polling/prepare';
import { pollingProperties } from './polling/settings';

export class HeyReachPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HeyReach Polling Trigger',
		name: 'heyReachPollingTrigger',
		icon: { light: 'file:../../icons/heyreach.svg', dark: 'file:../../icons/heyreach.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ").replaceAll("_", " ") }}',
		description:
			'Starts the workflow when a HeyReach lead is created, updated or changes its status, or a LinkedIn account is disconnected or back',
		eventTriggerDescription: '',
		defaults: { name: 'HeyReach Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'heyReachApi', required: true, testedBy: 'testHeyReachApi' }],
		properties: pollingProperties,
	};

	methods = { credentialTest, loadOptions: pollingLoadOptions };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runPoll(this, async () => await preparePoll(this));
	}
}
