import { existsSync } from 'node:fs';
import { join } from 'node:path';

const PLACES: Partial<Record<NodeJS.Platform, string[]>> = {
	linux: [
		// Debian's Chromium without windows: a page takes a sixth less CPU.
		'/usr/bin/chromium-headless-shell',
		'/usr/bin/chromium',
		'/usr/bin/chromium-browser',
		'/usr/bin/google-chrome',
		'/usr/bin/google-chrome-stable',
		'/snap/bin/chromium',
	],
	darwin: [
		'/Applications/Chromium.app/Contents/MacOS/Chromium',
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	],
	win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((variable) =>
		join(process.env[variable] ?? '', 'Google', 'Chrome', 'Application', 'chrome.exe'),
	),
};

/** A Chromium or Chrome of this machine: `CHROMIUM_PATH`, else where systems put it. */
export function findChromium(): string | undefined {
	const chosen = process.env.CHROMIUM_PATH;
	return (chosen ? [chosen] : (PLACES[process.platform] ?? [])).find((path) => existsSync(path));
}
