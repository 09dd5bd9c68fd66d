import type { Page } from 'playwright-core';
import type { Rig } from './rig';

/** The address of a form of an active workflow. */
export const formUrl = (rig: Rig, path: string): string => `${rig.n8n.url}/form/${path}`;

/** What somebody without the password gets: never the form, and nothing is started. */
export async function expectRefused(rig: Rig, path: string, workflowId: string): Promise<void> {
	const [newest] = await rig.client.executions(workflowId);
	for (const method of ['GET', 'POST']) {
		const answer = await fetch(formUrl(rig, path), {
			method,
			redirect: 'manual',
			...(method === 'POST' ? { body: new FormData() } : {}),
		});
		const isSentToLogin = answer.status >= 300 && answer.status < 400;
		expect({
			method,
			refused: isSentToLogin || answer.status === 401 || answer.status === 403,
		}).toEqual({ method, refused: true });
		expect(await answer.text()).not.toContain('<form');
	}
	const [after] = await rig.client.executions(workflowId);
	expect(after?.id).toBe(newest?.id);
}

/** The name that {@link giveName} writes into a form. */
export const VISITOR = 'Mary Manager';

export async function giveName(page: Page): Promise<void> {
	await page.locator('#n8n-form input[type="text"]').first().fill(VISITOR);
}

/** Presses the button of a page of a form. */
export async function submit(page: Page): Promise<void> {
	await page.locator('#submit-btn').click();
}
