import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from './sqlite';

/** SQLite's code for a file that somebody else has locked. */
const SQLITE_BUSY = 5;

/** The locks of this process: a database that nothing refers to would be closed. */
const held = new Set<DatabaseSync>();

/** Gives a lock back. */
export type Release = () => void;

/**
 * Takes the lock that a file stands for, or gives `undefined` where another process (or another part
 * of this one) has it. The operating system keeps it, by way of SQLite, and frees it when the process
 * ends, in whatever way: there is no stale lock, and nobody ever takes one over. The file stays.
 */
export function tryLock(file: string): Release | undefined {
	mkdirSync(dirname(file), { recursive: true });
	const database = openDatabase(file);
	try {
		database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
	} catch (error) {
		database.close();
		if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
		throw error;
	}
	held.add(database);
	return () => {
		if (held.delete(database)) database.close();
	};
}

/**
 * Does the work while nobody else has the lock; waits for it as long as it takes.
 *
 * @param waiting is called once a second while somebody else has it
 */
export async function withLock<T>(
	file: string,
	work: () => Promise<T>,
	waiting?: () => void,
): Promise<T> {
	let release = tryLock(file);
	while (!release) {
		waiting?.();
		await sleep(1_000);
		release = tryLock(file);
	}
	try {
		return await work();
	} finally {
		release();
	}
}
