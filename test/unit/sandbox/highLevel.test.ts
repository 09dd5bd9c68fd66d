import type { AxiosResponse } from 'axios';
import { SANDBOX } from '../../../sandbox';
import { useClient } from './client';

const { locationId } = SANDBOX;
const client = useClient();

interface Row {
	id: string;
	email: string;
	searchAfter: unknown[];
}

const search = (body: object): Promise<AxiosResponse> =>
	client.ghl('POST', '/contacts/search', { locationId, pageLimit: 100, ...body });

describe('HighLevel gate', () => {
	it.each([
		['no Version', { version: null }, 401, 'version header was not found.'],
		['an unknown Version', { version: '2020-01-01' }, 401, 'version header is invalid'],
		['an unknown token', { token: 'pit-x' }, 401, 'Invalid token: access token is invalid'],
		[
			'a token of another location',
			{ token: SANDBOX.otherLocationToken },
			403,
			'The token does not have access to this location.',
		],
		['an agency token', { token: SANDBOX.agencyToken }, 401, "Token's user type mismatch!"],
		[
			'a missing scope',
			{ token: SANDBOX.readOnlyToken },
			401,
			'The token is not authorized for this scope.',
		],
	])('refuses %s', async (_case, options, status, message) => {
		const answer = await client.ghl('POST', '/contacts/', { locationId, firstName: 'A' }, options);
		expect([answer.status, answer.data.message]).toEqual([status, message]);
		expect(answer.data.traceId).toEqual(expect.any(String));
	});

	it('answers 403 for a record that lives in another location', async () => {
		const id = await client.createContact({ firstName: 'A' });
		const answer = await client.ghl('GET', `/contacts/${id}`, undefined, {
			token: SANDBOX.otherLocationToken,
		});
		expect(answer.status).toBe(403);
	});

	it('counts down in the headers and answers 429 above the burst', async () => {
		client.sandbox.settings.burst = { max: 2, intervalMs: 60_000 };
		const answers = [];
		for (let call = 0; call < 3; call += 1)
			answers.push(await client.ghl('GET', `/locations/${locationId}`));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
		expect(answers.map(({ headers }) => headers['x-ratelimit-remaining'])).toEqual(['1', '0', '0']);
		expect(answers[2].headers).toMatchObject({
			'x-ratelimit-max': '2',
			'x-ratelimit-interval-milliseconds': '60000',
			'x-ratelimit-limit-daily': '200000',
			'x-ratelimit-daily-remaining': '199998',
		});
	});

	it('takes a path with and without its trailing slash, and a DELETE without a body', async () => {
		const answer = await client.ghl('POST', '/contacts', { locationId, firstName: 'A' });
		expect(answer.status).toBe(201);
		const gone = await client.ghl('DELETE', `/contacts/${answer.data.contact.id}/`, undefined);
		expect(gone.data).toMatchObject({ succeded: true });
	});
});

