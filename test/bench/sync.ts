import { readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { plan } from '../../nodes/ContactSync/reconcile';
import { say } from './progress';
import { measured, median, type Measured } from './report';
import { floor } from './syncFloor';
import { input, mapped, population, type Population } from './syncPopulation';
import { besideN8n } from './syncVsN8n';

const RUNS = 5;
/** What one run may need above its inputs (MB). */
const MOST_MEMORY = 300;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** How long a plan takes, beside the least work that anybody must do, and beside n8n's own nodes. */
export async function bench(): Promise<Measured[]> {
	const unlinked = population(100_000);
	const rows = [
		compare('sync/mapped-100k', mapped(100_000)),
		compare('sync/first-link-100k', unlinked),
		memory('sync/memory-100k', unlinked),
		compare('sync/mapped-200k', mapped(200_000)),
	];
	return [...rows, ...(await besideN8n())];
}

/** Ours and the floor, in turn, so that both meet the same machine. */
function compare(name: string, people: Population): Measured {
	say(name);
	const ours: number[] = [];
	const base: number[] = [];
	plan(input(people));
	for (let run = 0; run < RUNS; run++) {
		base.push(timed(() => floor(people)));
		ours.push(timed(() => plan(input(people))));
	}
	return measured(name, 'ms', median(ours), median(base), 'floor: map, compare, keys');
}

function timed(work: () => unknown): number {
	collectGarbage();
	const start = performance.now();
	work();
	return performance.now() - start;
}

function memory(name: string, people: Population): Measured {
	say(name);
	const needed = Array.from({ length: RUNS }, () => memoryOf(() => plan(input(people))));
	return measured(name, 'MB', median(needed), MOST_MEMORY, 'aim, above the inputs');
}

/**
 * The most memory (MB) that `work` has in use above what was in use before: what the heap has grown by
 * at its highest, garbage of the work among it.
 */
function memoryOf(work: () => unknown): number {
	collectGarbage();
	const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
	const residentBefore = resident('VmRSS');
	try {
		// Linux then begins anew to note the most that was resident.
		writeFileSync('/proc/self/clear_refs', '5');
	} catch {
		// Elsewhere only the heap is known.
	}
	const result = work();
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	const grown = (heapUsed + arrayBuffers - before) / 2 ** 20;
	if (result === undefined) return NaN;
	return Math.max(grown, resident('VmHWM') - residentBefore);
}

function resident(line: 'VmRSS' | 'VmHWM'): number {
	try {
		const status = readFileSync('/proc/self/status', 'utf8');
		return Number(new RegExp(`${line}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
	} catch {
		return 0;
	}
}
