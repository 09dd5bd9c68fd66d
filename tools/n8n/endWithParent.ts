// Loaded into n8n (`node --require`): ends it when the process that started it is gone, even if
// that one was killed and could not say so; at once, where what it works on is temporary too.
const { realpathSync } = process.getBuiltinModule('node:fs');
const { tmpdir } = process.getBuiltinModule('node:os');
const starter = process.ppid;
const signal = process.cwd().startsWith(realpathSync(tmpdir())) ? 'SIGKILL' : 'SIGTERM';

setInterval(() => {
	if (process.ppid === starter) return;
	process.kill(process.pid, signal);
	setTimeout(() => process.kill(process.pid, 'SIGKILL'), 10_000).unref();
}, 1000).unref();
