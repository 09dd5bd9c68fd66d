import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';

/** How long a busy machine may take for what a quiet one does at once. */
const SECONDS = 120;

/** Asks until it is so, for {@link SECONDS} or as many as given. */
export async function until(
	what: string,
	isSo: () => boolean | Promise<boolean>,
	seconds = SECONDS,
	everyMs = 100,
): Promise<void> {
	for (const deadline = Date.now() + seconds * 1_000; !(await isSo()); await sleep(everyMs))
		if (Date.now() > deadline) throw new Error(`Waited ${seconds} s in vain for ${what}`);
}

/**
 * Repeats an assertion until it holds, and gives its value. After {@link SECONDS} it throws what the
 * assertion throws. A page draws its parts one after the other: what is read once may come too early.
 */
export async function eventually<T>(assertion: () => Promise<T>, seconds = SECONDS): Promise<T> {
	for (const deadline = Date.now() + seconds * 1_000; ; await sleep(100)) {
		try {
			return await assertion();
		} catch (error) {
			if (Date.now() > deadline) throw error;
		}
	}
}

/** The texts of a list that is being drawn, trimmed: those that stay for half a second. */
export async function settledTexts(list: Locator): Promise<string[]> {
	const read = async () => (await list.allInnerTexts()).map((text) => text.trim());
	let before: string[] = [];
	return await eventually(async () => {
		const seen = before;
		await sleep(500);
		before = await read();
		if (before.length === 0 || before.join('\n') !== seen.join('\n'))
			throw new Error('The list is still being drawn');
		return before;
	});
}
