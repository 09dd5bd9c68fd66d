import type { IDataObject, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Answer, Call, Problem } from '../operation';
import { halfOf } from '../badInput';
import { isObject } from '../values';

/** JavaScript's own error for a lone surrogate (`URIError`) says only “URI malformed”. */
const inWords = (error: unknown): unknown =>
	error instanceof Error && error.name === 'URIError' ? halfOf('A value of this item') : error;

/** A call that ended without success. Carries no header, token or body. */
export class ApiFault extends Error {
	readonly template: string;
	readonly method: Call['method'];

	constructor(
		readonly problem: Problem,
		call: Pick<Call, 'method' | 'template'>,
		readonly httpCode?: string,
	) {
		super(problem.message);
		this.name = 'ApiFault';
		this.template = call.template;
		this.method = call.method;
	}
}

/** The execution was cancelled while a call waited for its turn. */
export class Cancelled extends Error {
	constructor() {
		super('The execution was canceled'); // n8n knows a cancelled run by this word
		this.name = 'Cancelled';
	}
}

/** The run has ended with the failure of another item before this one had sent anything. */
export class NotBegun extends Cancelled {}

/** The problem of a request that got no answer. `code` is Node.js's name of the fault, such as `ECONNRESET`. */
export function networkProblem(serviceName: string, code: string): Problem {
	const reasons: Record<string, string> = {
		ECONNREFUSED: 'no server answers at that address',
		ENOTFOUND: 'the address is unknown',
		EAI_AGAIN: 'the address could not be looked up',
		ECONNRESET: 'the connection was closed before an answer came',
		ECONNABORTED: 'no answer came in time',
		ETIMEDOUT: 'no answer came in time',
	};
	return {
		kind: 'temporary',
		message: `${serviceName} could not be reached: ${reasons[code] ?? 'the connection failed'}`,
		description:
			'Check the API Base URL of the credential and the network of the n8n server, then run again.',
		details: { networkCode: code },
	};
}

/**
 * The problem of a success whose body is a page of a proxy or JSON that is cut off. n8n hands such a
 * body over as text. The services themselves do not answer a success like that.
 */
