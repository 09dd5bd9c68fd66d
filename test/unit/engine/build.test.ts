import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { buildCall } from '../../../nodes/engine/build';
import { collection, field, group, required, toList } from '../../../nodes/engine/fields';
import type { Io, Operation } from '../../../nodes/engine/operation';

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

function io(parameters: IDataObject): Io {
	const unused = async () => await Promise.reject(new Error('sent'));
	return {
		context: {} as IExecuteFunctions,
		itemIndex: 0,
		notes: new Map(),
		account: {
			credentialType: 'c',
			baseUrl: 'https://x',
			budgetKey: 'k',
			refreshable: false,
			values: { locationId: 'loc/1' },
		},
		parameter: (name, fallback) => parameters[name] ?? fallback ?? '',
		send: unused,
		read: unused,
	};
}

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

it('sends only what was set: no empty text, but null to clear a field', async () => {
	const build = async (parameters: IDataObject) =>
		(await buildCall(update, io({ id: 'a', ...parameters }))).body;
	expect(await build({ note: '', more: {} })).toEqual({});
	expect(await build({ note: 'x', more: { city: null } })).toEqual({ note: 'x', city: null });
	expect(await build({ more: { city: '', other: 'not a field' } })).toEqual({});
});

it('reads lists from arrays and from text with commas', () => {
	expect(toList(' a, b ,,c ')).toEqual(['a', 'b', 'c']);
	expect(toList(['a', ' b ', '', 3])).toEqual(['a', 'b', '3']);
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
