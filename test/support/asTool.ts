import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { isObject } from '../../nodes/engine/values';

/** A parameter that a person may leave to the model: n8n's editor has a button for it beside each. */
export interface ModelField {
	/** How the model knows it. */
	key: string;
	/** Where it is: `updateFields.title`. */
	path: string;
	property: Pick<INodeProperties, 'type' | 'displayName'>;
}

/** The editor has no button for these: packages/frontend of n8n, `fromAIOverride.utils.ts`. */
const WITHOUT_BUTTON = ['options', 'credentialsSelect', 'notice', 'hidden'];

/** The key that the editor makes of a parameter; an index of the path stands before its name. */
function keyOf(path: string, displayName: string): string {
	const indices = path.split('.').filter((part) => /\[\d+\]/.test(part));
	const parts = [...indices.map((part) => part.replace(/[[\]]/g, '')), displayName];
	return parts
		.join('_')
		.slice(0, 63)
		.replace(/[^a-zA-Z0-9-]/g, '_');
}

/** All parameters that can be left to the model, each with the first row of a list of rows. */
export function modelFields(properties: INodeProperties[], parent = ''): ModelField[] {
	return properties.flatMap((property): ModelField[] => {
		const path = parent ? `${parent}.${property.name}` : property.name;
		const options = property.options ?? [];
		if (property.noDataExpression || WITHOUT_BUTTON.includes(property.type)) return [];
		if (property.type === 'collection')
			return options.flatMap((one) => ('type' in one ? modelFields([one], path) : []));
		if (property.type === 'fixedCollection') {
			const isMany = property.typeOptions?.multipleValues === true;
			return options.flatMap((row) =>
				'values' in row ? modelFields(row.values, `${path}.${row.name}${isMany ? '[0]' : ''}`) : [],
			);
		}
		return [{ key: keyOf(path, property.displayName), path, property }];
	});
}

/** What a node is as a tool: its parameters with calls of `$fromAI`, and what the model has to say for them. */
export interface AsTool {
	parameters: INodeParameters;
	input: IDataObject;
}

/**
 * The example of an operation with every value left to the model for which the editor has a button.
 *
 * @param properties of the operation
 */
export function asTool(properties: INodeProperties[], example: INodeParameters): AsTool {
	const input: IDataObject = {};

	function leave(property: INodeProperties, value: unknown, parent: string): unknown {
		const path = parent ? `${parent}.${property.name}` : property.name;
		const { type, displayName, options = [] } = property;
		if (property.noDataExpression || WITHOUT_BUTTON.includes(type)) return value;
		if (type === 'collection')
			return leaveAll(
				options.filter((one) => 'type' in one),
				value,
				path,
			);
		if (type === 'fixedCollection') {
			const rows = Object.entries(isObject(value) ? value : {}).map(([name, row]) => {
				const found = options.find((one) => 'values' in one && one.name === name);
				const fields = found && 'values' in found ? found.values : [];
				if (!Array.isArray(row)) return [name, leaveAll(fields, row, `${path}.${name}`)];
				return [name, row.map((one, at) => leaveAll(fields, one, `${path}.${name}[${at}]`))];
			});
			return Object.fromEntries(rows) as unknown;
		}
		if (type === 'resourceLocator' && isObject(value))
			return { ...value, value: call(keyOf(path, displayName), 'string', value.value) };
		if (type === 'resourceMapper' && isObject(value)) {
			const columns = Object.entries(isObject(value.value) ? value.value : {});
			const left = columns.map(([id, one]) => [id, call(keyOf('', id), 'string', one)]);
			return { ...value, value: Object.fromEntries(left) as unknown };
		}
		const kind = ['boolean', 'number', 'json'].includes(type) ? type : 'string';
		return call(keyOf(path, displayName), kind, value);
	}

	function call(key: string, kind: string, value: unknown): unknown {
		input[key] = said(kind, value) as IDataObject[string];
		return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`\`, '${kind}') }}`;
	}

	function leaveAll(fields: INodeProperties[], value: unknown, path: string): unknown {
		const entries = Object.entries(isObject(value) ? value : {}).map(([name, one]) => {
			const property = fields.find((field) => field.name === name);
			return [name, property ? leave(property, one, path) : one];
		});
		return Object.fromEntries(entries);
	}

	return { parameters: leaveAll(properties, example, '') as INodeParameters, input };
}

/** A value as a model says it: of the type that it is asked for. */
function said(kind: string, value: unknown): unknown {
	if (kind === 'json' && typeof value === 'string') return JSON.parse(value) as unknown;
	if (kind !== 'string') return value;
	if (Array.isArray(value)) return value.join(', ');
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
