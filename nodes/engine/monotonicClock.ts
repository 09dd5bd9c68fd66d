let last = 0;
let ahead = 0;

/**
 * Milliseconds that never go back, for measuring and waiting: epoch milliseconds until the clock of
 * the machine is set back (a virtual machine that wakes up, a time server), and from then on as much
 * ahead of it. Not for comparing with times that a service gives.
 */
export function now(): number {
	const read = Date.now() + ahead;
	if (read < last) ahead += last - read;
	last = Math.max(last, read);
	return last;
}
