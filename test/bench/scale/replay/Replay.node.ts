import { readFile } from 'node:fs/promises';
import type {
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import type { RecordedCall } from '../recorder';

const CREDENTIALS = { highlevel: 'ghlPrivateIntegrationApi', heyreach: 'heyReachApi' } as const;
type Called = keyof typeof CREDENTIALS;

/** As many calls under way as the nodes of the pack have. */
const AT_ONCE = { highlevel: 20, heyreach: 10 };

/**
 * A node of the benchmark, in the same n8n: sends recorded calls again, in their order, and does nothing
 * else. Nothing that makes these calls from n8n is faster by more than chance.
 */
export class Replay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Replay',
		name: 'replay',
		group: ['transform'],
		version: 1,
		description: 'Sends recorded calls again',
		defaults: { name: 'Replay' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: Object.values(CREDENTIALS).map((name) => ({ name, required: true })),
		properties: [{ displayName: 'File', name: 'file', type: 'string', default: '' }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const text = await readFile(String(this.getNodeParameter('file', 0)), 'utf8');
		const calls = (JSON.parse(text) as RecordedCall[]).filter(
			(call): call is RecordedCall & { service: Called } => call.service in CREDENTIALS,
		);
		const baseUrls = {
			highlevel: await baseUrlOf(this, 'highlevel'),
			heyreach: await baseUrlOf(this, 'heyreach'),
		};
		const startedAt = Date.now();
		const statuses: Record<string, number> = {};
		const underWay = {
			highlevel: new Set<Promise<void>>(),
			heyreach: new Set<Promise<void>>(),
		};
		for (const call of calls) {
			const own = underWay[call.service];
			if (own.size >= AT_ONCE[call.service]) await Promise.race(own);
			const sending = send(this, call, baseUrls[call.service]).then((status) => {
				statuses[status] = (statuses[status] ?? 0) + 1;
				own.delete(sending);
			});
			own.add(sending);
		}
		await Promise.all([...underWay.highlevel, ...underWay.heyreach]);
		return [[{ json: { calls: calls.length, ms: Date.now() - startedAt, statuses } }]];
	}
}

async function baseUrlOf(context: IExecuteFunctions, service: Called): Promise<string> {
	return String((await context.getCredentials(CREDENTIALS[service])).baseUrl);
}

async function send(
	context: IExecuteFunctions,
	{ service, method, path, query, body }: RecordedCall & { service: Called },
	baseUrl: string,
): Promise<number> {
	const options: IHttpRequestOptions = {
		method: method as IHttpRequestMethods,
		url: baseUrl + path,
		headers: service === 'highlevel' ? { Version: '2021-07-28' } : {},
		qs: query as IHttpRequestOptions['qs'],
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	};
	if (body !== null) options.body = body as IHttpRequestOptions['body'];
	const answer = (await context.helpers.httpRequestWithAuthentication.call(
		context,
		CREDENTIALS[service],
		options,
	)) as { statusCode: number };
	return answer.statusCode;
}
