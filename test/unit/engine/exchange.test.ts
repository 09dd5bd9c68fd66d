import fc from 'fast-check';
import { ApiFault, Cancelled } from '../../../nodes/engine/call/errors';
import {
	exchangedToken,
	forgetToken,
	MOST_TOKENS,
	tokensKept,
} from '../../../nodes/engine/call/exchange';
import type { Account, Answer, Call, TokenExchange } from '../../../nodes/engine/operation';

beforeEach(() => jest.useFakeTimers({ now: 1_700_000_000_000 }));
afterEach(() => jest.useRealTimers());

const owner: Account = {
	credentialType: 'x',
	baseUrl: 'http://127.0.0.1',
	budgetKey: 'owner',
	refreshable: true,
	values: {},
};
const call: Call = { method: 'POST', template: '/token', path: '/token', repeatable: true };

const MINUTE = 60_000;
const DAY_MS = 24 * 60 * MINUTE;

interface Body {
	token: string;
	lifeMs: number;
}

/** Tokens are kept for the whole process, so each test has keys of its own. */
let keys = 0;
function newExchange(key = `key ${++keys}`): TokenExchange {
	return {
		key,
		owner,
		call,
		tokenIn: (body) => {
			const { token, lifeMs } = (body ?? {}) as Partial<Body>;
			return token === undefined ? undefined : { value: token, lifeMs: Number(lifeMs) };
		},
	};
}

/** The service that exchanges tokens: `token 1`, `token 2` and so on, each after 100 ms. */
function service(lifeMs = DAY_MS) {
	const state = { calls: 0, underWay: 0, mostAtOnce: 0 };
	const send = async (): Promise<Answer> => {
		const token = `token ${++state.calls}`;
		state.mostAtOnce = Math.max(state.mostAtOnce, ++state.underWay);
		await new Promise((resolve) => setTimeout(resolve, 100));
		state.underWay--;
		return { statusCode: 201, headers: {}, body: { token, lifeMs } satisfies Body };
	};
	return { state, send };
}

const fault = (kind: 'refused' | 'temporary') =>
	new ApiFault({ kind, message: `It is ${kind}` }, call, '400');

/** Lets 1 s go by, and gives what came of it. */
async function after<Result>(work: Promise<Result>, ms = 1_000): Promise<Result> {
	const settled = Promise.allSettled([work]);
	await jest.advanceTimersByTimeAsync(ms);
	const [outcome] = await settled;
	if (outcome.status === 'rejected') throw outcome.reason;
	return outcome.value;
}

it('exchanges once for all who ask for one account at a time', async () => {
	const { state, send } = service();
	const exchange = newExchange();
	const asking = Array.from({ length: 20 }, async () => await exchangedToken(exchange, send));
	expect(new Set(await after(Promise.all(asking)))).toEqual(new Set(['token 1']));
	expect(await exchangedToken(exchange, send)).toBe('token 1');
	expect(state.calls).toBe(1);
});

it('exchanges for several accounts side by side', async () => {
	const { state, send } = service();
	const asking = [newExchange(), newExchange(), newExchange()].map(
		async (exchange) => await exchangedToken(exchange, send),
	);
	expect(new Set(await after(Promise.all(asking))).size).toBe(3);
	expect(state).toMatchObject({ calls: 3, mostAtOnce: 3 });
});

it.each([
	['10 minutes before its end', DAY_MS, DAY_MS - 10 * MINUTE],
	['a tenth of a short life before its end', 20 * MINUTE, 18 * MINUTE],
])('exchanges anew %s', async (_when, lifeMs, until) => {
	const { send } = service(lifeMs);
	const exchange = newExchange();
	const askedAt = Date.now();
	expect(await after(exchangedToken(exchange, send))).toBe('token 1');
	// The life counts from the question on: the answer takes its time.
	jest.setSystemTime(askedAt + until - 1);
	expect(await after(exchangedToken(exchange, send), 0)).toBe('token 1');
	jest.setSystemTime(askedAt + until);
	expect(await after(exchangedToken(exchange, send))).toBe('token 2');
});

describe('A token that the service no longer accepts', () => {
	it('is exchanged anew', async () => {
		const { send } = service();
		const exchange = newExchange();
		forgetToken(exchange, await after(exchangedToken(exchange, send)));
		expect(await after(exchangedToken(exchange, send))).toBe('token 2');
	});

	it('takes none away that came meanwhile', async () => {
		const { state, send } = service();
		const exchange = newExchange();
		const first = await after(exchangedToken(exchange, send));
		forgetToken(exchange, first);
		await after(exchangedToken(exchange, send));
		// Late answers to calls that went with the first token.
		forgetToken(exchange, first);
		forgetToken(exchange, undefined);
		expect(await exchangedToken(exchange, send)).toBe('token 2');
		expect(state.calls).toBe(2);
	});
});

