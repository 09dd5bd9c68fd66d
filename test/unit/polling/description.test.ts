import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import ghlCodex from '../../../nodes/Ghl/GhlPollingTrigger.node.json';
import { GhlPollingTrigger } from '../../../nodes/Ghl/GhlPollingTrigger.node';
import heyReachCodex from '../../../nodes/HeyReach/HeyReachPollingTrigger.node.json';
import { HeyReachPollingTrigger } from '../../../nodes/HeyReach/HeyReachPollingTrigger.node';
import packageJson from '../../../package.json';

const nodes = [
	{ ...new GhlPollingTrigger(), codex: ghlCodex, folder: 'Ghl' },
	{ ...new HeyReachPollingTrigger(), codex: heyReachCodex, folder: 'HeyReach' },
];

it.each(nodes)('$description.displayName is found by n8n under its name', (node) => {
	const { description, codex, folder } = node;
	const file = description.name[0].toUpperCase() + description.name.slice(1);
	expect(codex.node).toBe(`${packageJson.name}.${description.name}`);
	expect(packageJson.n8n.nodes).toContain(`dist/nodes/${folder}/${file}.node.js`);
	expect(description).toMatchObject({ polling: true, group: ['trigger'], inputs: [] });
});

it.each(nodes)('$description.displayName sorts its options and fills its lists', (node) => {
	const sorted = (list: string[]) => [...list].sort((a, b) => a.localeCompare(b));
	const methods = Object.values(node.methods).flatMap((group) => Object.keys(group));
	const check = (property: INodeProperties) => {
		const { options = [], type, typeOptions } = property;
		const label = (option: object) =>
			'displayName' in option ? String(option.displayName) : (option as INodePropertyOptions).name;
		const names = options.map(label);
		if (property.name !== 'authentication') expect(names).toEqual(sorted(names));
		if (type === 'collection') options.forEach((option) => check(option as INodeProperties));
		const { loadOptionsMethod } = typeOptions ?? {};
		if (loadOptionsMethod) expect(methods).toContain(loadOptionsMethod);
	};
	node.description.properties.forEach(check);
});

it('shows Minutes Before for tasks only, and the warning of loops for updates only', () => {
	const { description } = new GhlPollingTrigger();
	const shown = (event: string) =>
		description.properties
			.filter((property) =>
				NodeHelpers.displayParameter(
					{ authentication: 'oAuth2', event },
					property,
					{ typeVersion: 1 },
					description,
				),
			)
			.map(({ name }) => name);
	expect(shown('contactCreated')).toEqual([
		...['authentication', 'location', 'event'],
		...['simplify', 'options'],
	]);
	expect(shown('contactUpdated')).toContain('loopNotice');
	expect(shown('taskDue')).toContain('minutesBefore');
});
