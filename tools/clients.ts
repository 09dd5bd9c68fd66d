import { SANDBOX, clientLocationId } from '../sandbox';
import type { N8nClient } from './n8n/client';
import { DataTables } from './n8n/dataTables';
import type { WorkflowFile } from './n8n/workflow';
import { readTemplates } from './templates';
import { tablesOf, type TemplateTable } from './templateTables';

/** What is on for the clients, in their order: all of it, some of it, and tags alone. */
const ON = [
	{ tag: true, route: true, stop: true, sync: true },
	{ tag: true, route: false, stop: true, sync: true },
	{ tag: true, route: false, stop: false, sync: false },
];

/** The clients of the sandbox's agency: each has a HighLevel location and a HeyReach workspace of its own. */
export const CLIENTS = SANDBOX.heyReachClients.map((client, at) => ({
	...client,
	locationId: clientLocationId(at),
	on: ON[at],
}));

/** The Data Table that says which clients the templates serve. */
const TABLE = 'Clients';

/**
 * Makes the Data Table `Clients` as the templates make it, with a row for each client of the
 * sandbox. A table that is there stays as people have changed it.
 *
 * @returns the address of the table's page in n8n
 */
export async function fillClients(client: N8nClient): Promise<string> {
	const tables = new DataTables(client);
	if (!(await tables.all()).some(({ name }) => name === TABLE)) {
		await tables.create(TABLE, await columnsOfClients());
		const rows = CLIENTS.map(({ name, locationId, on }) => ({
			client: name,
			location_id: locationId,
			workspace: name,
			...on,
		}));
		await tables.add(TABLE, rows);
	}
	return await tables.pageOf(TABLE);
}

async function columnsOfClients(): Promise<TemplateTable['columns']> {
	for (const text of (await readTemplates()).values()) {
		const made = tablesOf(JSON.parse(text) as WorkflowFile).find(({ name }) => name === TABLE);
		if (made) return made.columns;
	}
	throw new Error(`No template makes the Data Table "${TABLE}".`);
}
