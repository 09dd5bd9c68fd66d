import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import type { CredentialInput } from '../../../tools/n8n/client';
import { fromChat, toChat, type ChatRequest } from './model/chatCompletions';
import { fromResponses, toResponses, type ResponsesRequest } from './model/responses';
import { flawsOf, type Asked, type Reply } from './model/wire';

/** The replies one after the other, or what makes one of the messages. */
export type Script = Reply[] | ((asked: Asked) => Reply);

/** A stand-in for OpenAI on this machine: Chat Completions and Responses, without streams. */
export interface ModelStandIn {
	/** The base URL, ending with `/v1`. */
	url: string;
	/** For n8n's credential of the OpenAI nodes. */
	credential: CredentialInput;
	/** Says what the model replies from now on, and forgets what it was asked. */
	says(script: Script): void;
	/** What it was asked since, oldest first. */
	asked: Asked[];
	/** What OpenAI would have refused since, in its words; the caller got a 400 for it. */
	refused: string[];
	close(): Promise<void>;
}

/** Starts the stand-in on a free port. A question that the script has no reply for is answered with 500. */
export async function startModelStandIn(script: Script = []): Promise<ModelStandIn> {
	let replies = script;
	const asked: Asked[] = [];
	const refused: string[] = [];
	const key = `sk-stand-in-${randomUUID()}`;
	const app = fastify({ bodyLimit: 20 * 1024 * 1024 });

	app.addHook('onRequest', async ({ headers }, reply) => {
		if (headers.authorization === `Bearer ${key}`) return;
		await reply.code(401).send({ error: { message: 'Incorrect API key provided' } });
	});
	app.get('/v1/models', async () => ({
		object: 'list',
		data: [{ id: MODEL, object: 'model', created: 0, owned_by: 'stand-in' }],
	}));
	app.post<{ Body: ChatRequest }>('/v1/chat/completions', async ({ body }, answer) =>
		decide(fromChat(body), toChat, answer),
	);
	app.post<{ Body: ResponsesRequest }>('/v1/responses', async ({ body }, answer) =>
		decide(fromResponses(body), toResponses, answer),
	);

	function decide(
		question: Asked,
		write: (reply: Reply, model: string) => object,
		answer: { code(status: number): unknown },
	): object {
		asked.push(question);
		const flaws = flawsOf(question.tools);
		if (flaws.length > 0) {
			refused.push(...flaws);
			answer.code(400);
			return { error: { message: flaws[0], type: 'invalid_request_error' } };
		}
		const reply = Array.isArray(replies) ? replies.shift() : replies(question);
		if (reply !== undefined) return write(reply, question.model);
		answer.code(500);
		return { error: { message: 'The script of the stand-in has no reply left' } };
	}

	await app.listen({ host: '127.0.0.1', port: 0 });
	const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/v1`;
	return {
		url,
		credential: { name: 'Model stand-in', type: 'openAiApi', data: { apiKey: key, url } },
		says: (next) => {
			replies = next;
			asked.length = 0;
			refused.length = 0;
		},
		asked,
		refused,
		close: async () => await app.close(),
	};
}

/** The name for the parameter Model of n8n's nodes. */
export const MODEL = 'stand-in-1';
