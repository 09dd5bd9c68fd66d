import type { IDataObject } from 'n8n-workflow';
import { toPathSegment } from 'n8n-workflow';
import { BadInput, halfOf, holdsHalf } from '../badInput';
import type { Call, Field, Io, Operation, Send } from '../operation';
import { toFlag, toList, toNumber, toText, isObject, unwrap } from '../values';
import { named } from './labels';
import { isChosen, isCleared } from './rawParameter';
import { noteSent } from './sentId';

/**
 * The call of one operation for one item. It sends only what the person set. An empty text, null and
 * an empty list count as not set, so that an empty cell never clears a field. A write clears a field
 * into which the person typed `{{ null }}`.
 *
 * @throws BadInput naming the parameter that is empty or cannot be used
 */
export async function buildCall(operation: Operation, io: Io): Promise<Call> {
	const { method, path, repeatable, version } = operation.request;
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
		await place(field, value, parts, io, [field.property.name], operation.writes);
	}
	if (operation.options?.some(({ send }) => send)) {
		const options = io.parameter('options', {});
		await placeSet(operation.options, options, parts, io, ['options'], operation.writes);
	}

	const call: Call = {
		method,
		template: path,
		version,
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
		asFile: operation.asFile,
	};
	operation.check?.(call);
	return call;
}

type Parts = Record<'path' | 'query' | 'body', IDataObject>;

/** `path` leads to the field among the node's parameters. */
async function place(
	field: Field,
	value: unknown,
	parts: Parts,
	io: Io,
	path: string[],
	writes: boolean,
): Promise<void> {
	const { property, send, children } = field;
	if (children) {
		const inner = send ? { ...parts, [send.in]: {} } : parts;
		await placeSet(children, value, inner, io, path, writes);
		if (send) nest(send, inner, parts);
		return;
	}
	if (field.spread) Object.assign(parts.body, await field.spread(value ?? '', io));
	if (!send) return;
	const { as, in: part, key, cleared = null, adds } = send;
	const plain = unwrap(value);
	if (plain === null && writes && part === 'body' && isCleared(io, path)) parts.body[key] = cleared;
	if (isEmpty(plain)) return;
	// A list by hand without a choice is meant to be empty. An empty list from an expression counts as not set.
	const isNone = (list: unknown) => Array.isArray(list) && list.length === 0 && !isChosen(io, path);
	// The field's own function decides what an empty choice means.
	const isChoice = as !== undefined && property.type === 'multiOptions';
	const ready = isNone(plain) && !isChoice ? plain : await inForm(field, plain, io);
	if (isNone(ready) && property.required) throw empty(property.displayName);
	if (ready === undefined || ready === null || isNone(ready)) return;
	if (property.type === 'resourceLocator' && path.length === 1) noteSent(io, property.name, ready);
	const others = adds ? [parts[part][key] ?? []].flat() : [];
	const all =
		Array.isArray(ready) && others.length > 0 ? [...new Set([...others, ...ready])] : ready;
	parts[part][key] = all as IDataObject[string];
}

/** Places those fields of a collection that the person added. */
async function placeSet(
	fields: Field[],
	value: unknown,
	parts: Parts,
	io: Io,
	path: string[],
	writes: boolean,
): Promise<void> {
	const set = isObject(value) ? value : {};
	for (const field of fields) {
		const { name } = field.property;
		if (name in set) await place(field, set[name], parts, io, [...path, name], writes);
	}
}

/** The value in the form that the API wants. */
async function inForm({ property, send }: Field, value: unknown, io: Io): Promise<unknown> {
	const typed = typedValue(property, value, send?.as !== undefined);
	try {
		return send?.as ? await send.as(typed, io) : typed;
	} catch (error) {
		throw named(property.displayName, error);
	}
}

/** The value as the field's type has it: an expression may give a text where a number is meant. */
function typedValue(
	{ type, displayName, typeOptions }: Field['property'],
	value: unknown,
	isRead: boolean,
): unknown {
	if (type === 'number') return toNumber(value, displayName);
	if (type === 'boolean') return toFlag(value, displayName);
	// The field's own function (`as`) reads the value.
	if (isRead) return value;
	if (type === 'multiOptions') return toList(value);
	if (type === 'resourceLocator') return typeof value === 'number' ? value : oneLine(value);
	if (type !== 'string') return value;
	return typeOptions?.rows === undefined ? oneLine(value) : toText(value, displayName);

	function oneLine(text: unknown): string {
		return toText(text, displayName).trim();
	}
}

/** Puts the values of a collection under the collection's own key. */
function nest({ in: part, key }: Send, inner: Parts, parts: Parts): void {
	if (Object.keys(inner[part]).length === 0) return;
	parts[part][key] = { ...(parts[part][key] as IDataObject | undefined), ...inner[part] };
}

/** @throws BadInput where a value of the query cannot be sent */
export function checkQuery({ query = {} }: Pick<Call, 'query'>): void {
	for (const [key, value] of Object.entries(query)) {
		if ([value].flat().some((one) => typeof one === 'string' && holdsHalf(one)))
			throw halfOf(`“${key}”`);
	}
}

/** One part of a path, encoded. `..` or an empty ID would call another endpoint, so both are refused. */
function segment(value: unknown, label: string): string {
	if (isEmpty(value)) throw empty(label);
	const id = String(value).trim();
	if (id === '.' || id === '..')
		throw new BadInput(
			`“${label}” is not an ID: “${id}”`,
			'Choose the record from the list, or check the expression that gives its ID.',
		);
	if (holdsHalf(id)) throw halfOf(`“${label}”`);
	return toPathSegment(id);
}

function empty(label: string): BadInput {
	return new BadInput(
		`“${label}” is empty`,
		'Fill it in, or check that the expression behind it finds a value in this item. Nothing was sent for this item.',
	);
}

function isEmpty(value: unknown): boolean {
	const plain = unwrap(value) ?? '';
	return typeof plain === 'string' && plain.trim() === '';
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
