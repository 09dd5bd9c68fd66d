import { AUDIT_COLUMNS, LINK_COLUMNS, REVIEW_COLUMNS } from '../../../nodes/ContactSync/reconcile';
import type { PlanOutput } from '../../../nodes/ContactSync/reconcile';
import { meet, record, url } from './support/people';

/** Two people who differ, and one who is to be created. */
const met = (more = {}): PlanOutput =>
	meet(
		[
			record('a1', { linkedIn: url('ann') }, { fields: { title: 'x' } }),
			record('a2', { emails: ['bob@x.com'] }, { fields: { email: 'bob@x.com' } }),
		],
		[record('b1', { linkedIn: url('ann') }, { fields: { position: 'y' } })],
		{ create: { A: false, B: true }, initial: 'B' },
		more,
	);

it('has in each row exactly the columns of its table', () => {
	const { links, audit, review } = met();
	for (const [rows, columns] of [
		[links, LINK_COLUMNS],
		[audit, AUDIT_COLUMNS],
		[review, REVIEW_COLUMNS],
	] as const) {
		expect(rows.length).toBeGreaterThan(0);
		const names = columns.map(({ name }) => name).sort();
		for (const row of rows) expect(Object.keys(row).sort()).toEqual(names);
	}
});

it('writes the accounts into each row', () => {
	const pair = { location: 'loc', workspace: '7' };
	const { links, audit, review, applyA, applyB } = met({ pair });
	const items = [...applyA, ...applyB];
	expect(items).not.toEqual([]);
	for (const row of [...links, ...audit, ...review, ...items.map(({ link }) => link)])
		expect(row).toMatchObject(pair);
});

it('uses no row that is about other accounts, and counts them', () => {
	const { links } = met({ pair: { location: 'loc', workspace: '' } });
	const resolutions = [{ conflictId: 'c', choose: 'A' as const, location: 'elsewhere' }];
	const again = met({ links, resolutions });
	expect(again.summary.otherRows).toBe(links.length + 1);
	expect(again.summary.pairs).toMatchObject({ linked: 1, newlyLinked: 1 });
});
