// What `tsx` does for a program, and more (`node --import`): it and all that it starts have a temporary folder
// of their own, which is removed at its end, whether it is done, fails or is asked to end.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
	// A socket's path has at most 103 characters on macOS, whose own temporary folder has 49.
	const folder = mkdtempSync(join(process.platform === 'darwin' ? '/tmp' : tmpdir(), 'npm-'));
	// Who is root starts Postgres as another user, who passes through here.
	chmodSync(folder, 0o711);
	for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;

	// Until the program itself listens, a signal would end it without the event below.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
		process.on(signal, () => {
			if (process.listenerCount(signal) === 1) process.exit(130);
		});

	const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	process.on('exit', (code) => {
		try {
			remove();
			// Servers that a failed or ended program has left end within a second or two, and may write meanwhile.
			for (let seconds = 0; code !== 0 && seconds < 3; seconds++) {
				Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
				remove();
			}
		} catch (error) {
			process.stderr.write(`${folder} could not be removed: ${error.message}\n`);
		}
	});
}

// After that, for it keeps a cache there.
await import('tsx');
