import type { INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import codex from '../../../nodes/HeyReach/HeyReachTrigger.node.json';
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
