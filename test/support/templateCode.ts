import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';

export type Json = Record<string, unknown>;
type Items = Array<{ json: Json }>;

interface TemplateNode {
	name: string;
	parameters: {
		jsCode?: string;
		assignments?: { assignments: Array<{ name: string; value: unknown }> };
	};
}

const itemsOf = (rows: Json[]): Items => rows.map((json) => ({ json }));

/** Runs a Code node of a template, where the other nodes have put these rows out, and gives its rows. */
export function runCode(
	template: string,
	name: string,
	nodes: Record<string, Json[]>,
	input: Json[],
) {
	const file = join(__dirname, '../../templates', `${template}.json`);
	const all = (JSON.parse(readFileSync(file, 'utf8')) as { nodes: TemplateNode[] }).nodes;
	const nodeOf = (one: string) => all.find((node) => node.name === one)?.parameters;
	const written = nodeOf('Your settings')?.assignments?.assignments ?? [];
	const settings = Object.fromEntries(written.map((one) => [one.name, one.value]));
	const rowsOf = (one: string): Json[] =>
		one === 'Your settings' ? [{ ...settings, ...nodes[one]?.[0] }] : (nodes[one] ?? []);
	const $ = (one: string) => ({
		all: () => itemsOf(rowsOf(one)),
		first: () => itemsOf(rowsOf(one))[0],
		itemMatching: () => itemsOf(rowsOf(one))[0],
		isExecuted: one in nodes,
	});
	const $input = { all: () => itemsOf(input), first: () => itemsOf(input)[0] };
	const run = compileFunction(nodeOf(name)?.jsCode ?? '', ['$', '$input']) as (
		...given: unknown[]
	) => Items;
	return run($, $input).map(({ json }) => json);
}
