import { execFile, execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PROJECT, projectNode } from './paths';
import { freePort } from './ports';
import { OWN_GROUP, endGroup, hasEnded, lastLines } from './process';

/** A Redis or Postgres of a test: on a free port of this machine, with a folder of its own. */
export interface DataServer {
	port: number;
	/** Ends it at once, as a power cut would, and starts it again on the same port and folder. */
	killAndStart(): Promise<void>;
	/** All that is in it, as text. */
	contents(): Promise<string>;
	/** Ends it and removes what it wrote. */
	stop(): Promise<void>;
}

/** The superuser of a Postgres made here, who needs no password; the database is `postgres`. */
export const POSTGRES_USER = 'n8n';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;

/** The folder of Redis's programs. */
function findRedis(): string | undefined {
	return folderWith(['redis-server', 'redis-cli'], pathFolders());
}

/** The folder of Postgres's programs: on PATH, else where Debian and Homebrew put the newest. */
function findPostgres(): string | undefined {
	return folderWith(
		['initdb', 'postgres', 'pg_dump', 'pg_isready'],
		[
			...pathFolders(),
			...binFolders('/usr/lib/postgresql'),
			...binFolders('/opt/homebrew/opt', /^postgresql/),
			...binFolders('/usr/local/opt', /^postgresql/),
		],
	);
}

/** What queue mode needs of the machine and is not there, with what to do; undefined when all is. */
export function lacksDataServers(): string | undefined {
	if (process.platform === 'win32') return 'it needs Linux or macOS';
	const missing = [
		!findRedis() && 'Redis (redis-server)',
		!findPostgres() && 'Postgres (postgresql)',
	].filter((name) => name !== false);
	return missing.length > 0
		? `no ${missing.join(' and no ')} found: install what is missing (the programs alone: no service has to run)`
		: undefined;
}

const folderWith = (programs: string[], folders: string[]) =>
	folders.find((folder) => programs.every((program) => existsSync(join(folder, program))));

const pathFolders = () => (process.env.PATH ?? '').split(delimiter).filter(Boolean);

/** The `bin` folders of the versions in a folder, highest first. */
function binFolders(folder: string, like = /^/): string[] {
	const names = existsSync(folder) ? readdirSync(folder).filter((name) => like.test(name)) : [];
	const { compare } = new Intl.Collator('en', { numeric: true });
	return names.sort((a, b) => compare(b, a)).map((name) => join(folder, name, 'bin'));
}

/** A Redis that keeps everything in memory. */
export async function startRedis(): Promise<DataServer> {
	const port = await freePort();
	const folder = await mkdtemp(join(tmpdir(), 'redis-'));
	const bin = findRedis() ?? '';
	const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
	const isReady = async () =>
		await succeeds(join(bin, 'redis-cli'), ['-h', '127.0.0.1', '-p', `${port}`, '-e', 'PING']);
	const contents = async () => {
		// Without compression, which could hide a text.
		for (const command of [['CONFIG', 'SET', 'rdbcompression', 'no'], ['SAVE']])
			await promisify(execFile)(join(bin, 'redis-cli'), ['-p', `${port}`, '-e', ...command]);
		return await readFile(join(folder, 'dump.rdb'), 'latin1');
	};
	const command = [join(bin, 'redis-server'), ...args];
	return { ...(await run('Redis', command, { port, folder }, isReady)), contents };
}

/** An empty Postgres, faster and less careful with its disk than one that is to live. */
export async function startPostgres(): Promise<DataServer> {
	const port = await freePort();
	const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
	const bin = findPostgres() ?? '';
	const data = join(folder, 'data');
	const user = await otherThanRoot(folder);
	const initial = ['--no-sync', '--auth=trust', '--encoding=UTF8', '--locale=C'];
	await promisify(execFile)(join(bin, 'initdb'), ['-D', data, '-U', POSTGRES_USER, ...initial], {
		...user,
		cwd: folder,
	});
	const careless = ['fsync', 'full_page_writes', 'synchronous_commit'].flatMap((name) => [
		'-c',
		`${name}=off`,
	]);
	const place = ['-D', data, '-p', `${port}`, '-h', '127.0.0.1', '-k', folder];
	const isReady = async () =>
		await succeeds(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', `${port}`]);
	const command = [join(bin, 'postgres'), ...place, ...careless];
	const contents = async () => {
		const place = ['-h', '127.0.0.1', '-p', `${port}`, '-U', POSTGRES_USER, '--data-only'];
		const options = { maxBuffer: 2 ** 30 };
		return (await promisify(execFile)(join(bin, 'pg_dump'), [...place, 'postgres'], options))
			.stdout;
	};
	return { ...(await run('Postgres', command, { port, folder, user }, isReady)), contents };
}

/** Postgres refuses to run as root: then the folder is given to the user of Debian's package. */
async function otherThanRoot(folder: string): Promise<User | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const id = (which: string) => Number(execFileSync('id', [which, 'postgres']).toString());
	const user = { uid: id('-u'), gid: id('-g') };
	await chown(folder, user.uid, user.gid);
	return user;
}

interface User {
	uid: number;
	gid: number;
}

async function run(
	name: string,
	command: string[],
	{ port, folder, user }: { port: number; folder: string; user?: User },
	isReady: () => Promise<boolean>,
): Promise<Omit<DataServer, 'contents'>> {
	const logFile = join(folder, 'server.log');
	const asUser = user ? [`${user.uid}`, `${user.gid}`] : ['-', '-'];
	const keeper = ['--import', 'tsx', join(__dirname, 'keep.ts'), ...asUser];
	let child: ChildProcess;
	const stop = async () => {
		await endGroup(child, STOP_TIMEOUT_MS);
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	const begin = async () => {
		const log = await open(logFile, 'a');
		child = spawn(projectNode().binary, [...keeper, ...command], {
			...OWN_GROUP,
			cwd: PROJECT,
			stdio: ['ignore', log.fd, log.fd],
		});
		await log.close();
	};
	/** @param again whether to begin again where it ends: Postgres does while its old processes are still there */
	const untilReady = async (again: boolean) => {
		for (const deadline = Date.now() + START_TIMEOUT_MS; !(await isReady()); await sleep(100)) {
			const isLate = Date.now() > deadline;
			if (!isLate && !hasEnded(child)) continue;
			if (!isLate && again) await begin();
			else throw new Error(`${name} did not start`);
		}
	};
	const start = async (again: boolean) => {
		await begin();
		await untilReady(again).catch(async ({ message }: Error) => {
			const words = lastLines(await readFile(logFile, 'utf8'), 20);
			await stop();
			throw new Error(`${message}. Its last lines:\n${words}`);
		});
	};
	await start(false);
	const killAndStart = async () => {
		await endGroup(child);
		await start(true);
	};
	return { port, stop, killAndStart };
}

/** Whether a program ends with 0. */
async function succeeds(program: string, args: string[]): Promise<boolean> {
	return await promisify(execFile)(program, args).then(
		() => true,
		() => false,
	);
}
