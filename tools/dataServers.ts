import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PROJECT, projectNode } from './paths';
import { freePort } from './ports';
import { OWN_GROUP, killGroup, lastLines } from './process';

/** A Redis or Postgres of a test: on a free port of this machine, with a folder of its own. */
export interface DataServer {
	port: number;
	/** Ends it and removes what it wrote. */
	stop(): Promise<void>;
}

/** The superuser of a Postgres made here, who needs no password; the database is `postgres`. */
export const POSTGRES_USER = 'n8n';

const START_TIMEOUT_MS = 30_000;

/** Redis's server on this machine. */
export function findRedis(): string | undefined {
	return pathFolders()
		.map((folder) => join(folder, 'redis-server'))
		.find((path) => existsSync(path));
}

/** The folder of Postgres's programs: on PATH, else where Debian and Homebrew put the newest. */
export function findPostgres(): string | undefined {
	const folders = [
		...binFolders('/usr/lib/postgresql'),
		...binFolders('/opt/homebrew/opt', /^postgresql/),
		...binFolders('/usr/local/opt', /^postgresql/),
	];
	const programs = ['initdb', 'postgres', 'pg_isready'];
	return [...pathFolders(), ...folders].find((folder) =>
		programs.every((program) => existsSync(join(folder, program))),
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
	const program = findRedis() ?? 'redis-server';
	const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
	return await run('Redis', [program, ...args], { port, folder }, async () => await pong(port));
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
		await promisify(execFile)(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', `${port}`]).then(
			() => true,
			() => false,
		);
	const command = [join(bin, 'postgres'), ...place, ...careless];
	return await run('Postgres', command, { port, folder, user }, isReady);
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
): Promise<DataServer> {
	const logFile = join(folder, 'server.log');
	const log = await open(logFile, 'a');
	const asUser = user ? [`${user.uid}`, `${user.gid}`] : ['-', '-'];
	const keeper = ['--import', 'tsx', join(__dirname, 'keep.ts'), ...asUser];
	const child = spawn(projectNode().binary, [...keeper, ...command], {
		...OWN_GROUP,
		cwd: PROJECT,
		stdio: ['ignore', log.fd, log.fd],
	});
	await log.close();
	const ended = () => child.exitCode !== null || child.signalCode !== null;
	const stop = async () => {
		if (!ended()) {
			const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
			const timer = setTimeout(() => killGroup(child), 10_000);
			child.kill('SIGTERM');
			await gone;
			clearTimeout(timer);
		}
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	for (const deadline = Date.now() + START_TIMEOUT_MS; !(await isReady()); await sleep(100)) {
		if (!ended() && Date.now() < deadline) continue;
		const words = lastLines(await readFile(logFile, 'utf8'), 20);
		await stop();
		throw new Error(`${name} did not start. Its last lines:\n${words}`);
	}
	return { port, stop };
}

/** Whether a Redis on this port answers its PING. */
async function pong(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection({ port, host: '127.0.0.1' }, () => socket.write('PING\r\n'));
		const end = (answer: boolean) => {
			socket.destroy();
			resolve(answer);
		};
		socket.once('data', (data) => end(data.toString().startsWith('+PONG')));
		socket.once('error', () => end(false));
		socket.setTimeout(1000, () => end(false));
	});
}
