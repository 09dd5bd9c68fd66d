import fc from 'fast-check';
import { RefusalLog } from '../../../nodes/engine/webhook/refusalLog';

/** Notes refusals at these times (epoch ms) and once more a minute later; gives the lines. */
function linesOf(times: number[]) {
	const log = new RefusalLog();
	const lines: Array<{ minute: number; count: number }> = [];
	let minute = 0;
	const tell = (count: number) => lines.push({ minute, count });
	for (const now of [...times, Infinity]) {
		const untold = log.settle(now);
		if (untold !== undefined) tell(untold);
		if (log.isEmpty) minute++;
		if (now === Infinity) break;
		const line = log.note(now);
		if (line.write === 'this one') tell(lines.filter((one) => one.minute === minute).length + 1);
		if (line.write === 'a count') tell(line.count);
	}
	return lines;
}

it('writes ten in full, says that it stops, and then only 100, 1,000, 10,000', () => {
	const log = new RefusalLog();
	const lines = Array.from({ length: 20_000 }, (_, at) => log.note(at)).filter(
		({ write }) => write !== 'nothing',
	);
	expect(lines).toEqual([
		...Array<unknown>(9).fill({ write: 'this one', last: false }),
		{ write: 'this one', last: true },
		{ write: 'a count', count: 100 },
		{ write: 'a count', count: 1_000 },
		{ write: 'a count', count: 10_000 },
	]);
	expect(log.settle(59_999)).toBeUndefined();
	expect(log.settle(60_000)).toBe(20_000);
	expect(log.settle(60_000)).toBeUndefined();
	expect(log.note(60_000)).toEqual({ write: 'this one', last: false });
});

it('has nothing to settle where all has been told', () => {
	const log = new RefusalLog();
	for (const at of Array(10).keys()) log.note(at);
	expect(log.settle(100_000)).toBeUndefined();
});

it('tells of every refusal, in few lines a minute, whatever comes when', () => {
	const gaps = fc.array(fc.oneof(fc.nat(100), fc.nat(30_000)), { minLength: 1, maxLength: 400 });
	fc.assert(
		fc.property(gaps, (waits) => {
			let now = 1;
			const lines = linesOf(waits.map((wait) => (now += wait)));
			const minutes = new Map<number, number[]>();
			for (const { minute, count } of lines) {
				minutes.set(minute, [...(minutes.get(minute) ?? []), count]);
			}
			const counts = [...minutes.values()];
			// The last line of a minute says how many there were in it.
			const told = counts.reduce((sum, list) => sum + Math.max(...list), 0);
			expect(told).toBe(waits.length);
			for (const list of counts) expect(list.length).toBeLessThanOrEqual(13);
		}),
	);
});
