import { ghlResources } from '../../nodes/Ghl/resources';
import { ACCESS_PRESETS, AGENCY_SCOPES } from '../../nodes/Ghl/accessPresets';
import { SANDBOX, type Grant } from '../../sandbox';
import { ghlExamples } from '../examples/ghlContacts';
import { useSandbox } from '../support/useSandbox';
import { byId, callsOf, connectedGhl, ofAgency, runGhl } from './ghl';
import { scaleTime, type CredentialStore } from './support';

const sandbox = useSandbox();

const operations = ghlResources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		key: `${resource.value}:${operation.value}`,
		operation,
	})),
);
const preset = (value: string) =>
	ACCESS_PRESETS.find((candidate) => candidate.value === value)?.scopes ?? [];
const connected = (grant: Partial<Grant> = {}, more = {}) => connectedGhl(sandbox, grant, more);

const run = async (
	key: string,
	credentials: CredentialStore,
	parameters = ghlExamples[key](sandbox),
) => await runGhl(sandbox, key, { authentication: 'oAuth2', ...parameters }, { credentials });

const ofLocation = operations.filter(({ key }) => !ofAgency.includes(key));

it.each(ofLocation)('$key works with an OAuth2 token', async ({ key }) => {
	const { error } = await run(key, connected());
	expect(error).toBeUndefined();
});

describe.each(ofLocation)('$key', ({ key, operation }) => {
	it('with Read Everything reads, and names the scope and the access that a write needs', async () => {
		const { error } = await run(key, connected({ scopes: preset('readEverything') }));
		if (!operation.writes) return expect(error).toBeUndefined();
		const { scope = 'that this needs' } = operation;
		expect(error?.message).toBe(`The token lacks the scope ${scope}`);
		if (!operation.scope) return;
		const access = ACCESS_PRESETS.find(({ scopes }) =>
			scopes.includes(operation.scope ?? ''),
		)?.name;
		expect(error?.description).toContain(`set Access to “${access}” or more`);
	});

	it('with the default access does what contacts.readonly opens, and nothing else', async () => {
		const parameters = { ...ghlExamples[key](sandbox) };
		// Names of custom fields need a scope of their own.
		if (!operation.writes) delete parameters.options;
		if (key === 'contact:getMany') delete parameters.filters;
		const { error } = await run(key, connected({ scopes: preset('readContacts') }), parameters);
		if (operation.scope === 'contacts.readonly') expect(error).toBeUndefined();
		else expect(error?.message).toMatch(/^The token lacks the scope /);
		expect(sandbox.oauth.refreshes).toBe(0);
	});
});

/** The calls that ask about the app itself. */
const ofApp = ofAgency.filter((key) => key.startsWith('location:'));

describe.each(ofApp)('%s', (key) => {
	it('works with the token of an agency, and says what that needs', async () => {
		const scopes = [...preset('readContacts'), ...AGENCY_SCOPES];
		const good = await run(key, connected({ level: 'Company', scopes }));
		expect(good.error).toBeUndefined();
		const few = await run(key, connected({ level: 'Company', scopes: preset('everything') }));
		expect(few.error?.message).toBe('The token lacks the scope oauth.readonly');
		expect(few.error?.description).toContain('Many Locations (Agency)');
	});

	it('asks nothing with a token of one location', async () => {
		const { error } = await run(key, connected());
		expect(error?.message).toMatch(/needs a credential of an agency user/);
		expect(callsOf(sandbox)).toEqual([]);
	});
});

const tagAll = { contactId: byId('={{ $json.id }}'), tags: 'x' };
const tenContacts = () => [...sandbox.state.contacts.keys()].slice(0, 10).map((id) => ({ id }));

