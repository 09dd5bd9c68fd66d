import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ghlResources } from '../../nodes/Ghl/resources';
import { heyReachResources } from '../../nodes/HeyReach/resources';
import { isAnyEndpoint } from '../examples/anyEndpoint';
import { ghlExamples } from '../examples/ghlContacts';
import { heyReachExamples } from '../examples/heyReach';
import { useSandbox } from '../support/useSandbox';
import { runGhl } from './ghl';
import { runHeyReach } from './heyReach';
import { inferSchema } from './support/inferSchema';

// What the editor shows before a first run. Made from what the node really puts out:
// UPDATE_SCHEMAS=1 npm run test:workflow -- --testPathPattern outputSchemas
const NODES = [
	{ folder: 'Ghl', resources: ghlResources, examples: ghlExamples, run: runGhl },
	{
		folder: 'HeyReach',
		resources: heyReachResources,
		examples: heyReachExamples,
		run: runHeyReach,
	},
];

const sandbox = useSandbox();

const operations = NODES.flatMap(({ folder, resources, examples, run }) =>
	resources.flatMap((resource) =>
		resource.operations.map(({ value }) => {
			const key = `${resource.value}:${value}`;
			const path = `nodes/${folder}/__schema__/v1.0.0/${resource.value}/${value}.json`;
			return { key, path, example: examples[key], run };
		}),
	),
);

// As a person meets the node: simplified, without options, and enough records to see all fields.
const LEFT_OUT = ['simplify', 'options', 'filters', 'query', 'textQuery', 'includeCustomHeaders'];

// What any endpoint answers has no shape to show.
it.each(operations.filter(({ key }) => !isAnyEndpoint(key)))(
	'$path is what $key puts out',
	async ({ key, path, example, run }) => {
		const parameters = Object.entries(example(sandbox)).filter(
			([name]) => !LEFT_OUT.includes(name),
		);
		const { json, error } = await run(sandbox, key, {
			...Object.fromEntries(parameters),
			...(parameters.some(([name]) => name === 'limit') && { limit: 200 }),
		});
		expect(error).toBeUndefined();
		expect(json.length).toBeGreaterThan(0);
		const schema = { ...inferSchema(json), version: 1 };
		const file = join(__dirname, '../..', path);
		if (process.env.UPDATE_SCHEMAS) {
			await mkdir(dirname(file), { recursive: true });
			await writeFile(file, `${JSON.stringify(schema, undefined, '\t')}\n`);
		}
		expect(existsSync(file)).toBe(true);
		expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
	},
);
