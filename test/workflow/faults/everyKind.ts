import type { Bench, Came, RunMore, Strike } from './bench';
import { operationsOf } from './operations';
import { expectError, promised } from './promised';
import type { Subject } from './subjects';
import { faultsOf, type FaultRow, type ServiceName } from './table';

/**
 * Every fault with each kind of operation, five items a run: it hits the call of the third item, or
 * the call that several items share. Those come out with its error or as if nothing had been, the
 * others as if nothing had been; and the sandbox holds exactly what the items say.
 */
export function everyKind(service: ServiceName, subjects: Subject[], benchOf: () => Bench): void {
	const faults = faultsOf(service);

	describe.each(subjects)('$kind: $key', (subject) => {
		const { key } = subject;
		const listed = operationsOf(service).find((candidate) => candidate.key === key);
		if (!listed) throw new Error(`There is no operation ${key}`);
		const { operation, manner, path } = listed;
		const { fold } = operation;
		const all = [0, 1, 2, 3, 4];
		const onError = 'continueRegularOutput' as const;

		const run = async (indices: number[], strike?: Strike, more: RunMore = { onError }) => {
			const { sandbox } = benchOf();
			const parameters = () => subject.parameters;
			const items = subject.items(sandbox).filter((_, index) => indices.includes(index));
			return await benchOf().run(key, parameters, strike, { ...more, items });
		};

		let isAnsweredEmpty = false;
		const undisturbed = new Map<string, Came>();
		const reference = async (indices: number[]): Promise<Came> => {
			const known = undisturbed.get(String(indices));
			if (known) return known;
			const came = await run(indices);
			expect(came.errors).toEqual(indices.map(() => undefined));
			isAnsweredEmpty ||= benchOf().isAnsweredEmpty({ method: operation.request.method, path });
			undisturbed.set(String(indices), came);
			benchOf().clean();
			return came;
		};
		beforeEach(() => benchOf().clean());

		/** A call for many records is known by what its items have in common. */
		const strikeOf = (fault: FaultRow): { strike: Strike; hit: number[]; divided: boolean } => {
			const divided =
				fold !== undefined &&
				fault.ofRecord !== undefined &&
				!(fault.ofRecord === 'withoutTarget' && fold.hasTarget);
			const contains = divided
				? subject.record(benchOf().sandbox)
				: subject.call(benchOf().sandbox);
			const { method } = operation.request;
			const strike = fold
				? { fault: divided ? { ...fault, fault: { ...fault.fault, times: 99 } } : fault, contains }
				: { fault, contains, method, path };
			return {
				strike: { method: undefined, path: undefined, ...strike } as Strike,
				hit: divided ? [2] : subject.hit,
				divided,
			};
		};

		it.each(faults)('$name', async (fault) => {
			const whole = await reference(all);
			const { strike, hit, divided } = strikeOf(fault);
			const [outcome, sent] = promised(fault, key, manner, isAnsweredEmpty);
			const came = await run(all, strike);
			if (!divided) expect(benchOf().sent(strike)).toBe(sent);
			for (const index of all) {
				const isHit = hit.includes(index);
				if (isHit && outcome !== 'done') expectError(came.errors[index], outcome, fault);
				else if (isHit && fault.worked) expect(came.errors[index]).toBeUndefined();
				else expect(came.texts[index]).toBe(whole.texts[index]);
			}
			const others = all.filter((index) => !hit.includes(index));
			const isThere = outcome === 'done' || fault.worked === true;
			expect(came.changes).toEqual((isThere ? whole : await without(others)).changes);
		});

		const without = async (others: number[]): Promise<Pick<Came, 'changes'>> => {
			benchOf().clean();
			return others.length > 0 ? await reference(others) : { changes: [] };
		};

		it('without Continue On Fail the run ends with the error of that item', async () => {
			const [fault] = faults.filter(({ name }) => name === '500');
			const { strike, hit } = strikeOf(fault);
			const { error } = await run(all, strike, {});
			expectError(error?.message, 'refused', fault);
			expect(error).toMatchObject({ context: { itemIndex: hit[0] } });
		});
	});
}
