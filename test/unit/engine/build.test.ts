import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { buildCall } from '../../../nodes/engine/call/build';
import {
	collection,
	field,
	group,
	required,
	tagsField,
} from '../../../nodes/engine/describe/fields';
import type { Field, Io, Operation } from '../../../nodes/engine/operation';
import { toList } from '../../../nodes/engine/values';

const text = (name: string) =>
	field(
		{ displayName: `The ${name}`, name, type: 'string', default: '' },
		{ in: 'body', key: name },
	);
const id = required(
	field(
		{ displayName: 'Contact', name: 'id', type: 'string', default: '' },
		{ in: 'path', key: 'id' },
	),
);

const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update a thing',
	description: '',
	request: { method: 'PUT', path: '/l/{locationId}/things/{id}' },
	scope: 'things.write',
	writes: true,
	fields: [id, text('note'), collection({ displayName: 'More', name: 'more' }, [text('city')])],
};

/** `typed`: what stands in the node's fields before n8n resolved the expressions. */
function io(parameters: IDataObject, typed: IDataObject = parameters): Io {
	const unused = async () => await Promise.reject(new Error('sent'));
	return {
		context: { getNode: () => ({ parameters: typed }) } as unknown as IExecuteFunctions,
		itemIndex: 0,
		notes: new Map(),
		tell: () => {},
		account: {
			credentialType: 'c',
			baseUrl: 'https://x',
			budgetKey: 'k',
			refreshable: false,
			values: { locationId: 'loc/1' },
		},
		parameter: (name, fallback) =>
			parameters[name] === undefined ? (fallback ?? '') : parameters[name],
		send: unused,
		read: unused,
	};
}

it('carries the version that the operation names', async () => {
	const call = await buildCall(
		{ ...update, request: { ...update.request, version: 'v3' } },
		io({ id: 'a', note: 'b' }),
	);
	expect(call.version).toBe('v3');
});

it('encodes every part of the path, whatever an ID holds', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.fullUnicodeString({ minLength: 1 }).filter((s) => s.trim() !== ''),
			async (value) => {
				fc.pre(value.trim() !== '.' && value.trim() !== '..');
				const { path } = await buildCall(update, io({ id: value }));
				const parts = path.split('/');
				expect(parts).toHaveLength(5);
				expect(decodeURIComponent(parts[4])).toBe(value.trim());
				expect(new URL(`https://x${path}`).pathname).toBe(path);
			},
		),
		{ numRuns: 20_000 },
	);
});

it.each(['', '   ', undefined, { __rl: true, mode: 'id', value: '' }])(
	'refuses the empty ID %j and names its field',
	async (value) => {
		await expect(buildCall(update, io({ id: value as string }))).rejects.toThrow(
			'“Contact” is empty',
		);
	},
);

it.each(['.', '..', ' .. '])('refuses %j, which would call another endpoint', async (value) => {
	await expect(buildCall(update, io({ id: value }))).rejects.toThrow('is not an ID');
});

it.each(['ocQHyuzH\ud83d', '\udc00', 'a\ud83db'])(
	'refuses %j: half of a character cannot stand in an address',
	async (value) => {
		await expect(buildCall(update, io({ id: value }))).rejects.toThrow(
			'“Contact” contains half of a character',
		);
		await expect(buildCall(update, io({ id: 'ab\ud83d\ude00' }))).resolves.toBeDefined();
	},
);

it('sends only what was set: nothing empty, whatever kind of empty', async () => {
	const build = async (parameters: IDataObject, typed?: IDataObject) =>
		(await buildCall(update, io({ id: 'a', ...parameters }, typed))).body;
	expect(await build({ note: '', more: {} })).toEqual({});
	expect(await build({ note: ' x ', more: { city: '' } })).toEqual({ note: 'x' });
	expect(await build({ more: { city: '', other: 'not a field' } })).toEqual({});
	for (const nothing of [null, undefined, ' ', []] as unknown as string[]) {
		const typed = { note: '={{ $json.note }}', more: { city: '={{ $json.city }}' } };
		expect(await build({ note: 'x', more: { city: nothing } }, typed)).toEqual({ note: 'x' });
	}
});

