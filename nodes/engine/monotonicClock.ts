let last = 0;
let ahead = 0;

/**
 * A monotonic clock in milliseconds, for measuring and waiting. It gives epoch milliseconds until the
 * machine's clock is set back (by a time server, or when a virtual machine wakes up). From then on it
 * is ahead of the machine's clock. It does not compare with times of a service.
 */
export function now(): number {
	const read = Date.now() + ahead;
	if (read < last) ahead += last - read;
	last = Math.max(last, read);
	return last;
}
