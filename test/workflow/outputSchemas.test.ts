import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ghlResources } from '../../nodes/Ghl/resources';
import { startSandbox, type Sandbox } from '../../sandbox';
import { ghlExamples } from '../examples/ghlContacts';
import { runGhl } from './ghl';
import { inferSchema } from './support/inferSchema';

// What the editor shows before a first run. Made from what the node really puts out:
// UPDATE_SCHEMAS=1 npm run test:workflow -- outputSchemas
const FOLDER = join(__dirname, '../../nodes/Ghl/__schema__/v1.0.0');

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ burst: { max: 100_000, intervalMs: 10_000 } });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const operations = ghlResources.flatMap((resource) =>
	resource.operations.map(({ value }) => [resource.value, value] as const),
);

it.each(operations)('%s: %s puts out what its schema says', async (resource, operation) => {
	const key = `${resource}:${operation}`;
	const example = { ...ghlExamples[key](sandbox) };
	// As a person meets the node: simplified, without options, and enough records to see all fields.
	delete example.simplify;
	delete example.options;
	delete example.filters;
	delete example.query;
	delete example.textQuery;
	const { json, error } = await runGhl(sandbox, key, {
		...example,
		...('limit' in example && { limit: 200 }),
	});
	expect(error).toBeUndefined();
	expect(json.length).toBeGreaterThan(0);
	const schema = { ...inferSchema(json), version: 1 };
	const file = join(FOLDER, resource, `${operation}.json`);
	if (process.env.UPDATE_SCHEMAS) {
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, `${JSON.stringify(schema, undefined, '\t')}\n`);
	}
	expect(existsSync(file)).toBe(true);
	expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
});