describe('An expired token', () => {
	it('is renewed once for ten calls under way; none is lost, and the rotated token is stored', async () => {
		const credentials = connected();
		const before = credentials.data('ghlOAuth2Api').oauthTokenData as { refresh_token: string };
		sandbox.oauth.expireAll();
		const { error, json } = await runGhl(
			sandbox,
			'contactTag:add',
			{ authentication: 'oAuth2', ...tagAll },
			{ credentials, items: tenContacts() },
		);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(10);
		expect(sandbox.oauth.refreshes).toBe(1);
		expect(credentials.renewals).toHaveLength(1);
		const after = credentials.data('ghlOAuth2Api').oauthTokenData as {
			refresh_token: string;
			locationId: string;
		};
		expect(after.refresh_token).not.toBe(before.refresh_token);
		expect(after.locationId).toBe(SANDBOX.locationId);
	});

	it('whose refresh token is dead gives one clear error', async () => {
		const credentials = connected();
		sandbox.oauth.expireAll();
		sandbox.oauth.revokeAll();
		const { json } = await runGhl(
			sandbox,
			'contactTag:add',
			{ authentication: 'oAuth2', ...tagAll },
			{ credentials, items: tenContacts(), onError: 'continueRegularOutput' },
		);
		expect(new Set(json.map(({ error }) => error))).toEqual(
			new Set(['The connection to HighLevel has expired and could not be renewed']),
		);
		const renewals = callsOf(sandbox).filter((call) => call === 'POST /oauth/token');
		expect(renewals).toHaveLength(1);
	});
});

describe('A fault in the middle of a renewal', () => {
	const send = { type: 'SMS', message: 'Hello there' };
	const sentTexts = () =>
		[...sandbox.state.messages.values()].filter(({ body }) => body === send.message);
	const sendWith = async (credentials: CredentialStore) => {
		const time = scaleTime(100);
		const [id] = sandbox.state.contacts.keys();
		const parameters = { authentication: 'oAuth2', contactId: byId(id), ...send };
		const ran = await runGhl(sandbox, 'message:send', parameters, { credentials });
		time.restore();
		return ran;
	};

	it('of the token service is no lost connection: the renewal is tried again', async () => {
		const credentials = connected();
		sandbox.oauth.expireAll();
		sandbox.faults.add({ kind: 'reset', path: '^/oauth/token$' });
		const { error } = await sendWith(credentials);
		expect(error).toBeUndefined();
		expect(sentTexts()).toHaveLength(1);
		expect(sandbox.oauth.refreshes).toBe(1);
	});

	it.each(['lostAnswer', 'cutOff'] as const)(
		'of the call that went along (%s) sends nothing twice',
		async (kind) => {
			const credentials = connected();
			sandbox.oauth.expireAll();
			// Twice 401; then n8n has renewed the token, and the message is sent.
			sandbox.faults.add({ kind, path: '^/conversations/messages$', skip: 2 });
			const { error } = await sendWith(credentials);
			expect(error?.message).toContain('may have been carried out');
			expect(sentTexts()).toHaveLength(1);
			expect(sandbox.oauth.refreshes).toBe(1);
		},
	);
});

describe('A connection that cannot work says why', () => {
	const get = { contactId: byId('x') };

	it('when it is for a whole agency', async () => {
		const credentials = connected({ level: 'Company', locationId: undefined });
		const { error } = await run('contact:get', credentials, get);
		expect(error?.message).toMatch(/^Choose a Location: .* connected for a whole agency/);
		expect(error?.description).toMatch(/field Location.*Default Location ID/);
		expect(error?.description).not.toMatch(/connect again/);
		expect(callsOf(sandbox)).toEqual([]);
	});

	it('when a location is left over from an earlier connection', async () => {
		const token = sandbox.oauth.issue({ level: 'Company', scopes: ['contacts.readonly'] });
		const oauthTokenData = { ...token, locationId: SANDBOX.locationId };
		const { error } = await run('contact:get', connected({}, { oauthTokenData }), get);
		expect(error?.message).toMatch(/connected for a whole agency/);
	});

	it('when it was never made', async () => {
		const { error } = await run('contact:get', connected({}, { oauthTokenData: undefined }), get);
		expect(error?.message).toMatch(/not connected yet/);
	});

	it('when the record is of another location', async () => {
		const [id] = sandbox.state.contacts.keys();
		const credentials = connected({ locationId: SANDBOX.otherLocationId });
		const { error } = await run('contact:get', credentials, { contactId: byId(id) });
		expect(error?.message).toBe(
			`HighLevel refuses this token access to location “${SANDBOX.otherLocationId}”`,
		);
	});

	it('when its address is not HTTPS, before the token is sent', async () => {
		const { error } = await run(
			'contact:get',
			connected({}, { baseUrl: 'http://example.com' }),
			get,
		);
		expect(error?.message).toContain('must begin with https://');
	});
});
