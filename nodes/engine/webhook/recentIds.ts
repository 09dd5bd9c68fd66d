/** The state of a delivery's id. */
export type Standing = 'new' | 'under way' | 'done';

/** The ids of the deliveries under way and of the newest done ones. The oldest done id is forgotten first. */
export class RecentIds {
	private readonly underWay = new Set<string>();
	private readonly done = new Set<string>();

	constructor(private readonly limit: number) {}

	/** Whether no delivery is under way. */
	get isIdle(): boolean {
		return this.underWay.size === 0;
	}

	/** How many ids are kept. */
	get size(): number {
		return this.underWay.size + this.done.size;
	}

	/** The state of an id. A new id is under way from this call until {@link end}. */
	begin(id: string): Standing {
		if (this.underWay.has(id)) return 'under way';
		if (this.done.delete(id)) {
			this.done.add(id);
			return 'done';
		}
		this.underWay.add(id);
		return 'new';
	}

	/** Ends a delivery. The id of a delivery that is not done is forgotten: the next one with it is new. */
	end(id: string, isDone: boolean): void {
		this.underWay.delete(id);
		if (!isDone) return;
		this.done.add(id);
		if (this.done.size <= this.limit) return;
		const [oldest] = this.done;
		this.done.delete(oldest);
	}
}
