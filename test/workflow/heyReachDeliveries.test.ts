import fastify, { type FastifyInstance } from 'fastify';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { HeyReachEvent } from '../../sandbox';
import { UNLIMITED, useSandbox } from '../support/useSandbox';
import { plantWebhook, triggerWorkflow, type TriggerWorkflow } from './heyReachTrigger';
import { useScaledTime, webhookFunctions, type Delivery, type NodeSetup } from './support';

useScaledTime(200);
const sandbox = useSandbox({ ...UNLIMITED, retryDelaysMs: [] });

const workflow = (parameters: INodeParameters = {}, more: Partial<NodeSetup> = {}) =>
	triggerWorkflow(sandbox, parameters, more);

describe('Deliveries', () => {
	const body = {
		event_type: 'message_sent',
		correlation_id: 'c-1',
		lead: { id: '120000001' },
		campaign: { id: 1001 },
	};
	const secret = 'f'.repeat(64);
	let receivers = 0;

	/**
	 * What becomes of one request to the node. All nodes here are one to the memory of repeats, so
	 * each receiver has deliveries with an id of their own.
	 */
	function receiver(parameters: INodeParameters = {}, more: Partial<NodeSetup> = {}) {
		const flow = workflow(parameters, { staticData: { secret }, ...more });
		const own = `c-${++receivers}`;
		return async (delivery: Delivery = {}) => {
			const call = webhookFunctions({
				...flow.setup,
				mode: flow.setup.mode ?? 'webhook',
				query: { secret },
				body: { ...body, correlation_id: own },
				...delivery,
			});
			const { result, sent } = await call.deliver();
			return {
				json: result.workflowData?.[0].map((item) => item.json),
				result,
				sent,
				logs: call.logs,
			};
		};
	}

	it('starts the workflow with a normalised item', async () => {
		const { json, sent, logs } = await receiver()();
		expect(json).toMatchObject([
			{ event: 'message_sent', lead: { id: '120000001', memberId: '120000001' }, body: {} },
		]);
		expect(sent.ended).toBe(false); // n8n answers 200 by itself, before the workflow runs
		expect(logs).toEqual([]);
	});

	it.each<[string, Delivery, INodeParameters, number, string]>([
		['a missing secret', { query: {} }, {}, 401, 'The secret is missing from the address'],
		[
			'a wrong secret',
			{ query: { secret: 'guess' } },
			{},
			401,
			'The secret in the address is wrong',
		],
		[
			'an address that is not on the list',
			{ ip: '198.51.100.9' },
			{ options: { ipAllowlist: '203.0.113.0/24' } },
			403,
			'The IP address is not on the allowlist',
		],
		[
			'an address off the list, whatever the secret',
			{ ip: '198.51.100.9', query: {} },
			{ options: { ipAllowlist: '203.0.113.0/24' } },
			403,
			'The IP address is not on the allowlist',
		],
	])('refuses %s, and tells the operator', async (_what, delivery, parameters, status, reason) => {
		const { result, sent, logs } = await receiver(parameters)({ ip: '198.51.100.9', ...delivery });
		expect(result).toEqual({ noWebhookResponse: true });
		expect(sent).toMatchObject({ statusCode: status, body: reason, ended: true });
		expect(logs).toEqual([expect.stringMatching(/^warn Node Under Test refused a delivery: /)]);
		expect(logs[0]).toContain(reason);
		expect(logs[0]).toContain('"sourceAddress":"198.51.100.9"');
		expect(logs[0]).not.toContain(secret);
		expect(logs[0]).not.toContain('guess');
	});

	it('takes deliveries from the list, also through a trusted proxy', async () => {
		const deliver = receiver({ options: { ipAllowlist: '203.0.113.0/24' } });
		expect((await deliver({ ip: '::ffff:203.0.113.7' })).json).toHaveLength(1);
		const proxied = { ip: '10.0.0.1', ips: ['203.0.113.7'] };
		const { json } = await deliver({ ...proxied, body: { ...body, correlation_id: 'proxied' } });
		expect(json).toHaveLength(1);
	});

	it('takes nothing before it is registered', async () => {
		const { sent } = await receiver({}, { staticData: {} })({ query: { secret: 'undefined' } });
		expect(sent).toMatchObject({
			statusCode: 401,
			body: expect.stringContaining('publish the workflow again'),
		});
	});

	it('answers a repeat and starts nothing; the same id of another event is no repeat', async () => {
		const deliver = receiver();
		const again = { ...body, correlation_id: 'again' };
		expect((await deliver({ body: again })).json).toHaveLength(1);
		const repeat = await deliver({ body: { ...again, event_type: 'MESSAGE_SENT' } });
		expect(repeat.result).toEqual({ webhookResponse: 'OK' });
		expect(repeat.logs).toEqual([expect.stringContaining('debug Node Under Test dropped')]);
		expect((await deliver({ body: { ...again, event_type: 'follow_sent' } })).json).toHaveLength(1);
		const later = { ...again, timestamp: '2026-11-23T12:00:00Z' };
		expect((await deliver({ body: later })).json).toHaveLength(1);
		const anonymous = { event_type: 'message_sent' };
		expect((await deliver({ body: anonymous })).json).toHaveLength(1);
		expect((await deliver({ body: anonymous })).json).toHaveLength(1);
	});

	it('starts once for a reply, whenever and for whatever campaign it comes again', async () => {
		const deliver = receiver();
		const reply = {
			...body,
			event_type: 'every_message_reply_received',
			correlation_id: 'first',
			timestamp: '2026-11-11T09:00:05Z',
			conversation_id: `thread-${receivers}`,
			recent_messages: [
				{ creation_time: '2026-11-11T09:00:00Z', message: 'Yes please', is_reply: true },
			],
		};
		expect((await deliver({ body: reply })).json).toHaveLength(1);
		for (const more of [
			{ correlation_id: 'second', timestamp: '2026-11-23T09:00:00Z' },
			{ correlation_id: 'third', campaign: { id: 1002 } },
			{ correlation_id: undefined },
		]) {
			const again = await deliver({ body: { ...reply, ...more } });
			expect(again.result).toEqual({ webhookResponse: 'OK' });
			expect(again.logs).toEqual([expect.stringContaining('a repeat')]);
		}
		const { recent_messages: said } = reply;
		const attachment = {
			creation_time: '2026-11-11T09:01:00Z',
			message: '',
			is_reply: true,
			message_type: 'Attachment',
		};
		const next = await deliver({ body: { ...reply, recent_messages: [...said, attachment] } });
		expect(next.json).toMatchObject([
			{ conversation: { reply: { text: 'Yes please' }, attachments: [{ isAttachment: true }] } },
		]);
	});

	it('passes on and marks what the Test button sends, each time it is clicked', async () => {
		const deliver = receiver();
		const test = {
			event_type: 'every_message_reply_received',
			lead: { id: 'TestId' },
			conversation_id: 'made up',
			recent_messages: [{ creation_time: '2026-01-28T16:28:02Z', message: 'x', is_reply: true }],
		};
		expect((await deliver({ body: test })).json).toMatchObject([{ isTest: true }]);
		expect((await deliver({ body: test })).json).toMatchObject([{ isTest: true }]);
	});

	it('remembers no refused delivery', async () => {
		const deliver = receiver();
		await deliver({ query: {} });
		expect((await deliver()).json).toHaveLength(1);
	});

	it('drops no repeat in a test in the editor', async () => {
		const deliver = receiver({}, { mode: 'manual' });
		expect((await deliver()).json).toHaveLength(1);
		expect((await deliver()).json).toHaveLength(1);
	});

	it('passes on a delivery that names no event, and marks it', async () => {
		const snapshot = { conversation_id: 'abc', lead: { id: '7' } };
		const { json } = await receiver()({ body: snapshot });
		expect(json).toEqual([
			{
				workspace: '',
				eventKnown: false,
				lead: { id: '7', memberId: '7' },
				conversation: { id: 'abc' },
				body: snapshot,
			},
		]);
	});

	it('marks an event that it does not know, but not one that the person named', async () => {
		const other = { event_type: 'LEAD_AUTO_TAGGED_GENERIC' };
		expect((await receiver()({ body: other })).json).toMatchObject([{ eventKnown: false }]);
		const named = receiver({ options: { otherEvents: 'lead_auto_tagged_generic' } });
		expect((await named({ body: other })).json?.[0]).not.toHaveProperty('eventKnown');
	});

	it('passes on an empty delivery, and marks it', async () => {
		const { json } = await receiver()({ body: {} });
		expect(json).toEqual([{ workspace: '', eventKnown: false, body: {} }]);
	});

	it('reads JSON that came without its content type', async () => {
		const headers = { 'content-type': 'application/octet-stream' };
		const { json } = await receiver()({ headers, rawBodyUnread: true });
		expect(json).toMatchObject([{ event: 'message_sent', body: { event_type: 'message_sent' } }]);
	});

	it('drops what names another campaign, and passes on what names none', async () => {
		const deliver = receiver({ campaigns: [1001] });
		const of = (campaign: unknown, id: string) => ({
			body: { ...body, campaign, correlation_id: id },
		});
		expect((await deliver(of({ id: 1001 }, 'right'))).json).toHaveLength(1);
		expect((await deliver(of({ id: '1001' }, 'text'))).json).toHaveLength(1);
		expect((await deliver(of(null, 'none'))).json).toHaveLength(1);
		const other = await deliver(of({ id: 1002 }, 'other'));
		expect(other.result).toEqual({ webhookResponse: 'OK' });
		expect(other.logs).toEqual([expect.stringContaining('another campaign')]);
	});
});

