import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../values';
import { sentId } from './sentId';
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

/** An expression may give a text. */
const isYes = (value: unknown): boolean => ['true', '1'].includes(String(value).toLowerCase());

/** Another option of the item may be unreadable, so the option is then read alone. */
function isAudited(io: Io): boolean {
	const options = readable(io, 'options');
	return isObject(options)
		? isYes(options.includeAuditRow)
		: isYes(readable(io, 'options.includeAuditRow'));
}

/** What an ID is typed into, or picked with. A path may also say what is done: add, remove. */
const IDS = ['string', 'resourceLocator'];

function recordIdOf(io: Io, operation: Operation, json: IDataObject): string | null {
	if (typeof json.id === 'string' || typeof json.id === 'number') return String(json.id);
	const inPath = operation.fields
		.filter(({ send, property }) => send?.in === 'path' && IDS.includes(property.type))
		.reverse();
	const pickers = operation.fields.filter(
		({ property: { type, required, modes = [] } }) =>
			type === 'resourceLocator' && required && modes.some(({ name }) => name === 'id'),
	);
	for (const field of [...inPath, ...pickers]) {
		const value = idIn(io, field.property.name);
		if (value !== '') return value;
	}
	return null;
}

/** Empty for what is no ID: an email or an address is a personal value. */
function idIn(io: Io, name: string): string {
	try {
		const id = sentId(io, name);
		return /[@/,]/.test(id) ? '' : id;
	} catch {
		return '';
	}
}

/** `undefined` where n8n cannot resolve the expression for this item. */
function readable(io: Io, name: string): unknown {
	try {
		return io.parameter(name);
	} catch {
		return undefined;
	}
}
