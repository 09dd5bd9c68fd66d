import { randomUUID } from 'node:crypto';
import type { Change } from '../../changes';
import { Courier } from '../../courier';
import type { Attempts } from '../../courier';
import { APP } from '../../oauth/app';
import type { InstallationChange } from '../../oauth/installations';
import type { Settings } from '../../settings';
import type { SandboxState } from '../../state';
import { fullName } from '../contactWrites';
import type { Message } from '../records';
import { consequences } from './consequences';
import { EVENT_TYPES } from './eventTypes';
import { signatureHeaders } from './keys';
import type { Signature } from './keys';
import { anyPayload, installationPayload, providerPayload, recordPayload } from './payloads';
import type { Payload } from './payloads';

/** What a marketplace app is set to: one address for the events that are switched on. */
export interface Subscription {
	url: string;
	/** Names of events; absent: all. INSTALL and UNINSTALL come anyway. */
	events?: string[];
	/** Whether the RSA header goes along, as it did until 2026. */
	legacySignature?: boolean;
}

export interface GhlEvent {
	/** As `type` names it. Any text is sent, known or not. */
	type: string;
	/** The record it tells about; the first of its kind where absent. */
	recordId?: string;
	/** Laid over the payload. */
	payload?: Payload;
	/** Keys the payload lacks. */
	omit?: string[];
	/** One that was sent before: a repeat. */
	webhookId?: string;
	signature?: Signature;
	/** Another receiver than the app's. */
	url?: string;
}

/** The workflow action "Custom Webhook": unsigned, without an envelope, to an address of its own. */
export interface WorkflowWebhook {
	url: string;
	headers?: Record<string, string>;
	contactId?: string;
	payload?: Payload;
}

export interface GhlDelivery extends Attempts {
	id: number;
	/** Empty for the workflow action and for what goes to a conversation provider. */
	webhookId: string;
	type: string;
	/** Without its query, where a receiver may keep a secret. */
	url: string;
	/** As it was sent. */
	body: string;
	resentFrom?: number;
}

interface Told {
	url: string;
	headers: Record<string, string>;
}

const MAX_DELIVERIES = 20_000;

const wants = ({ events = EVENT_TYPES }: Subscription, type: string): boolean =>
	['INSTALL', 'UNINSTALL'].includes(type) || events.includes(type);

/** Sends HighLevel's events, signed, to the addresses of the apps, and repeats what failed. */
export class GhlWebhooks {
	/** One for each marketplace app that is let in. */
	subscriptions: Subscription[] = [];
	deliveries: GhlDelivery[] = [];
	private readonly courier: Courier;
	/** How each delivery was addressed, for a resend. */
	private readonly told = new WeakMap<GhlDelivery, Told>();
	private underWay = new Set<Promise<unknown>>();

	constructor(
		private readonly state: SandboxState,
		private readonly settings: Settings,
	) {
		this.courier = new Courier(settings);
	}

	/** The first app's. */
	get subscription(): Subscription | undefined {
		return this.subscriptions[0];
	}

	/** One app takes the place of all; none where undefined. */
	set subscription(only: Subscription | undefined) {
		this.subscriptions = only === undefined ? [] : [only];
	}

	/** Tells the apps what a call over the API changed. What hung on a deleted contact goes unmentioned. */
	tell(changes: Change[]): void {
		const gone = changes.flatMap(({ kind, before, after }) =>
			kind === 'contact' && after === undefined && before !== undefined ? [before.id] : [],
		);
		for (const change of changes) {
			const record = change.after ?? change.before;
			if (record === undefined) continue;
			if ('contactId' in record && gone.includes(record.contactId)) continue;
			if (change.kind === 'message' && change.before === undefined) this.hand(change.after);
			for (const type of consequences(change)) {
				this.emit(recordPayload(this.state, type, change.kind, record));
			}
		}
	}

	/** The app was let into the agency or a sub-account, or thrown out. */
	tellInstallation(change: InstallationChange): void {
		this.emit(installationPayload(this.state, change));
	}

	/**
	 * Sends an event that nothing caused. Resolves after the first try, with what went to the first
	 * receiver; undefined when nobody wants it.
	 *
	 * @throws when there is no such record.
	 */
	async send(event: GhlEvent): Promise<GhlDelivery | undefined> {
		const { type, recordId, payload, omit = [], webhookId, signature = 'valid' } = event;
		const receivers =
			event.url === undefined
				? this.subscriptions.filter((app) => wants(app, type))
				: [{ url: event.url }];
		const full = {
			...anyPayload(this.state, type, recordId),
			...this.envelope(webhookId),
			...payload,
		};
		const kept = Object.entries(full).filter(([key]) => !omit.includes(key));
		const [delivery] = await Promise.all(
			receivers.map((app) => this.post(Object.fromEntries(kept), app, signature)),
		);
		return delivery;
	}

