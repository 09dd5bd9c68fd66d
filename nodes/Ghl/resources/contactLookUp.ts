import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { buildCall } from '../../engine/call/build';
import { lacksList, readPages, withQuery } from '../../engine/call/paginate';
import { text } from '../../engine/describe/fields';
import { operation } from '../../engine/describe/verbs';
import type { Call, Io, Operation } from '../../engine/operation';
import { isObject, rowsOf } from '../../engine/values';
import { lastRecordPages } from '../calls/pages';
import { LOOK_UP } from '../problems';

/** HighLevel takes E.164 here. People write blanks, brackets, points and hyphens into it. */
function toPhone(value: unknown): string {
	const phone = String(value).replace(/[\s().-]/g, '');
	if (/^\+[1-9]\d{5,14}$/.test(phone)) return phone;
	throw new BadInput(
		`“Phone” is not an international phone number: “${String(value)}”`,
		'Write it in E.164: + and the country code, such as +14155550123.',
	);
}

/** Exactly one of the two, says HighLevel. */
function checkIdentity({ query = {} }: Call): void {
	const given = ['email', 'phone'].filter((key) => key in query).length;
	if (given === 1) return;
	throw new BadInput(
		given === 0 ? '“Email” and “Phone” are both empty' : '“Email” and “Phone” are both filled in',
		'HighLevel looks up one of them: fill in only one.',
	);
}

/** Every full page has a cursor, so the page behind the last one may be empty. */
const pages = lastRecordPages(20, 'contacts', (_last, { body }) => {
	const nextCursor = isObject(body) ? body.nextCursor : undefined;
	return typeof nextCursor === 'string' && nextCursor !== '' ? { nextCursor } : undefined;
});

/** One item, whoever is found: an empty list would end the branch of the workflow. */
async function allFound(record: IDataObject, io: Io): Promise<IDataObject> {
	const contacts = rowsOf(record, 'contacts');
	const { nextCursor } = record;
	if (typeof nextCursor === 'string' && nextCursor !== '') {
		const next = withQuery(await buildCall(lookUp, io), { nextCursor });
		contacts.push(...(await readPages(pages, next, io.read)));
	}
	const [contact] = contacts;
	return { found: contacts.length > 0, ...(contact && { contact }), contacts };
}

export const lookUp: Operation = operation(`GET ${LOOK_UP}`, {
	value: 'lookUp',
	action: 'Look up contacts',
	description:
		'Find all contacts with an email or phone, also an additional one. Needs OAuth2. Returns one item with found (true or false), contact (the first) and contacts (all).',
	version: 'v3',
	scope: 'contacts',
	query: { locationId: '{locationId}', limit: pages.size },
	fields: [
		text('Email', 'lookUpEmail', {
			in: 'query',
			key: 'email',
			placeholder: 'e.g. name@example.com',
			description: 'The email to look for, in lower or upper case. Fill in this or Phone.',
		}),
		text('Phone', 'lookUpPhone', {
			in: 'query',
			key: 'phone',
			as: toPhone,
			placeholder: 'e.g. +15550100123',
			description: 'The phone to look for in E.164, such as +14155550123',
		}),
	],
	check: checkIdentity,
	build: async (io) => ({ ...(await buildCall(lookUp, io)), lacks: lacksList('contacts') }),
	finish: allFound,
});
