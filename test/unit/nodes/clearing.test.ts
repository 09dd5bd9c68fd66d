import type { IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { buildCall } from '../../../nodes/engine/call/build';
import type { Field, Io, Operation, Resource } from '../../../nodes/engine/operation';
import { ghlResources } from '../../../nodes/Ghl/resources';
import { heyReachResources } from '../../../nodes/HeyReach/resources';

/** Every field of a write that goes into its body, and the path to it among the parameters. */
function fieldsOf(
	resources: Resource[],
): Array<[label: string, operation: Operation, path: Field[]]> {
	const below = (field: Field): Field[][] =>
		field.children
			? field.children.flatMap((child) => below(child).map((path) => [field, ...path]))
			: [[field]];
	return resources.flatMap(({ value, operations }) =>
		operations
			.filter(({ writes }) => writes)
			.flatMap((operation) =>
				operation.fields.flatMap(below).flatMap((path): Array<[string, Operation, Field[]]> => {
					const names = path.map(({ property }) => property.name).join('.');
					const isSent = path.at(-1)?.send?.in === 'body';
					return isSent ? [[`${value}:${operation.value} ${names}`, operation, path]] : [];
				}),
			),
	);
}

const nested = (names: string[], value: unknown): IDataObject =>
	names.reduceRight((inner: unknown, name) => ({ [name]: inner }), value) as IDataObject;

/** What the field alone puts into the body, beside what every call of the operation has. */
async function sent(operation: Operation, path: Field[], value: unknown, typed: unknown) {
	const names = path.map(({ property }) => property.name);
	const [{ property }] = path;
	const field = { ...path[0], property: { ...property, required: undefined } };
	const parameters = nested(names, typed) as INodeParameters;
	const values = nested(names, value);
	const io = {
		context: {
			getNode: () => ({ parameters }),
			getTimezone: () => 'UTC',
		} as unknown as IExecuteFunctions,
		itemIndex: 0,
		account: { values: {} },
		parameter: (name: string, fallback: unknown) =>
			name in values ? values[name] : (fallback ?? ''),
	} as unknown as Io;
	const alone: Operation = {
		...operation,
		request: { method: 'POST', path: '/' },
		fields: [field],
		check: undefined,
	};
	return (await buildCall(alone, io)).body;
}

const all = [...fieldsOf(ghlResources), ...fieldsOf(heyReachResources)];

it('finds the fields of both services', () => {
	expect(all.length).toBeGreaterThan(150);
});

// An invitation names every permission, and a campaign of nobody is refused.
const FILLED = ['permissions', 'senderIds', 'workspaceIds'];
const others = all.filter(([, , path]) => !FILLED.includes(path.at(-1)?.property.name ?? ''));

it.each(others)('%s is left alone by data without a value', async (_label, operation, path) => {
	for (const nothing of [null, undefined, '', ' ', []])
		expect(await sent(operation, path, nothing, '={{ $json.cell }}')).toEqual({});
	expect(await sent(operation, path, null, '={{ $json.cell ?? null }}')).toEqual({});
	expect(await sent(operation, path, null, null)).toEqual({});
	expect(await sent(operation, path, '', '')).toEqual({});
});

it.each(all)('%s is cleared by {{ null }} that stands in it', async (_label, operation, path) => {
	const { key = '', cleared = null } = path.at(-1)?.send ?? {};
	const [outer] = path;
	const inner = { [key]: cleared };
	const whole = path.length > 1 && outer.send ? { [outer.send.key]: inner } : inner;
	expect(await sent(operation, path, null, '={{ null }}')).toEqual(whole);
});
