import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { PROJECT, projectNode } from './paths';

const PROJECT_NPM = join(PROJECT, 'node_modules', 'npm', 'bin', 'npm-cli.js');

/** A command that did not end with 0; the message holds the end of what it printed and nobody has seen. */
export class CommandFailed extends Error {
	constructor(
		command: string,
		output: string,
		/** Whether it has shown its own output. */
		readonly isShown: boolean,
	) {
		super(isShown ? `${command} failed` : `${command} failed:\n${lastLines(output, 30)}`);
		this.name = 'CommandFailed';
	}
}

export function lastLines(text: string, count: number): string {
	return text.trimEnd().split('\n').slice(-count).join('\n');
}

/**
 * This process's environment without what npm, jest and an n8n of the user's own left in it, and
 * with the project's Node first on PATH: n8n and npm then behave alike wherever they are started.
 */
export function cleanEnvironment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
	const leftovers =
		/^(npm_(package|lifecycle|command|config_local_prefix)|JEST_|NODE_ENV$|INIT_CWD$|N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_URL$|OFFLOAD_)/;
	const env = Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !leftovers.test(name)),
	);
	const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	env[pathName] = [projectNode().folder, env[pathName]].filter(Boolean).join(delimiter);
	return { ...env, ...extra };
}

const POSIX = process.platform !== 'win32';

/** A child with a process group of its own, so that Ctrl-C reaches us alone and we end it in our order. */
export const OWN_GROUP = { detached: POSIX };

/** Whether a child that was started has come to its end. */
export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
	return exitCode !== null || signalCode !== null;
}

/**
 * Ends a child of {@link OWN_GROUP} and all that it has started, and waits until it is gone.
 *
 * @param patienceMs how long it may take to end by itself, once asked; without it, it is not asked
 */
export async function endGroup(child: ChildProcess, patienceMs = 0): Promise<void> {
	if (hasEnded(child)) return;
	const gone = once(child, 'exit');
	if (patienceMs > 0) child.kill('SIGTERM');
	else killGroup(child);
	const timer = setTimeout(() => killGroup(child), patienceMs);
	await gone;
	clearTimeout(timer);
	// What it has started and left behind.
	killGroup(child);
}

function killGroup({ pid }: ChildProcess): void {
	if (!pid) return;
	try {
		process.kill(POSIX ? -pid : pid, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

const running = new Set<ChildProcess>();
// Before the folder of `ownTemp.mjs`, in which they work, is removed.
process.prependListener('exit', () => running.forEach(killGroup));

export interface CommandOptions {
	cwd: string;
	env?: Record<string, string>;
	/** Show what the command prints instead of collecting it. */
	show?: boolean;
}

/**
 * Runs the project's npm on the project's Node and gives back what it printed: npm 10 refuses the
 * lock file of n8n, whatever wrote it. It does not outlive this process.
 *
 * @throws CommandFailed
 */
export async function npm(args: string[], options: CommandOptions): Promise<string> {
	return await new Promise<string>((resolve, reject) => {
		const child = spawn(projectNode().binary, [PROJECT_NPM, ...args], {
			...OWN_GROUP,
			cwd: options.cwd,
			env: cleanEnvironment(options.env),
			stdio: [
				'ignore',
				...(options.show ? (['inherit', 'inherit'] as const) : (['pipe', 'pipe'] as const)),
			],
		});
		running.add(child);
		let output = '';
		const collect = (chunk: Buffer) => (output += chunk.toString());
		child.stdout?.on('data', collect);
		child.stderr?.on('data', collect);
		child.on('error', reject);
		child.on('close', (code) => {
			running.delete(child);
			if (code === 0) resolve(output);
			else reject(new CommandFailed(`npm ${args.join(' ')}`, output, options.show === true));
		});
	});
}
