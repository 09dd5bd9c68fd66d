import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { readPage } from '../../docs/markdown';
import type { Stack } from '../support/stack';
import { descriptions } from '../templates/parameters';

const OURS = 'n8n-nodes-ghl-heyreach.ghlContacts';
const page = readPage('docs/migrating.md');

/** The rows of the table under a heading of the page, without its head. */
function tableUnder(heading: string): string[][] {
	const [, section = ''] = page.split(`\n## ${heading}\n`);
	return section
		.split('\n## ')[0]
		.split('\n')
		.filter((line) => line.startsWith('|'))
		.slice(2)
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim()),
		);
}

/** `**A > B**, or **C**` -> [[A, B], [C]] */
const pathsIn = (cell: string) =>
	[...cell.matchAll(/\*\*([^*]+)\*\*/g)].map(([, path]) => path.split(' > '));

/** What a node shows for an operation that is named as in the editor. */
function shown(node: INodeTypeDescription, name: string): INodeProperties[] {
	const [resource, operation] = name.split(': ').map((part) => part.replace(/_/g, ''));
	const choose = (property: string, label: string, values = {}) =>
		node.properties
			.filter((one) => one.name === property)
			.filter((one) => NodeHelpers.displayParameter(values, one, { typeVersion: 2 }, node))
			.flatMap(({ options = [] }) => options)
			.find((option) => option.name === label);
	const chosen = choose('resource', resource);
	const values = { resource: chosen && 'value' in chosen ? chosen.value : '', returnAll: false };
	const action = choose('operation', operation, values);
	if (!action || !('value' in action)) throw new Error(`${node.displayName} cannot do "${name}".`);
	// The connection of the built-in node.
	const all = { ...values, operation: action.value, authentication: 'oAuth2' };
	const seen = (parameters: INodeParameters) =>
		node.properties.filter(
			(one) =>
				!['resource', 'operation', 'authentication', 'requestOptions'].includes(one.name) &&
				one.type !== 'notice' &&
				NodeHelpers.displayParameter(parameters, one, { typeVersion: 2 }, node),
		);
	const choices = seen(all).filter(({ type }) => type === 'options');
	const asNew = Object.fromEntries(choices.map((one) => [one.name, one.default as string]));
	return seen({ ...asNew, ...all });
}

const inside = ({ type, options = [] }: INodeProperties): INodeProperties[] =>
	options.flatMap((option) =>
		'values' in option ? option.values : type === 'collection' && 'type' in option ? [option] : [],
	);

/** The fields a person fills in: those of a collection in place of the collection. */
const fields = (properties: INodeProperties[]) =>
	properties.flatMap((one) => (one.type === 'collection' ? inside(one) : [one]));

export function migratingTests(current: () => Stack): void {
	let theirs: INodeTypeDescription;
	let ours: INodeTypeDescription;
	let columns: string[];

	beforeAll(async () => {
		const { client, credentials } = current();
		const types = await descriptions(client);
		const find = (name: string, version: number) => {
			const found = types.find(
				(type) => type.name === name && [type.version].flat().includes(version),
			);
			if (!found) throw new Error(`n8n has no ${name} ${version}.`);
			return found;
		};
		theirs = find('n8n-nodes-base.highLevel', 2);
		ours = find(OURS, 1);
		const answer = await client.resourceMapperFields({
			nodeTypeAndVersion: { name: OURS, version: 1 },
			methodName: 'getContactColumns',
			path: 'parameters.contactFields',
			currentNodeParameters: {
				authentication: 'privateIntegration',
				resource: 'contact',
				operation: 'upsert',
			},
			credentials: { ghlPrivateIntegrationApi: credentials.ghlPrivateIntegrationApi },
		});
		columns = answer.fields.map(({ displayName }) => displayName);
	});

	it('names every operation that the built-in node has, and one of ours for each', () => {
		const resources = theirs.properties.find(({ name }) => name === 'resource')?.options ?? [];
		const operations = resources.flatMap((resource) =>
			theirs.properties
				.filter(({ name }) => name === 'operation')
				.filter(({ displayOptions }) =>
					displayOptions?.show?.resource?.includes('value' in resource ? resource.value : ''),
				)
				.flatMap(({ options = [] }) => options.map(({ name }) => name))
				// n8n's own addition to each resource of its nodes.
				.filter((name) => name !== 'Custom API Call')
				.map((name) => `${resource.name}: ${name}`),
		);
		const rows = tableUnder('Operation by operation');
		expect(rows.map(([there]) => there).sort()).toEqual(operations.sort());
		expect(operations).toHaveLength(17);
		for (const [, here] of rows) expect(shown(ours, here)).not.toEqual([]);
	});

	it.each(['Contact', 'Opportunity', 'Task', 'Calendar'])(
		'says of every field of a %s where it is now, and is right',
		(resource) => {
			const rows = tableUnder(`${resource} fields`);
			const operations = tableUnder('Operation by operation').filter(([there]) =>
				there.startsWith(`${resource}: `),
			);
			const exists = (properties: INodeProperties[], [first, second]: string[]) =>
				properties.some(
					(one) =>
						one.displayName === first &&
						(second === undefined ||
							inside(one).some(({ displayName }) => displayName === second) ||
							(one.type === 'resourceMapper' && columns.includes(second))),
				);
			const used = new Set<string>();
			for (const [there, here] of operations)
				for (const { displayName } of fields(shown(theirs, there))) {
					const row = rows.find(([name]) => name === displayName);
					if (!row) throw new Error(`No row for "${displayName}" of "${there}".`);
					used.add(displayName);
					const paths = pathsIn(row[1]);
					if (paths.length === 0) continue;
					const properties = shown(ours, here);
					expect({
						there: `${there}: ${displayName}`,
						found: paths.some((path) => exists(properties, path)),
					}).toEqual({ there: `${there}: ${displayName}`, found: true });
				}
			expect(rows.map(([name]) => name).sort()).toEqual([...used].sort());
		},
	);
}
