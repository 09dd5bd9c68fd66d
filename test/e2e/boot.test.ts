import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../tools/paths';
import { SANDBOX } from '../../sandbox';
import { Editor } from './support/browser';
import { EDITOR } from './support/selectors';
import { STACK_TIMEOUT_MS, startStack } from './support/stack';
import type { Stack } from './support/stack';

interface Pack {
	name: string;
	n8n: { nodes: string[] };
}

const pack = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as Pack;

/** `dist/nodes/Ghl/GhlContacts.node.js` -> `n8n-nodes-ghl-heyreach.ghlContacts` */
const nodeNames = pack.n8n.nodes.map((path) => {
	const file = path.split('/').at(-1)?.replace('.node.js', '') ?? '';
	return `${pack.name}.${file[0].toLowerCase()}${file.slice(1)}`;
});

describe('the packed tarball in a real n8n', () => {
	let stack: Stack;

	beforeAll(async () => {
		stack = await startStack();
	}, STACK_TIMEOUT_MS);

	afterAll(async () => await stack?.close(), 30_000);

	it('loads every node that package.json names', async () => {
		const loaded = (await stack.client.nodeTypes()).map(({ name }) => name);
		expect(loaded).toEqual(expect.arrayContaining(nodeNames));
	});

	it.each([
		[
			'ghlPrivateIntegrationApi',
			() => ({ locationId: SANDBOX.locationId, baseUrl: stack.sandbox.ghlUrl }),
			{ token: SANDBOX.privateToken },
			{ token: 'pit-wrong' },
		],
		[
			'heyReachApi',
			() => ({ baseUrl: stack.sandbox.heyReachUrl }),
			{ apiKey: SANDBOX.heyReachKey },
			{ apiKey: 'wrong' },
		],
	])(
		'tests %s green with the right secret, red with a wrong one',
		async (type, rest, right, wrong) => {
			const { client } = stack;
			const test = async (secret: Record<string, string>) => {
				const data = { ...rest(), ...secret };
				const { id } = await client.createCredential({ name: `${type} ${Date.now()}`, type, data });
				return (await client.testCredential(id)).status;
			};
			expect(await test(right)).toBe('OK');
			expect(await test(wrong)).toBe('Error');
		},
	);

	it('is found in the editor, which asks nobody outside for anything', async () => {
		const editor = await Editor.open(stack.n8n.url);
		try {
			const workflow = await stack.client.importWorkflow(
				{
					name: 'Boot test',
					nodes: [
						{
							id: 'start',
							name: 'Start',
							type: 'n8n-nodes-base.manualTrigger',
							typeVersion: 1,
							position: [0, 0],
							parameters: {},
						},
						{
							id: 'contacts',
							name: 'Contacts',
							type: `${pack.name}.ghlContacts`,
							typeVersion: 1,
							position: [220, 0],
							parameters: {},
						},
					],
					connections: { Start: { main: [[{ node: 'Contacts', type: 'main', index: 0 }]] } },
				},
				stack.credentials,
			);
			await editor.openWorkflow(workflow.id);
			for (const name of ['Start', 'Contacts'])
				await editor.page.locator(EDITOR.canvas.node(name)).waitFor();
			expect(await editor.findNodes('GHL Contacts')).toContain('GHL Contacts');
			await editor.screenshotCanvas('boot-canvas');
			await editor.screenshotNode('Contacts', 'boot-node');
			expect(editor.outside).toEqual([]);
			expect(editor.errors).toEqual([]);
		} finally {
			await editor.close();
		}
	}, 120_000);
});
