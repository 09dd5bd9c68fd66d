import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectNode } from '../paths';
import { freePort, requireFreePort } from '../ports';
import { OWN_GROUP, endGroup, hasEnded, lastLines, npm } from '../process';
import { n8nEnvironment } from './environment';
import type { Runtime } from './runtime';

export interface N8nOptions {
	runtime: Runtime;
	/** Holds n8n's database, settings and packs. Boot on the same folder again to go on with them. */
	userFolder: string;
	/** The pack to install there; absent: whatever is installed stays. */
	tarball?: string;
	/** What part of n8n's queue mode it plays; by default all of n8n, or the main process. */
	role?: Role;
	port: number;
	/** Added to the environment of `environment.ts`. */
	env?: Record<string, string>;
	/** What to say when the port is taken. */
	portAdvice?: string;
	/** How long one try of a boot may take (ms). */
	bootMs?: number;
}

/** As n8n's command is called. */
export type Role = 'start' | 'worker' | 'webhook';

/** A first boot on an empty folder takes about 10 s on two cores. */
const BOOT_MS = 150_000;
/** On a busy machine an n8n can wait for its own database for ever; it is ended and started anew. */
const BOOT_TRIES = 2;
const STOP_TIMEOUT_MS = 12_000;
/** n8n answers "ready" for a moment before some deaths, so it is asked more than once. */
const READY_ANSWERS = 3;

/** Installs the pack, starts n8n and waits until it is ready. Throws with n8n's last words if it dies. */
export async function bootN8n(options: N8nOptions): Promise<N8n> {
	const n8n = await prepareN8n(options);
	await n8n.start();
	return n8n;
}

/** Makes the folder and installs the pack; the n8n is not started yet. */
export async function prepareN8n(options: N8nOptions): Promise<N8n> {
	await mkdir(options.userFolder, { recursive: true });
	if (options.tarball) await installPack(options.userFolder, options.tarball);
	return new N8n(options);
}

/** Puts the packed pack, and only that, where n8n looks for community packs. */
async function installPack(userFolder: string, tarball: string): Promise<void> {
	const folder = join(userFolder, '.n8n', 'nodes');
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'package.json'), '{ "name": "installed-nodes", "private": true }');
	// The only dependency is the peer n8n-workflow, which n8n brings itself.
	const options = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
	await npm(['install', ...options, tarball], { cwd: folder });
}

/** One n8n process and the folder it works on. */
export class N8n {
	readonly url: string;
	readonly logFile: string;
	private child?: ChildProcess;
	private expectedToEnd = false;
	private crashed?: (error: Error) => void;

	constructor(private readonly options: N8nOptions) {
		this.url = `http://127.0.0.1:${options.port}`;
		this.logFile = join(options.userFolder, 'n8n.log');
	}

	get userFolder(): string {
		return this.options.userFolder;
	}

	get pid(): number | undefined {
		return this.child?.pid;
	}

	private get bootMs(): number {
		return this.options.bootMs ?? BOOT_MS;
	}

	get running(): boolean {
		return this.child !== undefined && !hasEnded(this.child);
	}

	/** Is called once when n8n ends without having been stopped. */
	onCrash(listener: (error: Error) => void): void {
		this.crashed = listener;
	}

	/** Starts the process and waits until it is ready. */
	async start(): Promise<void> {
		for (let tries = 1; !(await this.startOnce()); tries++) {
			if (tries < BOOT_TRIES) continue;
			throw new Error(
				`n8n was not ready after ${BOOT_TRIES} times ${this.bootMs / 1000} s. Its last lines:\n${await this.log()}`,
			);
		}
	}

	/** @returns whether it got ready; if not, it has been ended */
	private async startOnce(): Promise<boolean> {
		if (this.running) throw new Error('This n8n is running already.');
		const { port, runtime, userFolder, env, portAdvice, role = 'start' } = this.options;
		await requireFreePort(port, 'n8n', portAdvice ?? 'Stop what uses it or choose another port.');
		const brokerPort = await freePort();
		const log = openSync(this.logFile, 'a');
		const follow = join(__dirname, 'endWithParent.ts');
		this.expectedToEnd = false;
		const child = spawn(projectNode().binary, ['--require', follow, runtime.n8nScript, role], {
			cwd: userFolder,
			env: n8nEnvironment({ version: runtime.version, userFolder, port, brokerPort }, env),
			...OWN_GROUP,
			stdio: ['ignore', log, log],
		});
		closeSync(log);
		this.child = child;
		if (!(await this.getsReady(child))) return false;
		child.once('exit', (code, signal) => {
			if (!this.expectedToEnd) void this.died(code, signal).then((error) => this.crashed?.(error));
		});
		return true;
	}

	/** Asks n8n to end, and ends it when it does not. Waits until it is gone. */
	async stop(): Promise<void> {
		await this.end(STOP_TIMEOUT_MS);
	}

	/** Ends n8n at once, as a power cut would. Waits until it is gone. */
	async kill(): Promise<void> {
		await this.end();
	}

	/** Stops n8n if it runs and starts it again on the same folder and port. */
	async restart(): Promise<void> {
		if (this.running) await this.stop();
		await this.start();
	}

	/** The end of what n8n has written. */
	async log(lines = 40): Promise<string> {
		return lastLines(await readFile(this.logFile, 'utf8').catch(() => ''), lines);
	}

	private async getsReady(child: ChildProcess): Promise<boolean> {
		const failed = new Promise<Error>((resolve) => child.once('error', resolve));
		const deadline = Date.now() + this.bootMs;
		let answers = 0;
		while (answers < READY_ANSWERS) {
			const failure = await Promise.race([failed, sleep(250)]);
			if (failure) throw failure;
			if (!this.running) throw await this.died(child.exitCode, child.signalCode);
			if (Date.now() > deadline) {
				await this.kill();
				return false;
			}
			answers = (await this.isReady()) ? answers + 1 : 0;
		}
		return true;
	}

	/** n8n 1 says that it is ready some moments before its editor's calls are there. */
	private async isReady(): Promise<boolean> {
		const isThere = async (path: string) =>
			await fetch(this.url + path, { signal: AbortSignal.timeout(2000) }).then(
				({ ok }) => ok,
				() => false,
			);
		if (!(await isThere('/healthz/readiness'))) return false;
		return (this.options.role ?? 'start') !== 'start' || (await isThere('/rest/settings'));
	}

	private async died(code: number | null, signal: string | null): Promise<Error> {
		return new Error(
			`n8n ended (${signal ?? `code ${code}`}). Its last lines (all: ${this.logFile}):\n${await this.log()}`,
		);
	}

	private async end(patienceMs?: number): Promise<void> {
		if (!this.child || !this.running) return;
		this.expectedToEnd = true;
		await endGroup(this.child, patienceMs);
	}
}
