import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { isObject } from '../values';
import type { Io } from '../operation';

/** The raw parameters of the node, by run. Cached, because n8n copies the whole node on each `getNode`. */
const typed = new WeakMap<IExecuteFunctions, INodeParameters>();

function rawParameters(context: IExecuteFunctions): INodeParameters {
	let parameters = typed.get(context);
	if (!parameters) {
		({ parameters } = context.getNode());
		typed.set(context, parameters);
	}
	return parameters;
}

/** Whether the editor shows the parameter: n8n drops the others, and fails where one of them is asked for. */
export const isShown = (context: IExecuteFunctions, name: string): boolean =>
	name.split('.')[0] in rawParameters(context);

/**
 * The raw content of a field: a value, or an expression that begins with `=`. For a field inside an
 * expression (of a collection, say) it is that expression.
 */
function written({ context }: Pick<Io, 'context'>, path: string[]): unknown {
	let at: unknown = rawParameters(context);
	for (const name of path) {
		if (isObject(at)) at = at[name];
		else if (typeof at !== 'string') return undefined;
	}
	return isObject(at) && at.__rl === true ? at.value : at;
}

/** Whether the field holds a choice made by hand, not a text or an expression. */
export function isChosen(io: Pick<Io, 'context'>, path: string[]): boolean {
	return typeof written(io, path) !== 'string';
}

/** Whether the field holds an expression. */
export function isExpression(io: Pick<Io, 'context'>, path: string[]): boolean {
	const text = written(io, path);
	return typeof text === 'string' && text.startsWith('=');
}

/**
 * Whether the person typed `{{ null }}` into the field, to clear it. A null from the data of an item (an
 * empty cell, an expression that finds nothing) clears nothing.
 */
export function isCleared(io: Pick<Io, 'context'>, path: string[]): boolean {
	const text = written(io, path);
	return typeof text === 'string' && /^=\s*\{\{\s*null\s*\}\}\s*$/.test(text);
}