export function unreadable(serviceName: string, answer: Answer): Problem | undefined {
	const { body } = answer;
	if (!succeeded(answer) || typeof body !== 'string' || !/^\s*[<{[]/.test(body)) return undefined;
	return {
		kind: 'temporary',
		message: `${serviceName} gave an answer that cannot be read`,
		description:
			'Something in between, such as a proxy, answered instead or cut off the answer. Check the API Base URL of the credential and the network of the n8n server, then run again.',
	};
}

/** The problem of a success that does not hold all that the call asks for, by `lacks` of the call. */
export function incomplete(
	serviceName: string,
	answer: Pick<Answer, 'body'>,
	{ lacks }: Pick<Call, 'lacks'>,
): Problem | undefined {
	const lacking = lacks?.(answer.body);
	if (lacking === undefined) return undefined;
	return {
		kind: 'temporary',
		message: `${serviceName} did not return everything: ${lacking}`,
		description:
			'The node asked several times. It returns nothing for this item, since an incomplete answer could be taken for the whole. Run it again later.',
	};
}

/** Whether a fault of this code means that the request never reached the service. Any call may then be sent again. */
export function neverSent(code: string): boolean {
	return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(code);
}

/**
 * Whether a status says “not now”, and nothing about what was sent: 408 (RFC 9110 15.5.9), 425 (RFC 8470
 * 5.2), 429 (RFC 6585 4), and the service's own failures.
 */
export const isPassing = (status: number): boolean =>
	[408, 425, 429].includes(status) || status >= 500;

/**
 * The problem of an expired token that the service has not renewed, nor refused to.
 *
 * @param code the status that it answered instead, such as `429`, or Node.js's name of a fault
 */
export function notRenewed(serviceName: string, code: string): Problem {
	const status = Number(code);
	if (Number.isNaN(status)) return networkProblem(serviceName, code);
	const because =
		status === 429
			? `${serviceName} asks to slow down, even after several waits`
			: status < 400
				? `${serviceName} gave an answer that cannot be read`
				: `${serviceName} is not available at the moment (${status})`;
	return {
		kind: status === 429 ? 'rate' : 'temporary',
		message: `The connection to ${serviceName} has expired and could not be renewed yet: ${because}`,
		description:
			'This says nothing about the credential: do not connect it again for this. Run the items that are left in some minutes.',
	};
}

/** n8n's code of a refusal in OAuth's own form, in place of its status. */
export const OAUTH_REFUSAL = 'EAUTH';

/** The code of an error that n8n's request helper threw: an HTTP status, or a Node.js error code. */
export function codeOf(error: unknown): string {
	let code = 'UNKNOWN';
	for (let at = error, depth = 0; isObject(at) && depth < 4; at = at.cause, depth++) {
		// HighLevel repeats the status in the body.
		if (isObject(at.body) && typeof at.body.statusCode === 'number') return `${at.body.statusCode}`;
		const known = [at.httpCode, at.code, at.status, at.statusCode].find(
			(value) => typeof value === 'number' || (typeof value === 'string' && value !== ''),
		);
		if (known !== undefined && known !== OAUTH_REFUSAL) return String(known);
		if (known !== undefined) code = OAUTH_REFUSAL;
	}
	return code;
}

/** The refusal of `url` itself in an error that n8n's request helper threw: not that of a token service. */
export function refusalIn(error: unknown, url: string): Record<string, unknown> | undefined {
	for (let at = error, depth = 0; isObject(at) && depth < 4; at = at.cause, depth++) {
		const { config, response } = at;
		if (!isObject(config) || config.url !== url || !isObject(response)) continue;
		const { status: statusCode, headers, data: body } = response;
		if (typeof statusCode === 'number' && statusCode >= 400) return { statusCode, headers, body };
	}
	return undefined;
}

/** The error in n8n's own form. An error that has it already is returned as it is. */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof ApiFault) {
		// The call is for whoever looks into the details of the error. The message is for everybody.
		const response: JsonObject = {
			message: error.message,
			call: `${error.method} ${error.template}`,
		};
		return new NodeApiError(node, response, {
			message: error.problem.message,
			description: error.problem.description,
			// For codes such as ECONNRESET n8n replaces the message by a text of its own.
			httpCode: /^\d+$/.test(error.httpCode ?? '') ? error.httpCode : undefined,
			itemIndex,
		});
	}
	const told = inWords(error);
	const message = told instanceof Error ? told.message : 'Something unexpected happened';
	const description = isObject(told) ? told.description : undefined;
	return new NodeOperationError(node, message, {
		itemIndex,
		description: typeof description === 'string' ? description : undefined,
	});
}

/** An error for a list in the editor. Of other errors than this kind n8n does not hand the advice over. */
export function toEditorError(node: INode, error: unknown): NodeApiError {
	const told = toNodeError(node, error);
	if (told instanceof NodeApiError) return told;
	const { message } = told;
	const description = told.description ?? undefined;
	return new NodeApiError(node, { message }, { message, description });
}

/**
 * The output of a failed item with Continue On Fail: `{ error, details }`. `details.missing` says that the
 * record is not there.
 */
export function errorItem(error: unknown): IDataObject {
	const told = inWords(error);
	const message = told instanceof Error ? told.message : String(told);
	if (!(error instanceof ApiFault)) return { error: message };
	const details: IDataObject = { ...error.problem.details };
	if (error.httpCode) details.httpCode = error.httpCode;
	if (error.problem.missing) details.missing = true;
	if (error.problem.description) details.description = error.problem.description;
	return Object.keys(details).length ? { error: message, details } : { error: message };
}

/** The message in the body of a refusal, whatever the body's form; at most 300 characters. */
export function textOf(body: unknown): string {
	const text = findText(body).replace(/\s+/g, ' ').trim();
	return text.length > 300 ? `${text.slice(0, 297)}...` : text;
}

function findText(body: unknown): string {
	if (typeof body === 'string') return /^\s*</.test(body) ? '' : body;
	if (Array.isArray(body)) return body.map(findText).filter(Boolean).join('; ');
	if (!isObject(body)) return '';
	for (const key of ['message', 'errorMessage', 'error_description', 'detail', 'title', 'error']) {
		const found = findText(body[key]);
		if (found) return found;
	}
	return '';
}

/** Whether the answer's status says success. */
export function succeeded(answer: Answer): boolean {
	return answer.statusCode >= 200 && answer.statusCode < 300;
}
