import fc from 'fast-check';
import { ApiFault } from '../../../nodes/engine/call/errors';
import {
	batchesOf,
	sendBatch,
	type Outcome,
	type Part,
	type Probes,
} from '../../../nodes/engine/call/fold';
import type { Account, Answer, Call, Fold } from '../../../nodes/engine/operation';

const account: Account = {
	credentialType: 'x',
	baseUrl: 'http://127.0.0.1',
	budgetKey: 'x',
	refreshable: false,
	values: {},
};

const call = (id: number, group = 'a'): Call => ({
	method: 'POST',
	template: '/things',
	path: '/things',
	body: { ids: [id], group },
	repeatable: true,
});

const idsOf = ({ body }: Call) => body?.ids as number[];

/** How a service may answer for a record that it does not take. */
type Manner = 'names it' | 'only counts' | 'refuses the whole call';

function foldOf(size: number, manner: Manner): Fold {
	return {
		size,
		key: ({ body }) => String(body?.group),
		join: (calls) => ({ ...calls[0], body: { ...calls[0].body, ids: calls.flatMap(idsOf) } }),
		split: ({ body }, calls) => {
			const bad = (body as { bad: number[] }).bad;
			if (manner === 'only counts' && bad.length > 0 && calls.length > 1) return 'divide';
			return calls.map((one) =>
				bad.includes(idsOf(one)[0])
					? { problem: { kind: 'refused', message: `not ${idsOf(one)[0]}` } }
					: { record: { id: idsOf(one)[0] } },
			);
		},
	};
}

/** A service that does not take some ids, and notes how often it took each of the others. */
function serviceWith(bad: Set<number>, manner: Manner) {
	const taken = new Map<number, number>();
	const sizes: number[] = [];
	const send = async (joined: Call): Promise<Answer> => {
		const ids = idsOf(joined);
		sizes.push(ids.length);
		const refused = ids.filter((id) => bad.has(id));
		if (manner === 'refuses the whole call' && refused.length > 0) {
			throw new ApiFault({ kind: 'refused', message: `not ${refused[0]}` }, joined, '422');
		}
		for (const id of ids) if (!bad.has(id)) taken.set(id, (taken.get(id) ?? 0) + 1);
		return { statusCode: 200, headers: {}, body: { bad: refused } };
	};
	return { send, taken, sizes };
}

const asParts = (ids: number[]): Part[] => ids.map((id) => ({ itemIndex: id, call: call(id) }));

it.each<Manner>(['names it', 'only counts', 'refuses the whole call'])(
	'gives each item its own outcome, once, when the service %s',
	async (manner) => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 40 }),
				fc.integer({ min: 1, max: 12 }),
				fc.array(fc.nat(39)),
				async (count, size, badList) => {
					const bad = new Set(badList);
					const { send, taken, sizes } = serviceWith(bad, manner);
					const fold = foldOf(size, manner);
					const outcomes = new Map<number, Outcome>();
					const ids = Array.from({ length: count }, (_, id) => id);
					for (const batch of batchesOf(fold, asParts(ids))) {
						await sendBatch(fold, account, batch, send, async ({ itemIndex }, outcome) => {
							expect(outcomes.has(itemIndex)).toBe(false);
							outcomes.set(itemIndex, outcome);
						});
					}
					expect(Math.max(...sizes)).toBeLessThanOrEqual(size);
					for (const id of ids) {
						const outcome = outcomes.get(id);
						if (bad.has(id)) {
							expect(outcome).toMatchObject({ error: { message: `not ${id}` } });
						} else {
							expect(outcome).toEqual({ record: { id } });
							if (manner !== 'only counts') expect(taken.get(id)).toBe(1);
						}
					}
				},
			),
			{ numRuns: 500 },
		);
	},
);

it('makes as few calls as the sizes allow, and mixes no groups', () => {
	const parts = ['a', 'b', 'a', 'a', 'b', 'a'].map((group, id) => ({
		itemIndex: id,
		call: call(id, group),
	}));
	const batches = batchesOf(foldOf(3, 'names it'), parts);
	expect(batches.map((batch) => batch.map(({ itemIndex }) => itemIndex))).toEqual([
		[0, 2, 3],
		[5],
		[1, 4],
	]);
});

it('does not divide what a smaller call would not mend', async () => {
	const refusal = new ApiFault({ kind: 'refused', message: 'no scope' }, call(0), '401');
	let calls = 0;
	const outcomes: Outcome[] = [];
	await sendBatch(
		foldOf(10, 'names it'),
		account,
		asParts([1, 2, 3]),
		async () => {
			calls++;
			throw refusal;
		},
		async (_part, outcome) => void outcomes.push(outcome),
	);
	expect(calls).toBe(1);
	expect(outcomes).toEqual([{ error: refusal }, { error: refusal }, { error: refusal }]);
});

