import fc from 'fast-check';
import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { highLevel } from '../../../nodes/Ghl/api';
import { ApiFault } from '../../../nodes/engine/call/errors';
import type { Account, Answer, ApiContext, Call, Service } from '../../../nodes/engine/operation';
import { CallPair } from '../../../nodes/engine/call/callPair';
import { Budget, budgetFor } from '../../../nodes/engine/call/pace';
import { parameterOf } from '../../../nodes/engine/call/parameter';
import { SharedRefusals } from '../../../nodes/engine/call/sharedRefusals';
import { send, type Sending } from '../../../nodes/engine/call/send';

beforeEach(() => jest.useFakeTimers({ now: 1_700_000_000_000 }));
afterEach(() => jest.useRealTimers());

const LIMIT = { max: 1_000, intervalMs: 1_000, concurrency: 3 };

const service: Service = {
	name: 'The service',
	limit: LIMIT,
	connect: async () => ({ owner: account('x'), accountOf: () => account('x') }),
	headers: () => ({}),
	readLimits: highLevel.readLimits,
	listFormat: 'brackets',
	timeoutMs: 60_000,
	problemOf: ({ statusCode, headers }) => {
		if (statusCode === 200) return undefined;
		const isUsedUp = headers['x-ratelimit-daily-remaining'] === '0';
		if (statusCode === 429)
			return { kind: isUsedUp ? 'quota' : 'rate', message: isUsedUp ? 'No more today' : 'Slower' };
		if (statusCode === 401) return { kind: 'refused', about: 'account', message: 'No token' };
		if (statusCode === 403) return { kind: 'refused', about: 'endpoint', message: 'No scope' };
		if (statusCode === 503) return { kind: 'temporary', message: 'Out of order' };
		return { kind: 'refused', message: `Refused (${statusCode})` };
	},
};

const account = (budgetKey: string): Account => ({
	credentialType: 'x',
	baseUrl: 'http://127.0.0.1',
	budgetKey,
	refreshable: false,
	values: {},
});

const call = (id: string, template = '/x'): Call => ({
	method: 'GET',
	template,
	path: `/x/${id}`,
	repeatable: true,
});

type Response = Partial<Answer> | 'hang-up';

/** A context of n8n whose requests are answered one after the other; the last answer stays. */
function contextFor(responses: Response[], signal?: AbortSignal) {
	const sent: string[] = [];
	const httpRequestWithAuthentication = async (_type: string, options: { url: string }) => {
		const response = responses[Math.min(sent.length, responses.length - 1)];
		sent.push(options.url);
		await new Promise((resolve) => setTimeout(resolve, 5));
		if (response === 'hang-up') throw Object.assign(new Error('hang-up'), { code: 'ECONNRESET' });
		return { statusCode: 200, headers: {}, body: {}, ...response };
	};
	const context = {
		helpers: { httpRequestWithAuthentication },
		logger: { debug: () => {} },
		getNode: () => ({}),
		...(signal && { getExecutionCancelSignal: () => signal }),
	};
	return { context: context as unknown as ApiContext, sent };
}

let accounts = 0;

function sendingOf(responses: Response[], more: Partial<Sending> = {}, signal?: AbortSignal) {
	const { context, sent } = contextFor(responses, signal);
	return {
		sending: { context, service, account: account(`account ${++accounts}`), ...more } as Sending,
		sent,
	};
}

async function settled<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
	const [outcome] = await Promise.all([
		Promise.allSettled([work]),
		jest.advanceTimersByTimeAsync(600_000),
	]);
	return outcome[0];
}

const USED_UP: Response = {
	statusCode: 429,
	headers: { 'x-ratelimit-daily-remaining': '0', 'x-ratelimit-daily-reset': '500' },
};

/** Takes as many places as there are at once, and gives them back. */
async function expectAllFree(budget: Budget) {
	let taken = 0;
	const all = Array.from({ length: LIMIT.concurrency }, async () => {
		const slot = await budget.take();
		taken++;
		return slot;
	});
	await jest.advanceTimersByTimeAsync(700_000);
	expect(taken).toBe(LIMIT.concurrency);
	for (const slot of await Promise.all(all)) budget.done(slot);
}

it('gives back every place that it took, whatever the calls come to', async () => {
	const response = fc.constantFrom<Response>(
		{},
		{ statusCode: 400 },
		{ statusCode: 401 },
		{ statusCode: 403 },
		{ statusCode: 429 },
		{ statusCode: 503 },
		USED_UP,
		'hang-up',
	);
	await fc.assert(
		fc.asyncProperty(
			fc.array(response, { minLength: 1, maxLength: 12 }),
			fc.integer({ min: 1, max: 12 }),
			fc.option(fc.nat(3_000)),
			fc.boolean(),
			async (responses, count, cancelAfter, knows) => {
				const cancel = new AbortController();
				const cap = new Budget(LIMIT, 0.5);
				const more = { cap, ...(knows && { refusals: new SharedRefusals() }) };
				const { sending } = sendingOf(responses, more, cancel.signal);
				if (cancelAfter !== null) setTimeout(() => cancel.abort(), cancelAfter);
				const all = Array.from({ length: count }, async (_, n) =>
					settled(send(sending, call(String(n)))),
				);
				await Promise.all(all);
				await expectAllFree(cap);
				await expectAllFree(budgetFor(sending.account.budgetKey, LIMIT));
			},
		),
		{ numRuns: 150 },
	);
});

