import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Starts a TypeScript file in a process of its own, whose messages {@link nextMessage} gives. */
export const startProgram = (file: string): ChildProcess =>
	fork(file, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });

/**
 * What a process that was started says next.
 *
 * @throws when it ends without a word: with nothing left to wait for, this process would end as if all were well
 */
export async function nextMessage<T>(child: ChildProcess): Promise<T> {
	const waiting = new AbortController();
	const { signal } = waiting;
	const ended = new Error(`${child.spawnargs.at(-1)} ended without an answer`);
	if (!child.connected) throw ended;
	const end = once(child, 'disconnect', { signal }).then(() => {
		throw ended;
	});
	try {
		const [message] = await Promise.race([once(child, 'message', { signal }), end]);
		return message as T;
	} finally {
		waiting.abort();
	}
}
