import type { ApiFault } from './errors';
import type { Call, Problem } from '../operation';

type About = NonNullable<Problem['about']>;

/** What became of the calls that a refusal would be about, in this run. */
interface Seen {
	worked: boolean;
	/** Since one worked. */
	refusals: number;
	fault?: ApiFault;
}

/**
 * The refusals of one run that are about the account and not about a record: of the token, the key,
 * a scope. What would meet the same is not sent. Where the same calls have worked before in the run,
 * one refusal may be a slip of the service: then the second in a row counts.
 */
export class SharedRefusals {
	private readonly seen = new Map<string, Seen>();

	/** The refusal that this call would meet. */
	of(call: Call): ApiFault | undefined {
		return this.seenOf(call, 'account').fault ?? this.seenOf(call, 'endpoint').fault;
	}

	worked(call: Call): void {
		for (const about of ['account', 'endpoint'] as const) {
			Object.assign(this.seenOf(call, about), { worked: true, refusals: 0 });
		}
	}

	refused(call: Call, fault: ApiFault): void {
		const { about } = fault.problem;
		if (!about) return;
		const seen = this.seenOf(call, about);
		seen.refusals++;
		if (!seen.worked || seen.refusals > 1) seen.fault ??= fault;
	}

	/** Those that kept calls from being sent. */
	get all(): ApiFault[] {
		return [...this.seen.values()].flatMap(({ fault }) => fault ?? []);
	}

	private seenOf({ method, template }: Call, about: About): Seen {
		const key = about === 'account' ? about : `${method} ${template}`;
		let seen = this.seen.get(key);
		if (!seen) this.seen.set(key, (seen = { worked: false, refusals: 0 }));
		return seen;
	}
}
