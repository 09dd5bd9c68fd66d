import { expectRefused, formUrl, submit } from './forms';
import type { Imported, Rig } from './rig';
import { settledTexts } from '../support/waiting';

const TABLE = 'Audit trail';

export function auditTrailTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let imported: Imported;
	let off: (() => Promise<void>) | undefined;
	const row = (more: object) => ({
		at: new Date().toISOString(),
		who: 'workflow',
		what: 'lead routed',
		record: 'GHL contact c1',
		before: '',
		after: '',
		workflow: 'A test',
		execution: '1',
		...more,
	});

	beforeAll(async () => {
		rig = getRig();
		imported = await rig.template('audit-trail');
		await rig.runFrom(imported.workflow, 'Run once to set up');
		off = await rig.on(imported.workflow);
		await rig.tables.empty(TABLE);
		await rig.tables.add(TABLE, [
			row({ at: '2020-01-01T00:00:00.000Z', what: 'too old' }),
			row({ after: '<b>team North</b>' }),
			row({ what: 'lead stopped', record: 'GHL contact c2' }),
		]);
	}, 60_000);

	afterAll(async () => await off?.());

	it('refuses an anonymous visitor', async () => {
		await expectRefused(rig, 'audit-trail', imported.workflow.id);
	});

	it('shows somebody with the password the rows that fit, and their text as text', async () => {
		await rig.visit(async (page) => {
			await page.goto(formUrl(rig, 'audit-trail'));
			await page.locator('#n8n-form input[type="text"]').first().fill('LEAD ROUTED');
			await submit(page);
			await page.getByText('1 of 1 rows that fit').waitFor();
			const [text] = await settledTexts(page.locator('table'));
			expect(text).toContain('<b>team North</b>');
			expect(text).not.toContain('c2');
		});
	}, 60_000);

	it('deletes what is too old and keeps the rest', async () => {
		await rig.runFrom(imported.workflow, 'Every night');
		const rows = await rig.tables.rows(TABLE);
		expect(rows.map(({ what }) => what)).toEqual(['lead routed', 'lead stopped']);
	});
}
