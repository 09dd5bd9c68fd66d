import type { IDataObject } from 'n8n-workflow';
import { DEFAULT_ROWS, readTable } from '../../../nodes/ContactSync/fieldTable';
import { fromGhl } from '../../../nodes/ContactSync/accounts/fromGhl';

const table = readTable(DEFAULT_ROWS.map((row) => ({ ...row })));

/** A copy without some keys. */
const without = <T extends object>(record: T, ...names: string[]) =>
	Object.fromEntries(
		Object.entries(record).filter(([name]) => !names.includes(name)),
	) as IDataObject;

const raw = {
	id: 'c1',
	locationId: 'l1',
	firstName: 'Ada',
	lastName: 'Berg',
	email: 'ada@example.com',
	additionalEmails: [{ email: 'ada@work.example' }, 'old@example.com'],
	phone: '+15550100000',
	tags: ['Customer', 'li-warm'],
	customFields: [{ id: 'f1', value: 'https://www.linkedin.com/in/ada-berg/' }],
	customFieldValues: {
		'LinkedIn profile': 'https://www.linkedin.com/in/ada-berg/',
		'LinkedIn member id': '120000001',
		'Recruiter on LinkedIn': 'https://www.linkedin.com/in/somebody-else/',
	},
	dateAdded: '2026-01-01T00:00:00.000Z',
	dateUpdated: '2026-02-01T00:00:00.000Z',
};

it('reads a whole contact: fields, keys in order, tags, the time of its last change', () => {
	const { record, gone } = fromGhl(raw, table);
	expect(gone).toBeUndefined();
	expect(record).toMatchObject({
		id: 'c1',
		name: 'Ada Berg',
		keys: {
			memberId: '120000001',
			linkedIn: ['https://www.linkedin.com/in/ada-berg/'],
			emails: ['ada@example.com', 'ada@work.example', 'old@example.com'],
			phone: '+15550100000',
		},
		tags: ['Customer', 'li-warm'],
		updatedAt: Date.parse('2026-02-01T00:00:00.000Z'),
	});
	expect(record.fields).toMatchObject({
		firstName: 'Ada',
		'LinkedIn profile': 'https://www.linkedin.com/in/ada-berg/',
	});
});

it('takes what a whole contact leaves out for blank, and what a part of one leaves out for unread', () => {
	expect(fromGhl(raw, table).record.fields).toMatchObject({ 'Job title': null, city: null });
	const noEmail = without(raw, 'email');
	expect(fromGhl(noEmail, table).record.fields.email).toBeNull();
	expect('email' in fromGhl({ id: 'c1', firstName: 'Ada' }, table).record.fields).toBe(false);
	expect('email' in fromGhl(noEmail, table, false).record.fields).toBe(false);
	// Simplified: what it never shows was not read.
	const simplified = without(raw, 'locationId');
	expect('city' in fromGhl(simplified, table).record.fields).toBe(false);
	// Without the option Custom Fields by Name nothing is known of them.
	const ids = without(raw, 'customFieldValues');
	expect('Job title' in fromGhl(ids, table).record.fields).toBe(false);
});

it('takes null and an empty text for blank', () => {
	const { fields } = fromGhl({ id: 'c1', firstName: null, lastName: '' }, table).record;
	expect(fields).toMatchObject({ firstName: null, lastName: null });
});

it('recognises the LinkedIn address by the name of its field, and never somebody else’s', () => {
	const of = (values: Record<string, string>) =>
		fromGhl({ id: 'c1', customFieldValues: values }, table).record.keys?.linkedIn;
	expect(of({ 'LinkedIn URL': 'linkedin.com/in/ada' })).toEqual(['linkedin.com/in/ada']);
	expect(of({ linkedin: 'linkedin.com/in/ada' })).toEqual(['linkedin.com/in/ada']);
	expect(of({ 'Referred by (LinkedIn)': 'linkedin.com/in/ada' })).toEqual([]);
	// Ids alone: the only address there is.
	const byIds = (...values: string[]) =>
		fromGhl({ id: 'c1', customFields: values.map((value, id) => ({ id: `f${id}`, value })) }, table)
			.record.keys?.linkedIn;
	expect(byIds('x', 'https://linkedin.com/in/ada')).toEqual(['https://linkedin.com/in/ada']);
	expect(byIds('https://linkedin.com/in/ada', 'https://linkedin.com/in/bob')).toEqual([]);
	expect(byIds('https://linkedin.com/company/acme')).toEqual([]);
});

it('says why a contact that has opted out makes no lead', () => {
	expect(fromGhl({ ...raw, dnd: true }, table).record.doNotCreate).toMatch(/opted out/);
	expect(fromGhl({ ...raw, dnd: false }, table).record.doNotCreate).toBeUndefined();
});

it('reads what GHL Trigger puts out, a deletion among it, and what Find Duplicate does', () => {
	const event = { event: 'ContactUpdate', contactId: 'c1', payload: { ...raw } };
	expect(fromGhl(event, table).record).toMatchObject({ id: 'c1', fields: { firstName: 'Ada' } });
	const deletion = { event: 'ContactDelete', contactId: 'c1', payload: { id: 'c1' } };
	expect(fromGhl(deletion, table)).toMatchObject({ gone: true, record: { id: 'c1' } });
	expect(fromGhl({ found: true, contact: raw }, table).record.id).toBe('c1');
});

it('reads rows of any other source by the names in the table', () => {
	const { record } = fromGhl({ id: 7, firstName: 'Ada', 'job title': 'Founder' }, table);
	expect(record).toMatchObject({ id: '7', fields: { firstName: 'Ada', 'Job title': 'Founder' } });
});
