import type { IWebhookFunctions } from 'n8n-workflow';
import { BoundedMap } from '../boundedMap';
import { RecentIds } from './recentIds';
import { RefusalLog } from './refusalLog';

/** The most IDs that one node remembers, and that all nodes of this process do: about 25 MB. */
const RECENT_LIMIT = 5_000;
export const RECENT_LIMIT_OF_ALL = 250_000;

/** A node without IDs takes the memory of so many. */
const NODE_WEIGHT = 20;

/** The memory of one webhook node in this process. Nothing of it is stored. */
interface NodeMemory {
	recent: RecentIds;
	refusals: RefusalLog;
}

const memories = new BoundedMap<NodeMemory>(
	RECENT_LIMIT_OF_ALL,
	({ recent }) => recent.isIdle,
	({ recent }) => NODE_WEIGHT + recent.size,
);

/** The memory of the node that received the delivery. */
export function memoryOf(context: Pick<IWebhookFunctions, 'getWorkflow' | 'getNode'>): NodeMemory {
	// A name is of one node alone in its workflow; an ID may be missing in a workflow that was imported.
	const key = `${context.getWorkflow().id}:${context.getNode().name}`;
	return memories.of(key, () => ({
		recent: new RecentIds(RECENT_LIMIT),
		refusals: new RefusalLog(),
	}));
}

/** How many IDs are remembered, and what the nodes weigh. */
export const remembered = (): number => memories.weight;
