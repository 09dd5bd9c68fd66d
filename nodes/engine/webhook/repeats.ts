import { createHash } from 'node:crypto';
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { now } from '../monotonicClock';
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

/** After this time (ms) n8n will not answer a delivery any more whose service has hung up. */
const ANSWER_IS_LOST = 3_600_000;

/**
 * Lets each id start the workflow once. The answer depends on the state of the id:
 *
 * - new: `undefined`. The id is under way until n8n has answered, also when the service has hung up by
 *   then: with a limit of concurrent executions n8n stores an event, and answers when its turn has come;
 * - under way: 503. The run can still fail, so the service has to send again;
 * - done (n8n answered with a status below 400): 200, and nothing starts.
 *
 * An id is forgotten if its answer was an error, or if none came for an hour: then the next try counts.
 * This is exact within one process, for the last 5,000 done deliveries of a node and the last 250,000 of
 * all nodes. Nothing is stored.
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
	const settle = () => recent.end(id, standing, response.statusCode < 400);
	const closed = (): void => {
		if (response.writableEnded) settle();
		else {
			standing.lostAt = now() + ANSWER_IS_LOST;
			beforeEnd(response, settle);
		}
	};
	// A response that was closed before this point emits no `close` any more.
	if (response.destroyed) closed();
	else response.once('close', closed);
	return undefined;
}

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/** A response whose service has hung up emits nothing more when n8n answers, so its method is watched. */
function beforeEnd(response: Response, settle: () => void): void {
	const end = response.end.bind(response) as (...given: unknown[]) => Response;
	response.end = (...given: unknown[]): Response => {
		response.end = end;
		settle();
		return end(...given);
	};
}

/** 16 characters, however long an ID the sender gives. */
const digestOf = (key: string): string =>
	createHash('sha256').update(key).digest().toString('latin1', 0, 16);
