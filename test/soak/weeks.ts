import { startAgency, type AgencySandbox } from './agency';
import { Deliveries } from './deliveries';
import { Executions } from './executions';
import { sampleAt, type Sample } from './heap';
import { isSteady, MOST_MB, steadinessOf } from './steady';

/** How often the memory is looked at. */
const ROUNDS = 80;

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Something that is done again and again, round by round. */
interface Work {
	round(size: number): Promise<void>;
	counts: Record<string, number>;
	/** The most that n8n stored for a node (characters). */
	mostStaticData: number;
}

/** What a trigger may let n8n store here: a secret, or the contacts of two minutes. */
const MOST_STATIC_DATA = 10_000;

/** Does the work and looks at the memory after each round; whether that stays within its bounds. */
async function watch(name: string, total: number, work: Work): Promise<boolean> {
	const size = Math.round(total / ROUNDS);
	if (!(size > 0)) throw new Error(`Set WEEKS_${name.toUpperCase()} to ${ROUNDS} or more`);
	const began = Date.now();
	const samples: Sample[] = [];
	for (let round = 1; round <= ROUNDS; round++) {
		await work.round(size);
		samples.push(await sampleAt(round * size));
		if (round % (ROUNDS / 16) === 0) say(lineOf(samples[samples.length - 1]));
	}
	const { trend, step } = steadinessOf(samples);
	const isFlat = isSteady({ trend, step }) && work.mostStaticData <= MOST_STATIC_DATA;
	say(`${name}: ${((Date.now() - began) / 60_000).toFixed(1)} min, ${JSON.stringify(work.counts)}`);
	say(`  heap (MB): ${samples.map(({ heap }) => heap.toFixed(1)).join(' ')}`);
	say(`  static data of a node: ${work.mostStaticData} characters at most`);
	say(
		`  second half: ${trend.toFixed(2)} MB in ${total}, the last quarter ${step.toFixed(2)} MB above the third`,
	);
	say(`  at most ${MOST_MB} MB each: ${isFlat ? 'flat' : 'IT GROWS'}`);
	return isFlat;
}

const lineOf = ({ done, heap, resident }: Sample): string =>
	`  ${String(done).padStart(9)}  heap ${heap.toFixed(1)} MB  resident ${resident.toFixed(0)} MB`;

/** What can be done for weeks, and how often it is done here. */
const WORKS: Record<string, (sandbox: AgencySandbox) => Promise<[total: unknown, work: Work]>> = {
	deliveries: async (sandbox) => [process.env.WEEKS_DELIVERIES, await Deliveries.begin(sandbox)],
	executions: async (sandbox) => [process.env.WEEKS_EXECUTIONS, new Executions(sandbox)],
};

/** `weeks.ts deliveries`: weeks of an n8n's life in one process. It fails when the memory grows. */
async function main([name]: string[]): Promise<void> {
	// An end before the verdict is no success.
	process.exitCode = 1;
	const sandbox = await startAgency();
	try {
		const [total, work] = await WORKS[name](sandbox);
		process.exitCode = (await watch(name, Number(total), work)) ? 0 : 1;
	} finally {
		sandbox.stop();
	}
}

main(process.argv.slice(2)).catch((error: Error) => {
	process.stderr.write(`${error.stack}\n`);
	process.exit(1);
});
