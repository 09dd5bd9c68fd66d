import { EDITOR } from '../support/selectors';
import type { Desk } from './handling';
import { eventually } from '../support/waiting';

const SYNC = 'n8n-nodes-ghl-heyreach.contactSync';

/** Contact Sync had 5,200 px and 61 drop-downs when each row of its field table showed all it has. */
const MOST_HEIGHT = 2_400;
const MOST_DROP_DOWNS = 50;

/** The panel of Contact Sync: short, and true to what older workflows hold. */
export function syncPanelTests(desk: () => Desk): void {
	const panel = () => desk().editor.page.locator(EDITOR.panel.root);
	const field = (name: string) => panel().locator(EDITOR.panel.parameter(name));

	it('Contact Sync has a line for each field, in its older form too, and a picker for tags', async () => {
		const { stack, editor, keep } = desk();
		const { page } = editor;
		const [list] = stack.sandbox.state.lists.values();
		const accounts = { authentication: 'privateIntegration', lists: [list.id] };
		const noTag = { __rl: true, mode: 'list', value: '' };
		const older = {
			...accounts,
			fieldMapping: {
				rows: [
					{
						...{ ghlField: 'custom', ghlCustomField: 'Job title', heyReachField: 'position' },
						...{ direction: 'both', rule: 'A', clear: 'propagate' },
					},
				],
			},
			tagOptions: { tags: 'vip, customer' },
		};
		const node = (name: string, y: number, parameters: Record<string, unknown>) => ({
			...{ id: name, name, type: SYNC, typeVersion: 1, parameters },
			position: [0, y] as [number, number],
		});
		const { id } = await stack.client.importWorkflow(
			{
				name: 'The panel of Contact Sync',
				nodes: [
					node('Contact Sync', 0, { ...accounts, tagOptions: { tags: noTag } }),
					node('Older', 300, older),
				],
				connections: {},
			},
			stack.credentials,
		);
		await editor.openWorkflow(id);

		await editor.openNode('Contact Sync');
		const form = panel().locator(EDITOR.panel.parameters);
		await form.getByText('Field Mapping', { exact: true }).waitFor();
		await form.locator(EDITOR.panel.parameter('tags')).first().waitFor();
		await eventually(async () => {
			const height = await form.evaluate(({ scrollHeight }) => scrollHeight);
			expect(height).toBeLessThan(MOST_HEIGHT);
			expect(await form.locator('.el-select').count()).toBeLessThan(MOST_DROP_DOWNS);
		});
		const size = page.viewportSize();
		await page.setViewportSize({ width: 1600, height: 1750 });
		await page.waitForTimeout(800);
		await keep('contact-sync-fields', await editor.screenshot('contact-sync-fields', form));
		if (size) await page.setViewportSize(size);
		await field('tags').locator(EDITOR.panel.locatorInput).first().click();
		await page.locator(EDITOR.panel.locatorItems).first().waitFor();
		await page.keyboard.press('Escape');
		await editor.closeNode();

		await editor.openNode('Older');
		const expected = ['Job title', 'Position', '⇄ Both Ways', 'GHL Wins', 'vip, customer'];
		await eventually(async () => {
			const held = await form
				.locator('input')
				.evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
			expect(held).toEqual(expect.arrayContaining([...expected, 'Clear on the Other Side Too']));
		});
		await editor.screenshot('contact-sync-older', panel());
		await editor.closeNode();
		expect(editor.errors).toEqual([]);
	}, 60_000);
}
