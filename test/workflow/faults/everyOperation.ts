import type { Sandbox } from '../../../sandbox';
import type { Example } from '../../examples/values';
import type { Bench, Came } from './bench';
import { operationsOf } from './operations';
import { expectError, promised } from './promised';
import { faultsOf, type ServiceName } from './table';

/**
 * The faults that are tried with every operation of a service, one item each. After each the sandbox
 * holds exactly what the item says: all that an undisturbed run leaves, or nothing of it.
 */
export function everyOperation(
	service: ServiceName,
	examples: Record<string, Example>,
	benchOf: () => Bench,
): void {
	const faults = faultsOf(service).filter(({ everywhere }) => everywhere);

	it('has an example for every operation', () => {
		expect(Object.keys(examples).sort()).toEqual(
			operationsOf(service)
				.map(({ key }) => key)
				.sort(),
		);
	});

	describe.each(operationsOf(service))('$key', (listed) => {
		const { key, operation, path } = listed;
		const { method } = operation.request;
		const example = (sandbox: Sandbox) => examples[key](sandbox);
		let undisturbed: Came | undefined;
		let isAnsweredEmpty = false;
		const reference = async (): Promise<Came> => {
			if (undisturbed) return undisturbed;
			undisturbed = await benchOf().run(key, example);
			expect(benchOf().sent({ method, path })).toBe(1);
			isAnsweredEmpty = benchOf().isAnsweredEmpty({ method, path });
			benchOf().clean();
			return undisturbed;
		};
		beforeEach(() => benchOf().clean());

		it('works, and puts out items paired with their own', async () => {
			const { error, changes } = await reference();
			expect(error).toBeUndefined();
			if (!operation.writes) expect(changes).toEqual([]);
		});

		it.each(faults)('$name', async (fault) => {
			const whole = await reference();
			const [outcome, sent] = promised(fault, key, listed.manner, isAnsweredEmpty);
			const came = await benchOf().run(key, example, { fault, method, path });
			expect(benchOf().sent({ method, path })).toBe(sent);
			if (outcome === 'done') expect(came.error).toBeUndefined();
			else expectError(came.error?.message, outcome, fault);
			if (fault.fault.kind === 'scopeRemoved' && operation.scope) {
				expect(came.error?.message).toBe(`The token lacks the scope ${operation.scope}`);
			}
			const isThere = outcome === 'done' || fault.worked === true;
			expect(came.changes).toEqual(isThere ? whole.changes : []);
			if (outcome === 'done' && !fault.worked) expect(came.texts).toEqual(whole.texts);
		});
	});
}
