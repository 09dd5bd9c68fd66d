import { ContactSyncTemplate, type SyncOptions } from './contactSync';
import { Instance } from './instance';
import { LIST, SYNC_LIST, type Population } from '../../support/manyPairs';
import { startScaleSandbox, type Counts, type ScaleSandbox } from './sandbox';

/** For trying: `SCALE_SIZE=0.05` takes a twentieth of each population, and one round in place of three. */
const SIZE = Number(process.env.SCALE_SIZE ?? 1);
export const ROUNDS = Number(process.env.SCALE_ROUNDS ?? (SIZE < 1 ? 1 : 3));

/** So many people, or fewer where somebody tries the benchmark. */
export const people = (count: number): number => Math.ceil(count * SIZE);

export interface Bench {
	sandbox: ScaleSandbox;
	instance: Instance;
	sync: ContactSyncTemplate;
}

/** A sandbox with these people and a new n8n with the templates, for as long as `work` takes. */
export async function withSync<T>(
	population: Population,
	options: SyncOptions,
	work: (bench: Bench) => Promise<T>,
): Promise<T> {
	const sandbox = await startScaleSandbox();
	try {
		await sandbox.begin(population);
		const instance = await Instance.boot(sandbox);
		try {
			const sync = await ContactSyncTemplate.setUp(instance);
			await sync.configure(options);
			return await work({ sandbox, instance, sync });
		} finally {
			await instance.close();
		}
	} finally {
		sandbox.stop();
	}
}

/** What the settings of a first sync are, all leads in one list. */
const FIRST_SYNC = {
	lists: `${LIST},${SYNC_LIST}`,
	dryRun: false,
	syncListId: String(SYNC_LIST),
};

export const withSettings = (
	settings: Record<string, unknown>,
	rest: Partial<SyncOptions> = {},
): SyncOptions => ({ ...rest, settings: { ...FIRST_SYNC, ...settings } });

/** The calls of one service, or all. */
export const callsIn = (counts: Counts, service = ''): number =>
	Object.entries(counts)
		.filter(([call]) => call.startsWith(service))
		.reduce((sum, [, count]) => sum + count, 0);

/** Those that write a contact or a lead. */
const writesIn = (counts: Counts): number =>
	Object.entries(counts)
		.filter(
			([call]) =>
				/^highlevel (PUT|POST|DELETE) \/contacts(?!\/search)/.test(call) || /\/AddLeads/.test(call),
		)
		.reduce((sum, [, count]) => sum + count, 0);

/** Settings that are new are previewed once. */
export async function preview({ sandbox, sync }: Bench): Promise<Counts> {
	await sandbox.forget();
	await sync.run();
	const counts = await sandbox.counts();
	if (writesIn(counts) > 0) throw new Error('A preview has written');
	return counts;
}

/** A run that finds nothing to write. */
export async function rest({ sandbox, sync }: Bench): Promise<{ ms: number; counts: Counts }> {
	await sandbox.forget();
	const { ms } = await sync.run();
	const counts = await sandbox.counts();
	if (writesIn(counts) > 0) throw new Error(`A run at rest has made ${writesIn(counts)} writes`);
	return { ms, counts };
}
