import type { IDataObject } from 'n8n-workflow';
import { updateOf } from '../examples/planItems';
import { runPlan, type Planned } from './contactSync';
import { AT_ONCE, contactSyncRig } from './contactSyncRig';
import { runGhl } from './ghl';

// A field has one value on each side, in whatever form and by whatever read it comes; a value that was
// not read is neither blank nor another field's.
const JANE = 'https://www.linkedin.com/in/jane-doe/';
const contact = (more: object = {}, custom: object = {}) => ({
	...{ id: 'c1', locationId: 'l', type: 'lead', tags: [], dnd: false, customFields: [] },
	...{ firstName: 'Jane', lastName: 'Doe', dateAdded: '2026-01-01T00:00:00.000Z' },
	customFieldValues: { 'LinkedIn profile': JANE, 'LinkedIn member id': '101', ...custom },
	...more,
});
const lead = (custom: Record<string, unknown> = {}, more: object = {}) => ({
	...{ linkedin_id: '101', tags: [], emailAddress: null, companyName: null, position: null },
	...{ firstName: 'Jane', lastName: 'Doe', profileUrl: JANE },
	customFields: Object.entries(custom).map(([name, value]) => ({ name, value })),
	...more,
});
const mapped = (row: object, more: object = {}) => ({
	fieldMapping: {
		rows: [{ direction: 'both', rule: 'A', ghlField: 'custom', heyReachField: 'custom', ...row }],
	},
	options: AT_ONCE,
	...more,
});
const linksOf = ({ rows }: Planned) => rows as object[] as IDataObject[];
const onlySets = (items: IDataObject[]) => items.map(({ set }) => set);

describe('a day', () => {
	const dob = { ghlField: 'dateOfBirth', heyReachCustomField: 'dob' };

	it('is written as a day, whatever form the search has for it', async () => {
		const row = mapped({ ...dob, direction: 'AtoB' });
		const { applyInHeyReach } = await runPlan(
			[[contact({ dateOfBirth: 642902400000 })], [lead()], []],
			row,
		);
		expect(onlySets(applyInHeyReach)).toEqual([{ dob: '1990-05-17' }]);
	});

	it.each([
		642902400000,
		'642902400000',
		'1990-05-17T00:00:00.000Z',
		'1990-05-17',
		'1990-05-17T00:00:00+02:00',
	])('%s is the same day as 1990-05-17', async (dateOfBirth) => {
		const plan = await runPlan(
			[[contact({ dateOfBirth })], [lead({ dob: '1990-05-17' })], []],
			mapped(dob),
		);
		expect([plan.applyInGhl, plan.applyInHeyReach]).toEqual([[], []]);
		expect(plan.review.filter(({ kind }) => kind === 'initial')).toEqual([]);
	});

	it('is not written to and fro by reads of different forms', async () => {
		const row = mapped({ ...dob, direction: 'AtoB' });
		const leads = [lead({ dob: '1990-05-17' })];
		const first = await runPlan([[contact({ dateOfBirth: 642902400000 })], leads, []], row);
		for (const [mode, dateOfBirth] of [
			['partial', '1990-05-17T00:00:00.000Z'],
			['full', 642902400000],
		]) {
			const input = [[contact({ dateOfBirth })], leads, linksOf(first)];
			const plan = await runPlan(input, { ...row, mode });
			expect([plan.applyInHeyReach, linksOf(plan)]).toEqual([[], expect.any(Array)]);
			expect(plan.summary.pairs).toMatchObject({ linked: 1, inSync: 1 });
		}
	});
});

describe('what was not read', () => {
	it('is no blank: the search has no time zone', async () => {
		const row = mapped({
			ghlField: 'timezone',
			heyReachCustomField: 'tz',
			direction: 'BtoA',
			rule: 'fillBlank',
		});
		const { applyInGhl, summary } = await runPlan(
			[[contact()], [lead({ tz: 'Europe/Berlin' })], []],
			row,
		);
		expect(applyInGhl).toEqual([]);
		expect(summary.pairs.newlyLinked).toBe(1);
	});

	it('is no clear: a key with nothing behind it', async () => {
		const row = mapped({ ghlField: 'website', heyReachCustomField: 'site', clear: 'propagate' });
		const leads = [lead({ site: 'x.com' })];
		const first = await runPlan([[contact({ website: 'x.com' })], leads, []], row);
		const plan = await runPlan([[contact({ website: undefined })], leads, linksOf(first)], row);
		expect([plan.applyInGhl, plan.applyInHeyReach]).toEqual([[], []]);
		const cleared = await runPlan([[contact({ website: null })], leads, linksOf(first)], row);
		expect(cleared.applyInHeyReach).toHaveLength(1);
	});

	it('is a custom field that no contact has any more, and the summary says so', async () => {
		const row = mapped({
			ghlCustomField: 'Topic',
			heyReachCustomField: 'topic',
			clear: 'propagate',
		});
		const leads = [lead({ topic: 'golf' })];
		const first = await runPlan([[contact({}, { Topic: 'golf' })], leads, []], row);
		const renamed = [contact({}, { 'New topic': 'chess' })];
		const plan = await runPlan([renamed, leads, linksOf(first)], row);
		expect([plan.applyInGhl, plan.applyInHeyReach]).toEqual([[], []]);
		expect(plan.summary.text).toContain('“Topic” was not read');
		expect(plan.hints.join()).toContain('“Topic” was not read');
		// Where others have it still, one without it has been cleared.
		const other = { ...contact({ id: 'c2' }, { Topic: 'x' }) };
		other.customFieldValues = { Topic: 'x' } as never;
		const some = await runPlan([[contact(), other], leads, linksOf(first)], row);
		expect(some.applyInHeyReach).toHaveLength(1);
	});

	it('is a field that nobody ever had no longer: a new one is filled', async () => {
		const row = mapped({ ghlCustomField: 'Topic', heyReachCustomField: 'topic' });
		const { applyInGhl } = await runPlan([[contact()], [lead({ topic: 'golf' })], []], row);
		expect(onlySets(applyInGhl)).toEqual([{ Topic: 'golf' }]);
	});
});

