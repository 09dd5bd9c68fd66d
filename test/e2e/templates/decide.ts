import { fromState } from '../../../nodes/ContactSync/accounts/fromState';
import { REVIEW_COLUMNS } from '../../../nodes/ContactSync/reconcile';
import { VISITOR, expectRefused, formUrl, giveName, submit } from './forms';
import type { Imported, Rig } from './rig';

const TABLE = 'Sync review';
const PATH = 'decide-sync-conflicts';

export function decideTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let imported: Imported;
	let off: (() => Promise<void>) | undefined;
	const row = (more: object) => ({
		conflictId: '',
		kind: 'concurrent',
		status: 'open',
		name: 'Ada <Abara>',
		reason: 'Both sides changed it.',
		choices: 'A, B, value, skip',
		field: 'Company',
		valueA: 'Acme Inc.',
		valueB: 'Acme Ltd.',
		choose: '',
		value: '',
		...more,
	});

	beforeAll(async () => {
		rig = getRig();
		imported = await rig.template('decide-sync-conflicts-by-hand');
		await rig.runFrom(imported.workflow, 'Run once to set up');
		off = await rig.on(imported.workflow);
		await rig.tables.add(TABLE, [
			row({ conflictId: 'c1' }),
			row({ conflictId: 'c2' }),
			row({ conflictId: 'c3' }),
			row({ conflictId: 'decided', choose: 'B' }),
			row({ conflictId: 'gone', status: 'applied' }),
		]);
	}, 60_000);

	afterAll(async () => await off?.());

	it('makes the table that Contact Sync wants its review rows in', async () => {
		const table = (await rig.tables.all()).find(({ name }) => name === TABLE);
		const sorted = (columns: Array<{ name: string; type: string }> = []) =>
			columns.map(({ name, type }) => `${name}: ${type}`).sort();
		expect(sorted(table?.columns)).toEqual(sorted(REVIEW_COLUMNS));
	});

	it('refuses an anonymous visitor, on the page behind the first one too', async () => {
		await expectRefused(rig, PATH, imported.workflow.id);
		await rig.visit(async (page) => {
			await page.goto(formUrl(rig, PATH));
			await giveName(page);
			await submit(page);
			await page.locator('select').nth(2).waitFor();
			// Only the address that n8n gave to this visitor opens the page.
			const { origin, pathname } = new URL(page.url());
			const answer = await fetch(origin + pathname, { redirect: 'manual' });
			expect(answer.status).toBe(401);
			expect(await answer.text()).not.toContain('Acme');
		});
	}, 60_000);

	it('shows the open conflicts with both values, and stores what somebody decides', async () => {
		await rig.visit(async (page) => {
			await page.goto(formUrl(rig, PATH));
			await giveName(page);
			await submit(page);
			const choices = page.locator('select');
			await choices.nth(2).waitFor();
			expect(await choices.count()).toBe(3);
			expect(await page.locator('body').innerText()).toContain('Ada <Abara>: Company');
			await choices.nth(0).selectOption('HeyReach: Acme Ltd.');
			await choices.nth(1).selectOption('Another value (write it below)');
			await page.locator('input[type="text"]').nth(1).fill('Acme Group');
			await choices.nth(2).selectOption('Decide later');
			await submit(page);
			await page.getByText('2 stored').waitFor();
		});
		const rows = await rig.tables.rows(TABLE);
		expect(rows.map(({ conflictId, choose, value }) => [conflictId, choose, value])).toEqual([
			['c1', 'B', ''],
			['c2', 'value', 'Acme Group'],
			['c3', '', ''],
			['decided', 'B', ''],
			['gone', '', ''],
		]);
		expect(rows[0].by).toBe(VISITOR);
		// What Contact Sync reads of these rows at the next reconciliation.
		expect(fromState(rows).resolutions).toMatchObject([
			{ conflictId: 'c1', choose: 'B', by: VISITOR },
			{ conflictId: 'c2', choose: 'value', value: 'Acme Group' },
			{ conflictId: 'c3', choose: '' },
			{ conflictId: 'decided' },
			{ conflictId: 'gone', status: 'applied' },
		]);
		const audit = await rig.tables.rows('Audit trail');
		expect(audit.at(-1)).toMatchObject({ who: VISITOR, record: 'conflict c2' });
	}, 60_000);
}
