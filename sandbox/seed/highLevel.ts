import { SANDBOX } from '../accounts';
import { fieldKey } from '../ghl/locations';
import { newContact } from '../ghl/contactWrites';
import type { Contact, CustomField, CustomFieldValue } from '../ghl/records';
import { seededId } from '../ids';
import type { SandboxState } from '../state';
import { memberId, profileUrl } from './heyReach';
import type { Moment } from './moments';
import type { SeedOptions } from './options';
import { person, range } from './people';

const { companyId, locationId, otherLocationId } = SANDBOX;
const CONTACTS = 200;
const INTERESTS = ['Automation', 'Outreach', 'Reporting'];

/** The two locations, which exist without any other data too. */
export function seedLocations(state: SandboxState): void {
	for (const [id, name] of [
		[locationId, 'Sandbox Dental'],
		[otherLocationId, 'Another Sub-Account'],
	]) {
		state.locations.set(id, {
			id,
			companyId,
			name,
			address: '1 Example Street',
			city: 'Austin',
			state: 'TX',
			country: 'US',
			postalCode: '78701',
			website: 'https://example.com',
			timezone: 'America/Chicago',
			firstName: 'Sandy',
			lastName: 'Box',
			email: 'owner@example.com',
			phone: '+15550109999',
		});
	}
}

export function seedHighLevel(state: SandboxState, moment: Moment, options: SeedOptions): void {
	seedUsers(state);
	seedBusinesses(state, moment);
	if (options.seedCustomFields) seedCustomFields(state, locationId, options);
	for (const number of range(0, CONTACTS)) state.saveContact(contact(state, moment, number), 0);
}

const userId = (number: number): string => seededId(`user:seed:${number}`);
const businessId = (number: number): string => seededId(`business:seed:${number}`);

function seedUsers(state: SandboxState): void {
	for (const number of range(0, 5)) {
		const { firstName, lastName, phone } = person(900 + number);
		state.users.set(userId(number), {
			id: userId(number),
			name: `${firstName} ${lastName}`,
			firstName,
			lastName,
			email: `${firstName.toLowerCase()}@team.example.com`,
			phone,
			extension: '',
			roles: { type: 'account', role: number === 0 ? 'admin' : 'user', locationIds: [locationId] },
		});
	}
}

function seedBusinesses(state: SandboxState, moment: Moment): void {
	for (const [number, name] of ['Northwind Dental', 'Harbor & Pine', 'Ostrea'].entries()) {
		state.businesses.set(businessId(number), {
			id: businessId(number),
			locationId,
			name,
			website: `https://business-${number + 1}.example.com`,
			city: 'Austin',
			state: 'TX',
			country: 'US',
			createdAt: moment(number),
			updatedAt: moment(number),
		});
	}
}

/** A field of the same name has another id in each location. */
export const customFieldId = (name: string, of: string = locationId): string =>
	seededId(of === locationId ? `customField:seed:${name}` : `customField:${of}:${name}`);

const LINKEDIN_FIELDS: Array<[string, string]> = [
	['LinkedIn profile', 'TEXT'],
	['LinkedIn member id', 'TEXT'],
];
const OTHER_FIELDS: Array<[string, string]> = [
	['Job title', 'TEXT'],
	['Deal size', 'NUMERICAL'],
	['Renewal date', 'DATE'],
	['Interests', 'MULTIPLE_OPTIONS'],
];

const OPPORTUNITY_FIELDS: Array<[string, string]> = [
	['Competitor', 'TEXT'],
	['Decision date', 'DATE'],
	['Seats', 'NUMERICAL'],
];

export function seedCustomFields(
	state: SandboxState,
	of: string,
	{ linkedInFields }: Pick<SeedOptions, 'linkedInFields'>,
): void {
	const definitions = [...(linkedInFields ? LINKEDIN_FIELDS : []), ...OTHER_FIELDS];
	for (const [position, [name, dataType]] of definitions.entries()) {
		seedCustomField(state, of, { model: 'contact', name, dataType, position });
	}
	for (const [position, [name, dataType]] of OPPORTUNITY_FIELDS.entries()) {
		seedCustomField(state, of, { model: 'opportunity', name, dataType, position });
	}
}

function seedCustomField(
	state: SandboxState,
	of: string,
	{
		model,
		name,
		dataType,
		position,
	}: Pick<CustomField, 'name' | 'dataType' | 'position'> & {
		model: 'contact' | 'opportunity';
	},
): void {
	const field: CustomField = {
		id: customFieldId(name, of),
		locationId: of,
		name,
		fieldKey: fieldKey(model, name),
		dataType,
		model,
		position: position * 50,
		...(dataType === 'MULTIPLE_OPTIONS' ? { picklistOptions: INTERESTS } : {}),
	};
	state.customFields.set(field.id, field);
}

/** Contacts 0-39 know their LinkedIn profile, 30-59 their member id; the others know neither. */
function customValues(state: SandboxState, moment: Moment, number: number): CustomFieldValue[] {
	const { position } = person(number);
	const values: Array<[string, unknown]> = [
		['LinkedIn profile', number < 40 ? profileUrl(number) : undefined],
		['LinkedIn member id', number >= 30 && number < 60 ? memberId(number) : undefined],
		['Job title', number % 2 === 0 ? position : undefined],
		['Deal size', number % 5 === 0 ? 500 + number * 10 : undefined],
		['Renewal date', number % 8 === 0 ? moment(number * 24).slice(0, 10) : undefined],
		['Interests', number % 6 === 0 ? [INTERESTS[number % 3]] : undefined],
	];
	return values
		.map(([name, value]) => ({ id: customFieldId(name), value }))
		.filter(({ id, value }) => value !== undefined && state.customFields.has(id));
}

function contact(state: SandboxState, moment: Moment, number: number): Contact {
	const { firstName, lastName, email, phone, companyName, place } = person(number);
	const tags = [
		...(number % 4 === 0 ? ['newsletter'] : []),
		...(number % 7 === 0 ? ['vip'] : []),
		...(number % 5 === 0 ? ['linkedin'] : []),
	];
	return {
		...newContact(seededId(`contact:seed:${number}`), locationId, moment(number)),
		...place,
		firstName,
		lastName,
		email,
		phone,
		companyName,
		country: 'US',
		source: number % 3 === 0 ? 'website form' : 'public api',
		assignedTo: number % 10 === 0 ? userId(number % 5) : undefined,
		businessId: number % 20 === 0 ? businessId(number % 3) : undefined,
		followers: number === 30 ? [userId(1), userId(3)] : [],
		additionalEmails: number % 50 === 0 ? [`second.${email}`] : [],
		tags,
		customFields: customValues(state, moment, number),
	};
}
