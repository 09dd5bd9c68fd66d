import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { DateTime } from 'luxon';

/** A row of the Data Table *LinkedIn inbox*. */
export interface Row {
	id: number;
	key: string;
	kind: 'in' | 'out';
	contact: string;
	conversation: string;
	sentAt: string;
	side: 'them' | 'me';
	text: string;
	messageId: string;
	step: string;
	sent: string;
	why: string;
	tries: number;
	version: number;
	begunAt: string;
	echoOf: string;
	until: string;
}

interface TemplateNode {
	name: string;
	parameters: {
		jsCode?: string;
		limit?: number;
		columns?: { value: Record<string, string> };
		assignments?: { assignments: Array<{ name: string; value: unknown }> };
	};
}

const FILE = join(__dirname, '../../../templates/linkedin-inbox-in-highlevel.json');
const { nodes } = JSON.parse(readFileSync(FILE, 'utf8')) as { nodes: TemplateNode[] };
export const nodeOf = (name: string): TemplateNode['parameters'] => {
	const found = nodes.find((node) => node.name === name);
	if (!found) throw new Error(`The template has no node “${name}”.`);
	return found.parameters;
};

type Item = { json: Record<string, unknown> };
const itemsOf = (rows: object[]): Item[] => rows.map((json) => ({ json: { ...json } }));

/** What the expressions and the code of the template see of n8n. */
function scopeOf(items: Record<string, object[]>, input: object[], at: number) {
	const $ = (name: string) => ({
		all: () => itemsOf(items[name]),
		first: () => itemsOf(items[name])[0],
		item: itemsOf(items[name])[0],
		isExecuted: name in items,
	});
	const $input = { all: () => itemsOf(input) };
	const clock = { now: () => at };
	class At extends Date {
		constructor(...given: [] | [string | number]) {
			super(given[0] ?? clock.now());
		}
		static override now = () => clock.now();
	}
	const $now = DateTime.fromMillis(at, { zone: 'utc' });
	return { $, $input, $now, $json: input[0] ?? {}, DateTime, Date: At };
}

type Compiled = (...given: unknown[]) => unknown;
const compiled = new Map<string, Compiled>();

function run(source: string, scope: object): unknown {
	const made = compiled.get(source) ?? (compileFunction(source, Object.keys(scope)) as Compiled);
	compiled.set(source, made);
	return made(...Object.values(scope));
}

/** What the Code node puts out. `at`: the time there (epoch ms). */
export function code(
	name: string,
	items: Record<string, object[]>,
	input: object[],
	at: number,
): Row[] {
	const put = run(nodeOf(name).jsCode ?? '', scopeOf(items, input, at)) as Array<{ json: Row }>;
	return put.map(({ json }) => json);
}

/** The values that a Data Table node writes into a row. */
export function written(
	name: string,
	items: Record<string, object[]>,
	json: object,
	at: number,
): Partial<Row> {
	const { value = {} } = nodeOf(name).columns ?? {};
	const scope = scopeOf(items, [json], at);
	return Object.fromEntries(
		Object.entries(value).map(([column, expression]) => {
			const body = expression.replace(/^=\{\{/, 'return (').replace(/\}\}$/, ');');
			return [column, run(body, scope)];
		}),
	);
}

/** *Your settings* as they stand in the template, with these laid over. */
export function settings(more: object): object {
	const { assignments = [] } = nodeOf('Your settings').assignments ?? {};
	const own = assignments
		.filter(({ value }) => !String(value).startsWith('='))
		.map(({ name, value }) => [name, value]);
	return { ...Object.fromEntries(own), ...more };
}
