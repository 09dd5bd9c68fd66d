import { randomUUID } from 'node:crypto';
import { Courier } from '../courier';
import type { Settings } from '../settings';
import { record, say } from './chatrooms';
import { eventPayload, sevenDecimals, testPayload } from './payload';
import type { Spelling } from './payload';
import type {
	ActivityKind,
	Campaign,
	CampaignLead,
	Chatroom,
	Delivery,
	Lead,
	Webhook,
} from './records';
import { findLead } from './route';
import type { EventType } from './webhooks';
import type { WorkspaceData } from './workspace';

export interface HeyReachEvent {
	eventType: EventType;
	/** The lead's linkedin_id. A lead is named by it or by `profileUrl`; CAMPAIGN_COMPLETED needs none. */
	leadId?: string;
	profileUrl?: string;
	/** null: outside any campaign. Absent: the first campaign the lead is in. */
	campaignId?: number | null;
	/** `event_type` in upper case instead of lower. */
	upperCase?: boolean;
	omitEventType?: boolean;
	/** An event of a tag without nesting; an automatic tag comes so in any case, in camelCase. */
	flat?: Spelling;
	message?: string;
	/** The message is a file, without a text. */
	attachment?: boolean;
	/** One that was sent before: the same payload goes out again. */
	correlationId?: string;
	/** With `correlationId`: the same event again with the time of so many days later. */
	daysLater?: number;
	/** What the Test button of HeyReach's page sends: the same each time, about nobody. */
	test?: boolean;
}

export interface SentEvent {
	correlationId: string;
	/** After the first try of each; retries go on behind. */
	deliveries: Delivery[];
}

/** These two are workspace-wide: a webhook's campaign list does not narrow them. */
const WORKSPACE_WIDE: string[] = ['EVERY_MESSAGE_REPLY_RECEIVED', 'LEAD_TAG_UPDATED'];

/** What an event means for the lead's row in its campaign. */
const PROGRESS: Partial<Record<EventType, Partial<CampaignLead>>> = {
	CONNECTION_REQUEST_SENT: { leadConnectionStatus: 'ConnectionSent' },
	CONNECTION_REQUEST_ACCEPTED: { leadConnectionStatus: 'ConnectionAccepted' },
	MESSAGE_SENT: { leadMessageStatus: 'MessageSent' },
	INMAIL_SENT: { leadMessageStatus: 'MessageSent' },
	MESSAGE_REPLY_RECEIVED: { leadMessageStatus: 'MessageReply', leadCampaignStatus: 'Finished' },
	INMAIL_REPLY_RECEIVED: { leadMessageStatus: 'MessageReply', leadCampaignStatus: 'Finished' },
};

/** What an event is for the statistics. */
const KINDS: Partial<Record<EventType, ActivityKind>> = {
	CONNECTION_REQUEST_SENT: 'connectionSent',
	CONNECTION_REQUEST_ACCEPTED: 'connectionAccepted',
	MESSAGE_SENT: 'message',
	MESSAGE_REPLY_RECEIVED: 'messageReply',
	INMAIL_SENT: 'inMail',
	INMAIL_REPLY_RECEIVED: 'inMailReply',
	FOLLOW_SENT: 'follow',
	LIKED_POST: 'postLike',
	VIEWED_PROFILE: 'profileView',
	LEAD_AUTO_TAGGED_POSITIVE: 'interested',
	LEAD_AUTO_TAGGED_INTERESTED: 'interested',
	LEAD_AUTO_TAGGED_NOT_INTERESTED: 'otherAutoTag',
	LEAD_AUTO_TAGGED_GENERIC: 'otherAutoTag',
};

interface Talk {
	isReply: boolean;
	isInMail: boolean;
}

