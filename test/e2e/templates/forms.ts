import { chromium, type Page } from 'playwright-core';
import { findChromium } from '../../../tools/chromium';
import { FORM_LOGIN } from '../../../tools/n8n/connect';
import { FLAGS } from '../support/browser';
import type { Stack } from '../support/stack';

/** The address of a form of an active workflow. */
export const formUrl = (rig: Pick<Stack, 'n8n'>, path: string): string =>
	`${rig.n8n.url}/form/${path}`;

/** Opens a browser for somebody who has the user and password of the forms. */
export async function visitForms(use: (page: Page) => Promise<void>): Promise<void> {
	const browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS });
	try {
		const { user: username, password } = FORM_LOGIN;
		const context = await browser.newContext({ httpCredentials: { username, password } });
		await use(await context.newPage());
	} finally {
		await browser.close();
	}
}

/** What somebody without the password gets: never the form, and nothing is started. */
export async function expectRefused(rig: Stack, path: string, workflowId: string): Promise<void> {
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
