import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { operationRows, operationsPage, scopesPage } from './catalogRows';
import { handLines } from './handLines';
import { PROJECT } from './paths';

/** The action nodes, for how much code an operation costs. */
const ACTION_NODES = {
	'GHL Contacts': 'nodes/Ghl/GhlContacts.node.ts',
	HeyReach: 'nodes/HeyReach/HeyReach.node.ts',
};

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
	for (const [node, file] of Object.entries(ACTION_NODES)) {
		const operations = rows.filter((row) => row.node === node).length;
		const { own, engine } = handLines(file);
		process.stdout.write(
			`${node}: ${operations} operations, ${own} lines by hand (${(own / operations).toFixed(1)} each) on an engine of ${engine}\n`,
		);
	}
}

main().catch((error: Error) => {
	process.stderr.write(`${error.stack}\n`);
	process.exit(1);
});
