import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../values';
import type { Io, Operation } from '../operation';

/**
 * The output with its audit row, if the item has Include Audit Row: operation, record, status, time and
 * execution, without a personal value. Must not throw, because the parameters of a failed item may be
 * unreadable.
 */
export function audited(
	io: Io,
	operation: Operation,
	json: IDataObject,
	status: 'done' | 'failed',
): IDataObject {
	if (!operation.writes || !isAudited(io)) return json;
	const audit: IDataObject = {
		operation: `${String(readable(io, 'resource'))}:${operation.value}`,
		recordId: recordIdOf(io, operation, json),
		status,
		at: new Date().toISOString(),
		executionId: io.context.getExecutionId(),
	};
	return { ...json, audit };
}

/** Another option of the item may be unreadable, so the option is then read alone. */
function isAudited(io: Io): boolean {
	const options = readable(io, 'options');
	return isObject(options)
		? options.includeAuditRow === true
		: readable(io, 'options.includeAuditRow') === true;
}

function recordIdOf(io: Io, operation: Operation, json: IDataObject): string | null {
	if (typeof json.id === 'string' || typeof json.id === 'number') return String(json.id);
	const inPath = operation.fields.filter(({ send }) => send?.in === 'path').reverse();
	const pickers = operation.fields.filter(
		({ property: { type, required, modes = [] } }) =>
			type === 'resourceLocator' && required && modes.some(({ name }) => name === 'id'),
	);
	for (const field of [...inPath, ...pickers]) {
		const value = readable(io, field.property.name);
		if (typeof value === 'string' && value !== '') return value;
	}
	return null;
}

/** `undefined` where n8n cannot resolve the expression for this item. */
function readable(io: Io, name: string): unknown {
	try {
		return io.parameter(name);
	} catch {
		return undefined;
	}
}
