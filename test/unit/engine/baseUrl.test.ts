import { checkedBaseUrl, isLoopback, requireSafeAddress } from '../../../nodes/engine/baseUrl';

it.each([
	['https://services.leadconnectorhq.com/', 'https://services.leadconnectorhq.com'],
	[' http://127.0.0.1:4010/ghl ', 'http://127.0.0.1:4010/ghl'],
	['http://localhost:4010//', 'http://localhost:4010'],
	['http://[::1]:4010', 'http://[::1]:4010'],
])('takes %s', (given, taken) => {
	expect(checkedBaseUrl(given)).toBe(taken);
});

it.each([
	'http://services.leadconnectorhq.com',
	'http://127.0.0.1.evil.example',
	'http://localhost.evil.example',
	'http://10.0.0.5',
	'ftp://127.0.0.1',
	'services.leadconnectorhq.com',
	'',
	undefined,
])('refuses %s, so that no secret goes out in the clear', (given) => {
	expect(() => checkedBaseUrl(given)).toThrow('API Base URL');
});

it('looks at the address a request really goes to', () => {
	expect(() => requireSafeAddress({ url: 'http://evil.example/contacts' })).toThrow();
	expect(() => requireSafeAddress({ baseURL: 'http://evil.example', url: '/x' })).toThrow();
	expect(() => requireSafeAddress({ baseURL: 'https://fine.example', url: '/x' })).not.toThrow();
	// So does n8n's HTTP Request node ask.
	expect(() => requireSafeAddress({ uri: 'https://fine.example/x' })).not.toThrow();
	expect(() => requireSafeAddress({ uri: 'http://evil.example/x' })).toThrow();
	expect(isLoopback('127.0.0.1')).toBe(true);
});
