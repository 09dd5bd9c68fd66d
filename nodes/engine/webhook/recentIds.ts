import { now } from '../monotonicClock';

/** A delivery that n8n has not answered yet. */
export interface UnderWay {
	/** From this moment on (ms, by the engine's clock) its answer counts as lost. */
	lostAt: number;
}

/** The ids of the deliveries under way and of the newest done ones. The oldest done id is forgotten first. */
export class RecentIds {
	private readonly underWay = new Map<string, UnderWay>();
	private readonly done = new Set<string>();

	constructor(private readonly limit: number) {}

	/** Whether no delivery is under way. */
	get isIdle(): boolean {
		return [...this.underWay.values()].every(({ lostAt }) => lostAt <= now());
	}

	/** How many ids are kept. */
	get size(): number {
		return this.underWay.size + this.done.size;
	}

	/** The state of an id. A new one is under way from this call until {@link end}, or until it is lost. */
	begin(id: string): UnderWay | 'under way' | 'done' {
		this.forgetLost();
		const known = this.underWay.get(id);
		if (known && known.lostAt > now()) return 'under way';
		if (this.done.delete(id)) {
			this.done.add(id);
			return 'done';
		}
		const delivery = { lostAt: Infinity };
		this.underWay.set(id, delivery);
		return delivery;
	}

	/**
	 * Ends a delivery. The id of a delivery that is not done is forgotten: the next one with it is new. One
	 * that was lost, and has a successor, is over already.
	 */
	end(id: string, delivery: UnderWay, isDone: boolean): void {
		if (this.underWay.get(id) !== delivery) return;
		this.underWay.delete(id);
		if (!isDone) return;
		this.done.add(id);
		if (this.done.size <= this.limit) return;
		const [oldest] = this.done;
		this.done.delete(oldest);
	}

	private forgetLost(): void {
		for (const [id, { lostAt }] of this.underWay) {
			if (lostAt > now()) return;
			this.underWay.delete(id);
		}
	}
}
