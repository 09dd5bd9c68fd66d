import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { GhlContacts } from '../../nodes/Ghl/GhlContacts.node';
import { useSandbox } from '../support/useSandbox';
import { columns } from '../examples/values';
import { byId, callsOf, ghlCredentials, runGhl } from './ghl';
import { loadOptionsFunctions } from './support';

const sandbox = useSandbox();

const { listSearch, resourceMapping } = new GhlContacts().methods;
const { getRecordColumns } = resourceMapping;
const COMPANY = 'custom_objects.linkedin_company';
const byKey = (value: string) => ({ __rl: true, mode: 'key', value });
const ofCompany = { objectKey: byKey(COMPANY) };
const recordOf = (objectKey: string) =>
	[...sandbox.state.objectRecords.values()].find((one) => one.objectKey === objectKey);
const association = () =>
	[...sandbox.state.associations.values()].find(({ key }) => key === 'company_people');
const last = () => sandbox.requests.list({ service: 'highlevel' }).at(-1);
const create = async (fields: INodeParameters) =>
	await runGhl(sandbox, 'objectRecord:create', { ...ofCompany, recordFields: columns(fields) });

describe('the fields of a record', () => {
	it('reach HighLevel in the form of their types, by key, name or whole key', async () => {
		const { error } = await create({
			Name: ' Acme ',
			[`${COMPANY}.website`]: 'https://acme.example.com',
			employees: '120',
			Revenue: 2_000_000,
			founded: '2019-05-04T00:00:00',
			Industry: 'health care',
			topics: 'Hiring, new_office',
			'Offices: Main': 'Austin',
			logo: 'https://acme.example.com/logo.png',
			about: '',
		});
		expect(error).toBeUndefined();
		expect((last()?.body as IDataObject).properties).toEqual({
			name: 'Acme',
			website: 'https://acme.example.com',
			employees: 120,
			revenue: { currency: 'default', value: 2_000_000 },
			founded: '2019-05-04',
			industry: 'health_care',
			topics: ['hiring', 'new_office'],
			'offices.main': 'Austin',
			logo: [{ url: 'https://acme.example.com/logo.png' }],
		});
	});

	it('that the object does not have are refused before anything is sent', async () => {
		const { error } = await create({ name: 'Acme', turnover: 5 });
		expect(error?.message).toBe(`The object “${COMPANY}” has no field “turnover”`);
		expect(error?.description).toContain('name, website, about');
		expect(callsOf(sandbox)).toEqual([`GET /objects/${COMPANY}`]);
	});

	it('are cleared by {{ null }}, and the others stay', async () => {
		const record = recordOf(COMPANY);
		const { json } = await runGhl(sandbox, 'objectRecord:update', {
			...ofCompany,
			recordId: byId(record?.id ?? ''),
			recordFields: columns({ website: '={{ null }}', employees: 7 }),
		});
		expect(last()?.body).toEqual({ properties: { website: null, employees: 7 } });
		expect(json[0].properties).toEqual({
			name: record?.properties.name,
			employees: 7,
			industry: 'software',
			topics: ['hiring'],
		});
	});

	it('are the columns of the editor, for the object that is chosen', async () => {
		const { fields } = await editor({ ...ofCompany, operation: 'create' }).call(getRecordColumns);
		const column = (id: string) => fields.find((one) => one.id === id);
		expect(column('name')).toMatchObject({ displayName: 'Name', type: 'string' });
		expect(column('employees')?.type).toBe('number');
		expect(column('founded')?.type).toBe('dateTime');
		expect(column('offices.main')?.displayName).toBe('Offices: Main');
		const none = await editor({ objectKey: byKey(''), operation: 'create' }).call(getRecordColumns);
		expect(none).toEqual({ fields: [], emptyFieldsNotice: 'Choose the object first.' });
	});
});

const editor = (parameters: INodeParameters) =>
	loadOptionsFunctions({
		node: new GhlContacts(),
		parameters: { resource: 'objectRecord', operation: 'get', ...parameters },
		credentials: ghlCredentials(sandbox),
	});