describe('A refusal that is about the account', () => {
	const run = async (responses: Response[], calls: Call[]) => {
		const { sending, sent } = sendingOf(responses, { refusals: new SharedRefusals() });
		const messages: unknown[] = [];
		for (const one of calls) {
			const outcome = await settled(send(sending, one));
			messages.push(outcome.status === 'rejected' ? (outcome.reason as Error).message : 'done');
		}
		return { messages, sent: sent.length };
	};
	const many = (count: number, template?: string) =>
		Array.from({ length: count }, (_, n) => call(String(n), template));

	it('is that of all calls that follow, and none of them is sent', async () => {
		const { messages, sent } = await run([{ statusCode: 401 }], [...many(50), ...many(5, '/y')]);
		expect(sent).toBe(1);
		expect(messages).toEqual(Array(55).fill('No token'));
	});

	it('is that of all calls to its endpoint, where it is about a scope', async () => {
		const { messages, sent } = await run(
			[{ statusCode: 403 }, {}],
			[...many(50), ...many(5, '/y')],
		);
		expect(sent).toBe(6);
		expect(messages).toEqual([
			...Array<string>(50).fill('No scope'),
			...Array<string>(5).fill('done'),
		]);
	});

	it('is taken for a slip where the calls worked before, and the next one works', async () => {
		const { messages } = await run([{}, { statusCode: 401 }, {}, { statusCode: 401 }, {}], many(6));
		expect(messages).toEqual(['done', 'No token', 'done', 'No token', 'done', 'done']);
	});

	it('counts from the second in a row where the calls worked before', async () => {
		const { messages, sent } = await run([{}, { statusCode: 401 }], many(40));
		expect(sent).toBe(3);
		expect(messages).toEqual(['done', ...Array<string>(39).fill('No token')]);
	});

	it('is not made of a refusal that is about a record', async () => {
		const { messages, sent } = await run([{ statusCode: 404 }, { statusCode: 404 }, {}], many(4));
		expect(sent).toBe(4);
		expect(messages).toEqual(['Refused (404)', 'Refused (404)', 'done', 'done']);
	});

	it('holds for calls that wait for their turn, and costs them no place', async () => {
		const refusals = new SharedRefusals();
		const { sending, sent } = sendingOf([{ statusCode: 401 }], { refusals });
		const all = await Promise.all(many(100).map(async (one) => settled(send(sending, one))));
		expect(all.every(({ status }) => status === 'rejected')).toBe(true);
		expect(sent).toHaveLength(LIMIT.concurrency);
		await expectAllFree(budgetFor(sending.account.budgetKey, LIMIT));
	});
});

describe('A renewal in a narrow budget', () => {
	/** A context whose token expires after `left` calls, and which n8n renews when a call throws its 401. */
	function renewingContext(left: number) {
		const state = { token: 1, left, renewals: 0 };
		const httpRequestWithAuthentication = async (
			_type: string,
			{ ignoreHttpStatusErrors }: { ignoreHttpStatusErrors: boolean },
		) => {
			await new Promise((resolve) => setTimeout(resolve, 5));
			if (state.left-- > 0) return { statusCode: 200, headers: {}, body: {} };
			if (ignoreHttpStatusErrors) return { statusCode: 401, headers: {}, body: {} };
			Object.assign(state, { token: state.token + 1, left: Infinity });
			state.renewals++;
			return { statusCode: 200, headers: {}, body: {} };
		};
		const context = {
			helpers: { httpRequestWithAuthentication },
			logger: { debug: () => {} },
			getNode: () => ({}),
			getCredentials: async () => ({ oauthTokenData: { access_token: state.token } }),
		};
		return { context: context as unknown as ApiContext, state };
	}

	it('ends for all calls, however few places there are, and for pairs and a part of the limit too', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 3 }),
				fc.integer({ min: 1, max: 3 }),
				fc.integer({ min: 1, max: 8 }),
				fc.nat(10),
				fc.boolean(),
				fc.boolean(),
				async (max, concurrency, workers, left, isCapped, isPaired) => {
					const limit = { max, intervalMs: 1_000, concurrency };
					const expiring: Service = {
						...service,
						limit,
						problemOf: ({ statusCode }) =>
							statusCode === 200 ? undefined : { kind: 'expired', message: 'Expired' },
					};
					const { context, state } = renewingContext(left);
					const owner = { ...account(`narrow ${++accounts}`), refreshable: true };
					const cap = isCapped ? new Budget(limit, 0.5) : undefined;
					const line = { context, service: expiring, account: owner, cap };
					const work = async (id: string) => {
						const pair = isPaired ? new CallPair() : undefined;
						await send({ ...line, pair }, call(id));
						await send({ ...line, pair }, call(id));
						pair?.end();
					};
					const all = Array.from({ length: workers }, async (_, n) => settled(work(String(n))));
					const outcomes = await Promise.all(all);
					expect(outcomes.filter(({ status }) => status !== 'fulfilled')).toEqual([]);
					expect(state.renewals).toBe(left < 2 * workers ? 1 : 0);
				},
			),
			{ numRuns: 60 },
		);
	});
});

