import { setTimeout as sleep } from 'node:timers/promises';
import type { Population } from '../../support/manyPairs';
import { say } from '../progress';
import { measured, median, type Measured } from '../report';
import { callsIn, people, preview, rest, ROUNDS, withSettings, withSync } from './figures';

/** All leads are linked to contacts that hold what they say. */
const population = (contacts: number): Population => ({
	both: people(contacts / 2),
	contactsOnly: people(contacts / 2),
	leadsOnly: 0,
	agree: true,
	tagged: true,
});

/** n8n goes on working for a while after it is ready. */
const QUIET_MS = 10_000;

interface Round {
	/** ms */
	run: number;
	/** MB above an idle n8n. */
	resident: number;
	/** MB that the database has grown by. */
	stored: number;
}

/**
 * A run that has nothing to write, for growing populations: 100,000 contacts with 50,000 leads at last.
 *
 * @param size how many contacts, half of them with a lead
 */
export async function restRuns(size: number): Promise<Measured[]> {
	const name = (figure: string) => `scale/${figure}-${size / 1000}k`;
	return await withSync(population(size), withSettings({}), async (bench) => {
		const { instance, sync, sandbox } = bench;
		say(`${name('link')}: ${people(size)} contacts, ${people(size / 2)} leads`);
		await preview(bench);
		await sandbox.forget();
		const { ms: link } = await sync.run();
		const rounds: Round[] = [];
		for (let round = 1; round <= ROUNDS; round++) {
			say(`${name('rest-run')}, ${round} of ${ROUNDS}`);
			await instance.n8n.restart();
			await instance.client.login();
			await sleep(QUIET_MS);
			const idle = instance.resident();
			const before = instance.stored();
			instance.forgetMostResident();
			const { ms, counts } = await rest(bench);
			const round_ = {
				run: ms,
				resident: instance.mostResident() - idle,
				stored: instance.stored() - before,
			};
			say(`  ${JSON.stringify({ ...round_, idle, calls: callsIn(counts) })}`);
			rounds.push(round_);
		}
		const middle = (key: keyof Round) => median(rounds.map((round) => round[key]));
		const atMost = (most: number): [number | null, string] =>
			size === 100_000 ? [most, 'aim, at most'] : [null, ''];
		return [
			measured(name('link'), 's', link / 1000),
			measured(name('rest-run'), 's', middle('run') / 1000),
			measured(name('rss'), 'MB', middle('resident'), ...atMost(700)),
			measured(name('stored'), 'MB', middle('stored'), ...atMost(5)),
		];
	});
}
