import type { Sandbox } from '../../../sandbox';
import type { LoggedRequest } from '../../../sandbox/requestLog';
import type { Execution } from '../../../tools/n8n/executions';
import type { CredentialRef, WorkflowFile } from '../../../tools/n8n/workflow';
import type { Stack } from './stack';

export const CONTACTS = 'n8n-nodes-ghl-heyreach.ghlContacts';
/** The node under test in the workflows of `contactsWorkflow`. */
export const NODE = 'GHL Contacts';

/** Manual Trigger, `items`, and GHL Contacts with an OAuth2 credential. */
export function contactsWorkflow(
	name: string,
	parameters: Record<string, unknown>,
	items: object[] = [{}],
	settings: { onError?: 'continueRegularOutput' } = {},
): WorkflowFile {
	const next = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	const node = (called: string, type: string, typeVersion: number, more: object, at: number) => ({
		id: called,
		name: called,
		type,
		typeVersion,
		position: [220 * at, 0] as [number, number],
		parameters: { ...more },
	});
	return {
		name,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}, 0),
			node(
				'Items',
				'n8n-nodes-base.set',
				3.4,
				{ mode: 'raw', jsonOutput: JSON.stringify({ items }), options: {} },
				1,
			),
			node('Split', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items', options: {} }, 2),
			{
				...node(NODE, CONTACTS, 1, { authentication: 'oAuth2', ...parameters }, 3),
				...settings,
			},
		],
		connections: { Start: next('Items'), Items: next('Split'), Split: next(NODE) },
	};
}

/** Stores the workflow and starts it; gives the id of the execution. */
export async function start(
	{ client, credentials }: Stack,
	workflow: WorkflowFile,
	credential: CredentialRef,
): Promise<string> {
	const { id } = await client.importWorkflow(workflow, {
		...credentials,
		ghlOAuth2Api: credential,
	});
	return await client.run(id);
}

export async function run(
	stack: Stack,
	workflow: WorkflowFile,
	credential: CredentialRef,
): Promise<Execution> {
	return await stack.client.waitForExecution(await start(stack, workflow, credential));
}

/** Epoch ms. */
export interface Span {
	from: number;
	to: number;
}

/** From the first request on to the last, by the location that the body names. */
export function spansByLocation(requests: LoggedRequest[]): Map<string, Span> {
	const spans = new Map<string, Span>();
	for (const { at, body } of requests) {
		const time = Date.parse(at);
		const { locationId } = body as { locationId: string };
		const span = spans.get(locationId);
		spans.set(locationId, { from: Math.min(span?.from ?? time, time), to: time });
	}
	return spans;
}

export const lengthOf = ({ from, to }: Span): number => to - from;

/** The calls that wrote a contact, oldest first. */
export const upsertsIn = (sandbox: Sandbox): LoggedRequest[] =>
	sandbox.requests
		.list({ service: 'highlevel' })
		.filter(({ method, path }) => method === 'POST' && path === '/contacts/upsert');
