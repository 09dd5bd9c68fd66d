import type { INodeParameters, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { fieldsOf } from '../../../nodes/engine/describe/describe';
import type { Operation, Resource } from '../../../nodes/engine/operation';
import { GhlContacts } from '../../../nodes/Ghl/GhlContacts.node';
import { ghlResources } from '../../../nodes/Ghl/resources';
import { HeyReach } from '../../../nodes/HeyReach/HeyReach.node';
import { HeyReachTrigger } from '../../../nodes/HeyReach/HeyReachTrigger.node';
import { heyReachResources } from '../../../nodes/HeyReach/resources';

// Lint sees the source, and these properties are generated: so they are looked at here.
const nodes = [
	{ node: new GhlContacts(), resources: ghlResources },
	{ node: new HeyReach(), resources: heyReachResources },
];

interface Entry {
	resource: Resource;
	operation: Operation;
}

/** What stands above the parameters of an operation. */
const COMMON = ['authentication', 'location', 'workspace', 'resource', 'operation'];

/** What shows the parameters that depend on values beside the choices of an operation. */
const FILLED: INodeParameters[] = [
	{ authentication: 'oAuth2' },
	{ authentication: 'privateIntegration', location: 'abc' },
	{ filters: { values: [{}, {}] } },
];

describe.each(nodes.map((entry) => [entry.node.description.displayName, entry] as const))(
	'%s',
	(_name, { node, resources }) => {
		const { description } = node;
		const { properties } = description;
		const operations = resources.flatMap((resource) =>
			resource.operations.map((operation) => ({ resource, operation })),
		);

		/** Whether the operation shows the property, whatever is chosen in its other fields. */
		const shown = (property: INodeProperties, { resource, operation }: Entry): boolean => {
			const fields = fieldsOf(operation).map((field) => field.property);
			const choices = fields.flatMap(({ name, type, options = [] }) =>
				type === 'options'
					? (options as INodePropertyOptions[]).map(({ value }) => ({ [name]: value }))
					: [],
			);
			const common = { resource: resource.value, operation: operation.value, returnAll: false };
			return [{}, ...FILLED, ...choices].some((choice: INodeParameters) =>
				NodeHelpers.displayParameter(
					{ ...common, ...choice },
					property,
					{ typeVersion: 1 },
					description,
				),
			);
		};

		it.each(operations.map((entry) => [`${entry.resource.name}: ${entry.operation.name}`, entry]))(
			'%s shows the parameters it needs and no other',
			(_label, { resource, operation }) => {
				const names = properties
					.filter((property) => shown(property, { resource, operation }))
					// A hidden one may keep the value of one that is seldom in sight.
					.filter(
						({ type, name }, _at, all) =>
							type !== 'hidden' || all.every((other) => other.name !== name || other.type === type),
					)
					.map((property) => property.name)
					.filter((name) => !COMMON.includes(name));
				// In the order in which the operation names them.
				expect(names).toEqual(fieldsOf(operation).map((f) => f.property.name));
			},
		);

		// The editor loads it with every page, and goes through it at every click.
		it('is smaller than the largest of the popular nodes, Notion with 212 KB', () => {
			expect(JSON.stringify(description).length).toBeLessThan(212_000);
		});

		it('shows every parameter somewhere', () => {
			const orphans = properties.filter(
				(property) => !operations.some((entry) => shown(property, entry)),
			);
			expect(orphans.map((property) => property.name)).toEqual([]);
		});

		it('names operations and actions as n8n asks', () => {
			const actions = operations.map(({ operation }) => operation.action);
			expect(new Set(actions).size).toBe(actions.length);
			for (const { operation } of operations) {
				expect(operation.action).toMatch(
					/^[A-Z][a-z]+( ([a-z]+|API|ID|LinkedIn|URL))+( \(V\d\))?$/,
				);
				expect(operation.name).not.toMatch(/Get All/);
				expect(operation.description).not.toMatch(/\.$(?<!\. .*\.)/);
				if (operation.pages) expect(operation.name).toMatch(/^(Get Many|List|Search)/);
			}
		});

		it('lists what the node is about first, then the rest, each by name', () => {
			const resource = properties.find(({ name }) => name === 'resource');
			const names = (list: Array<{ name: string }>) =>
				list.map(({ name }) => name).sort((a, b) => a.localeCompare(b));
			expect((resource?.options as INodePropertyOptions[]).map(({ name }) => name)).toEqual([
				...names(resources.filter(({ first }) => first)),
				...names(resources.filter(({ first }) => !first)),
			]);
		});

		it('says of every id that is typed what it is of, or shows one', () => {
			const inside = (property: INodeProperties): INodeProperties[] => [
				property,
				...(property.options ?? []).flatMap((option) =>
					'values' in option
						? option.values.flatMap(inside)
						: 'type' in option
							? inside(option)
							: [],
				),
			];
			const bare = properties
				.flatMap(inside)
				.filter(({ type, displayName }) => type === 'string' && /\bIDs?\b/.test(displayName))
				.filter(({ description, placeholder }) => !description && !placeholder);
			expect(bare.map(({ displayName }) => displayName)).toEqual([]);
		});

		it('sorts options by name and gives every property a default', () => {
			const walk = (list: INodeProperties[]) => {
				for (const property of list) {
					expect(property).toHaveProperty('default');
					expect(property.displayName).toBe(property.displayName.trim());
					if (property.type === 'boolean' && property.description) {
						expect(property.description).toMatch(/^Whether /);
					}
					const options = property.options ?? [];
					const isSorted = property.type === 'options' && property.name !== 'resource';
					if (isSorted && options.length >= 5) {
						const names = (options as INodePropertyOptions[]).map((option) => option.name);
						expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
					}
					if (property.type === 'collection') {
						const names = (options as INodeProperties[]).map((option) => option.displayName);
						expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
						walk(options as INodeProperties[]);
					}
					if (property.type === 'fixedCollection') {
						for (const option of options) walk('values' in option ? option.values : []);
					}
				}
			};
			walk(properties);
		});
	},
);

it('says in the description of HeyReach Trigger what the actions are about: n8n shows it above them', () => {
	const { description } = new HeyReach().description;
	const about = description.replace('Work with ', '');
	expect(about).toBe('LinkedIn campaigns, leads and conversations in HeyReach');
	const shown = new HeyReachTrigger().description.description;
	expect(shown).toContain(`${about}. HeyReach Trigger starts the workflow when`);
});