describe('From HeyReach to the workflow', () => {
	let n8n: FastifyInstance;
	let flow: TriggerWorkflow;
	let items: IDataObject[];
	let base: string;

	beforeAll(async () => {
		n8n = fastify();
		n8n.post('/webhook/*', async (request, reply) => {
			const call = webhookFunctions({
				...flow.setup,
				mode: 'webhook',
				body: request.body,
				query: request.query as Record<string, string>,
				ip: request.ip,
			});
			const { result, sent } = await call.deliver();
			for (const item of result.workflowData?.[0] ?? []) items.push(item.json);
			return await reply.code(sent.statusCode).send({});
		});
		base = `${await n8n.listen({ port: 0, host: '127.0.0.1' })}/webhook`;
	});
	afterAll(async () => {
		n8n.server.closeAllConnections();
		await n8n.close();
	});
	beforeEach(() => {
		items = [];
	});

	const send = async (event: Partial<HeyReachEvent> = {}) => {
		const [leadId] = sandbox.state.leads.keys();
		const eventType = 'EVERY_MESSAGE_REPLY_RECEIVED';
		const { correlationId, deliveries } = await sandbox.sendHeyReachEvent({
			eventType,
			leadId,
			...event,
		});
		return { correlationId, statuses: deliveries.map(({ attempts }) => attempts[0].status) };
	};

	it('brings a reply, the same whatever the case of the event, and each once', async () => {
		flow = workflow({}, { webhookBaseUrl: base });
		await flow.activate();
		const { correlationId, statuses } = await send();
		expect(statuses).toEqual([200]);
		expect((await send({ correlationId })).statuses).toEqual([200]);
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject({
			event: 'every_message_reply_received',
			correlationId,
			campaign: { id: 1001, name: 'Founders outreach' },
			conversation: { isInMail: false, lastMessage: { isReply: true } },
			lead: { linkedInUrl: expect.stringMatching(/^https:\/\/www\.linkedin\.com\/in\/.+\/$/) },
		});

		await send({ upperCase: true });
		const variable = { body: 0, correlationId: 0, occurredAt: 0, conversation: 0, messageKey: 0 };
		expect({ ...items[1], ...variable }).toEqual({ ...items[0], ...variable });
	});

	it('passes on a reply outside of any campaign, and one that names no event', async () => {
		flow = workflow({ campaigns: [1001] }, { webhookBaseUrl: base });
		await flow.activate();
		await send({ campaignId: null });
		await send({ omitEventType: true });
		await send({ campaignId: 1002 }); // for the whole workspace: HeyReach sends it all the same
		expect(items).toHaveLength(2);
		expect(items[0]).not.toHaveProperty('campaign');
		expect(items[1]).toMatchObject({ eventKnown: false, campaign: { id: 1001 } });
	});

	it('ends with the workflow', async () => {
		flow = workflow({}, { webhookBaseUrl: base });
		await flow.activate();
		await flow.deactivate();
		expect((await send()).statuses).toEqual([]);
		plantWebhook(sandbox, `${base}/webhook-of-node-under-test/webhook`, {
			eventType: 'EVERY_MESSAGE_REPLY_RECEIVED',
		});
		expect((await send()).statuses).toEqual([401]);
		expect(items).toEqual([]);
	});
});
