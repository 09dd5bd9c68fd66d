import { hideSecrets, secretsIn } from '../../../nodes/engine/call/hideSecrets';

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
