import { describe as propertiesOf } from '../../../nodes/engine/describe/describe';
import { field } from '../../../nodes/engine/describe/fields';
import type { Operation, Resource } from '../../../nodes/engine/operation';

const property = {
	displayName: 'Contact',
	name: 'contactId',
	type: 'string',
	default: '',
} as const;

const operation = (value: string, place: 'path' | 'body'): Operation => ({
	value,
	name: value,
	action: `${value} something`,
	description: value,
	request: { method: 'POST', path: '/x' },
	scope: '',
	writes: false,
	fields: [field(property, { in: place, key: 'id' })],
});

it('writes a parameter once for all operations that share it, wherever its value goes', () => {
	const resources: Resource[] = [
		{ value: 'a', name: 'A', operations: [operation('get', 'path'), operation('move', 'body')] },
	];
	const found = propertiesOf(resources, 'a').filter(({ name }) => name === 'contactId');
	expect(found).toEqual([
		{ ...property, displayOptions: { show: { resource: ['a'], operation: ['get', 'move'] } } },
	]);
});

it('writes a parameter once for resources with different operations, and shows it where it belongs', () => {
	const [get, move, find] = ['get', 'move', 'find'].map((value) => operation(value, 'path'));
	const bare: Operation = { ...operation('move', 'path'), fields: [] };
	const resources: Resource[] = [
		{ value: 'a', name: 'A', operations: [get] },
		{ value: 'b', name: 'B', operations: [move, find] },
		{ value: 'c', name: 'C', operations: [get, bare] },
	];
	const found = propertiesOf(resources, 'a').filter(({ name }) => name === 'contactId');
	expect(found.map(({ displayOptions }) => displayOptions?.show)).toEqual([
		{ resource: ['a', 'b'], operation: ['get', 'move', 'find'] },
		// Not with the others: its operation "move" has no such parameter.
		{ resource: ['c'], operation: ['get'] },
	]);
});

it('lists first what the node is about', () => {
	const one = (name: string, first?: true): Resource => ({
		value: name,
		name,
		first,
		operations: [operation('get', 'path')],
	});
	const [resource] = propertiesOf([one('A'), one('Z', true), one('B'), one('Y', true)], 'Z');
	expect(resource.options).toEqual(['Y', 'Z', 'A', 'B'].map((name) => ({ name, value: name })));
});

it('gives each operation its own options, though those of another have the same names', () => {
	const withOption = (value: string, text: string): Operation => ({
		...operation(value, 'path'),
		options: [field({ displayName: 'Since', name: 'since', type: 'string', default: text })],
	});
	const optionsIn = (resources: Resource[], name: string) =>
		propertiesOf(resources, 'a')
			.filter((one) => one.name === 'options')
			.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes(name))
			.flatMap(({ options = [] }) => options)
			.filter((option) => option.name === 'since')
			.map((option) => (option as { default: unknown }).default);
	const shared = withOption('get', 'one').options;
	const resources: Resource[] = [
		{
			value: 'a',
			name: 'A',
			operations: [
				{ ...operation('get', 'path'), options: shared },
				withOption('find', 'two'),
				{ ...operation('move', 'path'), options: shared },
			],
		},
	];
	expect(optionsIn(resources, 'get')).toEqual(['one']);
	expect(optionsIn(resources, 'find')).toEqual(['two']);
	expect(optionsIn(resources, 'move')).toEqual(['one']);
	// Those of another node are no matter either.
	const [other] = [withOption('get', 'three')];
	expect(optionsIn([{ value: 'a', name: 'A', operations: [other] }], 'get')).toEqual(['three']);
	const count = propertiesOf(resources, 'a').filter(({ name }) => name === 'options').length;
	expect(count).toBe(2);
});
