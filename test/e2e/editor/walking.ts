import { NodeHelpers, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';
import type { INodeParameters } from 'n8n-workflow';
import type { Editor } from '../support/browser';
import { EDITOR } from '../support/selectors';
import type { Stack } from '../support/stack';
import { descriptions } from '../templates/parameters';

const PACK = 'n8n-nodes-ghl-heyreach';

/** Parameters that show what those of a new node do not. */
const MORE: Record<string, INodeParameters[]> = {
	ghlTrigger: [{ authentication: 'secretHeader' }, { authentication: 'signature' }],
	ghlPollingTrigger: [{ event: 'contactUpdated' }, { event: 'taskDue' }],
	contactSync: [{ operation: 'mergeState' }],
};

/** Every node of the pack, as it is when it is new and otherwise. */
export function walkingTests(desk: () => { stack: Stack; editor: Editor }): void {
	it('every node shows each parameter that should show, and where its credential is chosen', async () => {
		const { stack, editor } = desk();
		const types = (await descriptions(stack.client)).filter(
			({ name }) => name.startsWith(`${PACK}.`) && !name.endsWith('Tool'),
		);
		expect(types).toHaveLength(7);
		const cases = types.flatMap((type) =>
			[{}, ...(MORE[type.name.split('.')[1]] ?? [])].map((parameters, at) => ({
				type,
				parameters,
				name: `${type.displayName} ${at + 1}`,
			})),
		);
		const file = {
			name: 'Every node',
			nodes: cases.map(({ type, parameters, name }, at) => ({
				id: name,
				name,
				type: type.name,
				typeVersion: 1,
				position: [(at % 4) * 300, Math.floor(at / 4) * 200] as [number, number],
				parameters,
			})),
			connections: {},
		};
		const secret = await stack.client.createCredential({
			name: 'Secret of the walk',
			type: 'ghlWebhookSecretApi',
			data: { headerName: 'X-Webhook-Secret', secret: 'the-secret-of-the-walk' },
		});
		const { id } = await stack.client.importWorkflow(file, {
			...stack.credentials,
			ghlWebhookSecretApi: { id: secret.id, name: secret.name },
		});
		await editor.openWorkflow(id);
		const missing: string[] = [];
		for (const { type, parameters, name } of cases) {
			const panel = await editor.openNode(name);
			const list = panel.locator(EDITOR.panel.parameters);
			const expected = labelsOf(type, parameters);
			expect(expected.length).toBeGreaterThan(0);
			await list.getByText(expected[0]).first().waitFor();
			for (const label of expected) {
				const shown = list.getByText(label).first();
				// A table of fields comes when its columns have been asked for.
				await shown
					.waitFor({ state: 'attached', timeout: 20_000 })
					.catch(() => missing.push(`${name}: ${label}`));
			}
			const hasCredential = credentialsOf(type, parameters) > 0;
			await panel
				.locator(EDITOR.panel.credential)
				.first()
				.waitFor({ state: hasCredential ? 'attached' : 'detached', timeout: 20_000 })
				.catch(() => missing.push(`${name}: its credential, or it has one too many`));
			await editor.closeNode();
		}
		expect(missing).toEqual([]);
	}, 180_000);
}

const withDefaults = (type: INodeTypeDescription, parameters: INodeParameters): INodeParameters =>
	NodeHelpers.getNodeParameters(type.properties, parameters, true, false, null, type) ?? {};

function credentialsOf(type: INodeTypeDescription, parameters: INodeParameters): number {
	const values = withDefaults(type, parameters);
	return (type.credentials ?? []).filter((one) =>
		NodeHelpers.displayParameter(values, one, { typeVersion: 1 }, type),
	).length;
}

/** What a person reads of each parameter that the node's description shows. */
function labelsOf(type: INodeTypeDescription, parameters: INodeParameters): string[] {
	const values = withDefaults(type, parameters);
	return type.properties
		.filter((one) => one.type !== 'hidden' && !isCredentialSwitch(type, one))
		.filter((one) => NodeHelpers.displayParameter(values, one, { typeVersion: 1 }, type))
		.map(({ type: kind, displayName }) => {
			if (kind === 'notice') return readable(displayName).slice(-30);
			return displayName;
		});
}

/**
 * Where each way to connect has a credential, n8n offers the credentials of all ways in one list and
 * hides the parameter. That is no loss only as long as no way is without one.
 */
function isCredentialSwitch(
	{ credentials = [] }: INodeTypeDescription,
	{ name, options = [] }: INodeProperties,
): boolean {
	const withCredential = credentials.flatMap(
		({ displayOptions }) => displayOptions?.show?.[name] ?? [],
	);
	return (
		name === 'authentication' &&
		options.every((option) => 'value' in option && withCredential.includes(option.value))
	);
}

/** Without the marks of HTML. */
function readable(html: string): string {
	const text = html.replace(/<[^>]+>/g, '').replaceAll('&gt;', '>');
	return text.replace(/\s+/g, ' ').trim();
}
