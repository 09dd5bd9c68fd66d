/** What both of OpenAI's interfaces say, in one form. */
export interface Asked {
	model: string;
	messages: Message[];
	tools: Tool[];
}

export interface Message {
	/** `tool`: the result of a tool. The system's prompt has the role `system` in both interfaces. */
	role: 'system' | 'user' | 'assistant' | 'tool';
	text: string;
	/** The tools that the assistant called. */
	calls: Array<{ id: string; name: string; input: unknown }>;
	/** Of a result: the call that it belongs to. */
	callId?: string;
}

export interface Tool {
	name: string;
	description?: string;
	/** JSON Schema. */
	parameters?: JsonSchema;
}

export interface JsonSchema {
	type?: string | string[];
	properties?: Record<string, JsonSchema>;
	items?: JsonSchema;
	anyOf?: JsonSchema[];
	required?: string[];
	description?: string;
	[other: string]: unknown;
}

/** A text, or calls of tools. */
export type Reply = string | Array<{ name: string; input?: object }>;

/** The most tools that OpenAI takes. */
const MOST_TOOLS = 128;

/** What OpenAI refuses about tools, in its own words. */
export function flawsOf(tools: Tool[]): string[] {
	const flaws = tools.flatMap((tool) => flawsOfTool(tool));
	const names = tools.map(({ name }) => name);
	for (const name of new Set(names)) {
		if (names.filter((other) => other === name).length > 1)
			flaws.push(`Duplicate function name: '${name}'.`);
	}
	if (tools.length > MOST_TOOLS)
		flaws.push(`Invalid 'tools': array too long. Expected at most ${MOST_TOOLS}.`);
	return flaws;
}

function flawsOfTool({ name, description = '', parameters }: Tool): string[] {
	const flaws: string[] = [];
	if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name))
		flaws.push(`Invalid 'tools.function.name': '${name}' does not match '^[a-zA-Z0-9_-]{1,64}$'.`);
	if (description.length > 1024)
		flaws.push(`Invalid 'tools.function.description' of '${name}': string too long.`);
	// Without parameters a function takes none.
	if (parameters === undefined) return flaws;
	if (parameters.type !== 'object') {
		const got = String(parameters.type ?? 'None');
		flaws.push(
			`Invalid schema for function '${name}': schema must be a JSON Schema of 'type: "object"', got 'type: "${got}"'.`,
		);
	}
	return [...flaws, ...flawsOfSchema(name, parameters, [])];
}

function flawsOfSchema(name: string, schema: JsonSchema, path: string[]): string[] {
	const types = [schema.type ?? []].flat();
	const context = `Invalid schema for function '${name}': In context=(${path.map((part) => `'${part}'`).join(', ')}), `;
	const flaws: string[] = [];
	if (types.includes('object') && path.length === 0 && schema.properties === undefined)
		flaws.push(`${context}object schema missing properties.`);
	if (types.includes('array') && schema.items === undefined)
		flaws.push(`${context}array schema missing items.`);
	for (const key of schema.required ?? []) {
		if (!Object.hasOwn(schema.properties ?? {}, key))
			flaws.push(`${context}'required' names '${key}', which is no property.`);
	}
	return [
		...flaws,
		...Object.entries(schema.properties ?? {}).flatMap(([key, one]) =>
			flawsOfSchema(name, one, [...path, 'properties', key]),
		),
		...(schema.items ? flawsOfSchema(name, schema.items, [...path, 'items']) : []),
		...(schema.anyOf ?? []).flatMap((one) => flawsOfSchema(name, one, [...path, 'anyOf'])),
	];
}

/** A text that came whole, or in parts. */
export function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return content.map((part: { text?: unknown }) => String(part.text ?? '')).join('');
}

/** The input of a call, which both interfaces carry as JSON text. */
export function inputOf(text: string): unknown {
	return text === '' ? {} : JSON.parse(text);
}
