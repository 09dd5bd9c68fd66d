/** The last ids that came by; the oldest is forgotten first. */
export class RecentIds {
	private readonly ids = new Set<string>();

	constructor(private readonly limit: number) {}

	/** Notes an id and says whether it was there already. */
	isRepeat(id: string): boolean {
		const repeat = this.ids.delete(id);
		this.ids.add(id);
		if (this.ids.size > this.limit) {
			const [oldest] = this.ids;
			this.ids.delete(oldest);
		}
		return repeat;
	}

	/** The next one with this id is no repeat. */
	forget(id: string): void {
		this.ids.delete(id);
	}
}
