import type { Settings } from '../settings';
import type { SandboxState } from '../state';
import { badRequest, notFound, wrongLocation } from './errors';
import type { UploadedFile } from './multipart';
import type { CustomField } from './records';
import { ANYONE, route } from './route';
import type { Call, Route } from './route';
import { closed, flag, listOf, oneOf, requiredText, text, wholeNumber } from './validate';

interface CustomFieldBody {
	name: string;
	dataType: string;
	placeholder?: string;
	position?: number;
	model?: 'contact' | 'opportunity';
	isMultipleFile?: boolean;
	maxNumberOfFiles?: number;
	textBoxListOptions?: Array<{ label?: string }>;
}

const customFieldBody = {
	name: requiredText,
	placeholder: text,
	acceptedFormat: listOf(text),
	isMultipleFile: flag,
	maxNumberOfFiles: { type: 'number' },
	textBoxListOptions: listOf(closed({ label: text, prefillValue: text })),
	position: { type: 'number' },
	model: oneOf('contact', 'opportunity'),
};

const fieldsOf = (state: SandboxState, locationId: string): CustomField[] =>
	[...state.customFields.values()].filter((field) => field.locationId === locationId);

/** A custom field by its id or by its key. */
function customFieldOf({ state, params }: Call<unknown, unknown>): CustomField {
	const field = fieldsOf(state, params.locationId).find(
		({ id, fieldKey }) => id === params.id || fieldKey === params.id,
	);
	if (field === undefined) throw notFound('Custom field', params.id);
	return field;
}

/** "LinkedIn profile" of a contact is `contact.linkedin_profile`. */
export const fieldKey = (model: string, name: string): string =>
	`${model}.${name
		.trim()
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '_')}`;

function createCustomField({ state, params, body }: Call<CustomFieldBody, unknown>): {
	customField: CustomField;
} {
	const { name, dataType, placeholder, position = 0, model = 'contact' } = body;
	const key = fieldKey(model, name);
	if (fieldsOf(state, params.locationId).some((field) => field.fieldKey === key)) {
		throw badRequest(`Custom field with key ${key} already exists`);
	}
	const customField: CustomField = {
		id: state.ids.next('customField'),
		locationId: params.locationId,
		name,
		fieldKey: key,
		dataType,
		model,
		position,
		placeholder,
		...fileAndOptions(body),
	};
	state.customFields.set(customField.id, customField);
	return { customField };
}

const fileAndOptions = (body: Partial<CustomFieldBody>): Partial<CustomField> => ({
	...(body.textBoxListOptions && {
		picklistOptions: body.textBoxListOptions.map(({ label = '' }) => label),
	}),
	...(body.isMultipleFile !== undefined && { isMultiFileAllowed: body.isMultipleFile }),
	...(body.maxNumberOfFiles !== undefined && { maxFileLimit: body.maxNumberOfFiles }),
});

/** A location's own settings; the sandbox has one set for all of them. */
const settingsOf = ({ allowDuplicateContact, allowDuplicateOpportunity }: Settings): object => ({
	allowDuplicateContact,
	allowDuplicateOpportunity,
	allowFacebookNameMerge: false,
	disableContactTimezone: false,
});

interface LocationSearch {
	companyId?: string;
	skip?: number;
	limit?: number;
	order?: 'asc' | 'desc';
	email?: string;
}

/** A sub-account token finds its own location only; one of a private integration is refused. */
function searchLocations({ state, settings, token, query }: Call<unknown, LocationSearch>): object {
	if (token.kind === 'privateIntegration' && token.level === 'Location') throw wrongLocation();
	const { companyId, skip = 0, limit = 10, order = 'asc', email } = query;
	const found = [...state.locations.values()]
		.filter(
			(location) =>
				location.companyId === (companyId ?? token.companyId) &&
				location.companyId === token.companyId &&
				location.id === (token.locationId ?? location.id) &&
				location.email === (email ?? location.email),
		)
		.sort((a, b) => a.name.localeCompare(b.name) * (order === 'asc' ? 1 : -1));
	return {
		locations: found
			.slice(skip, skip + limit)
			.map((location) => ({ ...location, settings: settingsOf(settings) })),
	};
}

