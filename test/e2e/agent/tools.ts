import { errorOf } from '../../../tools/n8n/executions';
import { ghlExamples } from '../../examples/ghlContacts';
import { heyReachExamples } from '../../examples/heyReach';
import { asTool } from '../../support/asTool';
import { operationProperties } from '../../support/operationProperties';
import { startModelStandIn, type ModelStandIn } from '../support/modelStandIn';
import type { Rig } from '../templates/rig';
import { agentWorkflow, toolName, type ToolNode } from './workflow';

/** Ten operations of each node: without parameters, with a picked record, a list, dates, a table of fields, JSON. */
const OPERATIONS: Record<string, string[]> = {
	'GHL Contacts': [
		'location:get',
		'pipeline:getMany',
		'contact:get',
		'contact:upsert',
		'contactTag:add',
		'contactTask:create',
		'freeSlot:getMany',
		'opportunity:getMany',
		'apiCall:getMany',
		'apiCall:send',
	],
	HeyReach: [
		'apiKey:check',
		'blacklist:getCompanies',
		'campaign:get',
		'campaign:getMany',
		'list:addLead',
		'list:getLeads',
		'leadTag:replace',
		'stats:getOverall',
		'conversation:sendMessage',
		'apiCall:getMany',
	],
};

/** What a person does not touch. */
const DEFAULTS = ['returnAll', 'limit', 'simplify', 'options'];

/** The most characters that a model gets for one call, with the node's own defaults. */
const MOST_CHARACTERS = 30_000;

/** Runs operations of both nodes as tools of n8n's own AI Agent, with a stand-in for the model. */
export function agentTools(getRig: () => Rig): void {
	let rig: Rig;
	let model: ModelStandIn;
	beforeAll(async () => {
		rig = getRig();
		rig.sandbox.reset();
		model = await startModelStandIn();
	});
	afterAll(async () => await model.close());

	it.each([
		['GHL Contacts', ghlExamples, true],
		['HeyReach', heyReachExamples, false],
	] as const)(
		'%s: ten operations, each with what the model says',
		async (node, examples, responsesApi) => {
			const tools = OPERATIONS[node].map((key) => {
				const entries = Object.entries(examples[key](rig.sandbox));
				const example = Object.fromEntries(entries.filter(([name]) => !DEFAULTS.includes(name)));
				return { key, node, ...asTool(operationProperties(node, key), example) };
			});
			const credential = await rig.client.createCredential(model.credential);
			const workflow = await rig.client.importWorkflow(
				agentWorkflow(`${node} as tools`, tools as ToolNode[], responsesApi),
				{ ...rig.credentials, openAiApi: credential },
			);
			const calls = tools.map((tool) => ({ name: toolName(tool), input: tool.input }));
			model.says([calls, 'Done']);
			const execution = await rig.client.waitForExecution(
				await rig.client.run(workflow.id),
				60_000,
			);

			expect(model.refused).toEqual([]);
			const [first, second] = model.asked;
			const offered = new Map(first.tools.map((tool) => [tool.name, tool]));
			for (const { name, input } of calls) {
				const { description, parameters } = offered.get(name) ?? {};
				expect(description).toMatch(/^\S.* in (GHL Contacts|HeyReach)/);
				expect(parameters).toMatchObject({ type: 'object' });
				// n8n leaves out what is hidden, such as the body of a GET.
				expect(Object.keys(input)).toEqual(
					expect.arrayContaining(Object.keys(parameters?.properties ?? {})),
				);
			}
			const results = resultsOf(second?.messages ?? [], calls);
			for (const { key, text } of results) {
				const records = JSON.parse(text) as object[];
				expect({ key, records }).toEqual({ key, records: expect.any(Array) });
				expect({ key, failed: records.filter((record) => 'error' in record) }).toEqual({
					key,
					failed: [],
				});
				expect({ key, isSmall: text.length < MOST_CHARACTERS }).toEqual({ key, isSmall: true });
			}
			expect(errorOf(execution)).toBeUndefined();
			expect(execution.status).toBe('success');
		},
		60_000,
	);

	/** What the model got back for each call. */
	function resultsOf(
		messages: ModelStandIn['asked'][number]['messages'],
		calls: Array<{ name: string }>,
	): Array<{ key: string; text: string }> {
		const made = messages.flatMap((message) => message.calls);
		const results = messages.filter(({ role }) => role === 'tool');
		expect(results).toHaveLength(calls.length);
		return results.map(({ callId, text }) => ({
			key: made.find(({ id }) => id === callId)?.name ?? '',
			text,
		}));
	}
}