/** The events that are a message, and whose. */
const TALK: Partial<Record<EventType, Talk>> = {
	MESSAGE_SENT: { isReply: false, isInMail: false },
	MESSAGE_REPLY_RECEIVED: { isReply: true, isInMail: false },
	EVERY_MESSAGE_REPLY_RECEIVED: { isReply: true, isInMail: false },
	INMAIL_SENT: { isReply: false, isInMail: true },
	INMAIL_REPLY_RECEIVED: { isReply: true, isInMail: true },
};

interface Recorded {
	eventType: EventType;
	campaignId: number | undefined;
	payload: Record<string, unknown>;
}

/** Sends events of one workspace to the webhooks registered in it, and repeats what failed. */
export class WebhookSender {
	private readonly recorded = new Map<string, Recorded>();
	private readonly courier: Courier;

	constructor(
		private readonly state: WorkspaceData,
		private readonly settings: Settings,
	) {
		this.courier = new Courier(settings);
	}

	/** Throws when the lead or the campaign does not exist. */
	async send(event: HeyReachEvent): Promise<SentEvent> {
		const correlationId = event.correlationId ?? randomUUID();
		const recorded = this.recordedOf(event, correlationId);
		const receivers = [...this.state.webhooks.values()].filter(
			(webhook) => wants(webhook, recorded, event) && this.isImported(event, recorded),
		);
		const deliveries = receivers.map((webhook) => this.open(webhook, correlationId));
		const payload = later(recorded.payload, event.daysLater ?? 0);
		await Promise.all(deliveries.map((delivery) => this.deliver(delivery, payload)));
		return { correlationId, deliveries };
	}

	private recordedOf(event: HeyReachEvent, correlationId: string): Recorded {
		const { eventType, test } = event;
		if (test === true) return { eventType, campaignId: undefined, payload: testPayload(eventType) };
		return this.recorded.get(correlationId) ?? this.record(event, correlationId);
	}

	/** Conversations outside of campaigns are HeyReach's only with its switch on. */
	private isImported({ test }: HeyReachEvent, { eventType, campaignId }: Recorded): boolean {
		const needsSwitch = WORKSPACE_WIDE.includes(eventType) && campaignId === undefined;
		return test === true || !needsSwitch || this.settings.trackAllConversations;
	}

	/** Gives up what was still to be repeated. */
	close(): void {
		this.courier.close();
	}

	/** What the event did happens here: to the lead's progress, the inbox, the network, the statistics. */
	private record(event: HeyReachEvent, correlationId: string): Recorded {
		const lead = this.leadOf(event);
		const campaign = this.campaignOf(event, lead);
		const row = campaign?.leads.find(({ linkedinId }) => linkedinId === lead?.linkedinId);
		const progress = PROGRESS[event.eventType];
		if (row !== undefined && progress !== undefined) {
			const lastActionTime = new Date().toISOString();
			Object.assign(row, { leadCampaignStatus: 'InSequence', lastActionTime, ...progress });
		}
		if (event.eventType === 'CAMPAIGN_COMPLETED' && campaign) campaign.status = 'FINISHED';
		const chatroom = lead && this.happened(event, lead, campaign, row);
		const payload = eventPayload(this.state, {
			...event,
			flat: event.flat ?? (event.eventType.startsWith('LEAD_AUTO_TAGGED') ? 'camel' : undefined),
			correlationId,
			lead,
			campaign,
			chatroom,
		});
		const recorded = { eventType: event.eventType, campaignId: campaign?.id, payload };
		this.recorded.set(correlationId, recorded);
		return recorded;
	}

