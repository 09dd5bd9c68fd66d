import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import fc from 'fast-check';
import { runCode, type Json } from '../support/templateCode';

const FOLDER = join(__dirname, '..', '..', 'templates');

/** The templates that serve many clients, and the column of the Data Table *Clients* that turns each on. */
const TEMPLATES = [
	['tag', 'tag-ghl-contacts-from-heyreach-activity'],
	['route', 'route-new-heyreach-leads-to-the-right-team'],
	['stop', 'stop-heyreach-when-the-prospect-answers-elsewhere'],
] as const;
type Column = (typeof TEMPLATES)[number][0];

interface TemplateNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
}

/** A row of *Clients* as the Data Table node gives it: what was never filled in is null. */
interface Row {
	id: number;
	client: string | null;
	location_id: string | null;
	workspace: string | null;
	tag: boolean | null;
	route: boolean | null;
	stop: boolean | null;
}

/** What *The client* gives. */
interface Client {
	fitting: number;
	client: string;
	location_id: string;
	workspace: string;
}

const nodes = new Map(
	TEMPLATES.map(([, name]) => {
		const text = readFileSync(join(FOLDER, `${name}.json`), 'utf8');
		return [name as string, (JSON.parse(text) as { nodes: TemplateNode[] }).nodes];
	}),
);
const nodesOf = (name: string): TemplateNode[] => nodes.get(name) ?? [];

type Items = Record<string, Array<{ json: object; pairedItem?: { item: number } }>>;

/** The value of an expression of n8n, where the nodes have put out these items. */
function evaluate(expression: string, items: Items, json: object = {}): unknown {
	const $ = (name: string) => {
		if (!(name in items)) throw new Error(`“${name}” has put out nothing.`);
		return { all: () => items[name], first: () => items[name][0] };
	};
	const code = expression.replace(/^=\{\{/, 'return (').replace(/\}\}$/, ')');
	const run = compileFunction(code, ['$', '$json']) as (...given: unknown[]) => unknown;
	return run($, json);
}

const parameter = (name: string, node: string, path: string[]): string => {
	const { parameters } = nodesOf(name).find((one) => one.name === node) ?? { parameters: {} };
	return String(
		path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], parameters),
	);
};

/** Where a Code node finds the client, that node. */
const CODE = 'What to do';
const LEAD = { linkedInUrl: 'https://www.linkedin.com/in/jane-doe/', firstName: 'Jane' };

/** The client of an event, by the Code node of a template. */
function clientByCode(name: string, rows: Row[], workspace: string | undefined): Client {
	const nodes = {
		'Your settings': [{}],
		'HeyReach Trigger': [{ event: 'connection_request_accepted', lead: LEAD, workspace }],
		'Get clients': rows.length > 0 ? rows : [{}],
		'Get rules': [{ id: 1, priority: 1, field: 'name', comparison: 'always' }],
	};
	const nobody = { fitting: 0, client: '', location_id: '', workspace: String(workspace ?? '') };
	try {
		const input = nodes['Get clients'].map((row): Json => ({ ...row }));
		const [row, ...more] = runCode(name, CODE, { ...nodes, 'Get clients': input }, input);
		expect(more).toEqual([]);
		if (row.do === 'No client') return nobody;
		const [client, location_id] = [row.client, row.location_id].map(String);
		return { fitting: 1, client, location_id, workspace: String(row.workspace) };
	} catch (error) {
		const several = /^(\d+) rows of the Data Table Clients are on/.exec((error as Error).message);
		if (!several) throw error;
		return { ...nobody, fitting: Number(several[1]) };
	}
}

/** The client whom a template serves. `given`: the workspace or the location of the event. */
function clientOf(column: Column, name: string, rows: Row[], given: string | undefined): Client {
	if (nodesOf(name).some((node) => node.name === CODE)) return clientByCode(name, rows, given);
	return evaluate(parameter(name, 'The client', ['jsonOutput']), {
		// With alwaysOutputData an empty table gives one empty item.
		'Get clients': rows.length > 0 ? rows.map((json) => ({ json })) : [{ json: {} }],
		'HeyReach Trigger': [{ json: column === 'stop' ? {} : { workspace: given } }],
		'GHL Trigger': [{ json: column === 'stop' ? { locationId: given } : {} }],
	}) as Client;
}

