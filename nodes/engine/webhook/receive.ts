import { createHash, timingSafeEqual } from 'node:crypto';
import type {
	INodeProperties,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { BadInput } from '../call/errors';
import { ipAllowed, unreadableEntries } from './ipAllowlist';
import { RecentIds } from './recentIds';
import { RefusalLog } from './refusalLog';
import { readObject } from './safeJson';

/** In the words of n8n's own Webhook node. */
export const ipAllowlist: INodeProperties = {
	displayName: 'IP(s) Allowlist',
	name: 'ipAllowlist',
	type: 'string',
	default: '',
	placeholder: 'e.g. 127.0.0.1, 192.168.1.0/24',
	description:
		'Comma-separated list of allowed IP addresses or CIDR ranges. Leave empty to allow all IPs.',
};

/** In the words of n8n's own Webhook node. */
export const respond: INodeProperties = {
	displayName: 'Respond',
	name: 'respond',
	type: 'options',
	options: [
		{
			name: 'Immediately',
			value: 'onReceived',
			description: 'As soon as n8n has stored the execution. Right for most workflows.',
		},
		{
			name: 'When Last Node Finishes',
			value: 'lastNode',
			description:
				'When the workflow has ended without an error. If it fails, or n8n dies on the way, the event is sent again. Only for workflows that take seconds.',
		},
	],
	default: 'lastNode',
	description: 'When the service hears that the event has arrived',
};

/** POST only, and no word of what the workflow puts out. */
export const postWebhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: '={{ $parameter["options"]["respond"] || "onReceived" }}',
	responseData: 'noData',
	path: 'webhook',
};

/** @throws BadInput when an entry of the list is no address: it would lock everybody out */
export function checkAllowlist(allowlist: string): void {
	const [entry] = unreadableEntries(allowlist);
	if (entry === undefined) return;
	throw new BadInput(
		`“${entry}” in IP(s) Allowlist is not an IP address`,
		'Use addresses like 203.0.113.7 or ranges like 203.0.113.0/24, separated by commas.',
	);
}

/** Why a delivery is not taken. */
export interface Refusal {
	/** Both services try again after any of them, so that a wrong setting loses nothing at once. */
	status: 400 | 401 | 403 | 413 | 500;
	/** For the sender and for the log: holds no secret. */
	reason: string;
	/** For the log alone. */
	detail?: string;
}

/** A refusal if the sender's address is not on the list. */
export function refusedAddress(context: IWebhookFunctions, allowlist: string): Refusal | undefined {
	// n8n fills `ips` from the proxies it is told to trust (N8N_PROXY_HOPS).
	const { ip, ips } = context.getRequestObject();
	if (ipAllowed(allowlist, [ip, ...(ips ?? [])])) return undefined;
	return { status: 403, reason: 'The IP address is not on the allowlist' };
}

/** n8n itself takes 16 MB; the largest thing either service sends is the text of an email. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** The body's bytes as they came (gzip undone by n8n), or a refusal. */
export async function readBytes(context: IWebhookFunctions): Promise<Buffer | Refusal> {
	const request = context.getRequestObject();
	try {
		// n8n may have left the body unread for its content type (node versions above 1).
		if (!request.rawBody) await request.readRawBody();
	} catch (error) {
		const detail = error instanceof Error ? error.message : 'unknown';
		return { status: 400, reason: 'The body could not be read', detail };
	}
	const bytes: unknown = request.rawBody;
	if (!Buffer.isBuffer(bytes)) return { status: 400, reason: 'The body could not be read' };
	if (bytes.length > MAX_BODY_BYTES) {
		return { status: 413, reason: `The body is larger than ${MAX_BODY_BYTES / 2 ** 20} MB` };
	}
	return bytes;
}

/** The JSON object that a delivery's bytes hold, or a refusal. Only for bytes whose sender is known. */
export function readDelivery(bytes: Buffer): { object: Record<string, unknown> } | Refusal {
	const read = readObject(bytes);
	return 'flaw' in read ? { status: 400, reason: `The body ${read.flaw}` } : read;
}

