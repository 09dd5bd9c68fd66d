interface Entry<Value> {
	value: Value;
	weight: number;
}

/**
 * Values by key, each made when it is first asked for. n8n runs for months, and accounts and workflows come
 * and go: so when all weigh more than `most`, the one goes that nobody asked for the longest, unless it is in
 * use.
 */
export class BoundedMap<Value> {
	/** The one that was asked for last is the last. */
	private readonly byKey = new Map<string, Entry<Value>>();
	private total = 0;

	/**
	 * @param most what all values may weigh; without `weightOf` it is their number
	 * @param isIdle whether a value can be made anew without loss
	 * @param weightOf what a value weighs; it is weighed each time that somebody asks for it
	 */
	constructor(
		private readonly most: number,
		private readonly isIdle: (value: Value) => boolean,
		private readonly weightOf: (value: Value) => number = () => 1,
	) {}

	get size(): number {
		return this.byKey.size;
	}

	/** What all values weighed when they were asked for last. */
	get weight(): number {
		return this.total;
	}

	/** The value of a key; a new one where there is none. */
	of(key: string, make: () => Value): Value {
		const known = this.byKey.get(key);
		const value = known ? known.value : make();
		const weight = this.weightOf(value);
		const gain = weight - (known?.weight ?? 0);
		this.byKey.delete(key);
		this.total += gain;
		if (gain > 0) this.makeRoom();
		this.byKey.set(key, { value, weight });
		return value;
	}

	private makeRoom(): void {
		for (const [key, { value, weight }] of this.byKey) {
			if (this.total <= this.most) return;
			if (!this.isIdle(value)) continue;
			this.byKey.delete(key);
			this.total -= weight;
		}
	}
}
