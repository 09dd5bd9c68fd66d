import { isBuiltin } from 'node:module';

/**
 * A `describe` for tests of tools that use Node's own SQLite. The tools run on the project's Node, which has
 * it; continuous integration runs the tests on Node 20 too, which has none.
 */
export function describeWithSqlite(name: string, tests: () => void): void {
	if (isBuiltin('node:sqlite')) describe(name, tests);
	else describe.skip(name, () => it('needs Node 22.13 or newer, which has SQLite', () => {}));
}
