/** How a node stands with a delivery's id. */
export type Standing = 'new' | 'under way' | 'done';

/** The ids of deliveries that are under way, and the last that are done; the oldest is forgotten first. */
export class RecentIds {
	private readonly underWay = new Set<string>();
	private readonly done = new Set<string>();

	constructor(private readonly limit: number) {}

	/** Says how the node stands with an id; a new one is under way from then on, until {@link end}. */
	begin(id: string): Standing {
		if (this.underWay.has(id)) return 'under way';
		if (this.done.delete(id)) {
			this.done.add(id);
			return 'done';
		}
		this.underWay.add(id);
		return 'new';
	}

	/** The delivery is over. One that is not done is forgotten: the next with its id is new. */
	end(id: string, isDone: boolean): void {
		this.underWay.delete(id);
		if (!isDone) return;
		this.done.add(id);
		if (this.done.size <= this.limit) return;
		const [oldest] = this.done;
		this.done.delete(oldest);
	}
}