describe('HighLevel contact writes', () => {
	it.each([
		[{ locationId }, 'property locationId should not exist'],
		[{ gender: 'male' }, 'property gender should not exist'],
		[{ additionalEmails: [] }, 'property additionalEmails should not exist'],
		[{ customFields: {} }, 'customFields must be an array'],
		[{ email: 'nobody' }, 'email must be an email'],
		[{ tags: 'vip' }, 'tags must be an array'],
		[{ dateOfBirth: '25 Sep 1990' }, 'dateOfBirth must be a valid date'],
	])('answers 422 to an update with %j', async (body, message) => {
		const id = await client.createContact({ firstName: 'A' });
		const { status, data } = await client.ghl('PUT', `/contacts/${id}`, body);
		expect(status).toBe(422);
		expect(data).toMatchObject({ error: 'Unprocessable Entity', statusCode: 422 });
		expect(data.message).toContain(message);
	});

	it('answers 400 with the owner of the e-mail or the phone, on create and on update', async () => {
		const owner = await client.createContact({ name: 'Ann Lee', email: 'ann@example.com' });
		const other = await client.createContact({ phone: '(555) 019-0000' });
		const meta = { contactId: owner, matchingField: 'email', contactName: 'Ann Lee' };

		const created = await client.ghl('POST', '/contacts/', {
			locationId,
			email: 'ANN@example.com',
		});
		expect(created.status).toBe(400);
		expect(created.data).toMatchObject({ meta });
		const updated = await client.ghl('PUT', `/contacts/${other}`, { email: 'ann@example.com' });
		expect(updated.data).toMatchObject({ statusCode: 400, meta });
		const phone = await client.ghl('POST', '/contacts/', { locationId, phone: '+1 555-019-0000' });
		expect(phone.data.meta).toMatchObject({ contactId: other, matchingField: 'phone' });

		client.sandbox.settings.allowDuplicateContact = true;
		const allowed = await client.ghl('POST', '/contacts/', {
			locationId,
			email: 'ann@example.com',
		});
		expect(allowed.status).toBe(201);
	});

	it('replaces tags on PUT, adds and removes them on the tag routes, in lower case', async () => {
		const id = await client.createContact({ tags: ['One', 'two'] });
		const put = await client.ghl('PUT', `/contacts/${id}`, { tags: ['Three'] });
		expect(put.data.contact.tags).toEqual(['three']);
		const added = await client.ghl('POST', `/contacts/${id}/tags`, { tags: ['FOUR', 'three'] });
		expect([added.status, added.data.tags]).toEqual([201, ['three', 'four']]);
		const removed = await client.ghl('DELETE', `/contacts/${id}/tags`, { tags: ['Three'] });
		expect([removed.status, removed.data.tags]).toEqual([200, ['four']]);
		const { data } = await client.ghl('GET', `/locations/${locationId}/tags`);
		expect(data.tags.map(({ name }: { name: string }) => name)).toContain('four');
	});

	it('merges custom fields by id, takes a key, and clears with null', async () => {
		const fields = [...client.sandbox.state.customFields.values()];
		const [title, size] = ['Job title', 'Deal size'].map(
			(name) => fields.find((field) => field.name === name)?.id ?? '',
		);
		const id = await client.createContact({
			firstName: 'A',
			lastName: 'B',
			customFields: [
				{ id: title, field_value: 'CEO' },
				{ key: 'deal_size', field_value: '12' },
			],
		});
		const merged = await client.ghl('PUT', `/contacts/${id}`, {
			lastName: null,
			customFields: [{ id: title, field_value: 'CTO' }],
		});
		expect(merged.data.contact).not.toHaveProperty('lastName');
		expect(merged.data.contact.customFields).toEqual([
			{ id: title, value: 'CTO' },
			{ id: size, value: 12 },
		]);
		const cleared = await client.ghl('PUT', `/contacts/${id}`, {
			customFields: [{ id: title, field_value: null }],
		});
		expect(cleared.data.contact.customFields).toEqual([{ id: size, value: 12 }]);
	});

	it('upserts by e-mail first, silently dropping a phone that belongs to somebody else', async () => {
		const byEmail = await client.createContact({ email: 'ann@example.com' });
		await client.createContact({ phone: '+15550190000' });
		const { status, data } = await client.ghl('POST', '/contacts/upsert', {
			locationId,
			email: 'ann@example.com',
			phone: '+15550190000',
			firstName: 'Ann',
		});
		expect([status, data.new, data.contact.id]).toEqual([200, false, byEmail]);
		expect(data.contact.firstName).toBe('Ann');
		expect(data.contact).not.toHaveProperty('phone');
		const made = await client.ghl('POST', '/contacts/upsert', {
			locationId,
			email: 'new@example.com',
		});
		expect(made.data.new).toBe(true);
	});
});

