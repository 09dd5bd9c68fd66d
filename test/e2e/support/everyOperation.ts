import fastify from 'fastify';
import type { Execution } from '../../../tools/n8n/executions';
import type { WorkflowFile, WorkflowNode } from '../../../tools/n8n/workflow';

/** An operation as `resource:operation`, with the parameters of its node. */
export interface Call {
	key: string;
	parameters: object;
}

/** One workflow that makes every call on a sandbox as it was at first. */
export interface EveryCall {
	workflow: WorkflowFile;
	/** What each call that failed said: `contact:get: There is no such contact`. */
	failures(execution: Execution): string[];
	close(): Promise<void>;
}

/** The field with the file of the item that an upload takes. */
const FILE = 'offer';

/**
 * A chain of the calls, each on the first item of the one before. Before each, the workflow asks a server in this
 * process, which calls `prepare`: an execution a call would take a hundred times as long.
 */
export async function everyCall(
	type: string,
	calls: Call[],
	prepare: (key: string) => void,
): Promise<EveryCall> {
	const server = fastify({ forceCloseConnections: true });
	server.post<{ Body: { key: string } }>('/', async ({ body }) => {
		prepare(body.key);
		return { prepared: body.key };
	});
	const url = await server.listen({ host: '127.0.0.1', port: 0 });

	const node = (name: string, kind: string, typeVersion: number, more: object): WorkflowNode => ({
		...{ id: name, name, type: kind, typeVersion, position: [0, 0] },
		...more,
		parameters: { ...(more as { parameters?: object }).parameters },
	});
	const nodes = [node('Start', 'n8n-nodes-base.manualTrigger', 1, {})];
	for (const { key, parameters } of calls) {
		const [resource, operation] = key.split(':');
		nodes.push(
			node(`Prepare ${key}`, 'n8n-nodes-base.httpRequest', 4.2, {
				parameters: {
					...{ method: 'POST', url, sendBody: true, specifyBody: 'json' },
					jsonBody: JSON.stringify({ key }),
				},
				executeOnce: true,
			}),
		);
		if (operation.startsWith('upload'))
			nodes.push(
				node(`File of ${key}`, 'n8n-nodes-base.convertToFile', 1.1, {
					parameters: {
						...{ operation: 'toJson', mode: 'each', binaryPropertyName: FILE },
						// HighLevel takes some kinds of file.
						options: { fileName: 'offer.pdf' },
					},
				}),
			);
		nodes.push(
			node(key, type, 1, {
				parameters: { resource, operation, ...parameters },
				...{ onError: 'continueRegularOutput', alwaysOutputData: true },
			}),
		);
	}
	const next = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const connections = Object.fromEntries(
		nodes.slice(1).map(({ name }, at) => [nodes[at].name, next(name)]),
	);
	return {
		workflow: { name: 'Every operation', nodes, connections },
		failures: ({ data }) =>
			calls.flatMap(({ key }) => {
				const [run] = data.resultData.runData[key] ?? [];
				if (!run) return [`${key}: it did not run`];
				const said = run.error?.message ?? run.data?.main[0]?.[0]?.json.error;
				return said === undefined ? [] : [`${key}: ${String(said)}`];
			}),
		close: async () => await server.close(),
	};
}
