import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { byId, columns, known, type Example } from './values';

const COMPANY = 'custom_objects.linkedin_company';
const byKey = (value: string) => ({ __rl: true, mode: 'key', value });
const ofCompany = { objectKey: byKey(COMPANY) };

const company = (sandbox: Sandbox) => {
	const found = [...sandbox.state.objectRecords.values()].find((one) => one.objectKey === COMPANY);
	return { ...ofCompany, recordId: byId(found?.id ?? '') };
};
const own = (sandbox: Sandbox) => {
	const found = [...sandbox.state.associations.values()].find(
		({ key }) => key === 'company_people',
	);
	return byId(found?.id ?? '');
};

const everyField: INodeParameters = {
	name: 'Acme',
	website: 'https://acme.example.com',
	about: 'Makes everything.',
	employees: 120,
	revenue: 2_000_000,
	founded: '2019-05-04',
	industry: 'Health Care',
	topics: 'Hiring, New office',
	'offices.main': 'Austin',
	logo: 'https://acme.example.com/logo.png',
};

const people = (sandbox: Sandbox): INodeParameters => ({
	followers: byId(known(sandbox).user.id),
	owner: byId(known(sandbox).user.id),
});

/** Custom objects, their records and how these are related. */
export const ghlObjectExamples: Record<string, Example> = {
	'customObject:create': () => ({
		singular: 'LinkedIn post',
		plural: 'LinkedIn posts',
		mainField: 'Address',
		mainFieldType: 'TEXT',
		additionalFields: { description: 'What somebody wrote', key: 'custom_objects.post' },
	}),
	'customObject:get': () => ofCompany,
	'customObject:getMany': () => ({ returnAll: true }),
	'customObject:update': () => ({
		...ofCompany,
		searchableProperties: 'name, website',
		labels: { singular: 'Employer', plural: 'Employers' },
		updateFields: { description: 'Where people work' },
	}),
	'objectRecord:create': (sandbox) => ({
		...ofCompany,
		recordFields: columns(everyField),
		additionalFields: people(sandbox),
	}),
	'objectRecord:delete': company,
	'objectRecord:get': company,
	'objectRecord:getMany': () => ({
		...ofCompany,
		textQuery: 'a',
		fieldsAre: { values: [{ field: 'industry', is: 'Software' }] },
		returnAll: true,
		simplify: false,
	}),
	'objectRecord:update': (sandbox) => ({
		...company(sandbox),
		recordFields: columns(everyField),
		updateFields: people(sandbox),
	}),
	'association:create': () => ({
		key: 'pet_owner',
		firstObjectKey: byKey('custom_objects.pet'),
		secondObjectKey: byKey('contact'),
		firstObjectLabel: 'Pet',
		secondObjectLabel: 'Owner',
	}),
	'association:delete': (sandbox) => ({ associationId: own(sandbox) }),
	'association:get': (sandbox) => ({ associationId: own(sandbox) }),
	'association:getByKey': () => ({ associationKey: 'company_people' }),
	'association:getMany': () => ({ returnAll: true }),
	'association:getManyByObject': () => ({ objectKey: byKey('contact'), returnAll: true }),
	'association:update': (sandbox) => ({
		associationId: own(sandbox),
		firstObjectLabel: 'Works at',
		secondObjectLabel: 'Employs',
	}),
	'relation:create': (sandbox) => ({
		associationId: own(sandbox),
		firstRecordId: company(sandbox).recordId.value,
		secondRecordId: [...sandbox.state.contacts.keys()].at(-1) ?? '',
	}),
	'relation:delete': (sandbox) => ({
		relationId: [...sandbox.state.relations.keys()][0],
	}),
	'relation:getMany': (sandbox) => ({
		relatedRecordId: company(sandbox).recordId.value,
		filters: { associationIds: own(sandbox).value },
		returnAll: true,
	}),
};
