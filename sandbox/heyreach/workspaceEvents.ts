import { SANDBOX } from '../accounts';
import type { Settings } from '../settings';
import type { SandboxState } from '../state';
import { WebhookSender } from './events';
import type { HeyReachEvent, SentEvent } from './events';

/** An event of one of the workspaces. */
export interface WorkspaceEvent extends HeyReachEvent {
	/** The one that `SANDBOX.heyReachKey` opens where absent. */
	workspaceId?: number;
}

/** Sends each event to the webhooks of its own workspace alone. */
export class WorkspaceEvents {
	private readonly senders = new Map<number, WebhookSender>();

	constructor(
		private readonly state: SandboxState,
		private readonly settings: Settings,
	) {}

	/** Throws when the workspace, the lead or the campaign does not exist. */
	async send({
		workspaceId = SANDBOX.heyReachWorkspaceId,
		...event
	}: WorkspaceEvent): Promise<SentEvent> {
		if (!this.state.workspaces.has(workspaceId)) throw new Error(`No workspace ${workspaceId}`);
		const sender =
			this.senders.get(workspaceId) ??
			new WebhookSender(this.state.workspace(workspaceId), this.settings);
		this.senders.set(workspaceId, sender);
		return await sender.send(event);
	}

	/** Forgets what was sent and what was still to be repeated. */
	clear(): void {
		this.close();
		this.senders.clear();
	}

	close(): void {
		for (const sender of this.senders.values()) sender.close();
	}
}
