import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { GhlContacts } from '../../nodes/Ghl/GhlContacts.node';
import { columns } from '../examples/values';
import { useSandbox } from '../support/useSandbox';
import { byId, byName, ghlCredentials, runGhl } from './ghl';
import { loadOptionsFunctions } from './support';

const DAY_MS = 86_400_000;

const sandbox = useSandbox();

const contacts = () => [...sandbox.state.contacts.values()];

/** The filters that a search with these rows sends. */
async function sent(rows: INodeParameters[], more: INodeParameters = {}): Promise<IDataObject[]> {
	const { error } = await runGhl(sandbox, 'contact:getMany', {
		filters: { values: rows },
		...more,
	});
	expect(error).toBeUndefined();
	const call = sandbox.requests.list().find(({ path }) => path === '/contacts/search');
	return (call?.body as { filters: IDataObject[] }).filters;
}

/** A choice from a picker’s list. */
const picked = (value: string) => ({ __rl: true, mode: 'list', value });

describe('The filters of Contact: Get Many', () => {
	it('take tags, users, businesses, countries and DND from their pickers', async () => {
		const { assignedTo } = contacts().find((contact) => contact.assignedTo) ?? {};
		const rows = [
			{ field: 'tags', operator: 'eq', value: picked('customer') },
			{ field: 'tags', operator: 'contains_set', value: byName('customer, lead') },
			{ field: 'assignedTo', operator: 'eq', value: picked(assignedTo ?? '') },
			{ field: 'businessName', operator: 'not_eq', value: picked('Acme') },
			{ field: 'country', operator: 'eq', value: picked('US') },
			{ field: 'dnd', operator: 'eq', value: 'false' },
		];
		expect((await sent(rows)).map(({ value }) => value)).toEqual([
			'customer',
			['customer', 'lead'],
			assignedTo,
			'Acme',
			'US',
			false,
		]);
	});

	it('go on in the form they had before: a text where now a list is picked from', async () => {
		const rows = [
			{ field: 'tags', operator: 'eq', value: 'customer' },
			{ field: 'tags', operator: 'contains', value: 'custom' },
			{ field: 'followers', operator: 'not_eq', value: 'somebodyWith20Letters' },
			{ field: 'businessName', operator: 'contains', value: 'Ac' },
			{ field: 'country', operator: 'not_exists' },
			{ field: 'dnd', operator: 'not_eq', value: 'TRUE' },
			{ field: 'dateAdded', operator: 'range', from: '2026-01-01', to: '2026-02-01' },
		];
		const [any] = await sent(rows, { combine: 'OR' });
		expect(any).toEqual({
			group: 'OR',
			filters: [
				{ field: 'tags', operator: 'eq', value: 'customer' },
				{ field: 'tags', operator: 'contains', value: 'custom' },
				{ field: 'followers', operator: 'not_eq', value: 'somebodyWith20Letters' },
				{ field: 'businessName', operator: 'contains', value: 'Ac' },
				{ field: 'country', operator: 'not_exists' },
				{ field: 'dnd', operator: 'not_eq', value: true },
				{
					field: 'dateAdded',
					operator: 'range',
					value: { gte: Date.UTC(2026, 0), lte: Date.UTC(2026, 1) },
				},
			],
		});
	});

	it('find who was created in the last days, before and after a moment, and on a day', async () => {
		const date = '2026-03-04T10:00:00';
		const rows = [
			{ field: 'dateAdded', operator: 'last', days: 30 },
			{ field: 'dateUpdated', operator: 'before', date },
			{ field: 'dateUpdated', operator: 'after', date },
			{ field: 'dateUpdated', operator: 'eq', date },
		];
		const [last, ...others] = await sent(rows);
		const { gte } = last.value as { gte: number };
		expect(Math.abs(Date.now() - 30 * DAY_MS - gte)).toBeLessThan(60_000);
		const moment = Date.UTC(2026, 2, 4, 10);
		const day = Date.UTC(2026, 2, 4);
		expect(others.map(({ operator, value }) => [operator, value])).toEqual([
			['range', { lt: moment }],
			['range', { gt: moment }],
			['range', { gte: day, lte: day + DAY_MS - 1 }],
		]);
	});

	it('compare a custom field of days by whole days', async () => {
		const field = { field: 'customField', customField: byName('Renewal date') };
		const rows = ['before', 'after', 'on'].map((operator) => ({
			...field,
			operator,
			date: '2026-03-04T10:00:00',
		}));
		const day = Date.UTC(2026, 2, 4);
		expect((await sent(rows)).map(({ value }) => value)).toEqual([
			{ lt: day },
			{ gt: day + DAY_MS - 1 },
			{ gte: day, lte: day + DAY_MS - 1 },
		]);
	});

	it('are refused without a date, which would return everybody', async () => {
		const { error } = await runGhl(sandbox, 'contact:getMany', {
			filters: { values: [{ field: 'dateAdded', operator: 'after', date: '' }] },
		});
		expect(error?.message).toMatch('Filter 1 has no value');
		expect(sandbox.requests.list()).toEqual([]);
	});

	it.each<[INodeParameters, string]>([
		[{ field: 'dateAdded', operator: 'last', days: 0 }, '“Filter 2: Days” must be more than 0'],
		[{ field: 'dateUpdated', operator: 'last', days: -1 }, '“Filter 2: Days” must be more than 0'],
		[{ field: 'dateAdded', operator: 'after', date: 'tomorrow' }, '“Filter 2”: “tomorrow” is not'],
		[
			{ field: 'dateAdded', operator: 'range', from: '2026-02-01', to: '2026-01-01' },
			'Filter 2: “From” is after “To”',
		],
		[{ field: 'tags', operator: 'contains_set', value: ' , ' }, 'Filter 2 has no value'],
		[{ field: 'tags', operator: 'contains_set', value: '[]' }, 'Filter 2 has no value'],
		[{ field: 'tags', operator: 'not_eq', value: '""' }, 'Filter 2 has no value'],
		[{ field: 'tags', operator: 'eq', value: ['', ' '] }, 'Filter 2 has no value'],
		[{ field: 'city', operator: 'eq', value: 'x'.repeat(76) }, 'Filter 2 has a value of more'],
		[{ field: 'tags', operator: 'eq', value: 'x'.repeat(76) }, 'Filter 2 has a value of more'],
		[{ field: 'country', operator: 'eq', value: byName('Narnia') }, '“Filter 2”: “Narnia” is not'],
		[
			{ field: 'assignedTo', operator: 'eq', value: byId('No One') },
			'“Filter 2”: HighLevel has no',
		],
		[
			{ field: 'customField', customField: byName('Job title'), operator: 'last', days: 3 },
			'“Filter 2”: “Job title” is not a custom field of the type Date',
		],
		[
			{
				field: 'customField',
				customField: byName('Renewal date'),
				operator: 'contains',
				value: '1',
			},
			'“Filter 2”: “Renewal date” is a date',
		],
		[
			{ field: 'customField', customField: byName('Deal size'), operator: 'contains', value: '1' },
			'“Filter 2”: “Deal size” is a number',
		],
	])('say which of them cannot be used: %j', async (row, message) => {
		const { error } = await runGhl(sandbox, 'contact:getMany', {
			filters: { values: [{ field: 'email', operator: 'exists' }, row] },
		});
		expect(error?.message).toMatch(message);
		expect(error?.description).toBeTruthy();
		expect(sandbox.requests.list().some(({ path }) => path === '/contacts/search')).toBe(false);
	});

	it('take several tags as one filter each: any to include, none to leave out', async () => {
		const [one, two] = [...new Set(contacts().flatMap(({ tags }) => tags))];
		const value = byName(`${one}, ${two}`);
		const found = async (operator: string) => {
			const row = { field: 'tags', operator, value };
			const { json } = await runGhl(sandbox, 'contact:getMany', {
				filters: { values: [row, { field: 'email', operator: 'exists' }] },
				returnAll: true,
			});
			return json.map(({ id }) => id).sort();
		};
		const withEmail = contacts().filter(({ email }) => email);
		const has = ({ tags }: { tags: string[] }) => tags.includes(one) || tags.includes(two);
		const ids = (some: Array<{ id: string }>) => some.map(({ id }) => id).sort();
		expect(await found('eq')).toEqual(ids(withEmail.filter(has)));
		expect(await found('not_eq')).toEqual(ids(withEmail.filter((one) => !has(one))));
	});

	it('find a user by name or email, and a country by its name', async () => {
		const [{ id, name, email }] = [...sandbox.state.users.values()];
		const rows = [
			{ field: 'assignedTo', operator: 'eq', value: byId(name) },
			{ field: 'followers', operator: 'eq', value: byId(email.toUpperCase()) },
			{ field: 'country', operator: 'eq', value: byName('germany') },
			{ field: 'country', operator: 'eq', value: byName('us') },
		];
		expect((await sent(rows)).map(({ value }) => value)).toEqual([id, id, 'DE', 'US']);
	});

	it('look for a day in a custom field of days with Is, too', async () => {
		const row = { field: 'customField', customField: byName('Renewal date'), operator: 'eq' };
		const day = Date.UTC(2026, 2, 4);
		expect((await sent([{ ...row, value: '2026-03-04' }])).map(({ value }) => value)).toEqual([
			{ gte: day, lte: day + DAY_MS - 1 },
		]);
	});

	it('match all or any, and no third way', async () => {
		const exists = { field: 'email', operator: 'exists' };
		const { error } = await runGhl(sandbox, 'contact:getMany', {
			combine: '={{ "any" }}',
			filters: { values: [exists, exists] },
		});
		expect(error?.message).toMatch('“Must Match” is neither AND nor OR: “any”');
	});

	it('return those contacts and no other', async () => {
		const tag = contacts().flatMap(({ tags }) => tags)[0];
		const { json } = await runGhl(sandbox, 'contact:getMany', {
			returnAll: true,
			filters: {
				values: [
					{ field: 'tags', operator: 'eq', value: picked(tag) },
					{ field: 'dateAdded', operator: 'last', days: 3650 },
				],
			},
		});
		const wanted = contacts().filter(({ tags }) => tags.includes(tag));
		expect(json.map(({ id }) => id).sort()).toEqual(wanted.map(({ id }) => id).sort());
	});
});