describe('a name', () => {
	it.each(['Type', 'Source', 'City', 'ID', 'type', 'source', 'city', 'website', 'name', 'tags'])(
		'%s of a custom field never takes the value of the contact’s own field',
		async (ghlCustomField) => {
			const own = { source: 'website form', city: 'Austin', website: 'x.com', name: 'Jane Doe' };
			const row = mapped({ ghlCustomField, heyReachCustomField: 'kind' });
			const { applyInHeyReach } = await runPlan([[contact(own)], [lead()], []], row);
			expect(applyInHeyReach).toEqual([]);
		},
	);

	it.each(['industry', 'headline', 'location', 'Position', 'companyName'])(
		'%s of a custom field never takes the value of the lead’s own field',
		async (heyReachCustomField) => {
			const own = { industry: 'Software', headline: 'CEO', location: 'Berlin', position: 'x' };
			const row = mapped({ ghlCustomField: 'Topic', heyReachCustomField });
			const { applyInGhl } = await runPlan([[contact()], [lead({}, own)], []], row);
			expect(applyInGhl).toEqual([]);
		},
	);

	it('that two custom fields have is not read, and the summary says how to name one', async () => {
		const custom = { 'contact.region': 'North', 'contact.region_2': 'South' };
		const row = (ghlCustomField: string) =>
			mapped({ ghlCustomField, heyReachCustomField: 'region' });
		const leads = [lead({ region: 'North' })];
		const plan = await runPlan([[contact({}, custom)], leads, []], row('Region'));
		expect([plan.applyInGhl, plan.applyInHeyReach]).toEqual([[], []]);
		expect(plan.summary.text).toContain('several custom fields of this name');
		const other = await runPlan([[contact({}, custom)], leads, []], row('contact.region_2'));
		expect(other.review.map(({ kind, valueA }) => kind + valueA)).toContain('initialSouth');
	});
});

describe('a list', () => {
	it.each([
		[['Golf', 'Chess'], 'Golf, Chess'],
		[['Golf', 'Chess'], '["Golf","Chess"]'],
		[['Golf', 'Chess'], 'chess,Golf'.replace('c', 'C')],
		[['Sales, Marketing', 'IT'], 'Sales, Marketing, IT'],
	])('%s is the same as its text %s', async (X, x) => {
		const row = mapped({ ghlCustomField: 'X', heyReachCustomField: 'x' });
		const plan = await runPlan([[contact({}, { X })], [lead({ x })], []], row);
		expect([plan.applyInGhl, plan.applyInHeyReach]).toEqual([[], []]);
		expect(plan.review.filter(({ kind }) => kind === 'initial')).toEqual([]);
		// Nor does it become another later.
		const again = await runPlan(
			[[contact({}, { X: [...X].reverse() })], [lead({ x })], linksOf(plan)],
			row,
		);
		expect([again.applyInGhl, again.applyInHeyReach, linksOf(again)]).toEqual([
			[],
			[],
			expect.any(Array),
		]);
		expect(again.summary.pairs.inSync).toBe(1);
	});

	it('that has changed travels as its text', async () => {
		const row = mapped({ ghlCustomField: 'X', heyReachCustomField: 'x' });
		const first = await runPlan(
			[[contact({}, { X: ['Golf', 'Chess'] })], [lead({ x: 'Golf, Chess' })], []],
			row,
		);
		const X = ['Golf', 'Chess', 'Go'];
		const plan = await runPlan(
			[[contact({}, { X })], [lead({ x: 'Golf, Chess' })], linksOf(first)],
			row,
		);
		expect(onlySets(plan.applyInHeyReach)).toEqual([{ x: X }]);
	});
});

describe('on the live forms of the service', () => {
	const { sandbox, contacts, inGhl } = contactSyncRig();

	it('a custom field called like a field of the contact is written to the custom field', async () => {
		const create = { fieldName: 'website', dataType: 'TEXT', model: 'contact' };
		const { json } = await runGhl(sandbox, 'customField:create', create);
		const [id] = json.map((field) => String(field.id));
		const [target] = contacts();
		const before = target.website;
		const set = { 'custom:website': 'a.com' };
		await inGhl(updateOf(target, { set, expect: {}, addTags: [], removeTags: [] }));
		expect(sandbox.state.contacts.get(target.id)?.website).toBe(before);
		expect(sandbox.state.contacts.get(target.id)?.customFields).toContainEqual(
			expect.objectContaining({ id, value: 'a.com' }),
		);
	});
});
