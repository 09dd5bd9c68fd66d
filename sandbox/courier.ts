import { Agent } from 'node:http';
import axios from 'axios';
import type { Settings } from './settings';

/** One thing to deliver and how it went: one attempt per try; status 0 means that nothing answered. */
export interface Attempts {
	attempts: Array<{ at: string; status: number }>;
	delivered: boolean;
}

export interface Parcel {
	url: string;
	/** As it goes over the wire. */
	body: string;
	headers: Record<string, string>;
}

/** Brings webhooks of either service to their receivers, and comes again after a failure. */
export class Courier {
	private readonly timers = new Set<NodeJS.Timeout>();
	private stopping = new AbortController();
	private readonly agent = new Agent({ keepAlive: true });

	constructor(private readonly settings: Settings) {}

	/**
	 * Resolves after the first try; a receiver that answers no 2xx is tried again after the next
	 * delay. `parcel` is asked before each try: undefined when the receiver is gone.
	 */
	async deliver(
		delivery: Attempts,
		parcel: () => Parcel | undefined,
		delays: () => number[],
	): Promise<void> {
		const { signal } = this.stopping;
		const sent = parcel();
		if (sent === undefined || signal.aborted) return;
		const attempt = { at: new Date().toISOString(), status: 0 };
		delivery.attempts.push(attempt);
		attempt.status = await this.post(sent, signal);
		delivery.delivered = attempt.status >= 200 && attempt.status < 300;
		const delay = delays()[delivery.attempts.length - 1];
		// What a reset forgot while this try was under way is not tried again.
		if (delivery.delivered || delay === undefined || signal.aborted) return;
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			void this.deliver(delivery, parcel, delays);
		}, delay);
		this.timers.add(timer);
	}

	/** Gives up everything that was still to be repeated. */
	clear(): void {
		this.stopping.abort();
		this.stopping = new AbortController();
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
	}

	close(): void {
		this.clear();
		this.stopping.abort();
		this.agent.destroy();
	}

	/** The status of the answer; 0 when there was none. */
	private async post({ url, body, headers }: Parcel, signal: AbortSignal): Promise<number> {
		try {
			const { status } = await axios.post(url, body, {
				headers: { 'Content-Type': 'application/json', ...headers },
				timeout: this.settings.webhookTimeoutMs,
				signal,
				httpAgent: this.agent,
				maxRedirects: 0,
				proxy: false,
				// The body is what was signed: nothing may write it anew.
				transformRequest: (data: unknown) => data,
				validateStatus: () => true,
			});
			return status;
		} catch {
			return 0;
		}
	}
}
