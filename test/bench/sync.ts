import { readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { plan } from '../../nodes/ContactSync/reconcile';
import { figure, median, report, timed } from './report';
import type { Figure } from './report';
import { floor } from './syncFloor';
import { input, mapped, population } from './syncPopulation';
import type { Population } from './syncPopulation';

const RUNS = 5;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Ours and the floor, in turn, so that both meet the same machine. */
async function compare(name: string, people: Population): Promise<Figure> {
	const ours: number[] = [];
	const base: number[] = [];
	plan(input(people));
	for (let run = 0; run < RUNS; run++) {
		base.push(await timed(() => floor(people), collectGarbage));
		ours.push(await timed(() => plan(input(people)), collectGarbage));
	}
	return figure(name, 'ms', median(ours), median(base), 'floor: map, compare, keys');
}

/** The most memory (MB) that `work` needs above what is there already; where Linux can tell, its peak. */
function memoryOf(work: () => unknown): number {
	collectGarbage();
	const before = resident('VmRSS');
	try {
		writeFileSync('/proc/self/clear_refs', '5');
	} catch {
		// Not Linux: what is resident afterwards has to do.
	}
	const result = work();
	const after = resident('VmHWM');
	return result === undefined ? NaN : after - before;
}

function resident(line: 'VmRSS' | 'VmHWM'): number {
	try {
		const status = readFileSync('/proc/self/status', 'utf8');
		return Number(new RegExp(`${line}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
	} catch {
		return process.memoryUsage.rss() / 2 ** 20;
	}
}

async function main(): Promise<void> {
	const quick = process.argv.includes('--quick');
	const figures: Figure[] = [];
	const linked = mapped(100_000);
	figures.push(await compare('sync/mapped-100k', linked));
	const unlinked = population(100_000);
	figures.push(await compare('sync/first-link-100k', unlinked));
	const needed = Array.from({ length: RUNS }, () => memoryOf(() => plan(input(unlinked))));
	figures.push(figure('sync/memory-100k', 'MB', median(needed), 300, 'aim, above the inputs'));
	if (!quick) {
		figures.push(await compare('sync/mapped-200k', mapped(200_000)));
	}
	await report(figures);
}

main().catch((error: Error) => {
	process.stderr.write(`${error.stack}\n`);
	process.exit(1);
});
