import axios from 'axios';
import { SANDBOX } from '../../../sandbox';
import { describeOfficial } from '../../contract/support/openapi';
import { useClient } from './client';

const { locationId, companyId } = SANDBOX;
const client = useClient();

type Kind =
	| 'contacts'
	| 'notes'
	| 'tasks'
	| 'businesses'
	| 'users'
	| 'calendars'
	| 'appointments'
	| 'blockSlots'
	| 'appointmentNotes'
	| 'workflows'
	| 'marketingCampaigns'
	| 'customFields'
	| 'customValues'
	| 'links'
	| 'locationTags'
	| 'pipelines'
	| 'opportunities'
	| 'conversations';
/** The id of the first seeded record of a kind. */
const id = (kind: Kind): string => [...client.sandbox.state[kind].values()][0].id;
const newUser = {
	companyId,
	firstName: 'Robin',
	lastName: 'Reed',
	email: 'robin@team.example.com',
	password: 'Correct-Horse-1',
	type: 'account',
	role: 'user',
	locationIds: [locationId],
};
/** A contact without an opportunity. */
const lastContact = (): string => [...client.sandbox.state.contacts.keys()].at(-1) ?? '';
const FIXED: Record<string, string> = {
	location: locationId,
	company: companyId,
	app: SANDBOX.oauthClientId.split('-')[0],
};
const appointment = (): object => ({
	calendarId: id('calendars'),
	locationId,
	contactId: id('contacts'),
	startTime: '2030-01-07T10:00:00-06:00',
});
const block = (): object => ({
	calendarId: id('calendars'),
	locationId,
	startTime: '2030-01-07T10:00:00-06:00',
	endTime: '2030-01-07T12:00:00-06:00',
});
const followers = (): object => ({ followers: [id('users')] });
const opportunity = (): object => ({
	pipelineId: id('pipelines'),
	locationId,
	name: 'New',
	status: 'open',
	contactId: lastContact(),
	monetaryValue: 10,
});

