import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operationRows, scopesPage } from '../../tools/catalogRows';

const docs = join(__dirname, '../../docs');
const rows = operationRows();

it('docs/operations.json is what the operations say (if not: npm run catalog)', () => {
	expect(JSON.parse(readFileSync(join(docs, 'operations.json'), 'utf8'))).toEqual(rows);
});

it('docs/operations.md names every operation', () => {
	const page = readFileSync(join(docs, 'operations.md'), 'utf8').replace(/\s+/g, ' ');
	for (const { operation, method, path } of rows) {
		expect(page).toContain(operation);
		if (path) expect(page).toContain(`\`${method} ${path}\``);
	}
});

it('docs/scopes.md is what the operations and accesses say (if not: npm run catalog)', () => {
	// But for the widths of the columns.
	const plain = (page: string) => page.replace(/\s+/g, '').replace(/-{3,}/g, '---');
	const page = readFileSync(join(docs, 'scopes.md'), 'utf8');
	expect(plain(page)).toBe(plain(scopesPage(rows)));
});

it('lists no call twice under one name', () => {
	const names = rows.map(({ node, resource, operation }) => [node, resource, operation].join());
	expect(new Set(names).size).toBe(names.length);
});
