import { recordsAt, valueAt } from '../../../nodes/engine/apiCall/paging';
import { jsonIn } from '../../../nodes/engine/apiCall/parts';

const values = { locationId: 'loc1', companyId: 'com1' };

describe('JSON in a field', () => {
	it('has the account filled in, wherever it stands in a text', () => {
		const body = '{ "a": "{locationId}", "b": [{ "c": "x-{companyId}" }], "d": "{other}", "e": 1 }';
		expect(jsonIn(body, 'Body', values)).toEqual({
			a: 'loc1',
			b: [{ c: 'x-com1' }],
			d: '{other}',
			e: 1,
		});
	});

	it('takes what an expression gives, and nothing for an empty field', () => {
		expect(jsonIn([{ a: 1 }], 'Body', values)).toEqual([{ a: 1 }]);
		for (const empty of ['', '  ', undefined, null])
			expect(jsonIn(empty, 'Body', values)).toBeUndefined();
	});

	it.each(['{a: 1}', '{"a": 1,}', '12', '"text"', 'null', 5, true])('refuses %s', (text) => {
		expect(() => jsonIn(text, 'Body (JSON)', values)).toThrow('“Body (JSON)” is not valid JSON');
	});

	it('keeps a key that JavaScript gives a meaning to', () => {
		const made = jsonIn('{ "__proto__": { "admin": true } }', 'Body', values);
		expect(JSON.stringify(made)).toBe('{"__proto__":{"admin":true}}');
		expect((made as { admin?: boolean }).admin).toBeUndefined();
	});
});

describe('a place in an answer', () => {
	const body = { meta: { next: 'n' }, items: [{ id: 1 }, { id: 2, sort: [5, 'x'] }] };

	it.each([
		['meta.next', 'n'],
		['items[-1].id', 2],
		['items.0.id', 1],
		['items[-1].sort', [5, 'x']],
		['meta.toString', undefined],
		['items[7].id', undefined],
		['nothing.there', undefined],
	])('%s', (place, value) => {
		expect(valueAt(body, place)).toEqual(value);
	});
});

describe('the records of an answer', () => {
	it.each([
		['the list itself', [{ a: 1 }], ''],
		['the only list', { total: 1, rows: [{ a: 1 }] }, ''],
		['the list that is named', { other: [], data: { rows: [{ a: 1 }] } }, 'data.rows'],
	])('%s', (_name, body, place) => {
		expect(recordsAt(body, place)).toEqual([{ a: 1 }]);
	});

	it('are objects', () => {
		expect(recordsAt(['a', 5], '')).toEqual([{ value: 'a' }, { value: 5 }]);
	});

	it('are none where the list is null, and missing where the answer holds nothing', () => {
		expect(recordsAt({ rows: null }, 'rows')).toEqual([]);
		for (const body of [{}, '', null, 'warming up'])
			expect(recordsAt(body, 'rows')).toBeUndefined();
	});

	it('say where they could be, when they are not there', () => {
		const body = { contacts: [], tags: [], total: 0 };
		expect(() => recordsAt(body, 'rows')).toThrow(
			expect.objectContaining({
				message: 'The answer has no list at “rows”',
				description: 'Set Records In to the path of the list. This answer has: contacts, tags.',
			}),
		);
		expect(() => recordsAt(body, '')).toThrow('The answer has no list, or more than one');
	});
});
