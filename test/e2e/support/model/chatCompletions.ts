import { randomUUID } from 'node:crypto';
import { inputOf, textOf, type Asked, type Message, type Reply, type Tool } from './wire';

/** The parts of a request of Chat Completions that count here. */
export interface ChatRequest {
	model: string;
	messages: Array<{
		role: Message['role'] | 'developer';
		content?: unknown;
		tool_calls?: Array<{ id: string; function: { name: string; arguments: string } }>;
		tool_call_id?: string;
	}>;
	tools?: Array<{ type: 'function'; function: Tool }>;
}

export function fromChat({ model, messages, tools = [] }: ChatRequest): Asked {
	return {
		model,
		messages: messages.map(({ role, content, tool_calls: calls = [], tool_call_id: callId }) => ({
			role: role === 'developer' ? 'system' : role,
			text: textOf(content),
			calls: calls.map(({ id, function: { name, arguments: input } }) => ({
				id,
				name,
				input: inputOf(input),
			})),
			...(callId && { callId }),
		})),
		tools: tools.map((tool) => tool.function),
	};
}

export function toChat(reply: Reply, model: string): object {
	const isText = typeof reply === 'string';
	const calls = isText
		? undefined
		: reply.map(({ name, input = {} }) => ({
				id: `call_${randomUUID()}`,
				type: 'function',
				function: { name, arguments: JSON.stringify(input) },
			}));
	return {
		id: `chatcmpl-${randomUUID()}`,
		object: 'chat.completion',
		created: Math.floor(Date.now() / 1000),
		model,
		choices: [
			{
				index: 0,
				message: { role: 'assistant', content: isText ? reply : null, tool_calls: calls },
				finish_reason: isText ? 'stop' : 'tool_calls',
				logprobs: null,
			},
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
