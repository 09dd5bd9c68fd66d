import type { IHttpRequestOptions } from 'n8n-workflow';
import { now } from '../monotonicClock';
import { codeOf, refusalIn } from './errors';
import { hideSecrets, secretsIn, secretsSent } from './hideSecrets';
import { isObject } from '../values';
import type { Account, Answer, ApiContext, Call, Service } from '../operation';

/** The n8n context, the service and the account of a call. */
export interface Line {
	context: ApiContext;
	service: Service;
	account: Account;
}

/** The outcome of one request: an answer of any status, or the code of the fault (`ECONNRESET`). */
export interface Outcome {
	answer?: Answer;
	code: string;
	/** The service did certainly not carry out the call: it did not take the token, nor renew it. */
	unsent?: true;
}

/**
 * Makes one HTTP request and never throws.
 *
 * With `asData` n8n hands over every status as data. Without it n8n answers a 401 of an OAuth2
 * credential with a token refresh and a second try; only renewals use that. The answer to the call is then
 * told from that of the token service: an outcome without an answer may have the code of the latter.
 *
 * @param token signs in the call in place of the credential: n8n would write the credential's own token over it
 */
export async function request(
	line: Line,
	call: Call,
	asData = true,
	token?: string,
): Promise<Outcome> {
	const { context, service, account } = line;
	const url = account.baseUrl + call.path;
	const startedAt = now();
	// n8n changes the options, so each request gets new ones.
	const options: IHttpRequestOptions = {
		method: call.method,
		url,
		headers: { ...service.headers(call), ...account.signingHeaders },
		...(call.asFile ? { encoding: 'arraybuffer' } : { json: true }),
		returnFullResponse: true,
		ignoreHttpStatusErrors: asData,
		timeout: service.timeoutMs,
	};
	if (call.query && Object.keys(call.query).length > 0) {
		options.qs = { ...call.query };
		options.arrayFormat = service.listFormat;
	}
	if (call.body) options.body = { ...call.body };
	if (call.readyBody) {
		options.body = call.readyBody.data;
		options.headers = { ...options.headers, 'Content-Type': call.readyBody.contentType };
	}
	let outcome: Outcome;
	try {
		outcome = await read(await answerTo(line, options, token));
	} catch (error) {
		// The error holds the request with its headers and secrets, so only its code and the answer are kept.
		const refusal = asData ? undefined : refusalIn(error, url);
		outcome = refusal ? await read(refusal) : { code: codeOf(error) };
	}
	context.logger.debug(
		`${service.name} ${call.method} ${call.template} ${outcome.code} ${now() - startedAt} ms`,
	);
	return outcome;

	async function read(response: unknown): Promise<Outcome> {
		const answer = toAnswer(response);
		if (call.asFile && answer.statusCode >= 300) answer.body = readText(answer.body);
		if (isShown(answer)) {
			const sent = [...secretsSent(call), ...(token === undefined ? [] : [token])];
			answer.body = await withoutSecrets(answer.body, line, sent);
		}
		return { answer, code: String(answer.statusCode) };
	}
}

/** What a service says in place of a file. */
function readText(body: unknown): unknown {
	const text = Buffer.isBuffer(body) ? body.toString() : body;
	try {
		return JSON.parse(String(text));
	} catch {
		return text;
	}
}

/** A text is a refusal, whatever its status. */
const isShown = ({ statusCode, body }: Answer): boolean =>
	statusCode >= 400 || typeof body === 'string';

/** @param sent the secrets that went with the call, beside those of the credential */
async function withoutSecrets(
	body: unknown,
	{ context, account }: Line,
	sent: string[],
): Promise<unknown> {
	const read = async () => secretsIn(await context.getCredentials(account.credentialType));
	const [stored] = await Promise.allSettled([read()]);
	const secrets = stored.status === 'fulfilled' ? stored.value : [];
	return hideSecrets(body, [...secrets, ...sent]);
}

async function answerTo(
	{ context, account }: Line,
	options: IHttpRequestOptions,
	token: string | undefined,
): Promise<unknown> {
	if (token !== undefined) {
		const headers = { ...options.headers, Authorization: `Bearer ${token}` };
		return await context.helpers.httpRequest({ ...options, headers });
	}
	return await context.helpers.httpRequestWithAuthentication.call(
		context,
		account.credentialType,
		options,
	);
}

function toAnswer(response: unknown): Answer {
	if (!isObject(response)) return { statusCode: 0, headers: {}, body: response };
	const headers: Answer['headers'] = {};
	for (const [name, value] of Object.entries(isObject(response.headers) ? response.headers : {})) {
		headers[name.toLowerCase()] = value === undefined ? undefined : String(value);
	}
	return { statusCode: Number(response.statusCode), headers, body: response.body };
}