interface Upload {
	id?: string;
	maxFiles?: string;
	files: UploadedFile[];
}

/** The files are named and forgotten: no address of the answer can be opened. */
function uploadFiles({ body: { id = 'unknown', files }, params }: Call<Upload, unknown>): object {
	const meta = files.map((file) => ({
		...file,
		url: `https://files.example.com/location/${params.locationId}/custom-field/${id}/${encodeURIComponent(file.originalname)}`,
	}));
	return {
		uploadedFiles: Object.fromEntries(meta.map(({ originalname, url }) => [originalname, url])),
		meta,
	};
}

export const locations: Route[] = [
	route({
		method: 'GET',
		path: '/locations/:locationId',
		scope: 'locations.readonly',
		access: ANYONE,
		handle: ({ state, settings, token, params }) => {
			const location = state.locations.get(params.locationId);
			if (location === undefined) throw notFound('Location', params.locationId);
			if (location.companyId !== token.companyId) throw wrongLocation();
			return { location: { ...location, settings: settingsOf(settings) } };
		},
	}),
	route<unknown, { model?: string }>({
		method: 'GET',
		path: '/locations/:locationId/customFields',
		scope: 'locations/customFields.readonly',
		query: closed({ model: oneOf('contact', 'opportunity', 'all') }),
		handle: ({ state, params, query: { model = 'all' } }) => ({
			customFields: fieldsOf(state, params.locationId).filter(
				(field) => model === 'all' || field.model === model,
			),
		}),
	}),
	route<CustomFieldBody>({
		method: 'POST',
		path: '/locations/:locationId/customFields',
		scope: 'locations/customFields.write',
		status: 201,
		body: closed({ ...customFieldBody, dataType: requiredText }, ['name', 'dataType']),
		handle: createCustomField,
	}),
	route({
		method: 'GET',
		path: '/locations/:locationId/customFields/:id',
		scope: 'locations/customFields.readonly',
		handle: (call) => ({ customField: customFieldOf(call) }),
	}),
	route<Omit<CustomFieldBody, 'dataType'>>({
		method: 'PUT',
		path: '/locations/:locationId/customFields/:id',
		scope: 'locations/customFields.write',
		body: closed(customFieldBody, ['name']),
		handle: (call) => {
			const { name, placeholder, position } = call.body;
			const field = customFieldOf(call);
			const customField = {
				...field,
				name,
				placeholder: placeholder ?? field.placeholder,
				position: position ?? field.position,
				...fileAndOptions(call.body),
			};
			call.state.customFields.set(field.id, customField);
			return { customField };
		},
	}),
	route({
		method: 'DELETE',
		path: '/locations/:locationId/customFields/:id',
		scope: 'locations/customFields.write',
		handle: (call) => {
			call.state.customFields.delete(customFieldOf(call).id);
			return { succeded: true };
		},
	}),
	route<Upload>({
		method: 'POST',
		path: '/locations/:locationId/customFields/upload',
		scope: 'locations/customFields.write',
		encoding: 'multipart',
		body: closed({ id: text, maxFiles: text, files: { type: 'array' } }),
		handle: uploadFiles,
	}),
	route<unknown, LocationSearch>({
		method: 'GET',
		path: '/locations/search',
		scope: 'locations.readonly',
		access: ANYONE,
		query: closed({
			companyId: text,
			skip: wholeNumber(0),
			limit: wholeNumber(1),
			order: oneOf('asc', 'desc'),
			email: text,
		}),
		handle: searchLocations,
	}),
	route({
		method: 'GET',
		path: '/locations/:locationId/timezones',
		scope: 'locations.readonly',
		// No answer is described; this key is a guess.
		handle: () => ({ timeZones: Intl.supportedValuesOf('timeZone') }),
	}),
];