describe('A refusal that is about no record is everybody’s, and is not looked for by halves', () => {
	/** Refuses every call with the text that `says` gives, and notes how many records each had. */
	async function refuseAll(fold: Fold, status: string, says: (ids: number[]) => string) {
		const sizes: number[] = [];
		const messages: unknown[] = [];
		const send = async (joined: Call): Promise<Answer> => {
			sizes.push(idsOf(joined).length);
			const missing = status === '404' ? (true as const) : undefined;
			throw new ApiFault(
				{ kind: 'refused', message: says(idsOf(joined)), missing },
				joined,
				status,
			);
		};
		const batch = asParts(Array.from({ length: 100 }, (_, id) => id));
		await sendBatch(fold, account, batch, send, async (_part, outcome) => {
			if ('error' in outcome) messages.push((outcome.error as Error).message);
		});
		return { sizes, messages };
	}
	const fold = foldOf(100, 'refuses the whole call');
	const probe = (joined: Call): Call => ({ ...joined, body: { ids: [] } });

	it('when the list that the calls name is not there', async () => {
		const { sizes, messages } = await refuseAll(
			{ ...fold, hasTarget: true },
			'404',
			() => 'No list',
		);
		expect(sizes).toEqual([100]);
		expect(messages).toEqual(Array(100).fill('No list'));
	});

	it('when the call is refused in the same words without any record', async () => {
		const { sizes, messages } = await refuseAll({ ...fold, probe }, '400', () => 'A draft');
		expect(sizes).toEqual([100, 0]);
		expect(messages).toEqual(Array(100).fill('A draft'));
	});

	it('but a record is looked for when it is refused in other words', async () => {
		const says = (ids: number[]) => (ids.length === 0 ? 'leads are required' : `not ${ids[0]}`);
		const { sizes, messages } = await refuseAll({ ...fold, probe }, '400', says);
		expect(sizes.filter((size) => size === 0)).toHaveLength(1);
		expect(messages).toEqual(Array.from({ length: 100 }, (_, id) => `not ${id}`));
	});
});

it('says so when the answer to a single record tells nothing', async () => {
	const fold: Fold = { ...foldOf(10, 'names it'), split: () => 'divide' };
	const outcomes: Outcome[] = [];
	await sendBatch(
		fold,
		account,
		asParts([1, 2]),
		async () => ({ statusCode: 200, headers: {}, body: {} }),
		async (_part, outcome) => void outcomes.push(outcome),
	);
	expect(outcomes).toHaveLength(2);
	expect(outcomes[0]).toMatchObject({
		error: { message: 'The answer does not say what happened to this record' },
	});
});

describe('What the search for a bad record costs', () => {
	async function callsFor(count: number, bad: number[], name?: Fold['name']) {
		const { send, sizes } = serviceWith(new Set(bad), 'refuses the whole call');
		const fold = { ...foldOf(100, 'refuses the whole call'), name };
		const ids = Array.from({ length: count }, (_, id) => id + 1);
		const failed: number[] = [];
		await sendBatch(fold, account, asParts(ids), send, async ({ itemIndex }, outcome) => {
			if ('error' in outcome) failed.push(itemIndex);
		});
		expect(failed.sort((a, b) => a - b)).toEqual(bad);
		return sizes.length;
	}
	const byId: Fold['name'] = (one) => String(idsOf(one)[0]);

	it('one in a hundred: a call for each halving, wherever it stands', async () => {
		for (const bad of [1, 2, 37, 50, 51, 99, 100]) {
			expect(await callsFor(100, [bad])).toBeLessThanOrEqual(1 + 7 + 7);
		}
		expect(await callsFor(100, [100])).toBeLessThanOrEqual(9);
	});

	it('one for the others and one for itself where the refusal names it', async () => {
		expect(await callsFor(100, [37], byId)).toBe(1 + 2);
		expect(await callsFor(100, [37, 40, 90], byId)).toBe(1 + 3 * 2);
	});

	it('hardly more than one call for each record where all are bad', async () => {
		const all = Array.from({ length: 100 }, (_, id) => id + 1);
		expect(await callsFor(100, all)).toBeLessThan(100 * 1.2);
	});

	it('never many more than one call for each record, whatever is bad', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 2, max: 100 }),
				fc.uniqueArray(fc.integer({ min: 1, max: 100 })),
				async (count, list) => {
					const bad = list.filter((id) => id <= count).sort((a, b) => a - b);
					expect(await callsFor(count, bad)).toBeLessThanOrEqual(Math.ceil(count * 1.2) + 2);
				},
			),
			{ numRuns: 500 },
		);
	});

	it('asks once in a run whether a refusal is about a record, for each target', async () => {
		const fold: Fold = {
			...foldOf(2, 'refuses the whole call'),
			probe: (joined) => ({ ...joined, body: { group: joined.body?.group, ids: [] } }),
		};
		const sizes: number[] = [];
		const send = async (joined: Call): Promise<Answer> => {
			sizes.push(idsOf(joined).length);
			throw new ApiFault({ kind: 'refused', message: 'A draft' }, joined, '400');
		};
		const probes: Probes = new Map();
		const parts = Array.from({ length: 12 }, (_, id) => ({
			itemIndex: id,
			call: call(id, id < 6 ? 'a' : 'b'),
		}));
		for (const batch of batchesOf(fold, parts)) {
			await sendBatch(fold, account, batch, send, async () => {}, probes);
		}
		expect(sizes.filter((size) => size === 0)).toHaveLength(2);
		expect(sizes).toHaveLength(6 + 2);
	});
});
