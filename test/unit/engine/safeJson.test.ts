import fc from 'fast-check';
import { readObject } from '../../../nodes/engine/webhook/safeJson';

const read = (text: string) => readObject(Buffer.from(text));

it('reads any object that JSON can hold, as JSON.parse does', () => {
	fc.assert(
		fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
			const text = JSON.stringify(object);
			fc.pre(!/"(__proto__|constructor)":/.test(text));
			expect(read(text)).toEqual({ object: JSON.parse(text) });
		}),
	);
});

it.each([
	['nothing', '', 'is not JSON'],
	['half of it', '{"type":"ContactCreate"', 'is not JSON'],
	['a list', '[{"type":"ContactCreate"}]', 'is not a JSON object'],
	['a text', '"ContactCreate"', 'is not a JSON object'],
	['null', 'null', 'is not a JSON object'],
	['a prototype', '{"a":[{"__proto__":{"admin":true}}]}', 'has the key “__proto__”'],
	['a prototype in disguise', '{"\\u005f_proto__":{}}', 'has the key “__proto__”'],
	['a constructor', '{"constructor":{"prototype":{"a":1}}}', 'has the key “constructor”'],
	['65 levels', `${'{"a":'.repeat(64)}[]${'}'.repeat(64)}`, 'is nested deeper than 64 levels'],
	['a million levels', `{"a":${'['.repeat(1e6)}${']'.repeat(1e6)}}`, 'is nested deeper than'],
])('does not take %s', (_what, text, flaw) => {
	expect(read(text)).toEqual({ flaw: expect.stringContaining(flaw) });
});

it('takes 64 levels, a byte order mark, and a company called constructor', () => {
	expect(read(`${'{"a":'.repeat(63)}[]${'}'.repeat(63)}`)).toHaveProperty('object');
	expect(read('\ufeff{"a":1}')).toEqual({ object: { a: 1 } });
	expect(read('{"constructor":"Smith"}')).toEqual({ object: { constructor: 'Smith' } });
});

it('does not take bytes that are not UTF-8', () => {
	const bytes = Buffer.concat([
		Buffer.from('{"a":"'),
		Buffer.from([0xc3, 0x28]),
		Buffer.from('"}'),
	]);
	expect(readObject(bytes)).toEqual({ flaw: 'is not UTF-8' });
});

it('never throws and leaves the prototype of objects as it is, whatever comes', () => {
	fc.assert(
		fc.property(fc.oneof(fc.uint8Array(), fc.json().map(Buffer.from)), (bytes) => {
			const result = readObject(bytes);
			if ('flaw' in result) expect(result.flaw).toMatch(/^(is|has)/);
			else expect(Object.getPrototypeOf(result.object)).toBe(Object.prototype);
		}),
		{ numRuns: 20_000 },
	);
	expect(Object.keys(Object.prototype)).toEqual([]);
});
