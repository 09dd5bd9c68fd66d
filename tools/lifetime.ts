/**
 * Calls the listener when this process should end: on Ctrl-C, on SIGTERM, and when the process
 * that started it is gone. (npm, asked to end, ends only the shell between it and us.)
 */
export function whenAskedToEnd(listener: () => void): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, listener);
	const starter = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid === starter) return;
		clearInterval(timer);
		listener();
	}, 500);
	timer.unref();
}