describe('the pickers', () => {
	it('list objects by name, records by their main field, associations by both ends', async () => {
		const objects = await editor({}).call(listSearch.searchObjects, 'linkedin');
		expect(objects.results).toEqual([{ name: 'LinkedIn companies', value: COMPANY }]);
		const { results } = await editor(ofCompany).call(listSearch.searchRecords);
		expect(results).toHaveLength(12);
		expect(results.map(({ name }) => name)).toContain(recordOf(COMPANY)?.properties.name);
		const associations = await editor({}).call(listSearch.searchAssociations, 'employer');
		expect(associations.results).toEqual([
			{ name: `Employer (${COMPANY}) – Employee (contact)`, value: association()?.id },
		]);
	});
});

describe('a record', () => {
	it('of another object is not found', async () => {
		const pet = recordOf('custom_objects.pet');
		const of = { ...ofCompany, recordId: byId(pet?.id ?? '') };
		for (const operation of ['get', 'delete']) {
			const { error } = await runGhl(sandbox, `objectRecord:${operation}`, of);
			expect(error?.message).toMatch(/^HighLevel found nothing there/);
		}
		expect(sandbox.state.objectRecords.has(pet?.id ?? '')).toBe(true);
	});

	it('is found by the value of a field, in pages', async () => {
		const { json } = await runGhl(sandbox, 'objectRecord:getMany', {
			...ofCompany,
			fieldsAre: { values: [{ field: 'Website', is: 'https://company-3.example.com' }] },
			returnAll: true,
		});
		expect(json).toHaveLength(1);
		for (let number = 0; number < 150; number++) await add(number);
		const all = await runGhl(sandbox, 'objectRecord:getMany', { ...ofCompany, returnAll: true });
		expect(new Set(all.json.map(({ id }) => id)).size).toBe(162);
	});

	async function add(number: number): Promise<void> {
		const of = recordOf(COMPANY);
		if (!of) throw new Error('The sandbox has no company');
		const createdAt = new Date(Date.UTC(2025, 0, 1) + number).toISOString();
		const id = `record${number}`;
		sandbox.state.objectRecords.set(id, { ...of, id, createdAt, properties: { name: id } });
	}

	it('whose creation lost its answer is looked up and not made twice', async () => {
		sandbox.faults.add({ path: '/records$', kind: 'lostAnswer', times: 1 });
		const { json, error } = await create({ name: 'Only Once', employees: 3 });
		expect(error).toBeUndefined();
		const made = [...sandbox.state.objectRecords.values()].filter(
			({ properties }) => properties.name === 'Only Once',
		);
		expect(made.map(({ id }) => id)).toEqual([json[0].id]);
	});

	it('whose deletion lost its answer counts as deleted', async () => {
		const id = recordOf(COMPANY)?.id ?? '';
		sandbox.faults.add({ method: 'DELETE', kind: 'lostAnswer', times: 1 });
		const { json, error } = await runGhl(sandbox, 'objectRecord:delete', {
			...ofCompany,
			recordId: byId(id),
		});
		expect(error).toBeUndefined();
		expect(json).toEqual([{ deleted: true }]);
		expect(sandbox.state.objectRecords.has(id)).toBe(false);
	});
});

describe('a relation', () => {
	const relate = async (secondRecordId: string) =>
		await runGhl(sandbox, 'relation:create', {
			associationId: byId(association()?.id ?? ''),
			firstRecordId: recordOf(COMPANY)?.id ?? '',
			secondRecordId,
		});

	it('that is there already is put out, and there is one', async () => {
		const contact = [...sandbox.state.contacts.keys()].at(-1) ?? '';
		const first = await relate(contact);
		const again = await relate(contact);
		expect(again.error).toBeUndefined();
		expect(again.json[0].id).toBe(first.json[0].id);
		const own = [...sandbox.state.relations.values()].filter(
			({ secondRecordId }) => secondRecordId === contact,
		);
		expect(own).toHaveLength(1);
	});

	it('whose answer was lost is there once', async () => {
		const contact = [...sandbox.state.contacts.keys()].at(-2) ?? '';
		sandbox.faults.add({ path: '/associations/relations$', kind: 'lostAnswer', times: 1 });
		const { error, json } = await relate(contact);
		expect(error).toBeUndefined();
		expect(json[0].secondRecordId).toBe(contact);
	});

	it('with a record of another object is refused', async () => {
		const { error } = await relate(recordOf('custom_objects.pet')?.id ?? '');
		expect(error?.message).toMatch(/^HighLevel found nothing there: Record of contact/);
	});
});
