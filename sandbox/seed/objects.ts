import { SANDBOX } from '../accounts';
import { objectField } from '../ghl/objects';
import type { CustomObject } from '../ghl/objectTypes';
import { seededId } from '../ids';
import type { SandboxState } from '../state';
import type { Moment } from './moments';
import { person, range } from './people';

const { locationId } = SANDBOX;
const COMPANY = 'custom_objects.linkedin_company';
const PET = 'custom_objects.pet';

type FieldRow = Parameters<typeof objectField>[2];

const COMPANY_FIELDS: FieldRow[] = [
	['name', 'Name', 'TEXT'],
	['website', 'Website', 'TEXT'],
	['about', 'About', 'LARGE_TEXT'],
	['employees', 'Employees', 'NUMERICAL'],
	['revenue', 'Revenue', 'MONETORY'],
	['founded', 'Founded', 'DATE'],
	['industry', 'Industry', 'SINGLE_OPTIONS', ['Health Care', 'Software', 'Retail']],
	['topics', 'Topics', 'MULTIPLE_OPTIONS', ['Hiring', 'Funding', 'New office']],
	['offices', 'Offices', 'TEXTBOX_LIST', ['Main', 'Second']],
	['logo', 'Logo', 'FILE_UPLOAD'],
];

function object(
	moment: Moment,
	key: string,
	[singular, plural]: [string, string],
	fields: FieldRow[],
): CustomObject {
	return {
		id: seededId(`object:seed:${key}`),
		standard: false,
		key,
		labels: { singular, plural },
		description: `${plural} of the location`,
		locationId,
		primaryDisplayProperty: `${key}.name`,
		dateAdded: moment(0),
		dateUpdated: moment(0),
		searchableProperties: [`${key}.name`],
		fields: fields.map((field) => objectField(locationId, key, field)),
	};
}

/** Two objects; 12 companies and a pet; the people of the first companies are related to them. */
export function seedObjects(state: SandboxState, moment: Moment): void {
	const company = object(
		moment,
		COMPANY,
		['LinkedIn company', 'LinkedIn companies'],
		COMPANY_FIELDS,
	);
	const pet = object(moment, PET, ['Pet', 'Pets'], [['name', 'Name', 'TEXT']]);
	for (const one of [company, pet]) state.customObjects.set(one.id, one);
	const add = (of: CustomObject, number: number, properties: Record<string, unknown>): string => {
		const id = seededId(`record:seed:${of.key}:${number}`);
		state.objectRecords.set(id, {
			id,
			locationId,
			objectId: of.id,
			objectKey: of.key,
			owner: number === 0 ? [seededId('user:seed:0')] : [],
			followers: number === 0 ? [seededId('user:seed:1')] : [],
			properties,
			createdAt: moment(number),
			updatedAt: moment(number),
		});
		return id;
	};
	add(pet, 0, { name: 'Buddy' });
	const associationId = seededId('association:seed:company_people');
	state.associations.set(associationId, {
		id: associationId,
		locationId,
		key: 'company_people',
		firstObjectLabel: 'Employer',
		firstObjectKey: COMPANY,
		secondObjectLabel: 'Employee',
		secondObjectKey: 'contact',
		associationType: 'USER_DEFINED',
	});
	const systemId = seededId('association:seed:business');
	state.associations.set(systemId, {
		id: systemId,
		locationId,
		key: 'BUSINESSES_CONTACTS_ASSOCIATION',
		firstObjectLabel: 'Company',
		firstObjectKey: 'business',
		secondObjectLabel: 'Contact',
		secondObjectKey: 'contact',
		associationType: 'SYSTEM_DEFINED',
	});
	for (const number of range(0, 12)) {
		const companyId = add(company, number, {
			name: person(number).companyName,
			website: `https://company-${number}.example.com`,
			employees: 10 * number,
			industry: 'software',
			topics: ['hiring'],
		});
		if (number >= 4) continue;
		const id = seededId(`relation:seed:${number}`);
		state.relations.set(id, {
			id,
			locationId,
			associationId,
			firstObjectKey: COMPANY,
			firstRecordId: companyId,
			secondObjectKey: 'contact',
			secondRecordId: seededId(`contact:seed:${number}`),
		});
	}
}
