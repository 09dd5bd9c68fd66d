import { startSandbox } from '../../../sandbox';
import type { Row } from '../../../tools/n8n/dataTables';
import { CLIENTS, fillClients } from '../../../tools/clients';
import { N8nClient } from '../../../tools/n8n/client';
import { firstSteps, lineOfFirstEvent } from '../../../tools/tour';

/** An n8n that has a person's project and these Data Tables. */
class WithTables extends N8nClient {
	readonly made: Array<{ name: string; columns: Array<{ name: string; type: string }> }> = [];
	readonly rows: Row[] = [];

	constructor(private readonly tables: Array<{ id: string; name: string }>) {
		super('http://127.0.0.1:5678');
	}

	override async request<T>(method: string, path: string, data?: unknown): Promise<T> {
		return this.answer(method, path, data) as T;
	}

	private answer(method: string, path: string, data: unknown): unknown {
		if (path === '/rest/projects/personal') return { id: 'p1' };
		if (method === 'GET') return { data: this.tables };
		if (path.endsWith('/insert')) this.rows.push(...(data as { data: Row[] }).data);
		else {
			const table = data as (typeof this.made)[number];
			this.made.push(table);
			this.tables.push({ id: 't1', name: table.name });
		}
		return {};
	}
}

describe('the clients that npm start shows', () => {
	it('have a location and a workspace in the sandbox, each its own', async () => {
		const sandbox = await startSandbox({
			agency: { locations: CLIENTS.length },
			heyReachClients: true,
		});
		try {
			expect(CLIENTS).toHaveLength(3);
			for (const { name, locationId, workspaceId } of CLIENTS) {
				expect(sandbox.state.locations.get(locationId)?.name).toBe(name);
				expect(sandbox.state.workspaces.get(workspaceId)?.name).toBe(name);
			}
			for (const key of ['locationId', 'workspaceId', 'key'] as const)
				expect(new Set(CLIENTS.map((client) => client[key])).size).toBe(3);
		} finally {
			await sandbox.close();
		}
	});

	it('stand in a Data Table with the columns that the templates give it', async () => {
		const n8n = new WithTables([{ id: 't0', name: 'Audit trail' }]);
		expect(await fillClients(n8n)).toBe('http://127.0.0.1:5678/projects/p1/datatables/t1');
		const [{ name, columns }] = n8n.made;
		expect(name).toBe('Clients');
		const names = columns.map((column) => column.name);
		expect(names).toEqual([
			...['client', 'location_id', 'workspace', 'tag', 'route', 'stop'],
			...['sync', 'sync_lists', 'sync_list_id'],
		]);
		expect(n8n.rows).toHaveLength(3);
		for (const [at, row] of n8n.rows.entries()) {
			expect(names).toEqual(expect.arrayContaining(Object.keys(row)));
			expect(row).toMatchObject({ client: CLIENTS[at].name, tag: true });
		}
	});

	it('stay as people have changed them', async () => {
		const n8n = new WithTables([{ id: 't7', name: 'Clients' }]);
		expect(await fillClients(n8n)).toContain('/datatables/t7');
		expect([n8n.made, n8n.rows]).toEqual([[], []]);
	});

	it('are named in the first steps, whose links open their workspace and their location', async () => {
		const sandbox = await startSandbox({
			agency: { locations: CLIENTS.length },
			heyReachClients: true,
		});
		const steps = await firstSteps({
			n8nUrl: 'http://n8n',
			sandbox,
			clientsPage: 'http://n8n/clients',
			templates: [
				{ id: 'w1', name: 'Tag GHL contacts from HeyReach activity', active: true, missing: [] },
			],
		});
		const { url: sandboxUrl } = sandbox;
		await sandbox.close();
		const text = steps.map((step) => step.text).join('\n');
		for (const { name } of CLIENTS) expect(text).toContain(`“${name}”`);
		const urls = steps.map(({ url }) => url);
		const [{ workspaceId, locationId }] = CLIENTS;
		// The line that is named is in the template as it is published, and a tag stands in it.
		const { name, value } = await lineOfFirstEvent();
		expect(text).toContain(`“${name}”`);
		expect(value).toMatch(/^linkedin-/);
		expect(urls).toContain('http://n8n/workflow/w1');
		expect(urls).toContain('http://n8n/clients');
		expect(urls).toContain(`${sandboxUrl}/?workspace=${workspaceId}#Leads`);
		expect(urls).toContain(`${sandboxUrl}/?location=${locationId}#Contacts`);
	});
});
