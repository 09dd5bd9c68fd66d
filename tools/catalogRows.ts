import type { INodePropertyOptions } from 'n8n-workflow';
import { properties } from '../nodes/ContactSync/properties';
import type { Call, Resource } from '../nodes/engine/operation';
import { apiVersion } from '../nodes/Ghl/api';
import { ghlEvents } from '../nodes/Ghl/trigger/events';
import { ghlPollingEvents } from '../nodes/Ghl/polling/events';
import { ghlResources } from '../nodes/Ghl/resources';
import { ACCESS_PRESETS } from '../nodes/Ghl/accessPresets';
import { heyReachEvents } from '../nodes/HeyReach/trigger/events';
import { heyReachPollingEvents } from '../nodes/HeyReach/polling/events';
import { heyReachResources } from '../nodes/HeyReach/resources';

/** One operation, or one event of a trigger, as docs/operations.json lists it. */
export interface OperationRow {
	node: string;
	resource: string;
	operation: string;
	/** `null` for the events of triggers, which are no calls. */
	method: string | null;
	path: string | null;
	/** The OAuth scope in HighLevel; `null` where there is none. */
	scope: string | null;
	apiVersion: string | null;
	/** Whether many items go out in few calls. */
	bulk: boolean;
	description: string;
}

/** Everything the nodes can do, from the values that they are made of. */
export function operationRows(): OperationRow[] {
	return [
		...rowsOf('GHL Contacts', ghlResources, apiVersion),
		...eventRows('GHL Trigger', ghlEvents),
		...eventRows('GHL Polling Trigger', ghlPollingEvents),
		...rowsOf('HeyReach', heyReachResources, () => null),
		...eventRows('HeyReach Trigger', heyReachEvents),
		...eventRows('HeyReach Polling Trigger', heyReachPollingEvents),
		...syncRows(),
	];
}

/** Contact Sync makes the calls of many operations, and none of its own. */
function syncRows(): OperationRow[] {
	const operation = properties.find(({ name }) => name === 'operation');
	const options = (operation?.options ?? []) as INodePropertyOptions[];
	return eventRows('Contact Sync', options, 'Sync');
}

function rowsOf(
	node: string,
	resources: Resource[],
	versionOf: (call: Pick<Call, 'version' | 'template'>) => string | null,
): OperationRow[] {
	return resources.flatMap((resource) =>
		resource.operations.map(({ name, request, scope, fold, description }) => ({
			node,
			resource: resource.name,
			operation: name,
			method: request.method,
			path: request.path,
			scope: scope ?? null,
			apiVersion: versionOf({ version: request.version, template: request.path }),
			bulk: fold !== undefined,
			description,
		})),
	);
}

function eventRows(
	node: string,
	events: Array<{ name: string; description?: string; scope?: string | null }>,
	resource = 'Event',
): OperationRow[] {
	return events.map(({ name, description, scope }) => ({
		node,
		resource,
		operation: name,
		method: null,
		path: null,
		scope: scope ?? null,
		apiVersion: null,
		bulk: false,
		description: description ?? '',
	}));
}

/** docs/operations.md */
export function operationsPage(rows: OperationRow[]): string {
	const nodes = [...new Set(rows.map(({ node }) => node))];
	const cell = (text: string) => text.replaceAll('|', '\\|');
	const parts = nodes.flatMap((node) => {
		const own = rows.filter((row) => row.node === node);
		const calls = own.some(({ path }) => path !== null);
		const isTrigger = own.some(({ resource }) => resource === 'Event');
		const head = calls
			? '| Resource | Operation | Call | Scope | What it does |\n| --- | --- | --- | --- | --- |'
			: own.some(({ scope }) => scope !== null)
				? '| Event | Scope | When |\n| --- | --- | --- |'
				: `| ${isTrigger ? 'Event | When' : 'Operation | What it does'} |\n| --- | --- |`;
		const scoped = head.includes('Scope');
		// The date versions go with the path, so only another one is worth a word.
		const versionOf = ({ apiVersion: version }: OperationRow) =>
			version === null || /^\d{4}-/.test(version) ? '' : ` (${version})`;
		const lines = own.map((row) => {
			const { resource, operation, method, path, scope, description } = row;
			return [
				'',
				...(calls ? [resource, operation, `\`${method} ${path}\`${versionOf(row)}`] : [operation]),
				...(scoped ? [scope ? `\`${scope}\`` : ''] : []),
				cell(description),
				'',
			]
				.join(' | ')
				.trim();
		});
		return [
			`## ${node}: ${own.length} ${isTrigger ? 'events' : 'operations'}`,
			[head, ...lines].join('\n'),
		];
	});
	return [
		'# Operations',
		'Made from the operations themselves by `npm run catalog`: do not edit. The same list for programs is [operations.json](operations.json).',
		...parts,
	].join('\n\n');
}

/** docs/scopes.md: what each choice of access grants, and what each scope opens. */
export function scopesPage(rows: OperationRow[]): string {
	const code = (scopes: string[]) => scopes.map((scope) => `\`${scope}\``).join(', ');
	const used = [...new Set(rows.flatMap(({ scope }) => scope ?? []))].sort();
	const access = ACCESS_PRESETS.map(({ name, description, scopes }) => {
		const calls = rows.filter(({ method }) => method !== null);
		const open = calls.filter(({ scope }) => scope !== null && scopes.includes(scope));
		return `| ${name} | ${description} | ${code([...scopes].sort())} | ${open.length} |`;
	});
	const opened = used.map((scope) => {
		const open = rows.filter((row) => row.scope === scope);
		const owner = ({ node, resource, method }: OperationRow) => (method ? resource : node);
		const operations = [...new Set(open.map(owner))].map((name) => {
			const names = open.filter((row) => owner(row) === name);
			return `${name}: ${names.map(({ operation }) => operation).join(', ')}`;
		});
		return `| \`${scope}\` | ${operations.join('. ')} |`;
	});
	return [
		'# Scopes of HighLevel',
		'Made from the operations by `npm run catalog`: do not edit.',
		'## What each access of the OAuth2 credential grants',
		[
			'| Access | What it is for | Scopes | Operations |\n| --- | --- | --- | --- |',
			...access,
			'| Custom | The scopes that you name | | |',
		].join('\n'),
		'## What each scope opens',
		'A private integration takes the same scopes, chosen in HighLevel. The lists to pick from need the scope of what is picked, for reading.',
		['| Scope | Operations |\n| --- | --- |', ...opened].join('\n'),
	].join('\n\n');
}
