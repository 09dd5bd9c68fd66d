import fc from 'fast-check';
import {
	textsIn,
	toEmails,
	toFlag,
	toIds,
	toLabels,
	toList,
	toNumber,
	toText,
	toUrls,
} from '../../../nodes/engine/values';

/** What is in a list without being dropped or taken apart. */
const entries = fc.array(
	fc.string({ minLength: 1 }).filter((text) => text.trim() === text && text !== ''),
);
/** A name that a text with commas can hold. */
const plain = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 .-]{0,8}[A-Za-z0-9]$/);

describe('A list', () => {
	it('is the same as itself, as its JSON text and as objects with names', () => {
		fc.assert(
			fc.property(entries, (list) => {
				expect(toList(list)).toEqual(list);
				expect(toList(JSON.stringify(list))).toEqual(list);
				expect(toList(JSON.stringify(list, undefined, 2))).toEqual(list);
				expect(toList(list.map((name) => ({ name, campaignId: 1 })))).toEqual(list);
				expect(toList(JSON.stringify(list.map((name) => ({ name }))))).toEqual(list);
				expect(toIds(list.map((id) => ({ id, name: 'x' })))).toEqual(list);
			}),
		);
	});

	it('equals its own text, where no comma is part of a value', () => {
		fc.assert(
			fc.property(fc.array(plain), fc.constantFrom(',', ', ', ' ,', ',,'), (list, comma) => {
				expect(toList(list.join(comma))).toEqual(list);
				expect(toList(toList(list.join(comma)).join(comma))).toEqual(list);
			}),
		);
	});

	it.each([
		[' a, b ,,c ', ['a', 'b', 'c']],
		[
			['a', ' b ', '', 3],
			['a', 'b', '3'],
		],
		['["Hot","Warm"]', ['Hot', 'Warm']],
		['[1, 2]', ['1', '2']],
		['[]', []],
		['', []],
		[{ name: 'Interested', campaignId: 1 }, ['Interested']],
		['{"name":"Interested"}', ['Interested']],
		[7, ['7']],
		// As in CSV: a comma in quotes is part of the entry.
		['"Berlin, Germany", vip', ['Berlin, Germany', 'vip']],
		['"say ""hi"", Jane", x', ['say "hi", Jane', 'x']],
		['say "hi", x', ['say "hi"', 'x']],
		['"a, b" c', ['"a', 'b" c']],
		// No JSON, and no attempt at it.
		['[VIP], new', ['[VIP]', 'new']],
		['{first_name}', ['{first_name}']],
	])('reads %j', (value, list) => {
		expect(toList(value)).toEqual(list);
	});

	it.each([
		[[null], 'A list has null in it'],
		[['a', undefined], 'A list has null in it'],
		['["a", null]', 'A list has null in it'],
		[[['a']], 'A list has a list in it'],
		[[{ title: 'x' }], 'A list has an object without “name” in it'],
		[[{ name: null }], 'A list has an object without “name” in it'],
		['["Hot","Warm"', 'is not a list that can be read'],
		["['Hot', 'Warm']", 'is not a list that can be read'],
	])('refuses %j', (value, message) => {
		expect(() => toList(value)).toThrow(message);
	});
});

describe('Email addresses', () => {
	it.each([
		['a@x.com,b@x.com', ['a@x.com', 'b@x.com']],
		['a@x.com; b@x.com ', ['a@x.com', 'b@x.com']],
		[
			'"Doe, Jane" <jane@example.com>, karl@example.com',
			['"Doe, Jane" <jane@example.com>', 'karl@example.com'],
		],
		[
			'karl@example.com, Doe, Jane <jane@example.com>',
			['karl@example.com', 'Doe, Jane <jane@example.com>'],
		],
		['"Doe; \\"J, J\\"" <j@x.com>', ['"Doe; \\"J, J\\"" <j@x.com>']],
		['nobody, a@x.com', ['nobody', 'a@x.com']],
		[[{ name: 'Jane', email: 'a@x.com' }], ['a@x.com']],
	])('in %j', (value, list) => {
		expect(toEmails(value)).toEqual(list);
	});

	it('come apart again, whatever names they have', () => {
		const name = fc.string().map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`);
		const email = fc
			.tuple(name, fc.stringMatching(/^[a-z]{1,5}$/))
			.map(([said, user]) => `${said} <${user}@example.com>`);
		fc.assert(
			fc.property(fc.array(email), (list) => expect(toEmails(list.join(', '))).toEqual(list)),
		);
	});
});

describe('Web addresses', () => {
	const cloud = 'https://res.example.com/image/upload/w_400,h_300,c_fill/offer.jpg';
	it.each([
		[cloud, [cloud]],
		[`${cloud}, https://example.com/b.pdf`, [cloud, 'https://example.com/b.pdf']],
		[`${cloud},https://example.com/b.pdf,`, [cloud, 'https://example.com/b.pdf']],
		[`${cloud}\n https://example.com/b c.pdf`, [cloud, 'https://example.com/b c.pdf']],
		[[cloud], [cloud]],
		[JSON.stringify([{ url: cloud }]), [cloud]],
	])('in %j', (value, list) => {
		expect(toUrls(value)).toEqual(list);
	});
});

it('takes choices one a line, so that one may have a comma', () => {
	expect(toLabels('Small, under 10\nLarge')).toEqual(['Small, under 10', 'Large']);
	expect(toLabels('Small, Large')).toEqual(['Small', 'Large']);
});

it('reads numbers from their text, and guesses none', () => {
	fc.assert(
		fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
			expect(toNumber(number, 'Value')).toBe(number);
			expect(toNumber(` ${number} `, 'Value')).toBe(Number(String(number)));
		}),
	);
	for (const value of ['1,200', '12 €', '0x10', '', ' ', 'x', true, [], {}, NaN, Infinity])
		expect(() => toNumber(value, 'Value')).toThrow('“Value” is not a number');
});

it('reads yes and no in the words of n8n', () => {
	expect([true, 'true', ' TRUE', 1, '1'].map((value) => toFlag(value, 'x'))).toEqual(
		Array(5).fill(true),
	);
	expect([false, 'false', 'False', 0].map((value) => toFlag(value, 'x'))).toEqual(
		Array(4).fill(false),
	);
	expect(() => toFlag('maybe', 'Pinned')).toThrow('“Pinned” is neither true nor false: “maybe”');
});

it('makes no text of lists and objects', () => {
	expect(toText(12, 'Title')).toBe('12');
	expect(toText(new Date(0), 'Title')).toBe('1970-01-01T00:00:00.000Z');
	expect(() => toText({ city: 'X' }, 'City')).toThrow('“City” is an object instead of a text');
	expect(() => toText(['X'], 'City')).toThrow('“City” is a list instead of a text');
});

it('leaves out what is no text in a list that a service answered', () => {
	expect(textsIn(['a ', null, { name: 'b' }, 1])).toEqual(['a']);
	expect(textsIn(undefined)).toEqual([]);
});