describe('An answer that is no whole list', () => {
	const lacks = (body: unknown) => (Array.isArray(body) ? undefined : 'an answer without a list');

	it('is asked for again, and is an error when it stays so', async () => {
		const mended = sendingOf([{ body: {} }, { body: null }, { body: [1] }]);
		const answer = await settled(send(mended.sending, { ...call('a'), lacks }));
		expect(answer).toMatchObject({ value: { body: [1] } });
		expect(mended.sent).toHaveLength(3);

		const broken = sendingOf([{ body: '' }]);
		const fault = await settled(send(broken.sending, { ...call('a'), lacks }));
		expect(fault).toMatchObject({
			reason: {
				message: 'The service did not return everything: an answer without a list',
			},
		});
		expect(broken.sent).toHaveLength(4);
	});
});

it('refuses half a character in the query before anything is sent', async () => {
	const { sending, sent } = sendingOf([{}]);
	const query = { email: 'jane\ud83d' };
	await expect(send(sending, { ...call('a'), query })).rejects.toThrow(
		'“email” contains half of a character',
	);
	await expect(send(sending, { ...call('a'), query: { ids: ['a', '\udc00b'] } })).rejects.toThrow(
		'“ids” contains half of a character',
	);
	expect(sent).toEqual([]);
	const whole = await settled(
		send(sending, { ...call('a'), query: { email: 'jane\ud83d\ude00' } }),
	);
	expect(whole.status).toBe('fulfilled');
});

describe('A clock that is set back by an hour', () => {
	const HOUR = 3_600_000;

	it('does not hold calls up', async () => {
		const budget = new Budget({ max: 2, intervalMs: 1_000, concurrency: 5 });
		budget.done(await budget.take());
		budget.done(await budget.take());
		jest.setSystemTime(Date.now() - HOUR);
		let sent = 0;
		for (let i = 0; i < 2; i++) void budget.take().then(() => sent++);
		await jest.advanceTimersByTimeAsync(1_200);
		expect(sent).toBe(2);
	});

	it('neither makes a wait longer, nor the day’s quota', async () => {
		const budget = new Budget({ max: 10, intervalMs: 1_000, concurrency: 5 });
		budget.refused(await budget.take(), { retryAfterMs: 2_000 }, 1);
		jest.setSystemTime(Date.now() - HOUR);
		let sent = false;
		void budget.take().then(() => (sent = true));
		await jest.advanceTimersByTimeAsync(2_300);
		expect(sent).toBe(true);

		budget.usedUp({ kind: 'quota', message: 'No more today' }, 5_000);
		jest.setSystemTime(Date.now() - HOUR);
		await expect(budget.take()).rejects.toBeInstanceOf(ApiFault);
		await jest.advanceTimersByTimeAsync(5_100);
		await expect(budget.take()).resolves.toBeDefined();
	});

	it('in the middle of many calls changes nothing in their pace', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(9), fc.integer({ min: 0, max: 2 * HOUR }), async (at, back) => {
				const budget = new Budget({ max: 2, intervalMs: 1_000, concurrency: 2 });
				let done = 0;
				const worker = async () => {
					for (let n = 0; n < 5; n++) {
						budget.done(await budget.take());
						if (done++ === at) jest.setSystemTime(Date.now() - back);
					}
				};
				void worker();
				void worker();
				await jest.advanceTimersByTimeAsync(6_500);
				expect(done).toBe(10);
			}),
			{ numRuns: 100 },
		);
	});
});

describe('A parameter of the node', () => {
	it('is read of the item where n8n runs on items, and has a fallback of its own elsewhere', () => {
		const asked: unknown[][] = [];
		const getNodeParameter = (...args: unknown[]) => {
			asked.push(args);
			return 'oAuth2';
		};
		const onItems = { getNodeParameter, continueOnFail: () => false };
		parameterOf(onItems as unknown as IExecuteFunctions, 'authentication', 7, 'x');
		parameterOf({ getNodeParameter } as unknown as ILoadOptionsFunctions, 'authentication', 7, 'x');
		expect(asked).toEqual([
			['authentication', 7, 'x'],
			['authentication', 'x'],
		]);
	});
});
