import type { Execution } from '../../tools/n8n/executions';
import { everyCall } from '../e2e/support/everyOperation';

describe('A workflow with every operation', () => {
	it('tells which failed, also where n8n went on, and which did not run', async () => {
		const keys = ['contact:get', 'contact:delete', 'note:create', 'task:upload', 'tag:add'];
		const calls = keys.map((key) => ({ key, parameters: {} }));
		const prepared: string[] = [];
		const every = await everyCall('a node', calls, (key) => prepared.push(key));
		const item = (json: object) => [{ data: { main: [[{ json }]] } }];
		const runData = {
			'contact:get': item({ id: 'c' }),
			'contact:delete': item({ error: 'It is not there' }),
			'note:create': [{ error: { message: 'It broke' }, ...item({ id: 'input' })[0] }],
			'task:upload': item({}),
		};
		const execution = { data: { resultData: { runData } } } as object as Execution;
		expect(every.failures(execution)).toEqual([
			'contact:delete: It is not there',
			'note:create: It broke',
			'tag:add: it did not run',
		]);

		const { nodes } = every.workflow;
		const connections = every.workflow.connections as Record<
			string,
			{ main: [[{ node: string }]] }
		>;
		const names = ['Start'];
		for (let next = connections.Start; next; next = connections[names.at(-1) ?? ''])
			names.push(next.main[0][0].node);
		expect(names).toEqual(nodes.map(({ name }) => name));
		expect(names.filter((name) => keys.includes(name))).toEqual(keys);
		const { parameters } = nodes.find(({ name }) => name === 'Prepare tag:add') ?? nodes[0];
		const { url, jsonBody } = parameters as { url: string; jsonBody: string };
		const headers = { 'content-type': 'application/json' };
		await fetch(url, { method: 'POST', headers, body: jsonBody });
		expect(prepared).toEqual(['tag:add']);
		await every.close();
	});
});
