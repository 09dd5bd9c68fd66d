import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { ACTION_NODES, operationProperties } from '../../support/operationProperties';

const NODES_FOLDER = join(__dirname, '../../../nodes');

const operations = Object.entries(ACTION_NODES).flatMap(([node, { resources }]) =>
	resources.flatMap((resource) =>
		resource.operations.map((operation) => ({
			node,
			key: `${resource.value}:${operation.value}`,
			resource: resource.value,
			operation,
		})),
	),
);

/** n8n's guidelines ask for these words. They return the record. */
const UPSERT = 'Create a new record, or update the current one if it already exists (upsert)';

/** A read says what it reads. A delete returns `deleted: true`, as n8n's guidelines ask. */
const SAYS_ITSELF = /^(Get|Search|Find|List|Read|Delete|Check|Export|Download) /;

const named = (properties: INodeProperties[], wanted: string) =>
	properties.find(({ name }) => name === wanted);

/** The file that lists the output of an operation for n8n's editor; none for API Call. */
function outputKeys(node: string, resource: string, operation: string): string[] {
	const folder = join(NODES_FOLDER, node === 'HeyReach' ? 'HeyReach' : 'Ghl', '__schema__');
	const [version] = readdirSync(folder);
	try {
		const text = readFileSync(join(folder, version, resource, `${operation}.json`), 'utf8');
		return Object.keys((JSON.parse(text) as { properties?: object }).properties ?? {});
	} catch {
		return [];
	}
}

// A model reads these words and the answers, and pays for each of them.
describe('For a model', () => {
	it('each operation says what it returns', () => {
		const silent = operations
			.map(({ key, operation }) => `${key}: ${operation.description}`)
			.filter((line) => {
				const text = line.slice(line.indexOf(': ') + 2);
				return text !== UPSERT && !SAYS_ITSELF.test(text) && !/\breturns?\b/i.test(text);
			});
		expect(silent).toEqual([]);
	});

	it('lists return 50 records at most, unless asked for more', () => {
		for (const { node, key } of operations.filter(({ operation }) => operation.pages)) {
			const properties = operationProperties(node, key);
			expect({ key, limit: named(properties, 'limit')?.default }).toEqual({ key, limit: 50 });
			expect({ key, all: named(properties, 'returnAll')?.default }).toEqual({ key, all: false });
		}
	});

	it('records of many fields are simplified, unless asked for raw ones', () => {
		for (const { node, key, operation } of operations.filter((one) => one.operation.simple)) {
			const simplify = named(operationProperties(node, key), 'simplify');
			expect({ key, isOn: simplify?.default }).toEqual({ key, isOn: true });
			expect(operation.simple?.length).toBeLessThanOrEqual(20);
		}
	});

	it('no read returns a record of more fields than a model can take in', () => {
		const wide = operations
			.filter(({ operation }) => !operation.writes)
			.filter(({ node, resource, operation }) => {
				return outputKeys(node, resource, operation.value).length > 21;
			});
		expect(wide.map(({ key }) => key)).toEqual([]);
	});
});