/** A refusal for a node whose own settings cannot be used: the sender is told to try again later. */
export function unusable(error: unknown): Refusal {
	const detail = error instanceof Error ? error.message : 'unknown';
	return { status: 500, reason: 'The settings of the node cannot be used', detail };
}

/** What the person set, or the refusal where it cannot be used. */
export function usable<T>(read: () => T): T | Refusal {
	try {
		return read();
	} catch (error) {
		return unusable(error);
	}
}

export function isRefusal(value: object): value is Refusal {
	return 'status' in value && 'reason' in value;
}

/** Answers a delivery that is not taken, and tells the operator who sent it. Starts nothing. */
export function refuse(context: IWebhookFunctions, refusal: Refusal): IWebhookResponseData {
	logRefusal(context, refusal);
	context.getResponseObject().status(refusal.status).send(refusal.reason);
	return { noWebhookResponse: true };
}

function logRefusal(context: IWebhookFunctions, { reason, detail }: Refusal): void {
	tellRefusals(context);
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
 * Tells how many deliveries were refused in a minute that is over, if that has not been told. There
 * is no clock here: whatever delivery comes next brings it about.
 */
export function tellRefusals(context: IWebhookFunctions): void {
	const count = memoryOf(context).refusals.settle(Date.now());
	if (count === undefined) return;
	const message = `${context.getNode().name} refused ${count} deliveries within a minute`;
	context.logger.warn(message, placeOf(context));
}

function placeOf(context: IWebhookFunctions) {
	return { workflowId: context.getWorkflow().id, nodeName: context.getNode().name };
}

/** Where a request came from. A forwarded address is the sender's own claim: cut to a length that fits one. */
function sourceOf(context: IWebhookFunctions) {
	const { ip, ips } = context.getRequestObject();
	const cut = (address: string) => address.slice(0, 50);
	return {
		sourceAddress: ip === undefined ? 'unknown' : cut(ip),
		...(ips?.length ? { forwardedFor: ips.slice(0, 5).map(cut) } : {}),
	};
}

/** The service gets its 200, so that it does not send the same again; the workflow does not start. */
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

/** Compares in a time that tells nothing about how much of the secret was right. */
export function secretsMatch(given: unknown, expected: unknown): boolean {
	if (typeof given !== 'string' || typeof expected !== 'string' || expected === '') return false;
	return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

const RECENT_LIMIT = 5_000;

/** What this process knows of each webhook node. Nothing of it is written down. */
interface NodeMemory {
	recent: RecentIds;
	refusals: RefusalLog;
}

const memories = new Map<string, NodeMemory>();

function memoryOf(context: IWebhookFunctions): NodeMemory {
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	let memory = memories.get(key);
	if (!memory) {
		memory = { recent: new RecentIds(RECENT_LIMIT), refusals: new RefusalLog() };
		memories.set(key, memory);
	}
	return memory;
}

/**
 * Takes a delivery with this id once, and answers it where it is not to start the workflow:
 *
 * - new: `undefined`, and the id is under way until the answer to the service has ended;
 * - under way: 503. The run may still fail, so the service has to send again;
 * - done (the answer went out whole, with a status below 400): 200, and nothing starts.
 *
 * An id whose answer was an error, or never went out because the service hung up, is forgotten: the
 * service sends it again. Exact within one process, for the last 5,000 deliveries that are done.
 * Nothing is written, and a test run in the editor neither asks nor remembers.
 */
export function answerRepeat(
	context: IWebhookFunctions,
	id: string,
	facts: Record<string, unknown>,
): IWebhookResponseData | undefined {
	if (context.getMode() === 'manual') return undefined;
	const { recent } = memoryOf(context);
	const response = context.getResponseObject();
	const standing = recent.begin(id);
	if (standing === 'done') return drop(context, 'a repeat', facts);
	if (standing === 'under way') {
		logDropped(context, 'the same one is under way, so it has to come again', facts);
		response.status(503).send('The same delivery is under way: send it again later');
		return { noWebhookResponse: true };
	}
	let isOut = false;
	response.once('finish', () => {
		isOut = true;
	});
	response.once('close', () => recent.end(id, isOut && response.statusCode < 400));
	// Nobody waits for the answer any more, and it has told so before this began to listen.
	if (response.destroyed) recent.end(id, false);
	return undefined;
}
