import type { FastifyInstance } from 'fastify';

/** One call of `POST /oauth/locationToken`; of the token it knows nothing. */
export interface Mint {
	/** '' where the form named none. */
	locationId: string;
	/** ISO times; null while it is under way. */
	startedAt: string;
	endedAt: string | null;
	/** 0 while it is under way, and where no answer was written. */
	status: number;
}

export const MINT_PATH = '/oauth/locationToken';

/** Every mint since the last reset, those that were refused too. */
export class MintLog {
	private mints: Mint[] = [];
	/** Each mint stands here twice: where it began, and where it ended. */
	private events: Array<{ mint: Mint; step: 1 | -1 }> = [];

	/** Oldest first. */
	list(): Mint[] {
		return this.mints.map((mint) => ({ ...mint }));
	}

	/** Number of mints by location id. */
	perLocation(): Record<string, number> {
		const counts: Record<string, number> = {};
		for (const { locationId } of this.mints) counts[locationId] = (counts[locationId] ?? 0) + 1;
		return counts;
	}

	/** The most mints (for that location) that were under way at one time. */
	mostAtOnce(locationId?: string): number {
		let most = 0;
		let now = 0;
		for (const { mint, step } of this.events) {
			if (mint.locationId !== (locationId ?? mint.locationId)) continue;
			now += step;
			most = Math.max(most, now);
		}
		return most;
	}

	clear(): void {
		this.mints = [];
		this.events = [];
	}

	/** Notes the mints that come to the service: from their first byte on, delays and faults included. */
	watch(app: FastifyInstance): void {
		app.addHook('onRequest', async (request, reply) => {
			if (!request.routeOptions.url?.endsWith(MINT_PATH)) return;
			const mint = this.begin();
			// Not `writableFinished`, which Node 20 and 22 set for a lost answer too.
			reply.raw.once('finish', () => (mint.status = reply.raw.statusCode));
			reply.raw.once('close', () => {
				const { locationId } = (request.body ?? {}) as { locationId?: unknown };
				if (typeof locationId === 'string') mint.locationId = locationId;
				mint.endedAt = new Date().toISOString();
				this.events.push({ mint, step: -1 });
			});
		});
	}

	private begin(): Mint {
		const startedAt = new Date().toISOString();
		const mint: Mint = { locationId: '', startedAt, endedAt: null, status: 0 };
		this.mints.push(mint);
		this.events.push({ mint, step: 1 });
		return mint;
	}
}
