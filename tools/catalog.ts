import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { operationRows, operationsPage, scopesPage } from './catalogRows';
import { PROJECT } from './paths';

/** `npm run catalog`: writes docs/operations.json, docs/operations.md and docs/scopes.md from the operations. */
async function main(): Promise<void> {
	const options = { useTabs: true, printWidth: 100, singleQuote: true };
	const rows = operationRows();
	const files: Record<string, string> = {
		'operations.json': await format(JSON.stringify(rows), { ...options, parser: 'json' }),
		'operations.md': await format(operationsPage(rows), { ...options, parser: 'markdown' }),
		'scopes.md': await format(scopesPage(rows), { ...options, parser: 'markdown' }),
	};
	for (const [name, text] of Object.entries(files)) {
		await writeFile(join(PROJECT, 'docs', name), text);
	}
	process.stdout.write(
		`${rows.length} operations and events in docs/operations.{json,md} and docs/scopes.md\n`,
	);
}

main().catch((error: Error) => {
	process.stderr.write(`${error.stack}\n`);
	process.exit(1);
});
