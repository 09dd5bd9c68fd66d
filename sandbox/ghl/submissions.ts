import { DateTime } from 'luxon';
import type { Form, Submission } from './records';
import { contactView } from './contactViews';
import { badRequest, notFound } from './errors';
import type { UploadedFile } from './multipart';
import { ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, formatted, requiredText, text, wholeNumber } from './validate';

interface ListQuery {
	locationId: string;
	skip?: number;
	limit?: number;
	type?: string;
}

/** Newest first: the order is not documented. No folder is in the sandbox, so `type` leaves none. */
function list(forms: Iterable<Form>, query: ListQuery): { rows: Form[]; total: number } {
	const { locationId, skip = 0, limit = 10, type } = query;
	const own = [...forms].filter((form) => form.locationId === locationId && type !== 'folder');
	return { rows: own.slice(skip, skip + limit), total: own.length };
}

interface SubmissionQuery {
	locationId: string;
	page?: number;
	limit?: number;
	q?: string;
	startAt?: string;
	endAt?: string;
}

/**
 * Whose time zone the days are of is not documented: here the location's, which is the harder case.
 * Without days it is the last month.
 */
function submissionsOf(
	{ state, query }: Call<unknown, SubmissionQuery>,
	all: Iterable<Submission>,
	formId: string | undefined,
): { found: Submission[]; meta: object } {
	const { locationId, page = 1, limit = 20, q = '', startAt, endAt } = query;
	const zone = state.locations.get(locationId)?.timezone ?? 'UTC';
	const now = DateTime.now().setZone(zone);
	const from = startAt ? DateTime.fromISO(startAt, { zone }) : now.minus({ months: 1 });
	const to = endAt ? DateTime.fromISO(endAt, { zone }) : now;
	const found = [...all]
		.filter((one) => one.locationId === locationId && (formId ?? one.formId) === one.formId)
		.filter(({ createdAt }) => {
			const at = Date.parse(createdAt);
			return at >= from.startOf('day').toMillis() && at <= to.endOf('day').toMillis();
		})
		.filter(({ contactId, name, email }) => {
			const phone = state.contacts.get(contactId)?.phone;
			return [contactId, name, email, phone].some((value) =>
				value?.toLowerCase().includes(q.toLowerCase()),
			);
		})
		.sort((a, b) => b.createdAt.localeCompare(a.createdAt) || (a.id < b.id ? -1 : 1));
	const isLast = page * limit >= found.length;
	return {
		found: found.slice((page - 1) * limit, page * limit),
		meta: {
			total: found.length,
			currentPage: page,
			nextPage: isLast ? null : page + 1,
			prevPage: page > 1 ? page - 1 : null,
		},
	};
}

const listQuery = closed(
	{ locationId: requiredText, skip: wholeNumber(0), limit: wholeNumber(1, 50), type: text },
	['locationId'],
);

const submissionQuery = (formKey: string) =>
	closed(
		{
			locationId: requiredText,
			page: wholeNumber(1),
			limit: wholeNumber(1, 100),
			[formKey]: text,
			q: text,
			startAt: formatted('iso-day'),
			endAt: formatted('iso-day'),
		},
		['locationId'],
	);

/** Without its location, which the answer does not name. */
const view = ({ locationId: _, formId, ...submission }: Submission, formKey: string): object => ({
	...submission,
	[formKey]: formId,
});

interface Upload {
	files: UploadedFile[];
}

/** The file types that HighLevel takes. */
const TYPES = /\.(pdf|docx?|jpe?g|png|gif|csv|xlsx?|mp4|mpeg|zip|rar|txt|svg)$/i;

/** The name of each part is the id of the custom field, `_`, and an id for the file. */
function upload(call: Call<Upload, { contactId: string; locationId: string }>): object {
	const { state, token, query, body } = call;
	const contact = ownRecord(token, state.contacts, 'Contact', query.contactId);
	const values = new Map(contact.customFields.map(({ id, value }) => [id, value]));
	if (body.files.length === 0) throw badRequest('No files found');
	for (const { fieldname, ...file } of body.files) {
		const [fieldId, ...rest] = fieldname.split('_');
		const uuid = rest.join('_');
		const field = state.customFields.get(fieldId);
		if (field?.locationId !== contact.locationId || field.dataType !== 'FILE_UPLOAD' || !uuid) {
			throw notFound('Custom field', fieldId);
		}
		if (!TYPES.test(file.originalname)) throw badRequest('File type not allowed');
		const before = values.get(field.id);
		const url = `https://files.example.com/documents/${uuid}`;
		const meta = { fieldname, ...file, uuid };
		values.set(field.id, {
			...(typeof before === 'object' ? before : {}),
			[uuid]: { meta, url, documentId: uuid },
		});
	}
	const customFields = [...values].map(([id, value]) => ({ id, value }));
	const saved = { ...contact, customFields, dateUpdated: new Date().toISOString() };
	state.saveContact(saved);
	return contactView(saved);
}

export const submissions: Route[] = [
	route<unknown, ListQuery>({
		method: 'GET',
		path: '/forms/',
		scope: 'forms.readonly',
		query: listQuery,
		handle: ({ state, query }) => {
			const { rows, total } = list(state.forms.values(), query);
			return { forms: rows, total };
		},
	}),
	route<unknown, SubmissionQuery & { formId?: string }>({
		method: 'GET',
		path: '/forms/submissions',
		scope: 'forms.readonly',
		query: submissionQuery('formId'),
		handle: (call) => {
			const all = call.state.formSubmissions.values();
			const { found, meta } = submissionsOf(call, all, call.query.formId);
			return { submissions: found.map((one) => view(one, 'formId')), meta };
		},
	}),
	route<Upload, { contactId: string; locationId: string }>({
		method: 'POST',
		path: '/forms/upload-custom-files',
		scope: 'forms.write',
		encoding: 'multipart',
		query: closed({ contactId: requiredText, locationId: requiredText }, [
			'contactId',
			'locationId',
		]),
		handle: upload,
	}),
	route<unknown, ListQuery>({
		method: 'GET',
		path: '/surveys/',
		scope: 'surveys.readonly',
		query: listQuery,
		handle: ({ state, query }) => {
			const { rows, total } = list(state.surveys.values(), query);
			return { surveys: rows, total };
		},
	}),
	route<unknown, SubmissionQuery & { surveyId?: string }>({
		method: 'GET',
		path: '/surveys/submissions',
		scope: 'surveys.readonly',
		query: submissionQuery('surveyId'),
		handle: (call) => {
			const all = call.state.surveySubmissions.values();
			const { found, meta } = submissionsOf(call, all, call.query.surveyId);
			return { submissions: found.map((one) => view(one, 'surveyId')), meta };
		},
	}),
];