describe('HighLevel contact search', () => {
	const emails = async (filters: object[]): Promise<string[]> => {
		const { data } = await search({ filters });
		return data.contacts.map((row: Row) => row.email);
	};

	it('shows a write only after the index lag; reads by id and duplicate search see it at once', async () => {
		client.sandbox.settings.indexLagMs = 150;
		const email = 'late@example.com';
		const id = await client.createContact({ email });
		const filters = [{ field: 'email', operator: 'eq', value: email }];
		expect(await emails(filters)).toEqual([]);
		expect((await client.ghl('GET', `/contacts/${id}`)).data.contact.email).toBe(email);
		const duplicate = await client.ghl(
			'GET',
			`/contacts/search/duplicate?locationId=${locationId}&email=${email}`,
		);
		expect(duplicate.data.contact.id).toBe(id);
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(await emails(filters)).toEqual([email]);
	});

	it.each([
		[undefined],
		[[{ field: 'firstNameLowerCase', direction: 'asc' }]],
		[
			[
				{ field: 'source', direction: 'desc' },
				{ field: 'dateUpdated', direction: 'asc' },
			],
		],
	])('pages with searchAfter to the end with no repeat, sorted by %j', async (sort) => {
		const ids: string[] = [];
		let searchAfter: unknown[] | undefined;
		for (;;) {
			const { data } = await search({ pageLimit: 30, searchAfter, sort });
			ids.push(...data.contacts.map((row: Row) => row.id));
			if (data.contacts.length < 30) break;
			searchAfter = data.contacts.at(-1).searchAfter;
		}
		expect(ids).toHaveLength(200);
		expect(new Set(ids).size).toBe(200);
	});

	it('ends page mode at 10,000 rows and a page at 500', async () => {
		expect((await search({ pageLimit: 500, page: 20 })).status).toBe(200);
		expect((await search({ pageLimit: 500, page: 21 })).status).toBe(400);
		expect((await search({ pageLimit: 501 })).data.message).toEqual([
			'pageLimit must not be greater than 500',
		]);
	});

	it('refuses an unknown field with 400 and an operator the field does not take with 422', async () => {
		const field = await search({ filters: [{ field: 'shoe', operator: 'eq', value: 1 }] });
		expect([field.status, field.data.message]).toEqual([400, 'Invalid field shoe']);
		const operator = await search({
			filters: [{ field: 'dateUpdated', operator: 'gt', value: 1 }],
		});
		expect([operator.status, operator.data.message]).toEqual([
			422,
			['Invalid Operator (gt) passed for field date_updated'],
		]);
		const byKey = await search({
			filters: [{ field: 'customFields.job_title', operator: 'eq', value: 'x' }],
		});
		expect(byKey.status).toBe(400);
	});

	it('writes a row in its own form, and not as the contact itself is answered', async () => {
		const contact = {
			firstName: 'anna maria',
			lastName: 'van der McBerg',
			address1: '1 Main St',
			timezone: 'America/Chicago',
			dateOfBirth: '1990-05-17',
			dndSettings: { SMS: { status: 'active' } },
			inboundDndSettings: { all: { status: 'inactive' } },
		};
		const id = await client.createContact(contact);
		await new Promise((resolve) => setTimeout(resolve, 200));
		const [row] = (await search({ filters: [{ field: 'id', operator: 'eq', value: id }] })).data
			.contacts;
		expect(row).toMatchObject({
			firstName: 'Anna Maria',
			lastName: 'Van Der McBerg',
			contactName: 'Anna Maria Van Der McBerg',
			firstNameLowerCase: 'anna maria',
			address: '1 Main St',
			dateOfBirth: Date.UTC(1990, 4, 17),
			dndSettings: contact.dndSettings,
			inboundDndSettings: contact.inboundDndSettings,
		});
		expect([row.address1, row.timezone]).toEqual([undefined, undefined]);
		const { data } = await client.ghl('GET', `/contacts/${id}`);
		expect(data.contact).toMatchObject({ ...contact, dateOfBirth: '1990-05-17T00:00:00.000Z' });
		expect(data.contact.address).toBeUndefined();
	});

	it('combines groups, and takes epoch milliseconds only in a range', async () => {
		const [first, second, third] = [...client.sandbox.state.contacts.values()];
		const equals = (email: unknown): object => ({ field: 'email', operator: 'eq', value: email });
		const found = await emails([
			{ group: 'OR', filters: [equals(first.email), equals(second.email), equals(third.email)] },
			{ field: 'tags', operator: 'not_eq', value: 'vip' },
		]);
		expect(found.sort()).toEqual([second.email, third.email].sort());

		const since = Date.parse(third.dateAdded);
		const range = (bound: unknown): object => ({
			field: 'dateAdded',
			operator: 'range',
			value: { gte: bound, lte: bound },
		});
		expect(await emails([range(since)])).toEqual([third.email]);
		expect(await emails([range(third.dateAdded)])).toEqual([]);
	});
});
