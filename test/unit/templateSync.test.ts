import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { AUDIT_COLUMNS, LINK_COLUMNS, REVIEW_COLUMNS } from '../../nodes/ContactSync/reconcile';
import { tablesOf } from '../../tools/templateTables';

const FOLDER = join(__dirname, '..', '..', 'templates');

interface TemplateNode {
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
}

interface Template {
	nodes: TemplateNode[];
	connections: Record<string, { main: Array<Array<{ node: string; index: number }>> }>;
	settings: Record<string, unknown>;
}

const read = (name: string) =>
	JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Template;

const SET_UP = read('set-up-contact-sync');
const RECONCILE = read('reconcile-ghl-contacts-and-heyreach-leads');
const POSTGRES = read('reconcile-with-postgres');
const WEEKLY = read('weekly-sync-report');

const nodeOf = ({ nodes }: Template, name: string): TemplateNode => {
	const node = nodes.find((one) => one.name === name);
	if (!node) throw new Error(`There is no node “${name}”.`);
	return node;
};

const behind = ({ connections }: Template, name: string, output: number): string[] =>
	(connections[name]?.main[output] ?? []).map(({ node }) => node);

type Items = Record<string, Array<{ json: object; pairedItem?: { item: number } }>>;

/** The value of an expression of n8n for an item, where the nodes have put out these items. */
function evaluate(expression: unknown, items: Items, json: object = {}, itemIndex = 0): unknown {
	const $ = (name: string) => {
		if (!(name in items)) throw new Error(`“${name}” has put out nothing.`);
		return { all: () => items[name], first: () => items[name][0] };
	};
	const code = String(expression)
		.replace(/^=\{\{/, 'return (')
		.replace(/\}\}$/, ')');
	const run = compileFunction(code, ['$', '$json', '$itemIndex']) as (
		...given: unknown[]
	) => unknown;
	return run($, json, itemIndex);
}

const assignmentsOf = (node: TemplateNode) =>
	(
		node.parameters.assignments as {
			assignments: Array<{ name: string; type: string; value: unknown }>;
		}
	).assignments;

describe('the tables', () => {
	const columns = (tableName: string) => {
		const made = tablesOf(SET_UP).find(({ name }) => name === tableName);
		return made?.columns;
	};

	it.each([
		['Contact Sync links', LINK_COLUMNS],
		['Contact Sync review', REVIEW_COLUMNS],
		['Contact Sync audit', AUDIT_COLUMNS],
	])('%s has the columns that the node puts out', (name, expected) => {
		expect(columns(name)).toEqual(expected);
	});

	it.each([
		['contact_sync_links', LINK_COLUMNS],
		['contact_sync_review', REVIEW_COLUMNS],
		['contact_sync_audit', AUDIT_COLUMNS],
	])('%s of Postgres too, and its statement stores each of them', (name, expected) => {
		const sql = (node: string) => String(nodeOf(POSTGRES, node).parameters.query);
		const made = new RegExp(`create table if not exists ${name} \\(([^;]*)\\);`).exec(
			sql('Make the tables'),
		);
		const store = { links: 'Store rows', review: 'Store questions', audit: 'Store audit' };
		const table = name.replace('contact_sync_', '') as keyof typeof store;
		for (const { name: column } of expected) {
			expect(made?.[1]).toContain(`"${column}" `);
			expect(sql(store[table])).toContain(`"${column}"`);
		}
	});
});

describe.each([
	['reconcile-ghl-contacts-and-heyreach-leads', RECONCILE],
	['reconcile-with-postgres', POSTGRES],
])('%s', (_name, template) => {
	it('has at most 20 nodes', () => {
		const nodes = template.nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
		expect(nodes.length).toBeLessThanOrEqual(20);
	});

	it('stores what was done before the next portion is written: n8n runs branches from the top down', () => {
		expect(template.settings.executionOrder).toBe('v1');
		const height = (name: string) => nodeOf(template, name).position[1];
		const stores = ['Store rows', 'Store audit', 'Store questions'];
		for (const store of stores) {
			expect(template.connections[store]).toBeUndefined();
			for (const later of ['Some at a time', 'Keep the client reserved'])
				expect(height(store)).toBeLessThan(height(later));
		}
		expect(behind(template, 'Contact Sync: Plan', 0)).toEqual(['Store rows']);
		expect(behind(template, 'Contact Sync: Plan', 1)).toEqual(['Store audit']);
		expect(behind(template, 'Contact Sync: Plan', 2)).toEqual(['Some at a time']);
		expect(behind(template, 'Contact Sync: Plan', 3)).toEqual(['Store questions']);
		expect(behind(template, 'Contact Sync: Apply', 0)).toEqual(['Store rows']);
		expect(behind(template, 'Contact Sync: Apply', 1)).toEqual(['Store audit']);
		expect(behind(template, 'Contact Sync: Apply', 3)).toEqual(['Keep the client reserved']);
		expect(behind(template, 'Keep the client reserved', 0)).toEqual(['Some at a time']);
	});

	it('ends the loop where the lease is lost: no item goes on', () => {
		const { alwaysOutputData } = nodeOf(template, 'Keep the client reserved');
		expect(alwaysOutputData).toBeUndefined();
		expect(nodeOf(template, 'Reserve the client').alwaysOutputData).toBeUndefined();
	});

	it('lets n8n keep failed runs alone, since a run holds every link', () => {
		expect(template.settings).toMatchObject({
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'all',
			saveManualExecutions: false,
			saveExecutionProgress: false,
		});
	});

	it('names the same accounts in Plan and Apply', () => {
		const place = (name: string) => {
			const { location, workspace, authentication } = nodeOf(template, name).parameters;
			return { location, workspace, authentication };
		};
		expect(place('Contact Sync: Apply')).toEqual(place('Contact Sync: Plan'));
	});

	it('has the field table of the other template', () => {
		const table = (one: Template) => nodeOf(one, 'Contact Sync: Plan').parameters.fieldMapping;
		expect(table(template)).toEqual(table(RECONCILE));
	});
});

