import type { IWebhookFunctions } from 'n8n-workflow';
import { BoundedMap } from '../boundedMap';
import { RecentIds } from './recentIds';
import { RefusalLog } from './refusalLog';

const RECENT_LIMIT = 5_000;

/** The memory of one webhook node in this process. Nothing of it is stored. */
interface NodeMemory {
	recent: RecentIds;
	refusals: RefusalLog;
}

const memories = new BoundedMap<NodeMemory>(1_000, ({ recent }) => recent.isIdle);

/** The memory of the node that received the delivery. */
export function memoryOf(context: IWebhookFunctions): NodeMemory {
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	return memories.of(key, () => ({
		recent: new RecentIds(RECENT_LIMIT),
		refusals: new RefusalLog(),
	}));
}
