import type { DatabaseSync } from 'node:sqlite';

/**
 * Opens a database with Node's own SQLite, which is looked up here and not imported: Node 20 has none, and
 * continuous integration runs tests there that read a file which reads this one.
 */
export function openDatabase(file: string, options: { readOnly?: boolean } = {}): DatabaseSync {
	const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
	return new DatabaseSync(file, options);
}
