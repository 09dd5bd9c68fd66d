import type { INodeParameters } from 'n8n-workflow';
import { NodeHelpers, WEBHOOK_RESOLVERS } from 'n8n-workflow';
import codex from '../../../nodes/Ghl/GhlTrigger.node.json';
import { ghlEvents } from '../../../nodes/Ghl/trigger/events';
import { GhlTrigger } from '../../../nodes/Ghl/GhlTrigger.node';
import packageJson from '../../../package.json';

const { description, methods } = new GhlTrigger();

/** The names of the parameters that the node shows. */
function shown(parameters: INodeParameters): string[] {
	return description.properties
		.filter((property) =>
			NodeHelpers.displayParameter(parameters, property, { typeVersion: 1 }, description),
		)
		.map(({ name }) => name);
}

it('is found by n8n under its name', () => {
	expect(codex.node).toBe(`${packageJson.name}.${description.name}`);
	expect(packageJson.n8n.nodes).toContain('dist/nodes/Ghl/GhlTrigger.node.js');
	expect(packageJson.n8n.credentials).toContain(
		'dist/credentials/GhlWebhookSecretApi.credentials.js',
	);
});

it('takes POST only, answers at once unless asked otherwise, and tells nothing of the workflow', () => {
	expect(description.webhooks).toHaveLength(1);
	expect({ ...description.webhooks![0], [WEBHOOK_RESOLVERS]: undefined }).toEqual({
		name: 'default',
		httpMethod: 'POST',
		responseMode: '={{$parameter["options"]["respond"] || "onReceived"}}',
		responseData: 'noData',
		path: 'webhook',
	});
});

it('shows the steps and the filters of the way that is chosen', () => {
	const both = ['authentication', 'locationIds', 'options'];
	// Version 0.1 saved the first as “signature”.
	for (const authentication of ['none', 'signature'])
		expect(shown({ authentication }).sort()).toEqual(
			[...both, 'appIds', 'events', 'marketplaceNotice'].sort(),
		);
	expect(shown({ authentication: 'secretHeader' }).sort()).toEqual(
		[...both, 'customWebhookNotice'].sort(),
	);
});

it('has an option “none”, without which n8n 2 hides a parameter of this name', () => {
	const {
		name,
		options,
		default: first,
	} = description.properties.find(({ displayName }) => displayName === 'Authentication')!;
	expect([name, first]).toEqual(['authentication', 'none']);
	expect(options).toEqual([
		expect.objectContaining({ name: 'HighLevel Signature', value: 'none' }),
		expect.objectContaining({ name: 'Secret Header', value: 'secretHeader' }),
	]);
});

it('wants its credential for the secret header alone, and can test it', () => {
	const [credential, ...more] = description.credentials ?? [];
	expect(more).toEqual([]);
	const needed = (authentication: string) =>
		NodeHelpers.displayParameter({ authentication }, credential, { typeVersion: 1 }, description);
	expect(['none', 'signature', 'secretHeader'].map(needed)).toEqual([false, false, true]);
	expect(Object.keys(methods.credentialTest)).toContain(credential.testedBy);
});

it('lists each event once, by name, and says what the app needs', () => {
	const names = ghlEvents.map(({ name }) => name);
	expect(names).toEqual([...new Set(names)].sort((a, b) => a.localeCompare(b)));
	const events = description.properties.find(({ name }) => name === 'events');
	expect(events?.options).toHaveLength(58);
	expect(events?.options).toContainEqual({
		name: 'Contact Created',
		value: 'ContactCreate',
		description: 'A contact was created. Scope: contacts.readonly.',
	});
});