	private happened(
		{ eventType, message, attachment }: HeyReachEvent,
		lead: Lead,
		campaign: Campaign | undefined,
		row: CampaignLead | undefined,
	): Chatroom | undefined {
		const [anySender] = this.state.senders.keys();
		const accountId = row?.senderId ?? campaign?.accountIds[0] ?? anySender;
		if (accountId === undefined) return undefined;
		const { linkedinId } = lead;
		const at = new Date().toISOString();
		const kind = KINDS[eventType];
		if (kind !== undefined) {
			record(this.state, kind, { accountId, linkedinId, campaignId: campaign?.id ?? null, at });
		}
		const connections = this.state.senders.get(accountId)?.connections ?? [];
		if (kind === 'connectionAccepted' && !connections.includes(linkedinId)) {
			connections.push(linkedinId);
		}
		const talk = TALK[eventType];
		if (talk === undefined) return undefined;
		const text = { accountId, lead, campaign, isInMail: talk.isInMail };
		const opened = say(this.state, {
			...text,
			isReply: talk.isReply,
			body: message ?? (talk.isReply ? 'Sounds good, tell me more.' : 'Hello!'),
			isAttachment: attachment,
			at,
		});
		if (talk.isReply && opened.messages.length === 1) {
			// Nobody answers what was never said.
			opened.messages.unshift({
				...opened.messages[0],
				createdAt: new Date(Date.parse(at) - 3_600_000).toISOString(),
				body: `Hi ${lead.firstName}, shall we talk?`,
				sender: 'ME',
				isAttachment: undefined,
			});
		}
		return opened;
	}

	private leadOf({ eventType, leadId, profileUrl }: HeyReachEvent): Lead | undefined {
		const lead = findLead(this.state, { linkedinId: leadId, profileUrl });
		const needed = eventType !== 'CAMPAIGN_COMPLETED' || leadId !== undefined || profileUrl;
		if (lead === undefined && needed) {
			throw new Error(`No lead ${leadId ?? profileUrl ?? '(name one by leadId or profileUrl)'}`);
		}
		return lead;
	}

	private campaignOf({ campaignId }: HeyReachEvent, lead: Lead | undefined): Campaign | undefined {
		if (campaignId === null) return undefined;
		const campaigns = [...this.state.campaigns.values()];
		if (campaignId === undefined) {
			return campaigns.find(({ leads }) =>
				leads.some(({ linkedinId }) => linkedinId === lead?.linkedinId),
			);
		}
		const campaign = this.state.campaigns.get(campaignId);
		if (campaign === undefined) throw new Error(`No campaign ${campaignId}`);
		return campaign;
	}

	private open(webhook: Webhook, correlationId: string): Delivery {
		const delivery: Delivery = {
			id: this.state.ids.nextNumber('delivery'),
			webhookId: webhook.id,
			url: webhook.webhookUrl.replace(/[?#].*$/, ''),
			eventType: webhook.eventType,
			correlationId,
			attempts: [],
			delivered: false,
		};
		this.state.deliveries.push(delivery);
		return delivery;
	}

	/** A webhook that was deleted or changed meanwhile gets its repeats accordingly. */
	private deliver(delivery: Delivery, payload: Record<string, unknown>): Promise<void> {
		const body = JSON.stringify(payload);
		return this.courier.deliver(
			delivery,
			() => {
				const webhook = this.state.webhooks.get(delivery.webhookId);
				return webhook && { url: webhook.webhookUrl, body, headers: webhook.customHeaders };
			},
			() => this.settings.retryDelaysMs,
		);
	}
}

function later(payload: Record<string, unknown>, days: number): Record<string, unknown> {
	if (days === 0 || typeof payload.timestamp !== 'string') return payload;
	const at = Date.parse(payload.timestamp) + days * 24 * 60 * 60 * 1000;
	return { ...payload, timestamp: sevenDecimals(new Date(at).toISOString()) };
}

const wants = (
	webhook: Webhook,
	{ eventType, campaignId }: Recorded,
	{ test = false }: HeyReachEvent,
): boolean =>
	webhook.isActive &&
	webhook.eventType === eventType &&
	(test ||
		webhook.campaignIds.length === 0 ||
		WORKSPACE_WIDE.includes(eventType) ||
		(campaignId !== undefined && webhook.campaignIds.includes(campaignId)));
