import type { IDataObject } from 'n8n-workflow';
import { DEFAULT_ROWS, readTable } from '../../../nodes/ContactSync/fieldTable';
import { fromHeyReach } from '../../../nodes/ContactSync/accounts/fromHeyReach';
import { unionOfLeads } from '../../../nodes/ContactSync/accounts/unionOfLeads';

const table = readTable([
	...DEFAULT_ROWS.map((row) => ({ ...row })),
	{
		ghlField: 'custom',
		ghlCustomField: 'Topic',
		heyReachField: 'custom',
		heyReachCustomField: 'first_topic',
		direction: 'both',
		rule: 'A',
	},
]);

/** A copy without some keys. */
const without = <T extends object>(record: T, ...names: string[]) =>
	Object.fromEntries(
		Object.entries(record).filter(([name]) => !names.includes(name)),
	) as IDataObject;

const profile = {
	linkedin_id: '120000001',
	profileUrl: 'https://www.linkedin.com/in/ada-berg/',
	firstName: 'Ada',
	lastName: 'Berg',
	position: 'Founder',
	location: null,
	companyName: '',
	emailAddress: null,
	enrichedEmailAddress: 'guess@example.com',
	customEmailAddress: 'typed@example.com',
	tags: [{ name: 'li-warm' }, 'hot lead'],
	customFields: [{ name: 'first_topic', value: 'golf' }],
};

it('reads a lead of a list: its own number, emails in order, blanks, tags and custom fields', () => {
	expect(fromHeyReach(profile, table)).toMatchObject({
		id: '120000001',
		name: 'Ada Berg',
		keys: {
			memberId: '120000001',
			linkedIn: ['https://www.linkedin.com/in/ada-berg/'],
			emails: ['guess@example.com', 'typed@example.com'],
		},
		// A guessed email is a key, and never the value of the field.
		fields: {
			firstName: 'Ada',
			emailAddress: null,
			location: null,
			linkedin_id: '120000001',
			first_topic: 'golf',
		},
		tags: ['li-warm', 'hot lead'],
	});
});

it('keeps a provisional id from being LinkedIn’s number', () => {
	const { fields, id, untold } = fromHeyReach({ ...profile, linkedin_id: 'imp_5' }, table);
	expect(id).toBe('imp_5');
	expect('linkedin_id' in fields).toBe(false);
	expect(untold).toContain('linkedin_id');
});

it('takes the profile in a campaign’s lead, whose custom fields are not all there', () => {
	const row = { id: 900001, linkedInUserProfile: { ...profile, customFields: [] } };
	const record = fromHeyReach(row, table);
	expect(record.id).toBe('120000001');
	expect('first_topic' in record.fields).toBe(false);
	expect(fromHeyReach({ ...profile, customFields: [] }, table).fields.first_topic).toBeNull();
});

it('reads Lead: Get, which has no tags, and HeyReach Trigger', () => {
	const lead = without(profile, 'tags', 'customFields');
	const read = fromHeyReach({ ...lead, username: 'ada-berg' }, table);
	expect(read.tags).toBeUndefined();
	expect(read.keys?.handle).toBe('ada-berg');
	const event = {
		event: 'message_reply_received',
		lead: { id: '120000001', profileUrl: profile.profileUrl, email: 'ada@example.com' },
	};
	expect(fromHeyReach(event, table)).toMatchObject({
		id: '120000001',
		keys: { emails: ['ada@example.com'] },
		fields: { emailAddress: 'ada@example.com' },
	});
});

describe('several lists', () => {
	const lead = (more: object) => fromHeyReach({ ...profile, ...more }, table);

	it('are one side with each lead once', () => {
		const { records } = unionOfLeads([lead({}), lead({}), lead({ linkedin_id: '2' })]);
		expect(records.map(({ id }) => id)).toEqual(['120000001', '2']);
	});

	it('keep a lead that was read with different values twice, so that it is reported', () => {
		const { records } = unionOfLeads([lead({}), lead({ firstName: 'Eve' })]);
		expect(records.map(({ id }) => id)).toEqual(['120000001', '120000001']);
	});

	it('know a provisional lead by its address', () => {
		const { records, merged } = unionOfLeads([
			lead({ linkedin_id: 'imp_5', profileUrl: 'linkedin.com/in/ADA-berg?x=1' }),
			lead({}),
			lead({ linkedin_id: 'imp_6', profileUrl: 'https://www.linkedin.com/in/other/' }),
		]);
		expect(records.map(({ id }) => id)).toEqual(['120000001', 'imp_6']);
		expect(merged).toEqual([{ from: 'imp_5', into: '120000001' }]);
	});
});