describe('The pickers of filters', () => {
	const search = async (
		method: 'searchBusinessNames' | 'searchCountries' | 'searchTagNames',
		filter?: string,
	) => {
		const node = new GhlContacts();
		const { call } = loadOptionsFunctions({
			node,
			parameters: { resource: 'contact', operation: 'getMany' },
			credentials: ghlCredentials(sandbox),
		});
		const { results } = await call(node.methods.listSearch[method], filter);
		return results;
	};

	it('give tags and businesses by their names, which is what a filter takes', async () => {
		const tags = await search('searchTagNames');
		expect(tags.length).toBeGreaterThan(1);
		expect(tags.every(({ name, value }) => name === value)).toBe(true);
		const businesses = [...sandbox.state.businesses.values()].map(({ name }) => name);
		expect((await search('searchBusinessNames')).map(({ value }) => value)).toEqual(
			businesses.sort((a, b) => a.localeCompare(b)),
		);
	});

	it('give countries by name or code', async () => {
		expect(await search('searchCountries', 'germ')).toEqual([{ name: 'Germany', value: 'DE' }]);
		expect((await search('searchCountries', 'ch')).map(({ name }) => name)).toEqual(
			expect.arrayContaining(['Chile', 'Switzerland']),
		);
	});
});

describe('The filters of Opportunity: Get Many', () => {
	it('know the last days and a country from the list, and still the country as a text', async () => {
		const query = async (filters: INodeParameters) => {
			const { error } = await runGhl(sandbox, 'opportunity:getMany', { filters });
			expect(error).toBeUndefined();
			const searches = sandbox.requests.list().filter(({ path }) => path.endsWith('/search'));
			return searches.at(-1)?.query;
		};
		const since = new Date(Date.now() - 30 * DAY_MS).toISOString().slice(0, 10).split('-');
		expect(await query({ createdInLast: 30, country: picked('DE') })).toMatchObject({
			date: `${since[1]}-${since[2]}-${since[0]}`,
			country: 'DE',
		});
		expect(await query({ country: 'US', contactId: byId(contacts()[0].id) })).toMatchObject({
			country: 'US',
		});
	});
});

