import { say } from '../progress';
import { measured, median, type Measured } from '../report';
import {
	type Bench,
	callsIn,
	people,
	preview,
	rest,
	ROUNDS,
	withSettings,
	withSync,
} from './figures';
import { LIST, TAG, type Population } from '../../support/manyPairs';

/** Two thirds of the leads have a contact that lacks what they say; the others are to become contacts. */
const population = (): Population => ({
	both: people(6_667),
	contactsOnly: people(13_333),
	leadsOnly: people(3_333),
	agree: false,
	tagged: true,
});

interface Round {
	/** ms */
	run: number;
	replay: number;
	calls: number;
	mostResident: number;
}

/** From 20,000 contacts and 10,000 leads that nobody has synced yet to rest, beside the same calls alone. */
export async function firstRun(): Promise<Measured[]> {
	const rounds: Round[] = [];
	for (let round = 1; round <= ROUNDS; round++) {
		say(`scale/first-run-20k, ${round} of ${ROUNDS}`);
		rounds.push(await firstRound());
	}
	const middle = (key: keyof Round) => median(rounds.map((round) => round[key]));
	return [
		measured(
			'scale/first-run-20k',
			's',
			middle('run') / 1000,
			middle('replay') / 1000,
			'the same calls alone',
		),
		measured('scale/first-run-20k/calls', 'calls', middle('calls')),
		measured('scale/first-run-20k/rss', 'MB', middle('mostResident')),
	];
}

/** All leads have a contact now, which bears their tag. */
async function requireDone({ sandbox }: Bench): Promise<void> {
	const { both, contactsOnly, leadsOnly } = population();
	const { contacts, tagged } = await sandbox.state(TAG, LIST);
	if (contacts !== both + contactsOnly + leadsOnly || tagged !== both + leadsOnly)
		throw new Error(`After the run there are ${contacts} contacts, ${tagged} of them with the tag`);
}

async function firstRound(): Promise<Round> {
	return await withSync(population(), withSettings({ createInGhl: true }), async (bench) => {
		const { sandbox, instance, sync } = bench;
		await preview(bench);
		await sandbox.forget();
		const idle = instance.resident();
		instance.forgetMostResident();
		const { ms: run } = await sync.run();
		const mostResident = instance.mostResident() - idle;
		const calls = callsIn(await sandbox.counts());
		await requireDone(bench);
		await sandbox.record(instance.file('calls.json'));
		await rest(bench);
		await sandbox.begin(population());
		const replay = await instance.replay(instance.file('calls.json'));
		return { run, replay, calls, mostResident };
	});
}

/** How much of a first run is not reading, planning and writing: what the nodes around the two steps take. */
export async function bookkeeping(): Promise<Measured[]> {
	const shares: number[] = [];
	for (let round = 1; round <= ROUNDS; round++) {
		say(`scale/bookkeeping-share, ${round} of ${ROUNDS}`);
		const options = withSettings({ createInGhl: true }, { storeRuns: true });
		shares.push(
			await withSync(population(), options, async (bench) => {
				await preview(bench);
				const before = new Set((await bench.sync.executions()).map(({ id }) => id));
				await bench.sync.run();
				const executions = (await bench.sync.executions()).filter(({ id }) => !before.has(id));
				const { whole, steps, byNode } = bench.sync.timesOf(executions);
				say(`  ${JSON.stringify({ whole, ...byNode })}`);
				return (whole - steps) / whole;
			}),
		);
	}
	return [measured('scale/bookkeeping-share', 'of the run', median(shares), 0.1, 'aim')];
}
