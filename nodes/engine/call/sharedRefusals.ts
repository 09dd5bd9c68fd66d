import type { ApiFault } from './errors';
import type { Account, Call, Problem } from '../operation';

type About = NonNullable<Problem['about']>;

/** The calls of this run so far, of the whole account or of one endpoint. */
interface Seen {
	worked: boolean;
	/** In a row, since the last success. */
	refusals: number;
	fault?: ApiFault;
}

/**
 * The refusals of one run that are about an account or an endpoint (token, key, scope), not about a
 * record. A call that would meet the same refusal is not sent. After a success in the same run a
 * single refusal may be a slip of the service, so the second refusal in a row counts.
 */
export class SharedRefusals {
	private readonly seen = new Map<string, Seen>();

	/** The known refusal that this call would meet. */
	of(account: Account, call: Call): ApiFault | undefined {
		return (
			this.seenOf(account, call, 'account').fault ?? this.seenOf(account, call, 'endpoint').fault
		);
	}

	worked(account: Account, call: Call): void {
		for (const about of ['account', 'endpoint'] as const) {
			Object.assign(this.seenOf(account, call, about), { worked: true, refusals: 0 });
		}
	}

	refused(account: Account, call: Call, fault: ApiFault): void {
		const { about } = fault.problem;
		if (!about) return;
		const seen = this.seenOf(account, call, about);
		seen.refusals++;
		if (!seen.worked || seen.refusals > 1) seen.fault ??= fault;
	}

	/** The refusals because of which calls were not sent. */
	get all(): ApiFault[] {
		return [...this.seen.values()].flatMap(({ fault }) => fault ?? []);
	}

	private seenOf({ budgetKey }: Account, { method, template }: Call, about: About): Seen {
		const key = `${budgetKey} ${about === 'account' ? about : `${method} ${template}`}`;
		let seen = this.seen.get(key);
		if (!seen) this.seen.set(key, (seen = { worked: false, refusals: 0 }));
		return seen;
	}
}