describe('The filters of Opportunity: Get Many, misused,', () => {
	it.each<[INodeParameters, string]>([
		[{ createdInLast: 0 }, '“Created in the Last (Days)” must be more than 0, and is “0”'],
		[{ assignedTo: byId('No One') }, '“Assigned To”: HighLevel has no user “No One”'],
		[
			{ country: byName('Narnia') },
			'“Contact Country”: “Narnia” is not a country that HighLevel knows',
		],
	])('are refused, where HighLevel would find nobody: %j', async (filters, message) => {
		const { error } = await runGhl(sandbox, 'opportunity:getMany', { filters });
		expect(error?.message).toBe(message);
		expect(sandbox.requests.list().some(({ path }) => path.endsWith('/search'))).toBe(false);
	});
});

describe('The columns of a contact’s table', () => {
	const node = new GhlContacts();
	const columnsOf = async (operation: string) => {
		const { call } = loadOptionsFunctions({
			node,
			parameters: { resource: 'contact', operation },
			credentials: ghlCredentials(sandbox),
		});
		const { fields } = await call(node.methods.resourceMapping.getContactColumns);
		return new Map(fields.map((field) => [field.id, field]));
	};
	const values = (options: unknown) =>
		(options as Array<{ value: string }>).map(({ value }) => value);

	it('offer countries, time zones, users and the options of a custom field to choose from', async () => {
		const like = [...sandbox.state.customFields.values()].find(({ name }) => name === 'Job title');
		const tier = { id: 'f-tier', name: 'Tier', fieldKey: 'contact.tier' };
		const choices = { dataType: 'SINGLE_OPTIONS', picklistOptions: ['Gold', 'Silver'] };
		if (like) sandbox.state.customFields.set(tier.id, { ...like, ...tier, ...choices });
		const table = await columnsOf('create');
		const options = (id: string) => values(table.get(id)?.options);
		expect(options('contact.tier')).toEqual(['Gold', 'Silver']);
		expect(options('country')).toEqual(expect.arrayContaining(['DE', 'US']));
		expect(options('timezone')).toContain('Europe/Berlin');
		expect(options('gender')).toEqual(['female', 'male']);
		expect(options('dnd')).toEqual(['true', 'false']);
		const [user] = sandbox.state.users.keys();
		expect(options('assignedTo')).toContain(user);
		expect(table.get('phone')?.displayName).toBe('Phone (e.g. +15550100123)');
		expect(table.has('tags')).toBe(true);
		expect((await columnsOf('update')).has('tags')).toBe(false);
	});

	it('set the owner, DND and tags; an upsert adds the tags to those that are there', async () => {
		const [assignedTo] = sandbox.state.users.keys();
		const made = await runGhl(sandbox, 'contact:create', {
			contactFields: columns({
				email: 'new@example.com',
				tags: 'One, two',
				dnd: 'true',
				assignedTo,
			}),
		});
		expect(made.error).toBeUndefined();
		expect(made.json[0]).toMatchObject({ tags: ['one', 'two'], dnd: true, assignedTo });
		const again = await runGhl(sandbox, 'contact:upsert', {
			contactFields: columns({ email: 'new@example.com', tags: 'three', dnd: 'false' }),
			additionalFields: { addTags: 'four' },
		});
		expect(again.error).toBeUndefined();
		expect(again.json[0]).toMatchObject({ dnd: false, new: false });
		expect([...(again.json[0].tags as string[])].sort()).toEqual(['four', 'one', 'three', 'two']);
	});
});
