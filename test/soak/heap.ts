import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The memory of this process when so much was done. */
export interface Sample {
	done: number;
	/** What is reachable in V8's heap, and buffers beside it (MB). */
	heap: number;
	/** What the process takes from the machine (MB). */
	resident: number;
}

const MB = 2 ** 20;

/** Takes a sample after a whole garbage collection. */
export async function sampleAt(done: number): Promise<Sample> {
	// What is on its way to an end gets there first.
	await new Promise((resolve) => setTimeout(resolve, 50));
	collectGarbage();
	const { heapUsed, external, rss } = process.memoryUsage();
	return { done, heap: (heapUsed + external) / MB, resident: rss / MB };
}
