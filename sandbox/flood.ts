import { randomUUID } from 'node:crypto';
import type { GhlWebhooks } from './ghl/webhooks/sender';
import type { HeyReachEvent, SentEvent } from './heyreach/events';
import { EVENT_TYPES } from './heyreach/webhooks';
import type { EventType } from './heyreach/webhooks';
import { random, shuffled } from './random';
import type { SandboxState } from './state';

export interface Flood {
	service: 'highlevel' | 'heyreach';
	/** How many different events. */
	events: number;
	/** The part of them that is sent a second time. */
	duplicates?: number;
	/** How many are under way at once. */
	connections?: number;
	/** The same events, repeats and order for the same number. */
	seed?: number;
	/** The types they take turns with; contact changes or replies where absent. */
	types?: string[];
}

export interface FloodResult {
	/** In the order in which they were sent; `status` is the answer to the first try. */
	sent: Array<{ id: string; type: string; status: number }>;
	/** The `webhookId` or `correlation_id` of each event. */
	ids: string[];
	ms: number;
}

const DEFAULT_TYPES = {
	highlevel: ['ContactUpdate'],
	heyreach: ['EVERY_MESSAGE_REPLY_RECEIVED'],
};

/** What sends the events, and the records that they are about. */
interface Services {
	state: SandboxState;
	ghlWebhooks: GhlWebhooks;
	sendHeyReachEvent(event: HeyReachEvent): Promise<SentEvent>;
}

interface Planned {
	id: string;
	type: string;
	number: number;
	at: string;
}

/** Resolves when the first try of each was answered; what failed is repeated behind. */
export async function flood(services: Services, options: Flood): Promise<FloodResult> {
	const { service, events, duplicates = 0.1, connections = 20, seed = 1 } = options;
	const { types = DEFAULT_TYPES[service] } = options;
	const next = random(seed);
	const planned: Planned[] = Array.from({ length: events }, (_unused, number) => ({
		id: randomUUID(),
		type: types[number % types.length],
		number,
		at: new Date().toISOString(),
	}));
	const repeats = shuffled(planned, next).slice(0, Math.round(events * duplicates));
	const queue = shuffled([...planned, ...repeats], next);
	const sent: FloodResult['sent'] = [];
	const began = Date.now();
	const send = SENDERS[service];
	const worker = async (): Promise<void> => {
		for (let event = queue.shift(); event !== undefined; event = queue.shift()) {
			const row = { id: event.id, type: event.type, status: 0 };
			sent.push(row);
			row.status = await send(services, event);
		}
	};
	await Promise.all(Array.from({ length: connections }, worker));
	return { sent, ids: planned.map(({ id }) => id), ms: Date.now() - began };
}

/** Of several receivers the first one's answer counts. */
const SENDERS: Record<Flood['service'], (services: Services, event: Planned) => Promise<number>> = {
	highlevel: async ({ ghlWebhooks, state }, { id, type, number, at }) => {
		const contacts = [...state.contacts.keys()];
		const delivery = await ghlWebhooks.send({
			type,
			webhookId: id,
			recordId: type.startsWith('Contact') ? contacts[number % contacts.length] : undefined,
			// A repeat is the same to the byte.
			payload: { timestamp: at },
		});
		return delivery?.attempts[0]?.status ?? 0;
	},
	heyreach: async ({ state, sendHeyReachEvent }, { id, type, number }) => {
		const leads = [...state.leads.keys()];
		const { deliveries } = await sendHeyReachEvent({
			eventType: eventType(type),
			leadId: leads[number % leads.length],
			correlationId: id,
			message: `Event ${number + 1}`,
		});
		return deliveries[0]?.attempts[0]?.status ?? 0;
	},
};

function eventType(name: string): EventType {
	const known = EVENT_TYPES.find((type) => type === name);
	if (known === undefined) throw new Error(`HeyReach has no event ${name}`);
	return known;
}
