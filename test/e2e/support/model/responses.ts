import { randomUUID } from 'node:crypto';
import { inputOf, textOf, type Asked, type Message, type Reply, type Tool } from './wire';

/** What stands in a conversation. */
type Item =
	| { type?: 'message'; role: Message['role'] | 'developer'; content: unknown }
	| { type: 'function_call'; call_id: string; name: string; arguments: string }
	| { type: 'function_call_output'; call_id: string; output: unknown }
	| { type: 'reasoning' };

/** The parts of a request of the Responses API that count here. */
export interface ResponsesRequest {
	model: string;
	instructions?: string;
	input: string | Item[];
	tools?: Array<Tool & { type: string }>;
}

export function fromResponses(request: ResponsesRequest): Asked {
	const { model, instructions, input, tools = [] } = request;
	const items: Item[] = typeof input === 'string' ? [{ role: 'user', content: input }] : input;
	const start: Message[] = instructions ? [{ role: 'system', text: instructions, calls: [] }] : [];
	return {
		model,
		messages: [...start, ...items.flatMap(messageOf)],
		tools: tools.filter(({ type }) => type === 'function'),
	};
}

function messageOf(item: Item): Message[] {
	if (item.type === 'reasoning') return [];
	if (item.type === 'function_call') {
		const call = { id: item.call_id, name: item.name, input: inputOf(item.arguments) };
		return [{ role: 'assistant', text: '', calls: [call] }];
	}
	if (item.type === 'function_call_output')
		return [{ role: 'tool', text: textOf(item.output), calls: [], callId: item.call_id }];
	const role = item.role === 'developer' ? 'system' : item.role;
	return [{ role, text: textOf(item.content), calls: [] }];
}

export function toResponses(reply: Reply, model: string): object {
	const output =
		typeof reply === 'string'
			? [
					{
						id: `msg_${randomUUID()}`,
						type: 'message',
						role: 'assistant',
						status: 'completed',
						content: [{ type: 'output_text', text: reply, annotations: [], logprobs: [] }],
					},
				]
			: reply.map(({ name, input = {} }) => ({
					id: `fc_${randomUUID()}`,
					type: 'function_call',
					call_id: `call_${randomUUID()}`,
					name,
					arguments: JSON.stringify(input),
					status: 'completed',
				}));
	return {
		id: `resp_${randomUUID()}`,
		object: 'response',
		created_at: Math.floor(Date.now() / 1000),
		status: 'completed',
		error: null,
		incomplete_details: null,
		model,
		output,
		parallel_tool_calls: true,
		usage: {
			input_tokens: 1,
			input_tokens_details: { cached_tokens: 0 },
			output_tokens: 1,
			output_tokens_details: { reasoning_tokens: 0 },
			total_tokens: 2,
		},
	};
}
