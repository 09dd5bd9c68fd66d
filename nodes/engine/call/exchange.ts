import { now } from '../monotonicClock';
import type { Answer, Call, ExchangedToken, TokenExchange } from '../operation';
import { unlessCancelled } from './pace';
import { ApiFault, Cancelled } from './errors';

/** A token is exchanged anew this long (ms) before its end, or a tenth of its life if that is less. */
const MARGIN_MS = 600_000;

/** The most tokens that are kept. The one that was made first goes first. */
export const MOST_TOKENS = 1_000;

interface Kept {
	value: string;
	/** When it is exchanged anew (monotonic ms). */
	until: number;
}

/** By the key of the exchange. In memory alone: nothing of it is stored or logged. */
const kept = new Map<string, Kept>();
const underWay = new Map<string, Promise<Kept>>();

/**
 * The token of an account, exchanged for the credential's own token. One exchange at a time goes on for an
 * account, whoever waits for it; how many go on at once is the limit of the account that owns them.
 *
 * @param signal of the execution that asks; one that is cancelled no longer waits for the exchange of another
 * @throws what `send` throws; ApiFault for an answer without a token; Cancelled
 */
export async function exchangedToken(
	exchange: TokenExchange,
	send: (call: Call) => Promise<Answer>,
	signal?: AbortSignal,
): Promise<string> {
	const { key } = exchange;
	for (let faults = 0; ; ) {
		const known = kept.get(key);
		if (known && now() < known.until) return known.value;
		const others = underWay.get(key);
		const token = others ? unlessCancelled(others, signal) : begin(exchange, send);
		const [outcome] = await Promise.allSettled([token]);
		if (outcome.status === 'fulfilled') return outcome.value.value;
		const reason: unknown = outcome.reason;
		if (!others || signal?.aborted) throw reason;
		// The execution that sent it was cancelled, and this one was not.
		if (reason instanceof Cancelled) continue;
		// It may have met a fault that is over.
		const isFinal = reason instanceof ApiFault && reason.problem.kind === 'refused';
		if (isFinal || ++faults > 1) throw reason;
	}
}

/** A token that the service no longer accepts. It stays if it was exchanged anew meanwhile. */
export function forgetToken({ key }: TokenExchange, token: string | undefined): void {
	if (kept.get(key)?.value === token) kept.delete(key);
}

/** How many tokens are kept now. */
export const tokensKept = (): number => kept.size;

async function begin(
	exchange: TokenExchange,
	send: (call: Call) => Promise<Answer>,
): Promise<Kept> {
	const running = make(exchange, send);
	underWay.set(exchange.key, running);
	try {
		return await running;
	} finally {
		underWay.delete(exchange.key);
	}
}

async function make(
	{ key, call, tokenIn }: TokenExchange,
	send: (call: Call) => Promise<Answer>,
): Promise<Kept> {
	const askedAt = now();
	const lacks = (body: unknown) => (tokenIn(body) ? undefined : 'an answer without a token');
	const { body } = await send({ ...call, lacks });
	const { value, lifeMs } = tokenIn(body) as ExchangedToken;
	const token = { value, until: askedAt + lifeMs - Math.min(MARGIN_MS, lifeMs / 10) };
	kept.delete(key);
	kept.set(key, token);
	if (kept.size > MOST_TOKENS) kept.delete(kept.keys().next().value as string);
	return token;
}
