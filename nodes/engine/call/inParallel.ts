/**
 * Does `work` for each of `list`, `width` of them at once. No work begins once `isOver`, nor after a
 * failure. When this returns or throws, no work is under way.
 */
export async function inParallel<Part>(
	list: readonly Part[],
	width: number,
	work: (part: Part) => Promise<void>,
	isOver: () => boolean = () => false,
): Promise<void> {
	let next = 0;
	const worker = async () => {
		let isBroken = true;
		try {
			while (next < list.length && !isOver()) await work(list[next++]);
			isBroken = false;
		} finally {
			if (isBroken) next = list.length;
		}
	};
	const workers = Math.min(width, list.length);
	const ends = await Promise.allSettled(Array.from({ length: workers }, worker));
	const broken = ends.find((end) => end.status === 'rejected');
	if (broken) throw broken.reason;
}
