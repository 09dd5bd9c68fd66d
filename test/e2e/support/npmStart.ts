import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT } from '../../../tools/paths';
import { freePort } from '../../../tools/ports';

export interface Launched {
	process: ChildProcess;
	/** Whether it has come to the first steps; false: it gave up. */
	ready: boolean;
	/** What it printed up to then. */
	text: string;
	sandboxUrl: string;
	n8nUrl: string;
}

/**
 * One `npm start -- --fresh` on a folder, with ports of its own. Resolves when it waits for Ctrl-C, or
 * has ended.
 *
 * @param started is given the process at once, to be ended in any case
 */
export async function npmStart(
	folder: string,
	started: (child: ChildProcess) => void,
): Promise<Launched> {
	const [n8nPort, sandboxPort] = [await freePort(), await freePort()];
	const child = spawn(
		process.execPath,
		['--import', 'tsx', join(PROJECT, 'tools', 'start.ts'), '--fresh'],
		{
			cwd: PROJECT,
			env: {
				...process.env,
				N8N_PORT: String(n8nPort),
				SANDBOX_PORT: String(sandboxPort),
				START_FOLDER: folder,
			},
			stdio: ['ignore', 'pipe', 'pipe'],
		},
	);
	started(child);
	let text = '';
	const ready = await new Promise<boolean>((resolve) => {
		const read = (chunk: Buffer) => {
			text += String(chunk);
			if (text.includes('Ctrl-C stops both.')) resolve(true);
		};
		child.stdout?.on('data', read);
		child.stderr?.on('data', read);
		child.once('close', () => resolve(false));
	});
	return {
		process: child,
		ready,
		text,
		sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
		n8nUrl: `http://127.0.0.1:${n8nPort}`,
	};
}
