import { createHash } from 'node:crypto';
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { memoryOf } from './nodeMemory';

/** Answers 200 to a delivery that the workflow does not want, so that the service does not send it again. */
export function drop(
	context: IWebhookFunctions,
	why: string,
	facts: Record<string, unknown>,
): IWebhookResponseData {
	logDropped(context, why, facts);
	return { webhookResponse: 'OK' };
}

function logDropped(context: IWebhookFunctions, why: string, facts: Record<string, unknown>): void {
	context.logger.debug(`${context.getNode().name} dropped a delivery: ${why}`, {
		workflowId: context.getWorkflow().id,
		...facts,
	});
}

/**
 * Lets each id start the workflow once. The answer depends on the state of the id:
 *
 * - new: `undefined`. The id is under way until the answer to the service has ended;
 * - under way: 503. The run can still fail, so the service has to send again;
 * - done (the answer went out whole, with a status below 400): 200, and nothing starts.
 *
 * An id is forgotten if its answer was an error, or if the service hung up before the answer: the service
 * sends it again. This is exact within one process, for the last 5,000 done deliveries of a node
 * and the last 250,000 of all nodes. Nothing is stored.
 * A test run in the editor neither asks nor remembers.
 */
export function answerRepeat(
	context: IWebhookFunctions,
	key: string,
	facts: Record<string, unknown>,
): IWebhookResponseData | undefined {
	if (context.getMode() === 'manual') return undefined;
	const { recent } = memoryOf(context);
	const id = digestOf(key);
	const response = context.getResponseObject();
	const standing = recent.begin(id);
	if (standing === 'done') return drop(context, 'a repeat', facts);
	if (standing === 'under way') {
		logDropped(context, 'the same one is being processed, so it must be sent again', facts);
		response.status(503).send('The same delivery is being processed: send it again later');
		return { noWebhookResponse: true };
	}
	let isOut = false;
	response.once('finish', () => {
		isOut = true;
	});
	response.once('close', () => recent.end(id, isOut && response.statusCode < 400));
	// A response that was closed before this point emits no `close` any more.
	if (response.destroyed) recent.end(id, false);
	return undefined;
}

/** 16 characters, however long an ID the sender gives. */
const digestOf = (key: string): string =>
	createHash('sha256').update(key).digest().toString('latin1', 0, 16);
