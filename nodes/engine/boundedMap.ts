/**
 * Values by key, each made when it is first asked for. n8n runs for months, and accounts and workflows come
 * and go: so beyond `most` values the one goes that nobody asked for the longest, unless it is in use.
 */
export class BoundedMap<Value> {
	/** The one that was asked for last is the last. */
	private readonly byKey = new Map<string, Value>();

	/**
	 * @param most how many values are kept
	 * @param isIdle whether a value can be made anew without loss
	 */
	constructor(
		private readonly most: number,
		private readonly isIdle: (value: Value) => boolean,
	) {}

	get size(): number {
		return this.byKey.size;
	}

	/** The value of a key; a new one where there is none. */
	of(key: string, make: () => Value): Value {
		const known = this.byKey.get(key);
		const value = known ?? make();
		this.byKey.delete(key);
		if (known === undefined) this.makeRoom();
		this.byKey.set(key, value);
		return value;
	}

	private makeRoom(): void {
		for (const [key, value] of this.byKey) {
			if (this.byKey.size < this.most) return;
			if (this.isIdle(value)) this.byKey.delete(key);
		}
	}
}
