import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { memoryOf } from './nodeMemory';

/** The reason for which a delivery is refused. */
export interface Refusal {
	/** Both services send again after any of these, so a wrong setting loses nothing at once. */
	status: 400 | 401 | 403 | 413 | 500;
	/** For the sender and for the log. Holds no secret. */
	reason: string;
	/** For the log alone. */
	detail?: string;
}

export function isRefusal(value: object): value is Refusal {
	return 'status' in value && 'reason' in value;
}

/** The refusal of a node whose own settings cannot be used: the sender tries again later. */
export function unusable(error: unknown): Refusal {
	const detail = error instanceof Error ? error.message : 'unknown';
	return { status: 500, reason: 'The settings of the node cannot be used', detail };
}

/** Answers a refused delivery and logs its reason and source address. The workflow does not start. */
export function refuse(context: IWebhookFunctions, refusal: Refusal): IWebhookResponseData {
	logRefusal(context, refusal);
	context.getResponseObject().status(refusal.status).send(refusal.reason);
	return { noWebhookResponse: true };
}

function logRefusal(context: IWebhookFunctions, { reason, detail }: Refusal): void {
	logCountedRefusals(context);
	const why = detail === undefined ? reason : `${reason} (${detail})`;
	const line = memoryOf(context).refusals.note(Date.now());
	if (line.write === 'nothing') return;
	const { name } = context.getNode();
	const facts = { ...placeOf(context), ...sourceOf(context) };
	if (line.write === 'a count') {
		const many = `${line.count} deliveries within a minute, the last of them: ${why}`;
		context.logger.warn(`${name} refused ${many}`, facts);
		return;
	}
	const more = line.last ? '. More within this minute are counted, not logged one by one' : '';
	context.logger.warn(`${name} refused a delivery: ${why}${more}`, facts);
}

/**
 * Logs the number of deliveries that were refused in a past minute, unless it is logged already. Nodes
 * have no clock of their own, so each delivery calls this.
 */
export function logCountedRefusals(context: IWebhookFunctions): void {
	const count = memoryOf(context).refusals.settle(Date.now());
	if (count === undefined) return;
	const message = `${context.getNode().name} refused ${count} deliveries within a minute`;
	context.logger.warn(message, placeOf(context));
}

function placeOf(context: IWebhookFunctions) {
	return { workflowId: context.getWorkflow().id, nodeName: context.getNode().name };
}

/** The source of a request. A forwarded address is a claim of the sender, so it is cut to 50 characters. */
function sourceOf(context: IWebhookFunctions) {
	const { ip, ips } = context.getRequestObject();
	const cut = (address: string) => address.slice(0, 50);
	return {
		sourceAddress: ip === undefined ? 'unknown' : cut(ip),
		...(ips?.length ? { forwardedFor: ips.slice(0, 5).map(cut) } : {}),
	};
}
