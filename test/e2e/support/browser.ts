import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { findChromium } from '../../../tools/chromium';
import { OWNER } from '../../../tools/n8n/client';
import { EDITOR } from './selectors';
import { settledTexts } from './waiting';

/** Screenshots of a test run; git ignores them. */
const ARTIFACTS = join(__dirname, '..', '.artifacts');

/** For a Chromium in a machine without a screen, which asks nobody for anything. */
export const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	// It reaches this machine alone. A route of Playwright would do the same, and turn the browser's cache off:
	// the editor then takes 2.5 times as long to load.
	'--no-proxy-server',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/** How long a click waits for what it clicks on, on a machine that is busy (ms). */
const PATIENCE_MS = 120_000;

const VIEWPORT = { width: 1600, height: 1000 };

/** A node as the editor holds it. */
export interface NodeInStore {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	/** By kind: `credentials`, `parameters`, `typeUnknown`. */
	issues: object;
}

interface Point {
	x: number;
	y: number;
}

/** The way to the editor's own stores (Vue and Pinia). */
interface Mounted {
	__vue_app__: {
		config: {
			globalProperties: { $pinia: { _s: Map<string, { allNodes?: NodeInStore[] }> } };
		};
	};
}

/** n8n's editor in a headless Chromium that can reach nothing but this machine. */
export class Editor {
	/** Addresses outside this machine that the editor asked for; the requests were not let through. */
	readonly outside: string[] = [];
	/** Errors that the page did not catch. */
	readonly errors: string[] = [];

	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		readonly url: string,
	) {}

	/** Opens the editor of a running n8n and logs in as its owner. */
	static async open(url: string): Promise<Editor> {
		const executablePath = findChromium();
		if (!executablePath) throw new Error('There is no Chromium: install one or set CHROMIUM_PATH.');
		const browser = await chromium.launch({ executablePath, args: FLAGS });
		try {
			const page = await browser.newPage({ viewport: VIEWPORT });
			page.setDefaultTimeout(PATIENCE_MS);
			const editor = new Editor(browser, page, url);
			editor.watch();
			await editor.login();
			return editor;
		} catch (error) {
			await browser.close();
			throw error;
		}
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** Opens a workflow and waits until its nodes are drawn. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.locator(EDITOR.canvas.nodes).first().waitFor();
		await this.closePopUps();
	}

	/** Opens an empty workflow. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.locator(EDITOR.canvas.addNode).waitFor();
	}

	/** Puts a workflow file onto the canvas, as Import from File does. */
	async importFile(path: string): Promise<void> {
		await this.page.locator(EDITOR.canvas.importFile).setInputFiles(path);
		await this.page.locator(EDITOR.canvas.nodes).first().waitFor();
	}

	/** The nodes of the workflow and what the editor warns of in each, as its own store has them. */
	async nodesInStore(): Promise<NodeInStore[]> {
		return await this.page.evaluate(() => {
			const app = document.querySelector('#app') as (Element & Mounted) | null;
			const stores = app ? [...app.__vue_app__.config.globalProperties.$pinia._s] : [];
			const id = location.pathname.split('/')[2];
			const store = stores.find(([key]) => key.startsWith(`workflowDocuments/${id}`))?.[1];
			return (store?.allNodes ?? []).map(({ name, type, parameters, issues }) => ({
				name,
				type,
				parameters: { ...parameters },
				issues: JSON.parse(JSON.stringify(issues ?? {})) as object,
			}));
		});
	}

	/** Drags something from the list of nodes to the canvas and closes the panel that opens. */
	async drag(word: string, node: string, action: string | undefined, to: Point): Promise<void> {
		const { search, names } = EDITOR.creator;
		const before = await this.page.locator(EDITOR.canvas.nodes).count();
		await this.page.locator(EDITOR.canvas.addNode).click();
		await this.page.locator(search).fill(word);
		const called = (name: string) => this.page.locator(names).getByText(name, { exact: true });
		await called(node).first().click();
		// A node without a list of actions is put there by a button.
		if (action === undefined) await this.page.getByText(EDITOR.creator.addToWorkflow).click();
		else {
			await called(action).first().waitFor();
			await called(action)
				.first()
				.dragTo(this.page.locator(EDITOR.canvas.area), { targetPosition: to });
		}
		await this.page.locator(EDITOR.canvas.nodes).nth(before).waitFor();
		const panel = this.page.locator(EDITOR.panel.root);
		await panel.waitFor();
		await this.closeNode();
	}

	/** Closes what lies over the page. */
	async closePopUps(): Promise<void> {
		for (const selector of EDITOR.popUps)
			for (const button of await this.page.locator(selector).all())
				if (await button.isVisible()) await button.click({ timeout: 2000 }).catch(() => undefined);
	}

	/** The whole workflow as a picture in {@link ARTIFACTS}; gives the file's path. */
	async screenshotCanvas(name: string, height = 700): Promise<string> {
		await this.closePopUps();
		// A workflow is wide: a flat picture shows it larger.
		await this.page.setViewportSize({ width: 1700, height });
		await this.page.locator(EDITOR.canvas.zoomToFit).click();
		await this.page.waitForTimeout(500);
		const file = await this.screenshot(name, this.page.locator(EDITOR.canvas.area));
		await this.page.setViewportSize(VIEWPORT);
		return file;
	}

	/** Opens the panel of a node and gives it. */
	async openNode(name: string): Promise<Locator> {
		await this.page.locator(EDITOR.canvas.zoomToFit).click();
		await this.page.waitForTimeout(500);
		await this.page.locator(EDITOR.canvas.node(name)).dblclick();
		const panel = this.page.locator(EDITOR.panel.root);
		await panel.locator(EDITOR.panel.parameters).waitFor();
		return panel;
	}

	async closeNode(): Promise<void> {
		await this.page.locator(EDITOR.panel.close).click();
		await this.page.locator(EDITOR.panel.root).waitFor({ state: 'hidden' });
	}

	/** Opens the panel of a node, takes its picture and closes it again. */
	async screenshotNode(nodeName: string, name: string): Promise<string> {
		const panel = await this.openNode(nodeName);
		await this.page.waitForTimeout(500);
		const file = await this.screenshot(name, panel);
		await this.closeNode();
		return file;
	}

	/** Presses the execute button of a trigger node on the canvas. */
	async executeFrom(trigger: string): Promise<void> {
		await this.page.locator(EDITOR.canvas.node(trigger)).hover();
		await this.page.locator(EDITOR.canvas.executeFrom(trigger)).click();
	}

	/** What the list of nodes finds for a word. */
	async findNodes(word: string): Promise<string[]> {
		await this.page.locator(EDITOR.canvas.addNode).click();
		await this.page.locator(EDITOR.creator.search).fill(word);
		const names = await settledTexts(this.page.locator(EDITOR.creator.names));
		await this.page.keyboard.press('Escape');
		await this.page.keyboard.press('Escape');
		return names;
	}

	/** Opens a node in the list of nodes; gives what it can do there, and a picture of the list. */
	async actionsOf(word: string, node: string, picture: string): Promise<[string[], string]> {
		await this.page.locator(EDITOR.canvas.addNode).click();
		await this.page.locator(EDITOR.creator.search).fill(word);
		await this.page.locator(EDITOR.creator.names).getByText(node, { exact: true }).first().click();
		const names = await settledTexts(this.page.locator(EDITOR.creator.names));
		const file = await this.screenshot(picture, this.page.locator(EDITOR.creator.panel));
		await this.page.keyboard.press('Escape');
		await this.page.keyboard.press('Escape');
		return [names, file];
	}

	async screenshot(name: string, part: Locator = this.page.locator('body')): Promise<string> {
		await mkdir(ARTIFACTS, { recursive: true });
		const path = join(ARTIFACTS, `${name}.png`);
		await part.screenshot({ path });
		return path;
	}

	private watch(): void {
		const { hostname } = new URL(this.url);
		this.page.context().on('request', (request) => {
			const address = new URL(request.url());
			const isWeb = /^(https?|wss?):$/.test(address.protocol);
			if (isWeb && address.hostname !== hostname) this.outside.push(request.url());
		});
		this.page.on('pageerror', ({ message }) => this.errors.push(message));
	}

	private async login(): Promise<void> {
		const { path, email, password, submit } = EDITOR.login;
		await this.page.goto(this.url + path);
		await this.page.locator(email).fill(OWNER.email);
		await this.page.locator(password).fill(OWNER.password);
		await this.page.locator(submit).click();
		await this.page.locator(EDITOR.home).waitFor();
	}
}
