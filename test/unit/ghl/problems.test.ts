import type { Account, Call } from '../../../nodes/engine/operation';
import { highLevel } from '../../../nodes/Ghl/api';

const call: Call = {
	method: 'GET',
	template: '/contacts/{contactId}',
	path: '/contacts/c1',
	repeatable: true,
	scope: 'contacts.readonly',
};

const account = (refreshable: boolean): Account => ({
	credentialType: refreshable ? 'ghlOAuth2Api' : 'ghlPrivateIntegrationApi',
	baseUrl: 'https://services.leadconnectorhq.com',
	budgetKey: 'b',
	refreshable,
	values: { locationId: 'loc1' },
});

/** What is said of an answer, with a private integration unless `oauth`. */
function said(statusCode: number, message: string, { oauth = false, of = call } = {}) {
	const answer = { statusCode, headers: {}, body: { statusCode, message } };
	return highLevel.problemOf(answer, of, account(oauth));
}

it.each([
	[
		'the plan of the account',
		[[401, 'You do not have access to this feature']],
		/^The HighLevel plan of this account does not include this feature$/,
		/token is valid/,
	],
	[
		'a paused location',
		[
			[400, 'Location is not active'],
			[401, 'Location is not active'],
			[403, 'location is not active.'],
		],
		/^The sub-account “loc1” is paused in HighLevel$/,
		/active again/,
	],
	[
		'a location without the app',
		[400, 401, 403].map((status) => [
			status,
			'Invalid locationId or accessToken does not have access to following location',
		]),
		/^The app is not installed in the sub-account “loc1”/,
		/Install the app there/,
	],
	[
		'a record or token of another location',
		[[403, 'The token does not have access to this location.']],
		/^HighLevel refuses this token access to location “loc1”$/,
		/Check the Location ID/,
	],
	[
		'an agency token',
		[
			[401, "Token's user type mismatch!"],
			[
				401,
				'This authClass type is not allowed to access this scope. Please verify your IAM configuration if this is not the case.',
			],
		],
		/^This is an agency token, and contacts belong to a sub-account$/,
		/its own token/,
	],
] as Array<[string, Array<[number, string]>, RegExp, RegExp]>)(
	'tells %s in words of its own, and does not renew a token for it',
	(_case, answers, message, description) => {
		for (const [status, text] of answers) {
			for (const oauth of [false, true]) {
				const problem = said(status, text, { oauth });
				expect(problem?.kind).toBe('refused');
				if (oauth) continue;
				expect(problem?.message).toMatch(message);
				expect(problem?.description).toMatch(description);
			}
		}
	},
);

it('does not send an agency user in a circle', () => {
	const text = 'This authClass type is not allowed to access this scope.';
	const description = said(401, text, { oauth: true })?.description;
	expect(description).toMatch(/agency user connects the whole agency/);
	expect(description).toMatch(/user of a sub-account connects that one/);
	expect(description).not.toMatch(/target user to/i);
});

it('says of the search through locations which read is open', () => {
	const of = { ...call, template: '/locations/search', path: '/locations/search' };
	expect(said(403, 'The token does not have access to this location.', { of })).toMatchObject({
		message: 'HighLevel does not let this token search locations',
		description: expect.stringContaining('Location: Get'),
	});
});

it('takes any other 401 for a token that a renewal may mend', () => {
	expect(said(401, 'Invalid JWT', { oauth: true })).toMatchObject({ kind: 'expired' });
});
