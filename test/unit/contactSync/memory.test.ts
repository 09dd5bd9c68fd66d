import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IDataObject } from 'n8n-workflow';
import { GhlReader } from '../../../nodes/ContactSync/accounts/ghlReader';
import { HeyReachReader } from '../../../nodes/ContactSync/accounts/heyReachReader';
import { DEFAULT_ROWS, readTable, type TableRow } from '../../../nodes/ContactSync/fieldTable';
import type { PlanSettings } from '../../../nodes/ContactSync/settings';

// Of a record Plan keeps what the field table and the keys need: well under 1 KB, however long the answer.
const RECORDS = 20_000;
const PAGE = 500;

jest.setTimeout(120_000);

const custom = (number: number): TableRow => ({
	...{ ghlField: 'custom', ghlCustomField: `Field ${number}` },
	...{ heyReachField: 'custom', heyReachCustomField: `field_${number}` },
	...{ direction: 'both', rule: 'A' },
});
const rows = [...DEFAULT_ROWS, ...Array.from({ length: 11 }, (_, number) => custom(number))];

const settings = {
	table: readTable(rows.map((row) => ({ ...row }))),
	absentIsBlank: true,
	newContacts: { when: 'any', owners: new Map(), defaults: { fields: {}, tags: [] } },
} as Partial<PlanSettings> as PlanSettings;

const fields = (name: string, at: number) =>
	Array.from({ length: 11 }, (_, number) => [`${name}${number}`, `value ${at % 300}`] as const);

const contact = (at: number) => ({
	...{ id: `contact${String(at).padStart(13, '0')}`, locationId: 'location', type: 'lead' },
	...{ firstName: `First ${at}`, lastName: `Last ${at}`, email: `first.last${at}@example.com` },
	...{ companyName: `Company ${at % 1_000}`, city: 'Berlin', phone: `+4930${1_000_000 + at}` },
	...{ dateAdded: '2026-01-02T03:04:05.000Z', dateUpdated: '2026-02-03T04:05:06.000Z' },
	tags: ['li-hot', 'customer', `segment ${at % 50}`],
	attributions: [{ url: 'x'.repeat(2_000) }],
	customFieldValues: {
		'Job title': `Chief ${at % 300}`,
		'LinkedIn profile': `https://www.linkedin.com/in/first-last-${at}/`,
		'LinkedIn member id': String(120_000_000 + at),
		'A long text': 'lorem ipsum '.repeat(200),
		...Object.fromEntries(fields('Field ', at)),
	},
});

const lead = (at: number) => ({
	linkedin_id: String(120_000_000 + at),
	profileUrl: `https://www.linkedin.com/in/first-last-${at}/`,
	...{ firstName: `First ${at}`, lastName: `Last ${at}`, location: 'Berlin, Germany' },
	...{ companyName: `Company ${at % 1_000}`, position: `Chief ${at % 300}` },
	...{ about: 'a'.repeat(2_000), summary: 's'.repeat(500), tags: ['li-hot'] },
	...{ emailAddress: `first.last${at}@example.com`, enrichedEmailAddress: null },
	customFields: fields('field_', at).map(([name, value]) => ({ name, value })),
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapUsed(): number {
	for (let time = 0; time < 3; time++) collectGarbage();
	return process.memoryUsage().heapUsed;
}

it.each([
	['contact', () => new GhlReader(settings), contact],
	['lead', () => new HeyReachReader(settings), lead],
])('keeps well under 1 KB of a %s with 20 fields', (_name, open, make) => {
	// What else happens in the process adds to one reading, and never to all of them.
	const readings = [0, 1, 2].map(() => {
		const reader = open();
		const before = heapUsed();
		for (let at = 0; at < RECORDS; at += PAGE) {
			// As an answer comes: each text of it is a text of its own.
			const page = JSON.stringify(Array.from({ length: PAGE }, (_, index) => make(at + index)));
			for (const row of JSON.parse(page) as IDataObject[]) reader.add(row);
		}
		const bytes = (heapUsed() - before) / RECORDS;
		expect(reader.count).toBe(RECORDS);
		return bytes;
	});
	expect(Math.min(...readings)).toBeLessThan(1_000);
});

it('keeps equal texts once, and changes none of them', () => {
	const reader = new GhlReader(settings);
	for (const at of [1, 2]) reader.add(contact(at));
	const [one, two] = reader.side(true, []).input.records;
	expect(two.fields).toMatchObject({ firstName: 'First 2', city: 'Berlin', 'Field 0': 'value 2' });
	expect(two.tags).toEqual(['li-hot', 'customer', 'segment 2']);
	expect(one.fields).toMatchObject({ firstName: 'First 1', email: 'first.last1@example.com' });
});
