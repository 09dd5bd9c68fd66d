import { DEFAULT_ROWS, readTable } from '../../../nodes/ContactSync/fieldTable';
import { fromState } from '../../../nodes/ContactSync/accounts/fromState';

const one = (more: object) =>
	readTable([{ ghlField: 'firstName', heyReachField: 'firstName', rule: 'A', ...more }]);

it('lets HeyReach fill HighLevel by default, and nothing be written to HeyReach', () => {
	const { fields, tags, notes } = readTable(DEFAULT_ROWS.map((row) => ({ ...row })));
	expect(notes).toEqual([]);
	expect([...new Set(fields.map(({ direction }) => direction))].sort()).toEqual(['BtoA', 'off']);
	expect(tags).toMatchObject({ direction: 'BtoA' });
	expect(new Set(fields.map(({ field }) => field)).size).toBe(fields.length);
});

it('keeps a direction from asking what a service cannot do, and says so', () => {
	const company = one({ ghlField: 'companyName', heyReachField: 'companyName', direction: 'both' });
	expect(company.fields[0]).toMatchObject({ direction: 'AtoB', onCreate: true });
	expect(company.notes[0]).toContain('Company Name');
	const url = one({
		ghlField: 'custom',
		ghlCustomField: 'LinkedIn profile',
		heyReachField: 'profileUrl',
		direction: 'both',
	});
	expect(url.fields[0]).toMatchObject({ direction: 'BtoA', normalise: 'linkedIn' });
	const headline = one({ ghlField: 'source', heyReachField: 'headline', direction: 'BtoA' });
	expect(headline.fields[0]).toMatchObject({ direction: 'BtoA', onCreate: false });
});

it('gives New Only to creates alone, and Off to nobody', () => {
	expect(one({ direction: 'new' }).fields[0]).toMatchObject({ direction: 'off', onCreate: true });
	expect(one({ direction: 'off' }).fields[0]).toMatchObject({ direction: 'off', onCreate: false });
});

it('names a row after both fields where they are not the usual pair, so that a changed row is a new one', () => {
	const nameOf = (more: object) => one(more).fields[0].field;
	expect(nameOf({})).toBe('First Name');
	const topic = { ghlField: 'source', heyReachField: 'custom', heyReachCustomField: 'topic' };
	expect(nameOf(topic)).toBe('Source (topic)');
	expect(nameOf({ ...topic, heyReachCustomField: 'origin' })).toBe('Source (origin)');
});

it('takes a field exception for its field alone, and says where no line has that field', () => {
	const line = { ghlField: 'city', heyReachField: 'location', direction: 'both', clear: 'keep' };
	const namesake = { ...line, ghlField: 'custom', ghlCustomField: 'city' };
	const { fields, notes } = readTable(
		[line, namesake],
		[
			{ ghlField: 'city', clear: 'propagate', compare: 'exact' },
			{ ghlField: 'custom', ghlCustomField: 'Hobby', clear: 'propagate' },
		],
	);
	expect(fields.map(({ clear, normalise }) => [clear, normalise])).toEqual([
		['propagate', 'exact'],
		['keep', 'text'],
	]);
	expect(notes).toEqual(['“Hobby” has a field exception, and no line in Field Mapping.']);
});

it('maps tags to tags only', () => {
	const { tags, notes } = one({ ghlField: 'tags', direction: 'both' });
	expect(tags).toBeUndefined();
	expect(notes[0]).toContain('Tags');
});

it('tells the rows of Sync State apart, with cells empty in any way', () => {
	const { links, resolutions, unknown } = fromState([
		{ id: 1, createdAt: 'x', pairId: 'run', state: 'run', rev: 3, base: null, aId: null },
		{ pairId: 'p', aId: 'a', bId: 'b', state: 'linked', rev: '2', changedAt: '2026-01-01' },
		{ conflictId: 'c', choose: 'B', by: 'Kim', pairId: 'p', value: null },
		{ something: 'else' },
	]);
	expect(links).toMatchObject([
		{ pairId: 'run', state: 'run', rev: 3, base: '', aId: '' },
		{ pairId: 'p', rev: 2, changedAt: '2026-01-01T00:00:00.000Z' },
	]);
	expect(resolutions).toEqual([
		expect.objectContaining({
			conflictId: 'c',
			choose: 'B',
			by: 'Kim',
			pairId: 'p',
			generation: 0,
		}),
	]);
	expect(unknown).toBe(1);
});
