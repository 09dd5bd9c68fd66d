import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { isObject } from './errors';
import type { Io } from '../operation';

/** The node's parameters as they were typed, by run: n8n copies the whole node each time. */
const typed = new WeakMap<IExecuteFunctions, INodeParameters>();

/**
 * What the person typed into a field: a value, or an expression that begins with `=`, of the field or
 * of what it stands in.
 */
function written({ context }: Pick<Io, 'context'>, path: string[]): unknown {
	let parameters = typed.get(context);
	if (!parameters) {
		({ parameters } = context.getNode());
		typed.set(context, parameters);
	}
	let at: unknown = parameters;
	for (const name of path) {
		if (isObject(at)) at = at[name];
		else if (typeof at !== 'string') return undefined;
	}
	return isObject(at) && at.__rl === true ? at.value : at;
}

/** Whether the field holds a choice from a list, made by hand, and no text or expression. */
export function isChosen(io: Pick<Io, 'context'>, path: string[]): boolean {
	return typeof written(io, path) !== 'string';
}

/**
 * Whether the person typed `{{ null }}` into the field, to clear it. A null that comes from the data of
 * an item (a cell without a value, an expression that finds nothing) clears nothing.
 */
export function isCleared(io: Pick<Io, 'context'>, path: string[]): boolean {
	const text = written(io, path);
	return typeof text === 'string' && /^=\s*\{\{\s*null\s*\}\}\s*$/.test(text);
}
