import type { IDataObject } from 'n8n-workflow';
import { toPathSegment } from 'n8n-workflow';
import { BadInput, isObject } from './errors';
import type { Call, Field, Io, Operation, Send } from './operation';

/**
 * The call of one operation for one item: only what the person set is sent. An empty text counts
 * as not set, so that an empty cell never wipes a field; an explicit null is sent and clears it.
 *
 * @throws BadInput naming the parameter that is empty or cannot be used
 */
export async function buildCall(operation: Operation, io: Io): Promise<Call> {
	const { method, path, repeatable } = operation.request;
	const parts = {
		path: { ...io.account.values } as IDataObject,
		query: literals(operation.request.query, io.account.values),
		body: literals(operation.request.body, io.account.values),
	};
	const labels: Record<string, string> = {};

	for (const field of operation.fields) {
		const value = io.parameter(field.property.name);
		if (field.property.required && isEmpty(value)) throw empty(field.property.displayName);
		if (field.send?.in === 'path') labels[field.send.key] = field.property.displayName;
		await place(field, value, parts, io);
	}

	const call: Call = {
		method,
		template: path,
		path: path.replace(/\{(\w+)\}/g, (_, key: string) =>
			segment(parts.path[key], labels[key] ?? key),
		),
		query: orNothing(parts.query),
		body:
			method === 'GET'
				? undefined
				: (orNothing(parts.body) ?? (method === 'DELETE' ? undefined : {})),
		repeatable: repeatable ?? method !== 'POST',
		scope: operation.scope,
	};
	operation.check?.(call);
	return call;
}

type Parts = Record<'path' | 'query' | 'body', IDataObject>;

async function place(field: Field, value: unknown, parts: Parts, io: Io): Promise<void> {
	if (field.children) {
		const set = isObject(value) ? value : {};
		const inner = field.send ? { ...parts, [field.send.in]: {} } : parts;
		for (const child of field.children) {
			if (child.property.name in set) await place(child, set[child.property.name], inner, io);
		}
		if (field.send) nest(field.send, inner, parts);
		return;
	}
	if (field.spread) Object.assign(parts.body, await field.spread(value, io));
	if (!field.send) return;
	const plain = unwrap(value);
	if (isEmpty(plain)) return;
	const { as, in: part, key } = field.send;
	const ready = as && plain !== null ? await as(plain, io) : plain;
	if (ready === undefined || (ready === null && part !== 'body')) return;
	parts[part][key] = ready as IDataObject[string];
}

/** What the fields of a collection came to, under the collection's own key. */
function nest({ in: part, key }: Send, inner: Parts, parts: Parts): void {
	if (Object.keys(inner[part]).length === 0) return;
	parts[part][key] = { ...(parts[part][key] as IDataObject | undefined), ...inner[part] };
}

/** One part of a path, encoded. `..` and an empty id would call another endpoint. */
function segment(value: unknown, label: string): string {
	if (isEmpty(value) || value === null) throw empty(label);
	const id = String(value).trim();
	if (id === '.' || id === '..') throw new BadInput(`“${label}” is not an ID: “${id}”`);
	return toPathSegment(id);
}

function empty(label: string): BadInput {
	return new BadInput(
		`“${label}” is empty`,
		'Fill it in, or check that the expression behind it finds a value in this item. Nothing was sent for this item.',
	);
}

function isEmpty(value: unknown): boolean {
	const plain = unwrap(value);
	return plain === undefined || (typeof plain === 'string' && plain.trim() === '');
}

/** The value of a resource locator (n8n's picker), or the value itself. */
export function unwrap(value: unknown): unknown {
	return isObject(value) && value.__rl === true ? value.value : value;
}

function literals(fixed: IDataObject | undefined, values: Record<string, string>): IDataObject {
	const result: IDataObject = {};
	for (const [key, value] of Object.entries(fixed ?? {})) {
		const name = typeof value === 'string' ? /^\{(\w+)\}$/.exec(value)?.[1] : undefined;
		result[key] = name ? values[name] : value;
	}
	return result;
}

function orNothing(part: IDataObject): IDataObject | undefined {
	return Object.keys(part).length > 0 ? part : undefined;
}
