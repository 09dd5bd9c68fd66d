import { hideSecrets, secretsIn, secretsSent } from '../../../nodes/engine/call/hideSecrets';
import type { Call } from '../../../nodes/engine/operation';

const credentials = {
	clientId: 'an-open-client-id',
	clientSecret: 'the-client-secret',
	baseUrl: 'https://services.leadconnectorhq.com',
	apiKey: 'short',
	oauthTokenData: { access_token: 'the-access-token', refresh_token: 'the-refresh-token' },
	workspaces: { workspace2: { name: 'Northwind Dental', apiKey: 'the-key-of-northwind' } },
};

it('finds the secrets of a credential at any depth, and nothing that is open', () => {
	expect(secretsIn(credentials)).toEqual([
		'the-client-secret',
		'the-access-token',
		'the-refresh-token',
		'the-key-of-northwind',
	]);
});

it('hides them in texts, lists, names and values, and leaves the rest as it is', () => {
	const body = {
		message: ['Bearer the-access-token is old', 'the-access-token, the-access-token'],
		'the-client-secret': { count: 2, none: null, is: true },
	};
	expect(hideSecrets(body, secretsIn(credentials))).toEqual({
		message: ['Bearer [hidden] is old', '[hidden], [hidden]'],
		'[hidden]': { count: 2, none: null, is: true },
	});
	expect(hideSecrets('the-key-of-northwind is refused', secretsIn(credentials))).toBe(
		'[hidden] is refused',
	);
});

it('hides a secret as addresses and JSON write it, and one that begins like another', () => {
	const secrets = ['p&ss "word"', 'abcdefgh', 'abcdefgh-and-more', ''];
	const body = `{"a":"p&ss \\"word\\""} p%26ss%20%22word%22 abcdefgh-and-more, abcdefgh`;
	expect(hideSecrets(body, secrets)).toBe('{"a":"[hidden]"} [hidden] [hidden], [hidden]');
	expect(hideSecrets('a half: \ud800-half-secret', ['\ud800-half-secret'])).toBe(
		'a half: [hidden]',
	);
});

it('hides what stands in the query of an address under the name of a secret, whoever has sent it', () => {
	const secret = 'f'.repeat(64);
	const text = `'https://n8n.example.com/webhook/a?team=4&secret=${secret}' and (https://b.example.com/?access_token=t1&apiKey=k2#x) but ?key=open`;
	expect(hideSecrets({ errors: [text] }, [])).toEqual({
		errors: [
			"'https://n8n.example.com/webhook/a?team=4&secret=[hidden]' and (https://b.example.com/?access_token=[hidden]&apiKey=[hidden]#x) but ?key=open",
		],
	});
	expect(hideSecrets(`?secret=${secret}.`, [secret])).toBe('?secret=[hidden].');
});

describe('The secrets of a call', () => {
	const call: Call = { method: 'POST', template: '/x', path: '/x', repeatable: true };

	it.each<[string, Partial<Call>, string[]]>([
		[
			'in an address',
			{ body: { url: 'https://a.example.com/?secret=hush%2Fhush' } },
			['hush%2Fhush', 'hush/hush'],
		],
		['a password', { body: { email: 'a@example.com', password: 'hush-hush' } }, ['hush-hush']],
		['at any depth', { body: { a: [{ clientSecret: 'hush-hush' }] } }, ['hush-hush']],
		[
			'in headers of any name',
			{ body: { customHeaders: { 'X-Team': 'hush-hush' } } },
			['hush-hush'],
		],
		[
			'behind its kind',
			{ body: { authorization: 'Bearer hush-hush' } },
			['Bearer hush-hush', 'hush-hush'],
		],
		['in the query', { query: { api_key: 'hush-hush' } }, ['hush-hush']],
		[
			'in a form',
			{
				readyBody: {
					contentType: 'application/x-www-form-urlencoded',
					data: new URLSearchParams({ token: 'hush-hush' }),
				},
			},
			['hush-hush'],
		],
		[
			'in ready JSON',
			{
				readyBody: {
					contentType: 'application/json',
					data: Buffer.from('[{"token":"hush-hush"}]'),
				},
			},
			['hush-hush'],
		],
	])('%s', (_where, parts, secrets) => {
		expect(secretsSent({ ...call, ...parts })).toEqual(secrets);
	});

	it('are none of what is open', () => {
		const body = {
			key: 'contact.first_name',
			objectKey: 'custom_objects.pets',
			pin: '1234',
			password: '',
		};
		const readyBody = { contentType: 'application/json', data: Buffer.from('{') };
		expect(secretsSent({ ...call, body, query: { from: 'https://a.example.com/?a=b' } })).toEqual(
			[],
		);
		expect(secretsSent({ ...call, readyBody })).toEqual([]);
	});
});