	/** Sends what a delivery sent once more, as the button in HighLevel's log does. */
	async resend(id: number): Promise<GhlDelivery> {
		const delivery = this.deliveries.find((one) => one.id === id);
		const told = delivery && this.told.get(delivery);
		if (delivery === undefined || told === undefined) throw new Error(`No delivery ${id}`);
		return this.start({ ...delivery, resentFrom: id }, told);
	}

	async sendWorkflow(webhook: WorkflowWebhook): Promise<GhlDelivery> {
		const { url, headers = {}, contactId, payload } = webhook;
		const [first] = this.state.contacts.values();
		const contact = contactId === undefined ? first : this.state.contacts.get(contactId);
		if (contact === undefined) throw new Error(`No contact ${contactId ?? 'at all'}`);
		// What is in it is set in the workflow; these are fields a person would pick.
		const body = {
			contact_id: contact.id,
			first_name: contact.firstName,
			last_name: contact.lastName,
			full_name: fullName(contact),
			email: contact.email,
			phone: contact.phone,
			tags: contact.tags.join(','),
			...payload,
		};
		const sent = { webhookId: '', type: 'workflow', body: JSON.stringify(body) };
		return this.start(sent, { url, headers }, () => []);
	}

	/** Resolves when every first try has been answered. */
	async settled(): Promise<void> {
		while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
	}

	clear(): void {
		this.subscriptions = [];
		this.deliveries = [];
		this.courier.clear();
	}

	close(): void {
		this.courier.close();
	}

	private emit(payload: Payload): void {
		for (const app of this.subscriptions)
			if (wants(app, String(payload.type)))
				void this.post({ ...payload, ...this.envelope() }, app, 'valid');
	}

	private envelope(webhookId: string = randomUUID()): Payload {
		return {
			timestamp: new Date().toISOString(),
			webhookId,
			appId: APP.id,
			versionId: APP.versionId,
		};
	}

	/** A message that waits for a provider of the app goes to that provider, without the usual envelope. */
	private hand(message: Message | undefined): void {
		const provider = this.state.conversationProviders.get(message?.conversationProviderId ?? '');
		if (message?.status !== 'pending' || provider === undefined) return;
		const body = JSON.stringify(providerPayload(this.state, message, provider));
		const headers = signatureHeaders(body, { signature: 'valid', legacySignature: false });
		const sent = { webhookId: '', type: 'ProviderOutboundMessage', body };
		void this.start(sent, { url: provider.deliveryUrl, headers });
	}

	private post(payload: Payload, app: Subscription, signature: Signature): Promise<GhlDelivery> {
		const body = JSON.stringify(payload);
		const { url, legacySignature = this.subscription?.legacySignature ?? false } = app;
		const headers = signatureHeaders(body, { signature, legacySignature });
		const { webhookId, type } = payload;
		return this.start({ webhookId: String(webhookId), type: String(type), body }, { url, headers });
	}

	private async start(
		sent: Pick<GhlDelivery, 'webhookId' | 'type' | 'body' | 'resentFrom'>,
		told: Told,
		delays = (): number[] => this.delays(),
	): Promise<GhlDelivery> {
		const delivery: GhlDelivery = {
			id: this.state.ids.nextNumber('ghlDelivery'),
			webhookId: sent.webhookId,
			type: sent.type,
			url: told.url.replace(/[?#].*$/, ''),
			body: sent.body,
			...(sent.resentFrom === undefined ? {} : { resentFrom: sent.resentFrom }),
			attempts: [],
			delivered: false,
		};
		this.told.set(delivery, told);
		this.deliveries.push(delivery);
		if (this.deliveries.length > MAX_DELIVERIES) this.deliveries.shift();
		const first = this.courier.deliver(delivery, () => ({ ...told, body: sent.body }), delays);
		this.underWay.add(first);
		await first.finally(() => this.underWay.delete(first));
		return delivery;
	}

	/** Each wait is up to `webhookJitter` longer or shorter than its setting says. */
	private delays(): number[] {
		const { ghlRetryDelaysMs, webhookJitter } = this.settings;
		return ghlRetryDelaysMs.map((ms) => ms * (1 + webhookJitter * (2 * Math.random() - 1)));
	}
}