describe.each([
	['set-up-contact-sync', SET_UP, 'Each client'],
	['reconcile-ghl-contacts-and-heyreach-leads', RECONCILE, 'Your settings'],
	['reconcile-with-postgres', POSTGRES, 'Your settings'],
	['weekly-sync-report', WEEKLY, 'Each client'],
])('the clients of %s', (_name, template, placing) => {
	const isOn = () => {
		const { conditions } = nodeOf(template, 'Only with sync on').parameters.conditions as {
			conditions: Array<{ leftValue: string }>;
		};
		return conditions[0].leftValue;
	};

	/** The clients that are served, of a table with these rows. With alwaysOutputData an empty one gives `{}`. */
	function served(rows: object[]): Array<Record<string, unknown>> {
		const all = (rows.length > 0 ? rows : [{}]).map((json) => ({ json }));
		const clients = all.filter(({ json }, index) =>
			evaluate(isOn(), { 'Your clients': all }, json, index),
		);
		const values = assignmentsOf(nodeOf(template, placing)).filter(({ name }) =>
			['client', 'location', 'workspace'].includes(name),
		);
		return clients.map(({ json }) =>
			Object.fromEntries(values.map(({ name, value }) => [name, evaluate(value, {}, json)])),
		);
	}

	const OWN = { client: 'Your own accounts', location: '', workspace: '' };
	const acme = { id: 1, client: 'Acme', location_id: ' locA ', workspace: 'Acme' };
	const bright = { id: 2, client: null, location_id: 'locB', workspace: null };

	it('are the accounts of the credentials where there are no rows', () => {
		expect(served([])).toEqual([OWN]);
	});

	it('are the rows with sync on', () => {
		expect(
			served([
				{ ...acme, sync: true },
				{ ...bright, sync: null },
				{ ...bright, id: 3, sync: true },
			]),
		).toEqual([
			{ client: 'Acme', location: 'locA', workspace: 'Acme' },
			{ client: 'locB', location: 'locB', workspace: '' },
		]);
	});

	it('are nobody where sync is off in each row', () => {
		expect(served([{ ...acme, sync: false }])).toEqual([]);
	});

	it('are the accounts of the credentials, once, where the table is older than the column sync', () => {
		expect(served([acme, bright])).toEqual([OWN]);
	});

	it('is the one that another workflow names', () => {
		const { client, location_id, workspace } = acme;
		const values = assignmentsOf(nodeOf(template, placing));
		const value = (name: string) => values.find((one) => one.name === name)?.value;
		const item = { client, location_id, workspace };
		expect(evaluate(value('location'), {}, item)).toBe('locA');
		expect(evaluate(value('client'), {}, item)).toBe('Acme');
	});
});

describe('the report of a day', () => {
	const [{ value }] = assignmentsOf(nodeOf(RECONCILE, 'Report'));
	const clients = ['Acme', 'Bright', 'Cedar'].map((client, id) => ({
		json: { id: id + 1, client, sync: true },
	}));

	it('has a line for each client, also where a run failed or did nothing', () => {
		const results = [
			{ json: { summary: '3 contacts were updated.' }, pairedItem: { item: 0 } },
			{ json: { error: 'The sub-account is paused.' }, pairedItem: { item: 1 } },
		];
		const items = {
			'Only with sync on': clients,
			'Run each client': results,
			'Your clients': [...clients, { json: { client: 'Delta', sync: false } }],
		};
		const lines = String(evaluate(value, items)).split('\n');
		expect(lines).toEqual([
			'Acme: 3 contacts were updated.',
			expect.stringMatching(/^Bright: stopped by an error: The sub-account is paused\. /),
			expect.stringMatching(/^Cedar: nothing was done here: another run is under way/),
			'Not synced, because sync is off in the Data Table Clients: Delta.',
		]);
	});

	it('lists the planned changes of a dry run, by client', () => {
		const summary = '1 contact would be updated.\nAnn in HighLevel: City is set to “Rome”.';
		const items = { 'Run each client': [{ json: { client: 'Acme', summary } }, { json: {} }] };
		const [, list] = assignmentsOf(nodeOf(RECONCILE, 'Report'));
		expect(evaluate(list.value, items)).toEqual([
			{
				client: 'Acme',
				result: '1 contact would be updated.',
				plannedChanges: ['Ann in HighLevel: City is set to “Rome”.'],
			},
		]);
	});

	it('says so where no client was run', () => {
		const items = {
			'Only with sync on': clients.slice(0, 1),
			'Run each client': [{ json: {} }],
			'Your clients': clients.slice(0, 1),
		};
		expect(String(evaluate(value, items))).toMatch(/^Acme: nothing was done here/);
	});
});