it('clears a field by {{ null }} that was typed into it, and by no other null', async () => {
	const build = async (typed: IDataObject) =>
		(await buildCall(update, io({ id: 'a', note: null, more: { city: null } }, typed))).body;
	expect(await build({ note: '={{null}}', more: { city: '={{ null }}' } })).toEqual({
		note: null,
		city: null,
	});
	expect(await build({ note: '={{ $json.a ?? null }}', more: '={{ $json.more }}' })).toEqual({});
	expect(await build({ note: null, more: { city: null } })).toEqual({});
	const read = { ...update, writes: false };
	const { body } = await buildCall(
		read,
		io({ id: 'a', note: null }, { id: 'a', note: '={{ null }}' }),
	);
	expect(body).toEqual({});
});

it('takes a text of commas alone for no list, and a choice of nothing for a choice', async () => {
	const tags = tagsField('Tags', '');
	const body = async (typed: IDataObject) =>
		(await buildCall({ ...update, fields: [id, tags] }, io({ id: 'a', ...typed }))).body;
	expect(await body({ tags: ' , ' })).toEqual({});
	expect(await body({ tags: [] })).toEqual({ tags: [] });
});

it('wants something in a field that must be filled in', async () => {
	const tags = required(tagsField('Tags', ''));
	for (const tag of [null, ' , ', []] as unknown as string[])
		await expect(
			buildCall({ ...update, fields: [tags] }, io({ tags: tag }, { tags: '={{ $json.tags }}' })),
		).rejects.toThrow('“Tags” is empty');
});

describe('A value in another form than its field has', () => {
	const bare: Operation = { ...update, request: { method: 'POST', path: '/things' } };
	const of = (type: INodeProperties['type'], more: Partial<INodeProperties> = {}) =>
		field({ displayName: 'It', name: 'it', type, default: '', ...more }, { in: 'body', key: 'it' });
	const sent = async (one: Field, it: unknown) =>
		(await buildCall({ ...bare, fields: [one] }, io({ it } as IDataObject))).body?.it;

	it('is brought into it where it is clear', async () => {
		expect(await sent(of('number'), ' 12.5 ')).toBe(12.5);
		expect(await sent(of('boolean'), 'False')).toBe(false);
		expect(await sent(of('string'), 12)).toBe('12');
		expect(await sent(of('string'), ' jane@example.com ')).toBe('jane@example.com');
		expect(await sent(of('string', { typeOptions: { rows: 2 } }), 'a\n')).toBe('a\n');
		expect(await sent(of('multiOptions'), 'A, B')).toEqual(['A', 'B']);
		expect(await sent(of('multiOptions'), '["A","B"]')).toEqual(['A', 'B']);
		expect(await sent(of('resourceLocator'), ' id1 ')).toBe('id1');
	});

	it('is refused where it is not', async () => {
		await expect(sent(of('number'), '1,200')).rejects.toThrow('“It” is not a number: “1,200”');
		await expect(sent(of('boolean'), 'maybe')).rejects.toThrow('“It” is neither true nor false');
		await expect(sent(of('string'), { a: 1 })).rejects.toThrow(
			'“It” is an object instead of a text',
		);
		await expect(sent(of('multiOptions'), [null])).rejects.toThrow('A list has null in it');
	});
});

it('puts the fields of a group under one key, beside its fixed ones, and nothing for an empty group', async () => {
	const filters = group({ displayName: 'Filters', name: 'filters' }, 'filters', [
		text('seen'),
		field(
			{ displayName: 'Tags', name: 'tags', type: 'string', default: '' },
			{ in: 'body', key: 'tags', as: toList },
		),
	]);
	const search: Operation = {
		...update,
		request: { method: 'POST', path: '/search', body: { filters: { ids: [] } } },
		fields: [text('note'), filters],
	};
	const bodyOf = async (parameters: IDataObject) => (await buildCall(search, io(parameters))).body;
	expect(await bodyOf({ note: 'x', filters: { tags: 'a, b', seen: '' } })).toEqual({
		note: 'x',
		filters: { ids: [], tags: ['a', 'b'] },
	});
	expect(await bodyOf({ filters: {} })).toEqual({ filters: { ids: [] } });
	const bare = { ...search, request: { method: 'POST' as const, path: '/search' } };
	expect((await buildCall(bare, io({ filters: {} }))).body).toEqual({});
});
