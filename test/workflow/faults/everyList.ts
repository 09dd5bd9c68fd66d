import { isObject } from '../../../nodes/engine/values';
import { totalIn } from '../../../nodes/engine/call/paginate';
import type { Sandbox } from '../../../sandbox';
import type { Example } from '../../examples/values';
import type { Bench, Came } from './bench';
import { operationsOf } from './operations';
import type { FaultRow, ServiceName } from './table';

/** Bodies that stand in place of an answer with a list. */
const NO_LIST: Array<[name: string, body: unknown]> = [
	['an object without the list', {}],
	['null', null],
	['an empty body', ''],
	['a text', 'The service is warming up'],
];

/** Spans of time have no list of their own: an object without a day is one without a slot. */
const WITHOUT_KEY = ['freeSlot:getMany'];

/** Lists of which the total may count more than they hold. */
const WIDE_TOTAL = ['location:getManyInstalled', 'apiCall:getMany'];

const row = (fault: FaultRow['fault']): FaultRow => ({
	name: fault.kind,
	fault,
	safe: ['done', 2],
});

/**
 * Every list of a service, with answers that are none and pages that come back empty: it is read again
 * and comes out whole, or the item fails; never with a part, and never with nothing.
 */
export function everyList(
	service: ServiceName,
	examples: Record<string, Example>,
	benchOf: () => Bench,
): void {
	const lists = operationsOf(service)
		.filter(({ operation }) => operation.pages !== undefined)
		// A POST that nobody knows is not sent again.
		.filter(({ manner }) => manner === 'safe');

	describe.each(lists)('$key', ({ key, operation, path }) => {
		const { method } = operation.request;
		const example = (sandbox: Sandbox) => examples[key](sandbox);
		const run = async (fault?: FaultRow['fault']): Promise<Came & { sent: number }> => {
			benchOf().clean();
			const strike = fault ? { fault: row(fault), method, path } : {};
			const came = await benchOf().run(key, example, strike);
			return { ...came, sent: benchOf().sent({ method, path }) };
		};
		const expectNone = async (fault: FaultRow['fault'], calls: number) => {
			const { error, outputs, sent } = await run({ ...fault, times: 99 });
			expect(error?.message).toMatch(/^(HighLevel|HeyReach) did not (return everything|do this): /);
			expect(outputs.flat()).toEqual([]);
			expect(sent).toBe(calls);
		};

		it.each(NO_LIST)('%s in place of the answer', async (_name, body) => {
			if (isObject(body) && WITHOUT_KEY.includes(key)) return;
			const whole = await run();
			// HeyReach says no with a text behind a 200: that is final.
			const isRefusal = service === 'heyreach' && typeof body === 'string' && body !== '';
			await expectNone({ kind: 'keyless', body }, isRefusal ? 1 : 4);
			if (isRefusal) return;
			const mended = await run({ kind: 'keyless', body });
			expect(mended.error).toBeUndefined();
			expect(mended.texts).toEqual(whole.texts);
			expect(mended.sent).toBe(whole.sent + 1);
		});

		it('an empty page, although the answer says that there are records', async () => {
			const whole = await run();
			const answers = benchOf()
				.sandbox.requests.list({ service })
				.filter((request) => request.method === method && new RegExp(path).test(request.path));
			const total = totalIn(answers[0].response);
			// It looks like a list of none; and these totals may count records that the list leaves out.
			if (!total || WIDE_TOTAL.includes(key)) return;
			await expectNone({ kind: 'emptyPage' }, 4);
			const mended = await run({ kind: 'emptyPage' });
			expect(mended.error).toBeUndefined();
			expect(mended.texts).toEqual(whole.texts);
		});
	});
}
