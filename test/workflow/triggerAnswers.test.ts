import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';
import { event, publicKey, signature, trigger as ghlTrigger } from './ghlTrigger';
import { trigger as heyReachTrigger } from './heyReachTrigger';
import { webhookServer, type NodeSetup, type WebhookServer } from './support';

const secret = 'f'.repeat(64);

const respond = 'lastNode';

let correlations = 0;

/** Each trigger, and deliveries of one event to it. */
const TRIGGERS: Array<{ name: string; setup: NodeSetup; body: () => IDataObject }> = [
	{
		name: 'GHL Trigger',
		setup: { node: ghlTrigger, parameters: { options: { publicKeys: publicKey, respond } } },
		body: event,
	},
	{
		name: 'HeyReach Trigger',
		setup: { node: heyReachTrigger, parameters: { options: { respond } }, staticData: { secret } },
		body: () => ({ event_type: 'message_sent', correlation_id: `own-${++correlations}` }),
	},
	{
		name: 'HeyReach Trigger with a reply',
		setup: { node: heyReachTrigger, parameters: { options: { respond } }, staticData: { secret } },
		body: () => ({
			event_type: 'every_message_reply_received',
			conversation_id: `thread-${++correlations}`,
			recent_messages: [
				{ creation_time: '2026-11-11T09:00:00Z', message: 'Yes please', is_reply: true },
			],
		}),
	},
];

describe.each(TRIGGERS)('$name, with Respond: When Last Node Finishes', ({ setup, body }) => {
	let server: WebhookServer;
	/** How each run ends, in the order of their start; a run waits until the test ends it. */
	let runs: Array<(ending: 'succeeds' | 'fails') => void>;

	beforeEach(async () => {
		runs = [];
		server = await webhookServer(setup, async (items) => {
			if (items.length === 0) return;
			await new Promise<void>((resolve, reject) =>
				runs.push((ending) =>
					ending === 'succeeds' ? resolve() : reject(new Error('The run failed')),
				),
			);
		});
	});
	afterEach(async () => await server.close());

	/** A sender of one event; each call is one try, and gives the status of the answer: 0 if none came. */
	function sender() {
		const text = JSON.stringify(body());
		return async (signal?: AbortSignal): Promise<number> => {
			const sent = axios.post(`${server.url}?secret=${secret}`, text, {
				headers: { 'content-type': 'application/json', 'x-ghl-signature': signature(text) },
				validateStatus: () => true,
				proxy: false,
				signal,
			});
			return await sent.then(
				({ status }) => status,
				() => 0,
			);
		};
	}

	async function started(count: number): Promise<void> {
		for (let waited = 0; runs.length < count && waited < 200; waited++) await sleep(10);
		expect(runs).toHaveLength(count);
	}

	/** The service gives up before the run ends; waits until the node has seen it. */
	async function hangUp(send: (signal?: AbortSignal) => Promise<number>): Promise<void> {
		const before = runs.length;
		const giveUp = new AbortController();
		const given = send(giveUp.signal);
		await started(before + 1);
		giveUp.abort();
		expect(await given).toBe(0);
		await sleep(50);
	}

	it('answers a try that comes at once with 503, and the one after a failed run starts it again', async () => {
		const send = sender();
		const first = send();
		await started(1);
		expect([await send(), await send()]).toEqual([503, 503]);
		runs[0]('fails');
		expect(await first).toBe(500);
		const second = send();
		await started(2);
		runs[1]('succeeds');
		expect(await second).toBe(200);
		expect(await send()).toBe(200);
		expect(runs).toHaveLength(2);
		expect(server.logs.filter((line) => line.includes('is being processed'))).toHaveLength(2);
		expect(server.logs.filter((line) => line.includes('a repeat'))).toHaveLength(1);
	});

	it('answers a try that comes at once with 503, and the one after a run that succeeded with 200', async () => {
		const send = sender();
		const first = send();
		await started(1);
		expect(await send()).toBe(503);
		runs[0]('succeeds');
		expect([await first, await send()]).toEqual([200, 200]);
		expect(runs).toHaveLength(1);
	});

	it('takes the next try of a service that has hung up only when that run has failed', async () => {
		for (const ending of ['fails', 'succeeds'] as const) {
			const send = sender();
			const before = runs.length;
			await hangUp(send);
			expect(await send()).toBe(503);
			runs[before](ending);
			await sleep(50);
			const next = send();
			if (ending === 'fails') {
				await started(before + 2);
				runs[before + 1]('succeeds');
			}
			expect([await next, await send()]).toEqual([200, 200]);
			expect(runs).toHaveLength(ending === 'fails' ? before + 2 : before + 1);
		}
	});
});
