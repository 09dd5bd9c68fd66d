import { fromState } from '../../../nodes/ContactSync/accounts/fromState';
import { REVIEW_COLUMNS } from '../../../nodes/ContactSync/reconcile';
import { VISITOR, expectRefused, formUrl, giveName, submit } from './forms';
import type { Imported, Rig } from './rig';
import { settledTexts } from '../support/waiting';

const TABLE = 'Contact Sync review';
const RUNS = 'Contact Sync runs';
const PATH = 'decide-sync-conflicts';
const OLD = 1_000;
const NEW = 2_000;

export function decideTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let imported: Imported;
	let off: (() => Promise<void>) | undefined;
	const row = (conflictId: string, more: object = {}) => ({
		...{ conflictId, location: '', workspace: '', kind: 'concurrent', status: 'open' },
		...{ name: 'Ada <Abara>', reason: 'Both sides changed it.', choices: 'A, B, value, skip' },
		...{ field: 'Company', valueA: 'Acme Inc.', valueB: 'Acme Ltd.', pairId: `pair ${conflictId}` },
		...{ choose: '', value: '', generation: NEW },
		...more,
	});
	const ofCedar = { location: 'cedar', workspace: 'Cedar', field: 'City', choices: 'A, B, skip' };

	beforeAll(async () => {
		rig = getRig();
		imported = await rig.template('decide-sync-conflicts-by-hand');
		for (const name of ['set-up-contact-sync', 'audit-trail']) {
			const { workflow } = await rig.template(name);
			await rig.runFrom(workflow, 'Run once to set up');
		}
		await rig.tables.empty(TABLE);
		await rig.tables.empty(RUNS);
		off = await rig.on(imported.workflow);
		await rig.tables.add(RUNS, [
			{ location: 'cedar', workspace: 'Cedar', client: 'Cedar Fitness', holder: '' },
		]);
		await rig.tables.add(TABLE, [
			row('c1', { field: 'Email', generation: OLD, valueA: 'of the last run' }),
			row('c1', { field: 'Email' }),
			row('c2', { kind: 'initial' }),
			row('decided', { generation: OLD }),
			row('decided', { choose: 'B' }),
			row('carried out', { generation: OLD, choose: 'A' }),
			row('carried out', { status: 'applied', choose: 'A' }),
			row('a rule has decided', { status: 'info' }),
			...Array.from({ length: 12 }, (_, at) =>
				row(`city ${at}`, { ...ofCedar, name: `Person ${at}`, valueB: `Town ${at}` }),
			),
		]);
	}, 60_000);

	afterAll(async () => await off?.());

	it('finds the columns that Contact Sync writes', async () => {
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

	it('asks what is open, once for all who have the same question, and appends what somebody decides', async () => {
		const before = await rig.tables.rows(TABLE);
		await rig.visit(async (page) => {
			await page.goto(formUrl(rig, PATH));
			await giveName(page);
			await submit(page);
			const choices = page.locator('select');
			// One for all of Cedar, 10 of its 12, and the two others.
			await choices.nth(12).waitFor();
			await choices.nth(13).waitFor({ state: 'detached' });
			const [text] = await settledTexts(page.locator('body'));
			expect(text).toContain('14 questions are open.');
			expect(text).toContain('Cedar Fitness: City: both sides have changed it');
			expect(text).toContain('12 people have this question. The first 10 are shown.');
			expect(text).toContain('Ada <Abara>');
			expect(text).not.toContain('of the last run');
			await choices.nth(0).selectOption('The value of HeyReach');
			await choices.nth(1).selectOption('HighLevel: Acme Inc.');
			await choices.nth(2).selectOption('Decide later');
			await choices.nth(11).selectOption('Another value (write it below)');
			await page.locator('input[type="text"]').nth(0).fill('Acme Group');
			await submit(page);
			await page.getByText('12 stored').waitFor();
		});
		const rows = await rig.tables.rows(TABLE);
		expect(rows.slice(0, before.length)).toEqual(before);
		const answers = rows.slice(before.length);
		expect(answers.map(({ conflictId, choose, value }) => [conflictId, choose, value])).toEqual([
			...[['city 0', 'A', '']],
			...Array.from({ length: 10 }, (_, at) => [`city ${at + 2}`, 'B', '']),
			['c1', 'value', 'Acme Group'],
		]);
		for (const answer of answers) {
			const asked = before.find(
				({ conflictId, generation }) => conflictId === answer.conflictId && generation === NEW,
			);
			const { choose, value, by, at, generation, ...rest } = answer;
			expect(asked).toMatchObject({ ...rest, id: asked?.id, ...timesOf(asked) });
			expect({ by, isNow: Number(generation) > Date.now() - 60_000 }).toEqual({
				by: VISITOR,
				isNow: true,
			});
			expect(Date.parse(String(at))).toBe(Number(generation));
			expect([choose, value]).not.toEqual(['', '']);
		}
		// What Contact Sync reads of these rows at the next reconciliation.
		const { resolutions } = fromState(rows.filter(({ location }) => location === ''));
		expect(resolutions).toContainEqual(
			expect.objectContaining({ conflictId: 'c1', choose: 'value', value: 'Acme Group' }),
		);
		const audit = await rig.tables.rows('Audit trail');
		expect(audit.at(-1)).toMatchObject({ who: VISITOR, record: 'conflict c1: Ada <Abara>' });
	}, 60_000);

	it('asks again what was left for later, and says when nothing is left', async () => {
		await rig.visit(async (page) => {
			await page.goto(formUrl(rig, PATH));
			await giveName(page);
			await submit(page);
			await page.locator('select').nth(1).waitFor();
			const [text] = await settledTexts(page.locator('body'));
			expect(text).toContain('2 questions are open.');
			expect(text).toContain('Person 1');
			expect(text).not.toContain('Person 2');
			await submit(page);
			await page.getByText('0 stored').waitFor();
		});
		await rig.tables.empty(TABLE);
		await rig.visit(async (page) => {
			await page.goto(formUrl(rig, PATH));
			await giveName(page);
			await submit(page);
			await page.getByText('No question is open.').waitFor();
		});
	}, 60_000);
}

const timesOf = (row: object | undefined) => {
	const { createdAt, updatedAt } = (row ?? {}) as Record<string, unknown>;
	return { createdAt, updatedAt };
};
