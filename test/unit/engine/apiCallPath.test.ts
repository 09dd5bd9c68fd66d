import fc from 'fast-check';
import { targetOf } from '../../../nodes/engine/apiCall/path';
import { BadInput } from '../../../nodes/engine/badInput';

const BASES = ['https://services.leadconnectorhq.com', 'https://api.heyreach.io/api/public'];
const account = (baseUrl: string) => ({ baseUrl, values: { locationId: 'loc1' } });
const read = (text: string, baseUrl = BASES[0]) => targetOf(text, account(baseUrl), 'HighLevel');

/** Texts with what could lead a path elsewhere in them. */
const awkward = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				...[
					'/',
					'//',
					'\\',
					'..',
					'.',
					'@',
					'%2e',
					'%2E%2e',
					'%2f',
					'%5c',
					'%252e',
					'%00',
					'%0d%0a',
				],
				...['%40', '%', '%zz', '#', '?', '&', ':', 'https:', 'http://evil.example', 'evil.example'],
				...[
					'\r\nX-Evil: 1',
					'\t',
					' ',
					'\u202e',
					'\ud800',
					'{locationId}',
					'{',
					'}',
					'；',
					'．',
					'。',
				],
				...['contacts', 'v3', 'é', '😀', ...BASES, '/api/public', 'user:pass@'],
			),
			fc.string({ unit: 'binary', maxLength: 4 }),
		),
		{ maxLength: 8 },
	)
	.map((parts) => parts.join(''));

it.each(BASES)('never leads away from %s', (baseUrl) => {
	fc.assert(
		fc.property(fc.oneof(awkward, fc.string({ unit: 'binary' }), fc.webUrl()), (text) => {
			let target;
			try {
				target = read(text, baseUrl);
			} catch (error) {
				expect(error).toBeInstanceOf(BadInput);
				return;
			}
			const url = new URL(baseUrl + target.path);
			const base = new URL(baseUrl);
			// What an HTTP client makes of it is letter for letter what was checked.
			expect(url.href).toBe(baseUrl + target.path);
			expect(url.origin).toBe(base.origin);
			expect(url.pathname.startsWith(`${base.pathname.replace(/\/$/, '')}/`)).toBe(true);
			expect([url.username, url.password, url.search, url.hash]).toEqual(['', '', '', '']);
			// Nor does a server that decodes once more find another part in it.
			const twice = decodeURIComponent(target.path);
			expect(twice.split('/')).toHaveLength(target.path.split('/').length);
			expect(twice).not.toMatch(/[\\%@?#\p{Cc}]|\/\.{1,2}(\/|$)|\/\//u);
		}),
		{ numRuns: 3_000 },
	);
});

it('keeps every plain path as it is', () => {
	const part = fc.stringMatching(/^[A-Za-z0-9_~-]{1,20}$/);
	fc.assert(
		fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), fc.boolean(), (parts, isOpen) => {
			const path = `/${parts.join('/')}${isOpen ? '/' : ''}`;
			expect(read(path).path).toBe(path);
			expect(read(path.slice(1)).path).toBe(path);
			expect(read(BASES[0] + path).path).toBe(path);
		}),
	);
});

it.each([
	['/contacts/?locationId=a&limit=5', '/contacts/', { locationId: 'a', limit: '5' }],
	['/users/search?ids[]=a&ids[]=b&x=1&x=2', '/users/search', { ids: ['a', 'b'], x: ['1', '2'] }],
	['/locations/{locationId}/tags', '/locations/loc1/tags', {}],
	['/contacts/hot lead/é', '/contacts/hot%20lead/%C3%A9', {}],
	['/a?b=c?d', '/a', { b: 'c?d' }],
	['/a?__proto__=x', '/a', JSON.parse('{"__proto__":"x"}')],
])('reads %s', (text, path, query) => {
	expect(read(text)).toMatchObject({ path, query });
});

it('takes the path of the service from a copied address', () => {
	expect(read('https://api.heyreach.io/api/public/list/GetAll', BASES[1]).path).toBe(
		'/list/GetAll',
	);
	expect(read('/api/public/list/GetAll', BASES[1]).path).toBe('/list/GetAll');
});

it.each([
	'https://evil.example/contacts',
	'https://services.leadconnectorhq.com.evil.example/contacts',
	'https://services.leadconnectorhq.com@evil.example/',
	'//evil.example/contacts',
	'\\\\evil.example',
	'javascript:alert(1)',
])('calls nothing but the service: %s', (text) => {
	expect(() => read(text)).toThrow('is a full URL, and only HighLevel can be called from here');
});

it.each(['', '  ', '?a=b'])('is not empty: “%s”', (text) => {
	expect(() => read(text)).toThrow(BadInput);
});

it.each([
	'/a//b',
	'/a/../b',
	'/a/%2e%2e/b',
	'/a/%252e/b',
	'/a@b',
	'/a%40b',
	'/a\\b',
	'/a#b',
	'/a%0d%0ab',
])('refuses %s', (text) => {
	expect(() => read(text)).toThrow(/^“Path” has (an empty part|a part that cannot be sent)$/);
});

it('names what nothing fills in', () => {
	expect(() => read('/contacts/{contactId}/notes')).toThrow(
		'“Path” has “{contactId}” in it, which is not filled in',
	);
});

it('holds the values of the account to the same rule', () => {
	const values = { locationId: '../other' };
	expect(() => targetOf('/locations/{locationId}', { baseUrl: BASES[0], values }, '')).toThrow(
		'cannot be sent',
	);
});

it('shows no ID or name in what is logged', () => {
	const { template } = read('/contacts/ocQHyuzHvysMo5N5VsXc/campaigns/Jane Doe/v3/v2_x/GetLeadsV2');
	expect(template).toBe('/contacts/{id}/campaigns/{id}/v3/{id}/GetLeadsV2');
});
