import type { ContactAct } from './contactActs';
import type { Edits } from './edits';
import type { Faults } from './faults';
import type { Flood, FloodResult } from './flood';
import type { WrittenByUser } from './ghl/providerMessages';
import type { Message } from './ghl/records';
import type { GhlWebhooks } from './ghl/webhooks/sender';
import type { SentEvent } from './heyreach/events';
import type { WorkspaceEvent } from './heyreach/workspaceEvents';
import type { OAuth } from './oauth/oauth';
import type { RequestLog } from './requestLog';
import type { Settings } from './settings';
import type { Counters } from './slidingWindow';
import type { SandboxState } from './state';
import type { SubAccounts } from './subAccounts';

/** A first step for somebody who has just opened the page. */
export interface TourStep {
	text: string;
	/** Where to do it. */
	url?: string;
}

export interface Sandbox {
	/** The page and the control API (`/control`). */
	url: string;
	ghlUrl: string;
	heyReachUrl: string;
	/** Where an app asks to be let in: `${marketplaceUrl}/v2/oauth/chooselocation`. */
	marketplaceUrl: string;
	settings: Settings;
	state: SandboxState;
	requests: RequestLog;
	faults: Faults;
	/** Changes that come from no call, as people in the app make them, and the log of them. */
	edits: Edits;
	/** What came in at the rate limits of the services since the last reset. */
	counters(): { highlevel: Counters; heyreach: Counters };
	/** HighLevel's tokens: expire and revoke them, count them, or issue some without the dance. */
	oauth: OAuth;
	/** HighLevel's locations, as their agency pauses and resumes them, and adds and removes the app. */
	subAccounts: SubAccounts;
	/**
	 * Sends an event to the webhooks of its workspace that want it; throws when the workspace, the
	 * lead or the campaign does not exist.
	 */
	sendHeyReachEvent(event: WorkspaceEvent): Promise<SentEvent>;
	/** HighLevel's webhooks: what the app listens to, what was delivered, and events sent by hand. */
	ghlWebhooks: GhlWebhooks;
	/**
	 * A user of HighLevel writes a message through a conversation provider of the app; throws when
	 * there is no such contact or provider.
	 */
	writeAsUser(message: WrittenByUser): Message;
	/**
	 * A contact replies or books, or a user of HighLevel tags it or makes a task: the records change, and
	 * HighLevel's webhooks tell of it. Throws when there is no such contact, or no free time to book.
	 */
	actOnContact(contactId: string, act: { act: ContactAct; text?: string }): void;
	/** Many events at once, over parallel connections, some twice and in no order. */
	flood(options: Flood): Promise<FloodResult>;
	/** What the page shows as first steps; whoever starts the sandbox knows what stands around it. */
	tour: TourStep[];
	/** The location and the workspace that the page shows until somebody chooses others. */
	shownFirst: { location?: string; workspace?: number };
	/** Back to the start: data, settings, log, faults and rate limits. */
	reset(): void;
	close(): Promise<void>;
}