/** A valid call of each operation; `{kind}` stands for an id. */
const CALLS: Array<[method: string, path: string, body?: () => object]> = [
	['POST', '/contacts/', () => ({ locationId, firstName: 'A', dateOfBirth: '1990-01-31' })],
	['GET', '/contacts/{contacts}'],
	['PUT', '/contacts/{contacts}', () => ({ firstName: 'B' })],
	['DELETE', '/contacts/{contacts}'],
	['POST', '/contacts/upsert', () => ({ locationId, email: 'new@example.com' })],
	['POST', '/contacts/search', () => ({ locationId, pageLimit: 20 })],
	['GET', '/contacts/search/duplicate?locationId={location}&email=nobody@example.com'],
	['GET', '/contacts/?locationId={location}'],
	['GET', '/contacts/business/{businesses}?locationId={location}'],
	['POST', '/contacts/{contacts}/tags', () => ({ tags: ['a'] })],
	['DELETE', '/contacts/{contacts}/tags', () => ({ tags: ['a'] })],
	[
		'POST',
		'/contacts/bulk/tags/update/add',
		() => ({ contacts: [id('contacts'), 'x'], tags: ['a'], locationId }),
	],
	[
		'POST',
		'/contacts/bulk/business',
		() => ({ locationId, ids: [id('contacts')], businessId: id('businesses') }),
	],
	['GET', '/contacts/{contacts}/notes'],
	['POST', '/contacts/{contacts}/notes', () => ({ body: 'B', title: 'T', color: '#00FF00' })],
	['GET', '/contacts/{contacts}/notes/{notes}'],
	['PUT', '/contacts/{contacts}/notes/{notes}', () => ({ pinned: true })],
	['DELETE', '/contacts/{contacts}/notes/{notes}'],
	['GET', '/contacts/{contacts}/tasks'],
	[
		'POST',
		'/contacts/{contacts}/tasks',
		() => ({ title: 'T', dueDate: '2030-01-01T09:00:00Z', completed: false }),
	],
	['GET', '/contacts/{contacts}/tasks/{tasks}'],
	['PUT', '/contacts/{contacts}/tasks/{tasks}', () => ({ title: 'U' })],
	['PUT', '/contacts/{contacts}/tasks/{tasks}/completed', () => ({ completed: true })],
	['DELETE', '/contacts/{contacts}/tasks/{tasks}'],
	['GET', '/contacts/{contacts}/appointments'],
	['POST', '/contacts/{contacts}/followers', followers],
	['DELETE', '/contacts/{contacts}/followers', followers],
	['POST', '/contacts/{contacts}/campaigns/{marketingCampaigns}', () => ({})],
	['DELETE', '/contacts/{contacts}/campaigns/{marketingCampaigns}'],
	['DELETE', '/contacts/{contacts}/campaigns/removeAll'],
	[
		'POST',
		'/contacts/{contacts}/workflow/{workflows}',
		() => ({ eventStartTime: '2030-01-01T09:00:00+01:00' }),
	],
	['DELETE', '/contacts/{contacts}/workflow/{workflows}', () => ({})],
	['GET', '/locations/{location}/tags'],
	['POST', '/locations/{location}/tags', () => ({ name: 'New' })],
	['GET', '/locations/{location}/tags/{locationTags}'],
	['PUT', '/locations/{location}/tags/{locationTags}', () => ({ name: 'Renamed' })],
	['DELETE', '/locations/{location}/tags/{locationTags}'],
	['GET', '/locations/{location}/customFields?model=all'],
	['POST', '/locations/{location}/customFields', () => ({ name: 'New', dataType: 'TEXT' })],
	['GET', '/locations/{location}/customFields/{customFields}'],
	['PUT', '/locations/{location}/customFields/{customFields}', () => ({ name: 'N' })],
	['DELETE', '/locations/{location}/customFields/{customFields}'],
	['GET', '/locations/{location}/customValues'],
	['POST', '/locations/{location}/customValues', () => ({ name: 'New', value: 'v' })],
	['GET', '/locations/{location}/customValues/{customValues}'],
	['PUT', '/locations/{location}/customValues/{customValues}', () => ({ name: 'N', value: 'v' })],
	['DELETE', '/locations/{location}/customValues/{customValues}'],
	['POST', '/locations/{location}/tasks/search', () => ({ completed: false })],
	['GET', '/locations/{location}'],
	['GET', '/locations/search?companyId={company}'],
	['GET', '/locations/{location}/timezones'],
	['POST', '/businesses/', () => ({ name: 'New', locationId })],
	['GET', '/businesses/{businesses}'],
	['GET', '/businesses/?locationId={location}'],
	['PUT', '/businesses/{businesses}', () => ({ city: 'Austin' })],
	['DELETE', '/businesses/{businesses}'],
	['POST', '/calendars/events/appointments', appointment],
	['GET', '/calendars/events/appointments/{appointments}'],
	['PUT', '/calendars/events/appointments/{appointments}', () => ({ title: 'T' })],
	['DELETE', '/calendars/events/{appointments}', () => ({})],
	[
		'GET',
		'/calendars/events?locationId={location}&startTime=1767225600000&endTime=1769904000000&calendarId={calendars}',
	],
	['GET', '/calendars/{calendars}/free-slots?startDate=1893974400000&endDate=1894060800000'],
	['GET', '/calendars/groups?locationId={location}'],
	['GET', '/calendars/?locationId={location}'],
	['GET', '/calendars/{calendars}'],
	['POST', '/calendars/events/block-slots', block],
	['PUT', '/calendars/events/block-slots/{blockSlots}', block],
	[
		'GET',
		'/calendars/blocked-slots?locationId={location}&startTime=1767225600000&endTime=1769904000000&calendarId={calendars}',
	],
	['GET', '/calendars/appointments/{appointments}/notes?limit=20&offset=0'],
	['POST', '/calendars/appointments/{appointments}/notes', () => ({ body: 'B' })],
	['PUT', '/calendars/appointments/{appointments}/notes/{appointmentNotes}', () => ({ body: 'B' })],
	['DELETE', '/calendars/appointments/{appointments}/notes/{appointmentNotes}'],
	['GET', '/opportunities/search?location_id={location}&status=open&limit=5'],
	[
		'POST',
		'/opportunities/search',
		() => ({
			locationId,
			query: '',
			limit: 5,
			page: 1,
			searchAfter: [],
			additionalDetails: {
				notes: false,
				tasks: false,
				calendarEvents: false,
				unReadConversations: false,
			},
		}),
	],
	['GET', '/opportunities/pipelines?locationId={location}'],
	['GET', '/opportunities/{opportunities}'],
	['POST', '/opportunities/', opportunity],
	['PUT', '/opportunities/{opportunities}', () => ({ monetaryValue: 1 })],
	['PUT', '/opportunities/{opportunities}/status', () => ({ status: 'won' })],
	[
		'POST',
		'/opportunities/upsert',
		() => ({
			pipelineId: id('pipelines'),
			locationId,
			contactId: lastContact(),
			followers: [],
			isRemoveAllFollowers: false,
			followersActionType: 'add',
		}),
	],
	['DELETE', '/opportunities/{opportunities}'],
	['GET', '/opportunities/lost-reason?locationId={location}&getCount=true'],
	['POST', '/opportunities/{opportunities}/followers', followers],
	['DELETE', '/opportunities/{opportunities}/followers', followers],
	['GET', '/forms/?locationId={location}&limit=50'],
	['GET', '/forms/submissions?locationId={location}&limit=100&page=1'],
	['GET', '/surveys/?locationId={location}&skip=1'],
	['GET', '/surveys/submissions?locationId={location}&startAt=2026-01-01'],
	['GET', '/links/?locationId={location}'],
	['POST', '/links/', () => ({ locationId, name: 'New', redirectTo: 'https://example.com' })],
	['GET', '/links/id/{links}?locationId={location}'],
	['PUT', '/links/{links}', () => ({ name: 'New', redirectTo: 'https://example.com' })],
	['DELETE', '/links/{links}'],
	['POST', '/users/', () => newUser],
	['POST', '/users/search/filter-by-email', () => ({ companyId, emails: 'a@example.com' })],
	['PUT', '/users/{users}', () => ({ firstName: 'Robin' })],
	['DELETE', '/users/{users}'],
	['GET', '/users/search?companyId={company}'],
	['GET', '/users/?locationId={location}'],
	['GET', '/users/{users}'],
	['GET', '/workflows/?locationId={location}'],
	['GET', '/campaigns/?locationId={location}'],
	['GET', '/oauth/installedLocations?companyId={company}&appId={app}'],
	['DELETE', '/marketplace/app/{app}/installations', () => ({ companyId })],
	['GET', '/conversations/search?locationId={location}&limit=5'],
	['POST', '/conversations/', () => ({ locationId, contactId: lastContact() })],
	[
		'POST',
		'/conversations/messages',
		() => ({
			type: 'SMS',
			subType: {},
			contactId: id('contacts'),
			message: 'Hi',
			status: 'delivered',
		}),
	],
	['GET', '/conversations/{conversations}/messages?limit=1'],
];