describe('An exchange that fails', () => {
	/** One who asks while another's exchange goes on that fails. */
	async function behind(reason: Error) {
		const { state, send } = service();
		const exchange = newExchange();
		const failing = async (): Promise<Answer> => {
			await new Promise((resolve) => setTimeout(resolve, 100));
			throw reason;
		};
		const first = exchangedToken(exchange, failing);
		const second = exchangedToken(exchange, send);
		const [one, other] = await after(Promise.allSettled([first, second]));
		return { state, one, other };
	}

	it.each([
		['was cancelled', new Cancelled()],
		['met a fault that is over', fault('temporary')],
	])('fails no other execution where it %s', async (_why, reason) => {
		const { state, one, other } = await behind(reason);
		expect(one).toMatchObject({ status: 'rejected', reason });
		expect(other).toMatchObject({ status: 'fulfilled', value: 'token 1' });
		expect(state.calls).toBe(1);
	});

	it('fails all who wait where the service has refused', async () => {
		const reason = fault('refused');
		const { state, one, other } = await behind(reason);
		expect([one, other]).toMatchObject([{ reason }, { reason }]);
		expect(state.calls).toBe(0);
	});

	it('is begun again by the next who asks', async () => {
		const { send } = service();
		const exchange = newExchange();
		const refuse = async (): Promise<Answer> => await Promise.reject(fault('refused'));
		await expect(exchangedToken(exchange, refuse)).rejects.toThrow('It is refused');
		expect(await after(exchangedToken(exchange, send))).toBe('token 1');
	});

	it('takes an answer without a token for none', async () => {
		const seen: Array<string | undefined> = [];
		const lackingSend = async ({ lacks }: Call): Promise<Answer> => {
			seen.push(lacks?.({}), lacks?.({ token: 'x', lifeMs: 1 }));
			return await Promise.reject(fault('temporary'));
		};
		await expect(exchangedToken(newExchange(), lackingSend)).rejects.toThrow();
		expect(seen).toEqual(['an answer without a token', undefined]);
	});
});

describe('An execution that is cancelled', () => {
	/** An exchange that the service cuts off after 100 ms, as it does for a cancelled execution. */
	const cut = async (): Promise<Answer> => {
		await new Promise((resolve) => setTimeout(resolve, 100));
		throw new Cancelled();
	};

	it('takes the token from no other, however many are cancelled one after the other', async () => {
		const { state, send } = service();
		const exchange = newExchange();
		const asking = [cut, cut, cut, send].map(async (one) => await exchangedToken(exchange, one));
		const ends = await after(Promise.allSettled(asking));
		expect(ends.map(({ status }) => status)).toEqual([
			...Array.from({ length: 3 }, () => 'rejected'),
			'fulfilled',
		]);
		expect(state.calls).toBe(1);
	});

	it('waits no longer for the exchange of another, which goes on', async () => {
		const { state, send } = service();
		const exchange = newExchange();
		const first = exchangedToken(exchange, send);
		const stop = new AbortController();
		const second = exchangedToken(exchange, send, stop.signal);
		const ended = expect(second).rejects.toThrow(Cancelled);
		await jest.advanceTimersByTimeAsync(10);
		stop.abort();
		await ended;
		expect(await after(first)).toBe('token 1');
		expect(state.calls).toBe(1);
	});
});

it('keeps a bounded number of tokens, and drops the oldest', async () => {
	const send = async (): Promise<Answer> =>
		await Promise.resolve({ statusCode: 201, headers: {}, body: { token: 'x', lifeMs: DAY_MS } });
	const exchanges = Array.from({ length: MOST_TOKENS + 60 }, () => newExchange());
	for (const exchange of exchanges) await exchangedToken(exchange, send);
	expect(tokensKept()).toBe(MOST_TOKENS);
	const again = service();
	expect(await exchangedToken(exchanges.at(-1) ?? newExchange(), again.send)).toBe('x');
	expect(await exchangedToken(exchanges[60], again.send)).toBe('x');
	expect(again.state.calls).toBe(0);
	expect(await after(exchangedToken(exchanges[0], again.send))).toBe('token 1');
	expect(tokensKept()).toBe(MOST_TOKENS);
});

it('has one exchange at a time for a key in every order of questions and ends of life', async () => {
	const steps = fc.array(
		fc.record({
			key: fc.nat(3),
			waitMs: fc.constantFrom(0, 50, 150, DAY_MS),
			forgets: fc.boolean(),
		}),
		{ minLength: 1, maxLength: 30 },
	);
	await fc.assert(
		fc.asyncProperty(steps, async (all) => {
			const exchanges = Array.from({ length: 4 }, () => newExchange());
			const services = exchanges.map(() => service());
			const answers: Array<Promise<string>> = [];
			for (const { key, waitMs, forgets } of all) {
				const answer = exchangedToken(exchanges[key], services[key].send);
				answers.push(answer);
				void answer.then((token) => forgets && forgetToken(exchanges[key], token));
				await jest.advanceTimersByTimeAsync(waitMs);
			}
			await after(Promise.all(answers));
			for (const { state } of services) expect(state.mostAtOnce).toBeLessThanOrEqual(1);
		}),
		{ numRuns: 50 },
	);
});
