import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox';
import { POSTGRES_USER, startPostgres, startRedis } from '../../../tools/dataServers';
import type { DataServer } from '../../../tools/dataServers';
import { N8nClient } from '../../../tools/n8n/client';
import { connectSandbox, type Credentials } from '../../../tools/n8n/connect';
import { findLeaks, findLeaksInDump, findLeaksInRedis } from '../../../tools/n8n/leaks';
import { packTarball } from '../../../tools/n8n/pack';
import { ensureRuntime } from '../../../tools/n8n/runtime';
import { bootN8n, type N8n, type Role } from '../../../tools/n8n/server';
import { freePort } from '../../../tools/ports';
import { Leaked, secretsOf } from '../../e2e/support/secrets';

/** n8n's queue mode with the packed pack: each process with a folder of its own, as on four machines. */
export interface Cluster {
	sandbox: Sandbox;
	/** Editor, REST API and the clock of the triggers; takes no deliveries. */
	main: N8n;
	/** Takes the deliveries. */
	webhook: N8n;
	workers: N8n[];
	/** Logged in as the owner, at the main process. */
	client: N8nClient;
	credentials: Credentials;
	redis: DataServer;
	postgres: DataServer;
	/** Where the deliveries of a main process's address really go. */
	atWebhook(url: string): string;
	/** The worker that has begun this execution, once one has. */
	workerOf(executionId: string): Promise<N8n | undefined>;
	/** What the processes that ended of their own accord said last. */
	deaths(): string[];
	/** The last lines of all processes, for the message of a test that waited in vain. */
	lastLines(): Promise<string>;
	/**
	 * Ends all and removes what they wrote. Throws when a secret stands in what they have kept: in Postgres, in
	 * Redis, in logs and files.
	 */
	close(): Promise<void>;
}

export interface ClusterOptions {
	/** A folder of tools/n8n. */
	n8nVersion?: string;
	sandbox?: SandboxOptions;
}

const WORKERS = 2;

/** So that the death of a worker is noticed in seconds: by default it takes n8n a minute. */
const QUICK_TO_NOTICE = {
	QUEUE_WORKER_LOCK_DURATION: '8000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1500',
	QUEUE_WORKER_STALLED_INTERVAL: '2000',
};

/** Starts everything on free ports. Leaves nothing behind when it throws. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
	const ends: Array<() => Promise<unknown>> = [];
	const close = async () => {
		for (const end of ends.splice(0).reverse()) await end();
	};
	try {
		return await start(options, ends, close);
	} catch (error) {
		await close();
		throw error;
	}
}

async function start(
	{ n8nVersion, sandbox: settings }: ClusterOptions,
	ends: Array<() => Promise<unknown>>,
	close: () => Promise<void>,
): Promise<Cluster> {
	const runtime = await ensureRuntime(n8nVersion);
	const folder = await mkdtemp(join(tmpdir(), 'n8n-queue-'));
	ends.push(async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 }));
	const ending = async <T>(started: Promise<T>, end: (thing: T) => Promise<unknown>) => {
		const thing = await started;
		ends.push(async () => await end(thing));
		return thing;
	};
	const [tarball, sandbox, redis, postgres] = await Promise.all([
		packTarball(),
		ending(startSandbox(settings), async (one) => await one.close()),
		ending(startRedis(), async (one) => await one.stop()),
		ending(startPostgres(), async (one) => await one.stop()),
	]);
	const mainPort = await freePort();
	const webhookPort = await freePort();
	const mainUrl = `http://127.0.0.1:${mainPort}`;
	const webhookUrl = `http://127.0.0.1:${webhookPort}`;
	// What docs/scaling.md tells people to set, the same for every process.
	const shared = {
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: `${redis.port}`,
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: `${postgres.port}`,
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: POSTGRES_USER,
		WEBHOOK_URL: `${webhookUrl}/`,
		N8N_EDITOR_BASE_URL: mainUrl,
		// n8n ends when its Redis does not answer for so long, which happens on a busy machine.
		QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '60000',
		...QUICK_TO_NOTICE,
	};
	const processes = new Map<string, N8n>();
	const deaths: string[] = [];
	const boot = async (name: string, role: Role, port: number, env: Record<string, string> = {}) => {
		const userFolder = join(folder, name);
		const n8n = await ending(
			bootN8n({ runtime, userFolder, tarball, role, port, env: { ...shared, ...env } }),
			// Nothing of it is needed any more.
			async (one) => await one.kill(),
		);
		n8n.onCrash(({ message }) => deaths.push(`${name}: ${message}`));
		processes.set(name, n8n);
		return n8n;
	};
	// It brings the database up to date, so it comes first.
	const main = await boot('main', 'start', mainPort, {
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
	});
	const bootWorker = async (number: number) => {
		const port = await freePort();
		return await boot(`worker${number}`, 'worker', port, {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: `${port}`,
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			// One execution at a time, so that two go to two workers.
			N8N_CONCURRENCY_PRODUCTION_LIMIT: '1',
		});
	};
	const [webhook, ...workers] = await Promise.all([
		boot('webhook', 'webhook', webhookPort),
		...Array.from({ length: WORKERS }, async (_, number) => await bootWorker(number + 1)),
	]);
	const client = new N8nClient(main.url);
	await client.setupOwner();
	const credentials = await connectSandbox(client, sandbox);
	return {
		sandbox,
		main,
		webhook,
		workers,
		client,
		credentials,
		...{ redis, postgres },
		atWebhook: (url) => url.replace(mainUrl, webhookUrl),
		workerOf: async (executionId) => {
			const began = new RegExp(`Worker started execution ${executionId} `);
			for (const worker of workers)
				if (began.test(await readFile(worker.logFile, 'utf8'))) return worker;
			return undefined;
		},
		deaths: () => deaths,
		lastLines: async () => {
			const told = [...processes].map(
				async ([name, n8n]) =>
					`--- ${name}${n8n.running ? '' : ' (does not run)'}:\n${await n8n.log(15)}`,
			);
			return (await Promise.all(told)).join('\n');
		},
		close: async () => {
			try {
				for (const n8n of processes.values()) await n8n.kill();
				const secrets = secretsOf(sandbox, client, runtime.version);
				const folders = [...processes.values()].map(({ userFolder }) => userFolder);
				const leaks = [
					...findLeaksInDump(await postgres.contents(), secrets),
					...findLeaksInRedis(await redis.contents(), secrets),
					...(await Promise.all(folders.map((one) => findLeaks(one, secrets)))).flat(),
				];
				if (leaks.length > 0) throw new Leaked(leaks);
			} finally {
				await close();
			}
		},
	};
}