/**
 * Where the sandbox follows what was seen live, or the examples in the description, against its
 * schemas: lists of records are declared there as lists of lists.
 */
const KNOWN: Record<string, RegExp> = {
	'POST /contacts/{contacts}/tags': /^response: unknown key "tagsAdded"$/,
	'GET /contacts/': /^response: unknown key "meta"$/,
};

const filled = (template: string): string =>
	template.replace(/\{(\w+)\}/g, (_match, name: string) => FIXED[name] ?? id(name as Kind));
/** An OAuth token for the route: only the agency's may see where the app is. */
const tokenFor = (path: string): string => {
	const { state, oauth } = client.sandbox;
	const scopes = state.accessTokens.get(SANDBOX.privateToken)?.scopes ?? [];
	const level = /^\/(oauth|marketplace)\/|filter-by-email$/.test(path) ? 'Company' : 'Location';
	return oauth.issue({ level, scopes: [...scopes, 'oauth.readonly', 'oauth.write'] }).access_token;
};

describeOfficial('every operation, by the official OpenAPI files', (official) => {
	it.each(CALLS.map(([method, path, body]) => ({ method, path, body })))(
		'$method $path',
		async ({ method, path: template, body: bodyOf }) => {
			const path = filled(template);
			const body = bodyOf?.();
			const version = /^\/(calendars|conversations)\//.test(path) ? '2021-04-15' : '2021-07-28';
			const headers = { Version: version, 'Content-Type': 'application/json' };
			expect(official.validateRequest({ method, path, body, headers })).toEqual([]);

			const { status, data } = await client.ghl(method, path, body, {
				version,
				token: tokenFor(path),
			});
			// A message alone is a refusal; a deleted user gets one beside the success.
			const { message, succeded } = data as { message?: string; succeded?: boolean };
			expect([status, succeded ? undefined : message]).toEqual([expect.any(Number), undefined]);
			const known = KNOWN[`${method} ${template.split('?')[0]}`] ?? /^$/;
			const violations = official.validateResponse(
				{ method, path, status, body: data },
				{ unknownKeys: true },
			);
			expect(violations.filter((violation) => !known.test(violation))).toEqual([]);
		},
	);

	it('POST /oauth/token', async () => {
		const { refresh_token: refreshToken } = client.sandbox.oauth.issue({
			level: 'Location',
			scopes: ['contacts.readonly'],
		});
		const form = new URLSearchParams({
			client_id: SANDBOX.oauthClientId,
			client_secret: SANDBOX.oauthClientSecret,
			grant_type: 'refresh_token',
			refresh_token: refreshToken,
			user_type: 'Location',
		});
		const call = { method: 'POST', path: '/oauth/token' };
		const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
		expect(official.validateRequest({ ...call, headers, body: form.toString() })).toEqual([]);
		const { status, data } = await axios.post(`${client.sandbox.ghlUrl}/oauth/token`, form);
		expect(
			official.validateResponse({ ...call, status, body: data }, { unknownKeys: true }),
		).toEqual([]);
	});

	it('POST /oauth/locationToken, but for its status, which is 201 live', async () => {
		const call = { method: 'POST', path: '/oauth/locationToken' };
		const { status, data } = await axios.post(
			`${client.sandbox.ghlUrl}/oauth/locationToken`,
			new URLSearchParams({ companyId, locationId }),
			{ headers: { Authorization: `Bearer ${tokenFor('/oauth/')}`, Version: '2021-07-28' } },
		);
		expect(status).toBe(201);
		expect(
			official.validateResponse({ ...call, status: 200, body: data }, { unknownKeys: true }),
		).toEqual([]);
	});

	it('POST /locations/{location}/customFields/upload', async () => {
		const form = new FormData();
		form.set('id', id('customFields'));
		form.set('list.csv', new Blob(['a,b'], { type: 'text/csv' }), 'list.csv');
		const { status, data } = await axios.post(
			`${client.sandbox.ghlUrl}/locations/${locationId}/customFields/upload`,
			form,
			{ headers: { Authorization: `Bearer ${tokenFor('')}`, Version: '2021-07-28' } },
		);
		expect([status, data]).toMatchObject([
			200,
			{
				uploadedFiles: { 'list.csv': expect.stringMatching(/list\.csv$/) },
				meta: [{ originalname: 'list.csv', mimetype: 'text/csv', size: 3 }],
			},
		]);
	});
});
