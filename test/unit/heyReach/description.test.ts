import type { INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import codex from '../../../nodes/HeyReach/HeyReachTrigger.node.json';
import { HeyReach } from '../../../nodes/HeyReach/HeyReach.node';
import { HeyReachPollingTrigger } from '../../../nodes/HeyReach/HeyReachPollingTrigger.node';
import { HeyReachTrigger } from '../../../nodes/HeyReach/HeyReachTrigger.node';
import packageJson from '../../../package.json';

const { description } = new HeyReachTrigger();

function isShown(name: string, parameters: INodeParameters): boolean {
	const property = description.properties.find((candidate) => candidate.name === name);
	if (!property) throw new Error(`No property ${name}`);
	return NodeHelpers.displayParameter(parameters, property, { typeVersion: 1 }, description);
}

it('tells about first replies where a person chose an event that has only those', () => {
	const notice = (events: string[]) => isShown('firstReplyNotice', { events });
	expect(notice(['message_reply_received'])).toBe(true);
	expect(notice(['follow_sent', 'inmail_reply_received'])).toBe(true);
	expect(notice(['every_message_reply_received', 'follow_sent'])).toBe(false);
	expect(notice([])).toBe(false);
});

it('tells of HeyReach’s switch where a person chose an event that hangs on it', () => {
	const notice = (events: string[]) => isShown('allConversationsNotice', { events });
	expect(notice(['every_message_reply_received'])).toBe(true);
	expect(notice(['follow_sent', 'lead_tag_updated'])).toBe(true);
	expect(notice(['message_reply_received', 'inmail_reply_received', 'follow_sent'])).toBe(false);
});

it('is found by n8n under its name', () => {
	expect(codex.node).toBe(`${packageJson.name}.${description.name}`);
	expect(packageJson.n8n.nodes).toContain('dist/nodes/HeyReach/HeyReachTrigger.node.js');
});

it('has Workspace at the top, but for what an organization key opens', () => {
	const { description: action } = new HeyReach();
	const [first] = action.properties;
	const shown = (resource: string) =>
		NodeHelpers.displayParameter({ resource }, first, { typeVersion: 1 }, action);
	expect(first).toMatchObject({ displayName: 'Workspace', type: 'options', default: '' });
	expect(['list', 'campaign', 'apiKey', 'workspace', 'organizationUser'].map(shown)).toEqual([
		true,
		true,
		true,
		false,
		false,
	]);
	const triggers = [new HeyReachTrigger(), new HeyReachPollingTrigger()];
	for (const { description: one } of triggers) {
		expect(one.properties[0]).toMatchObject({ name: 'workspace', default: '' });
	}
	expect(isShown('campaigns', { workspace: 'Acme' })).toBe(true);
	expect(isShown('campaigns', { workspace: '*' })).toBe(false);
});

it('asks anew for every list when another workspace is chosen', () => {
	const nodes = [new HeyReach(), new HeyReachTrigger(), new HeyReachPollingTrigger()];
	const lists = nodes
		.flatMap((node) => node.description.properties)
		.filter(({ name }) => name !== 'workspace')
		.filter(({ type, typeOptions }) =>
			type === 'resourceLocator' || type === 'resourceMapper'
				? true
				: typeOptions?.loadOptionsMethod !== undefined,
		);
	expect(lists.length).toBeGreaterThan(10);
	for (const { name, typeOptions } of lists) {
		expect({ name, dependsOn: typeOptions?.loadOptionsDependsOn }).toEqual({
			name,
			dependsOn: expect.arrayContaining(['workspace']) as string[],
		});
	}
});