const trimmed = (text: string | null) => (text ?? '').trim();
const sameName = (one: string | null, other: string | null) =>
	trimmed(one).toLowerCase() === trimmed(other).toLowerCase();

const spaced = (text: string) => fc.constantFrom(text, ` ${text}`, `${text} `);
const workspaces = fc
	.constantFrom('', 'Acme', 'ACME', 'Bright Dental', 'bright dental', 'Cedar', 'Œuvre & Söhne')
	.chain(spaced);
const locations = fc.constantFrom('', 'locA1', 'loca1', 'locB2', 'locC3').chain(spaced);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const rows = fc.array(
	fc.record({
		id: fc.integer({ min: 1 }),
		client: maybe(fc.constantFrom('Acme', 'Bright', '')),
		location_id: maybe(locations),
		workspace: maybe(workspaces),
		tag: maybe(fc.boolean()),
		route: maybe(fc.boolean()),
		stop: maybe(fc.boolean()),
	}),
	{ maxLength: 6 },
);

describe.each(TEMPLATES)('clients of %s', (column, name) => {
	const given = column === 'stop' ? locations.map((text) => text.trim()) : workspaces;
	const key = column === 'stop' ? 'location_id' : 'workspace';

	it('serves the accounts of the credentials where the table is empty', () => {
		expect(clientOf(column, name, [], undefined)).toMatchObject({
			fitting: 1,
			client: '',
			location_id: '',
			workspace: '',
		});
	});

	it('serves the one client of the event whose column is on, and never another', () => {
		fc.assert(
			fc.property(rows, given, (table, event) => {
				fc.pre(table.length > 0);
				const same = ({ [key]: value }: Row) =>
					column === 'stop' ? trimmed(value) === event : sameName(value, event);
				const own = column === 'stop' && !table.some(same) ? '' : undefined;
				const theirs = table.filter((row) => same(row) || trimmed(row[key]) === own);
				const on = theirs.filter((row) => row[column] === true);
				const served = clientOf(column, name, table, event);
				expect(served.fitting).toBe(on.length);
				if (on.length !== 1) return;
				expect(served.location_id).toBe(trimmed(on[0].location_id));
				expect(sameName(served.workspace, on[0].workspace)).toBe(true);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('serves nobody but the credentials’ own accounts where the table is empty', () => {
		fc.assert(
			fc.property(given, (event) => {
				const { fitting, location_id, workspace } = clientOf(column, name, [], event);
				// Where an event of HighLevel comes from is the token's business then, as before.
				expect(fitting).toBe(column === 'stop' || event.trim() === '' ? 1 : 0);
				expect(location_id).toBe('');
				expect(workspace.trim()).toBe(column === 'stop' ? '' : event.trim());
			}),
		);
	});

	it('names the client’s place in each GHL and HeyReach node, and never undefined', () => {
		for (const { name: node, type, parameters } of nodesOf(name)) {
			const place = type.endsWith('.ghlContacts')
				? (parameters.location as { mode?: string; value?: string }).value
				: type.endsWith('.heyReach')
					? parameters.workspace
					: undefined;
			if (place === undefined) continue;
			const at = [{ json: { location_id: '', workspace: '' } }];
			const items = { 'The client': at, [CODE]: at };
			// The set-up nodes get a row of the table, the empty item, or a field that is missing.
			const setUp = /^={{ \(?\$json/.test(String(place));
			const inputs = setUp ? [{}, { location_id: null }, { location: '' }] : [{}];
			const values = inputs.map((json) => evaluate(String(place), items, json));
			expect({ node, values: values.map((value) => value ?? '') }).toEqual({
				node,
				values: values.map(() => ''),
			});
		}
	});
});

/** What the tables remember of a lead of a client, by the expressions that write it and look it up. */
function remembered(at: Omit<Client, 'fitting'>, lead: string): string[][] {
	const [, [, route], [, stop]] = TEMPLATES;
	const [row] = ruleOf(at, { team: 'North' }, { memberId: lead });
	const items: Items = {
		'The client': [{ json: at }],
		[CODE]: [{ json: row }],
	};
	const condition = (node: string) =>
		evaluate(parameter(route, node, ['filters', 'conditions', '0', 'keyValue']), items);
	const column = (node: string, name: string, json: object) =>
		evaluate(parameter(route, node, ['columns', 'value', name]), items, json);
	const assignments = nodesOf(stop).find(({ name }) => name === 'The person')?.parameters
		.assignments as { assignments: Array<{ name: string; value: string }> };
	const key = assignments.assignments.find(({ name }) => name === 'key')?.value ?? '';
	const person = { customFieldValues: { 'LinkedIn profile': lead } };
	const [log] = runCode(route, 'What follows', { [CODE]: [row], 'Last owner of the team': [{}] }, [
		{ id: 'c1', new: true, assigned: false },
	]);
	return [
		[column('Put on the log', 'lead', {}), condition('Put on the log'), condition('Begin')],
		[column('Log', 'team', log), condition('Last owner of the team')],
		[evaluate(key, items, person)],
	].map((texts) => texts.map(String));
}

/** What *Route* decides for an event of this client, where the table has one rule that is for all leads. */
function ruleOf(
	{ client, location_id, workspace }: Omit<Client, 'fitting'>,
	more: Json,
	lead: Json = LEAD,
): Json[] {
	const [, [, route]] = TEMPLATES;
	const rows =
		client + location_id + workspace === ''
			? [{}]
			: [{ id: 1, client, location_id, workspace, route: true }];
	const nodes = {
		'HeyReach Trigger': [{ event: 'connection_request_accepted', lead, workspace }],
		'Get clients': rows,
		'Get rules': [{ id: 1, priority: 1, field: 'name', comparison: 'always', ...more }],
	};
	return runCode(route, CODE, nodes, []);
}

describe('what the tables remember', () => {
	const leads = fc.constantFrom('123456', 'https://www.linkedin.com/in/ann/', 'ann@example.com');
	const clients = fc.record({
		client: fc.constantFrom('Acme', 'Bright'),
		location_id: locations.map(trimmed),
		workspace: workspaces.map(trimmed),
	});

	it('is looked up as it was written', () => {
		fc.assert(
			fc.property(clients, leads, (client, lead) => {
				for (const texts of remembered(client, lead)) expect(new Set(texts).size).toBe(1);
			}),
		);
	});

	it('is the same for no two locations', () => {
		fc.assert(
			fc.property(clients, clients, leads, leads, (one, other, lead, otherLead) => {
				fc.pre(one.location_id !== other.location_id);
				const theirs = remembered(other, otherLead);
				for (const [at, [text]] of remembered(one, lead).entries())
					expect(text).not.toBe(theirs[at][0]);
			}),
		);
	});

	it('is what it was before, for the accounts of the credentials', () => {
		const own = { client: '', location_id: '', workspace: '' };
		expect(remembered(own, '123456').map(([text]) => text)).toEqual(['123456', 'North', '123456']);
	});
});

describe('rules for some clients', () => {
	const fits = (client: string | null | undefined, at: { client: string; location_id: string }) =>
		ruleOf({ ...at, workspace: '' }, { client })[0].rule !== undefined;

	it.each([
		[undefined, true],
		[null, true],
		[' ', true],
		['acme, inc.', true],
		['Bright,  ACME, Inc.', true],
		[',', false],
		['Bright, locA1', true],
		['Bright', false],
		['Acm', false],
	])('a rule of %j is one of “Acme, Inc.” at locA1: %s', (client, expected) => {
		expect(fits(client, { client: 'Acme, Inc.', location_id: 'locA1' })).toBe(expected);
	});

	it('is for nobody where the table Clients is empty', () => {
		expect(fits('Acme', { client: '', location_id: '' })).toBe(false);
		expect(fits('', { client: '', location_id: '' })).toBe(true);
	});
});
