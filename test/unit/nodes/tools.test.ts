import { toJsonSchema } from '@langchain/core/utils/json_schema';
import { createNodeAsTool } from 'n8n-core/dist/execution-engine/node-execution-context/utils/create-node-as-tool';
import type { INode } from 'n8n-workflow';
import type { JsonSchema } from '../../e2e/support/model/wire';
import { flawsOf } from '../../e2e/support/model/wire';
import { ghlExamples } from '../../examples/ghlContacts';
import { heyReachExamples } from '../../examples/heyReach';
import { asTool, modelFields } from '../../support/asTool';
import { ACTION_NODES, operationProperties } from '../../support/operationProperties';
import { useLastingSandbox } from '../../support/useSandbox';

const sandbox = useLastingSandbox({ heyReachClients: true });

const EXAMPLES = { 'GHL Contacts': ghlExamples, HeyReach: heyReachExamples };

const operations = Object.entries(ACTION_NODES).flatMap(([node, { resources }]) =>
	resources.flatMap((resource) =>
		resource.operations.map(({ value }) => ({
			node: node as keyof typeof EXAMPLES,
			key: `${resource.value}:${value}`,
		})),
	),
);

// n8n makes a tool of every operation. What a person leaves to the model becomes a property of its schema.
describe.each(operations)('$node $key as a tool', ({ node, key }) => {
	it('has a name of its own for each parameter that a model can fill in, and one at least', () => {
		// A parameter that depends on its own value is there for the workflows that have one.
		const offered = operationProperties(node, key).filter(
			({ name, type, displayOptions }) =>
				type !== 'hidden' && displayOptions?.show?.[`/${name}`] === undefined,
		);
		const fields = modelFields(offered);
		// Of the parameters in one place only one is shown.
		const places = [...new Map(fields.map((field) => [field.path, field])).values()];
		const keys = places.map((field) => field.key);
		expect(places.filter((field, at) => keys.indexOf(field.key) !== at)).toEqual([]);
		expect(fields.length).toBeGreaterThan(0);
	});

	it('has a schema that OpenAI takes, with everything left to the model and with nothing', () => {
		const example = EXAMPLES[node][key](sandbox);
		const [resource, operation] = key.split(':');
		const { parameters, input } = asTool(operationProperties(node, key), example);
		for (const left of [parameters, {}]) {
			const { response } = createNodeAsTool({
				node: nodeOf({ resource, operation, descriptionType: 'auto', ...left }),
				nodeType: ACTION_NODES[node].node,
				handleToolInvocation: async () => await Promise.resolve(''),
			});
			const { name, description } = response;
			const schema = toJsonSchema(response.schema) as JsonSchema;
			expect(flawsOf([{ name, description, parameters: schema }])).toEqual([]);
			expect(description).toMatch(/^\S.* in (GHL Contacts|HeyReach)$/);
			const expected = left === parameters ? Object.keys(input) : [];
			expect(Object.keys(schema.properties ?? {}).sort()).toEqual(expected.sort());
		}
	});
});

const nodeOf = (parameters: INode['parameters']): INode => ({
	id: '1',
	name: 'Tool',
	type: 'tool',
	typeVersion: 1,
	position: [0, 0],
	parameters,
});
