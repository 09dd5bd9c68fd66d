import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { IWebhookFunctions } from 'n8n-workflow';
import { answerRepeat } from '../../../nodes/engine/webhook/repeats';

let nodes = 0;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A node of its own, and deliveries of one event to it. */
function deliveries() {
	const name = `Trigger ${++nodes}`;
	return () => {
		const response = Object.assign(new ServerResponse(new IncomingMessage(new Socket())), {
			status(code: number) {
				response.statusCode = code;
				return response;
			},
			send: (text: string) => response.end(text),
		});
		const context = {
			getWorkflow: () => ({ id: 'w' }),
			getNode: () => ({ id: 't', name }),
			getMode: () => 'webhook',
			logger: { debug: () => {} },
			getResponseObject: () => response,
		} as object as IWebhookFunctions;
		/** Whether this delivery starts the workflow. */
		const starts = () => answerRepeat(context, 'event 1', {}) === undefined;
		return { response, starts, hangsUp: () => response.emit('close') };
	};
}

it('an event that waits for its turn starts once, however often its service gives up', () => {
	const deliver = deliveries();
	const first = deliver();
	expect(first.starts()).toBe(true);
	first.hangsUp();
	for (let tries = 0; tries < 5; tries++) {
		const next = deliver();
		expect(next.starts()).toBe(false);
		expect(next.response.statusCode).toBe(503);
		next.hangsUp();
	}
	first.response.end('Workflow was started');
	const last = deliver();
	expect(last.starts()).toBe(false);
	expect(last.response.statusCode).toBe(200);
});

it('one that came to an end in an error starts again', () => {
	const deliver = deliveries();
	const first = deliver();
	first.starts();
	first.hangsUp();
	first.response.status(500).end('{}');
	expect(deliver().starts()).toBe(true);
});

it('a service that hung up before the node was asked changes nothing', () => {
	const deliver = deliveries();
	const first = deliver();
	first.response.destroy();
	expect(first.starts()).toBe(true);
	expect(deliver().starts()).toBe(false);
	first.response.end('Workflow was started');
	const next = deliver();
	expect([next.starts(), next.response.statusCode]).toEqual([false, 200]);
});

it('after an hour without an answer the next try counts, and a late answer does not end it', () => {
	const deliver = deliveries();
	const first = deliver();
	first.starts();
	first.hangsUp();
	jest.advanceTimersByTime(59 * 60_000);
	expect(deliver().starts()).toBe(false);
	jest.advanceTimersByTime(2 * 60_000);
	expect(deliver().starts()).toBe(true);
	first.response.end('Workflow was started');
	const next = deliver();
	expect([next.starts(), next.response.statusCode]).toEqual([false, 503]);
});
