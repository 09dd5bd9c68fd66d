import { runPlan } from './contactSync';
import { AT_ONCE } from './contactSyncRig';

// An address names a person in whatever form it came; what names nobody links, creates and merges nobody.
const contact = (profile: string, more: object = {}) => ({
	...{
		id: 'c1',
		locationId: 'l',
		tags: [],
		customFields: [],
		dateAdded: '2026-01-01T00:00:00.000Z',
	},
	...{ firstName: 'Jane', lastName: 'Doe', customFieldValues: { 'LinkedIn profile': profile } },
	...more,
});
const lead = (profileUrl: string, more: object = {}) => ({
	...{ linkedin_id: '101', tags: [], customFields: [], emailAddress: null, position: null },
	...{ firstName: 'Jane', lastName: 'Doe', profileUrl },
	...more,
});
const creating = { createInGhl: true, createInHeyReach: true, options: AT_ONCE };
const other = { linkedin_id: '202', firstName: 'Karl', lastName: 'Ode', position: 'Baker' };

interface Skipped {
	skipped: { side: string; reason: string; sentence: string }[];
}

describe.each([
	['in/in/', 'in/in/jane-doe', 'in/in/karl-ode'],
	['unavailable', 'in/unavailable/', 'in/unavailable/'],
	['undefined', 'in/undefined', 'in/undefined'],
	['n/a', 'in/n/a', 'in/n/a'],
	[
		'two addresses',
		'in/https://de.linkedin.com/in/jane-doe',
		'in/https://www.linkedin.com/in/karl-ode',
	],
])('the address %s of two people', (_what, hers, his) => {
	const jane = contact(`https://www.linkedin.com/${hers}`, { email: 'jane@example.com' });
	const karl = lead(`https://www.linkedin.com/${his}`, {
		...other,
		emailAddress: 'karl@example.org',
	});

	it('links nobody, and says that it cannot be read', async () => {
		const { summary, applyInGhl } = await runPlan([[jane], [karl], []], { options: AT_ONCE });
		expect(summary.pairs.newlyLinked).toBe(0);
		expect(applyInGhl).toEqual([]);
		const { skipped } = summary as unknown as Skipped;
		expect(skipped.map(({ side, reason }) => side + reason)).toEqual([
			'AunreadableAddress',
			'BunreadableAddress',
		]);
		expect(skipped[0].sentence).toContain('the LinkedIn address cannot be read');
	});

	it('is given to no new record', async () => {
		const { applyInGhl, applyInHeyReach } = await runPlan([[jane], [karl], []], creating);
		expect(applyInHeyReach).toEqual([]);
		expect(applyInGhl.map(({ set }) => set)).toEqual([
			expect.not.objectContaining({ 'LinkedIn profile': expect.anything() }),
		]);
	});
});

const JANE = 'https://www.linkedin.com/in/jane-doe/';

it.each([
	'https://www.linkedin.com/in/jane-doe,',
	'https://www.linkedin.com/in/jane-doe https://twitter.com/x',
	'https://www.linkedin.com/in/jane-doe&trk=x',
	'https://www.linkedin.com/in/jane-doe%2Fen',
	'https://www.linkedin.com/in/jane-doe)',
	'https://www.linkedin.com/mwlite/in/jane-doe',
	'https://www.linkedin.com/comm/in/jane-doe?midToken=x',
	'https://www.linkedin.com./in/jane-doe',
	'https://https://www.linkedin.com/in/jane-doe',
	'https//www.linkedin.com/in/jane-doe',
	'"https://www.linkedin.com/in/jane-doe"',
	'LinkedIn: https://www.linkedin.com/in/jane-doe',
	'in/jane-doe',
])('%s is Jane, on whichever side it stands', async (address) => {
	const inGhl = await runPlan([[contact(address)], [lead(JANE)], []], creating);
	expect(inGhl.summary.pairs.newlyLinked).toBe(1);
	expect(inGhl.applyInHeyReach).toEqual([]);
	const inHeyReach = await runPlan([[contact(JANE)], [lead(address)], []], creating);
	expect(inHeyReach.summary.pairs.newlyLinked).toBe(1);
	expect(inHeyReach.applyInGhl.map(({ action }) => action)).toEqual(['update']);
});
