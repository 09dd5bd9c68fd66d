import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';

interface Frame {
	png: Buffer;
	/** How long it is shown (ms). */
	ms: number;
}

const WIDTH = 960;
/** The mouse's way to a button. */
const STEPS = 6;
const STEP_MS = 90;

/** Screenshots of pages, shown one after the other with a line of text below each. */
export class MovingPicture {
	private readonly frames: Frame[] = [];

	/** @param caption what the picture shows, in a few words */
	async add(page: Page, caption: string, ms: number): Promise<void> {
		await page.evaluate(drawCaption, caption);
		this.frames.push({ png: await page.screenshot(), ms });
		await page.evaluate(removeDrawn);
	}

	/** The mouse goes to the button, and rests there. */
	async point(page: Page, button: Locator, caption: string): Promise<void> {
		const box = await button.boundingBox();
		if (box === null) throw new Error('The button is not in sight.');
		const to = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
		for (let step = 0; step <= STEPS; step++) {
			const left = 1 - step / STEPS;
			await page.evaluate(drawMouse, { x: to.x - 260 * left, y: to.y + 140 * left });
			await this.add(page, caption, step === STEPS ? 900 : step === 0 ? 900 : STEP_MS);
		}
	}

	/** Writes an animated WebP that begins again and again; gives its size (bytes). */
	async write(file: string): Promise<number> {
		const pages = this.frames.map(({ png }) =>
			sharp(png).resize({ width: WIDTH }).png().toBuffer(),
		);
		const { size } = await sharp(await Promise.all(pages), { join: { animated: true } })
			.webp({ quality: 82, effort: 5, loop: 0, delay: this.frames.map(({ ms }) => ms) })
			.toFile(file);
		return size;
	}
}

/** These run in the page. */
function drawCaption(text: string): void {
	const line = document.createElement('div');
	line.className = 'moving-picture';
	line.textContent = text;
	line.style.cssText =
		'position:fixed;left:0;right:0;bottom:0;z-index:99999;padding:14px 24px;background:#14213d;color:#fff;font:600 22px/1.3 system-ui,sans-serif';
	document.body.append(line);
}

function drawMouse({ x, y }: { x: number; y: number }): void {
	const mouse = document.createElement('div');
	mouse.className = 'moving-picture';
	mouse.style.cssText = `position:fixed;left:${x}px;top:${y}px;z-index:99999;width:24px;height:34px;background:#14213d;clip-path:polygon(0 0,0 78%,27% 62%,47% 100%,64% 92%,45% 56%,80% 54%)`;
	document.body.append(mouse);
}

function removeDrawn(): void {
	document.querySelectorAll('.moving-picture').forEach((drawn) => drawn.remove());
}
