/** A budget that keeps a place for the second call of a pair. */
interface PlaceKeeper {
	giveUp(pair: CallPair): void;
}

/**
 * Two calls that follow each other at once: a look at a record, and the write that it allows. The first is
 * sent only where there is a place for both, and nobody else gets the place of the second. So an edit by
 * somebody else between them is unlikely.
 */
export class CallPair {
	/** The budgets that keep a place for the second call. */
	readonly keptBy = new Set<PlaceKeeper>();
	private isBegun = false;

	/** @returns whether the call that goes out is the second one */
	next(): boolean {
		const isSecond = this.isBegun;
		this.isBegun = true;
		return isSecond;
	}

	/** No second call follows, or it is sent. */
	end(): void {
		for (const budget of this.keptBy) budget.giveUp(this);
	}
}
