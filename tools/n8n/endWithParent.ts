// Loaded into n8n (`node --require`): ends it when the process that started it is gone, even if
// that one was killed and could not say so.
const starter = process.ppid;

setInterval(() => {
	if (process.ppid === starter) return;
	process.kill(process.pid, 'SIGTERM');
	setTimeout(() => process.kill(process.pid, 'SIGKILL'), 10_000).unref();
}, 1000).unref();
