import { compileFunction } from 'node:vm';

/** A Data Table as a template creates it. */
export interface TemplateTable {
	name: string;
	columns: Array<{ name: string; type: string }>;
}

interface CreateTable {
	resource?: string;
	operation?: string;
	tableName?: string;
	columns?: { column: TemplateTable['columns'] };
}

/** How a Code node that lists Data Tables begins that list. */
const LIST = /^const TABLES = \{$/m;

/**
 * The Data Tables that a template creates: by a node for each, of its own or of a workflow that stands
 * in one of its nodes, or by a Code node that lists them.
 */
export function tablesOf({
	nodes,
}: {
	nodes: Array<{ parameters: Record<string, unknown> }>;
}): TemplateTable[] {
	return nodes.flatMap(({ parameters }) => {
		const { resource, operation, tableName = '', columns } = parameters as CreateTable;
		if (resource === 'table' && operation === 'create')
			return [{ name: tableName, columns: columns?.column ?? [] }];
		const { jsCode, workflowJson } = parameters;
		if (typeof workflowJson === 'string' && !workflowJson.startsWith('='))
			return tablesOf(JSON.parse(workflowJson) as Parameters<typeof tablesOf>[0]);
		return typeof jsCode === 'string' && LIST.test(jsCode) ? listedBy(jsCode) : [];
	});
}

function listedBy(code: string): TemplateTable[] {
	const run = compileFunction(code) as () => Array<{ json: Partial<TemplateTable> }>;
	return run().flatMap(({ json: { name, columns } }) =>
		name && columns ? [{ name, columns }] : [],
	);
}
