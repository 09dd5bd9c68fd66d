import { connectAgency, connectSandbox } from '../../tools/n8n/connect';
import { CLIENTS, fillClients } from '../../tools/clients';
import { DataTables } from '../../tools/n8n/dataTables';
import { errorOf, itemsOf, type Execution } from '../../tools/n8n/executions';
import type { WorkflowFile } from '../../tools/n8n/workflow';
import type { LinkRow } from '../../nodes/ContactSync/reconcile';
import { expectSuccess, planned, Reconcile, SYNC_SANDBOX } from './support/reconcile';
import { STACK_TIMEOUT_MS, startStack, type Stack } from './support/stack';

// An agency with three clients: one workflow keeps each pair of accounts in step, one after the other.
const [BRIGHT, CEDAR, DELTA] = CLIENTS;
const FIELDS = ['LinkedIn profile', 'LinkedIn member id', 'Job title'];
const AGENCY_NODES = /\.(contactSync|ghlContacts)$/;

let stack: Stack;
let tables: DataTables;
let sync: Reconcile;

/** What the yellow notes ask of an agency: its one connection. */
function asAgency({ nodes }: WorkflowFile): void {
	for (const { type, parameters } of nodes)
		if (AGENCY_NODES.test(type)) parameters.authentication = 'oAuth2';
}

beforeAll(async () => {
	stack = await startStack({
		sandbox: { ...SYNC_SANDBOX, agency: { locations: CLIENTS.length }, heyReachClients: true },
	});
	const { client, sandbox } = stack;
	tables = new DataTables(client);
	await fillClients(client);
	for (const { name } of CLIENTS) await tables.change('Clients', { client: name }, { sync: true });
	const locationIds = CLIENTS.map(({ locationId }) => locationId);
	const credentials = {
		...(await connectSandbox(client, sandbox, CLIENTS)),
		ghlOAuth2Api: await connectAgency(client, sandbox, locationIds),
	};
	const { customFields } = sandbox.state;
	for (const [id, { name }] of customFields) if (FIELDS.includes(name)) customFields.delete(id);
	sync = await Reconcile.import(stack, { credentials, change: asAgency });
	await sync.configure({ dryRun: false, createInGhl: true }, { previewNewSettings: false });
}, STACK_TIMEOUT_MS);

afterAll(async () => await stack?.close(), 30_000);

const contactsIn = (locationId: string) =>
	[...stack.sandbox.state.contacts.values()].filter((one) => one.locationId === locationId);
const leadsIn = (workspaceId: number) => [
	...stack.sandbox.state.workspace(workspaceId).leads.values(),
];
const linksOf = async ({ locationId, name }: (typeof CLIENTS)[number]): Promise<LinkRow[]> =>
	(await sync.linked()).filter(
		({ location, workspace }) => location === locationId && workspace === name,
	);
const startOf = ({ startedAt }: Execution) => Date.parse(startedAt);

/** Each lead of the client is a contact of the client, and its links lead to records of the client alone. */
async function expectInStep(client: (typeof CLIENTS)[number]): Promise<void> {
	const links = await linksOf(client);
	const leads = leadsIn(client.workspaceId).map(({ linkedinId }) => linkedinId);
	const contacts = contactsIn(client.locationId).map(({ id }) => id);
	expect(links.map(({ bId }) => bId).sort()).toEqual([...leads].sort());
	for (const { aId } of links) expect(contacts).toContain(aId);
}

it('is set up for each client: the custom fields in its location, and its row in Contact Sync runs', async () => {
	for (const { locationId } of CLIENTS) {
		const names = [...stack.sandbox.state.customFields.values()]
			.filter((field) => field.locationId === locationId)
			.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(FIELDS));
	}
	const rows = (await sync.runs()).map(({ client, location, workspace }) => [
		...[client, location, workspace],
	]);
	expect(rows.sort()).toEqual(CLIENTS.map((one) => [one.name, one.locationId, one.name]).sort());
	await sync.prepare();
	expect(await sync.runs()).toHaveLength(CLIENTS.length);
}, 60_000);

it('serves one client after the other, and a client that fails does not stop the next', async () => {
	stack.sandbox.state.pausedLocations.add(CEDAR.locationId);
	const before = JSON.stringify(contactsIn(CEDAR.locationId));
	const { report, clients } = await sync.runAll();
	const [bright, cedar, delta] = clients;
	expect(clients).toHaveLength(3);
	for (const one of [bright, delta]) expectSuccess(one);
	expect(errorOf(cedar)).toBeDefined();
	expect(startOf(cedar)).toBeGreaterThanOrEqual(Date.parse(bright.stoppedAt ?? ''));
	expect(startOf(delta)).toBeGreaterThanOrEqual(Date.parse(cedar.stoppedAt ?? ''));
	const lines = report.split('\n');
	expect(lines).toHaveLength(3);
	expect(lines[0]).toMatch(/^Bright Dental: (?!stopped)/);
	expect(lines[1]).toMatch(/^Cedar Fitness: stopped by an error: .*paused/);
	expect(lines[2]).toMatch(/^Delta Roofing: (?!stopped)/);
	for (const client of [BRIGHT, DELTA]) await expectInStep(client);
	expect(JSON.stringify(contactsIn(CEDAR.locationId))).toBe(before);
	expect(await linksOf(CEDAR)).toEqual([]);
}, 180_000);

it('goes on with the client that failed, and the others rest', async () => {
	stack.sandbox.state.pausedLocations.delete(CEDAR.locationId);
	// A run that failed has its lease until the hour is over, or until a person ends it.
	const held = await sync.runAll();
	expect(held.report).toContain('Cedar Fitness: nothing was done here: another run is under way');
	await sync.edit('Contact Sync runs', 'client', CEDAR.name, { until: new Date(0).toISOString() });
	const { clients } = await sync.runAll();
	clients.forEach(expectSuccess);
	expect(clients.map(planned).map((count) => count > 0)).toEqual([false, true, false]);
	for (const client of CLIENTS) await expectInStep(client);
	for (const [at, row] of (await sync.runs()).entries())
		expect({ at, row }).toMatchObject({ at, row: { holder: '', summary: row.progress } });
}, 180_000);

it('keeps the rows of each client apart, in all tables', async () => {
	const places = CLIENTS.map(({ locationId, name }) => `${locationId} ${name}`);
	for (const table of ['Contact Sync links', 'Contact Sync audit', 'Contact Sync review']) {
		const rows = await sync.rowsOf<{ location: string; workspace: string }>(table);
		for (const { location, workspace } of rows)
			expect(places).toContain(`${location} ${workspace}`);
	}
	// Two people are leads of two clients: each has a contact of its own in both locations.
	const [one, other] = [BRIGHT, CEDAR].map(({ workspaceId }) => leadsIn(workspaceId));
	const shared = one.filter((lead) =>
		other.some(({ linkedinId }) => linkedinId === lead.linkedinId),
	);
	expect(shared.length).toBeGreaterThan(0);
	for (const { linkedinId } of shared) {
		const contacts = (await sync.linked()).filter(({ bId }) => bId === linkedinId);
		expect(new Set(contacts.map(({ aId }) => aId)).size).toBe(2);
	}
}, 60_000);

it('leaves out a client whose column sync is off, and takes the lists that its row names', async () => {
	await tables.change('Clients', { client: DELTA.name }, { sync: false });
	await tables.change(
		'Clients',
		{ client: BRIGHT.name },
		{ sync_lists: 'Bright Dental: partners' },
	);
	const { outer, clients } = await sync.runAll();
	clients.forEach(expectSuccess);
	const ran = itemsOf(outer, 'Run each client').map(({ json }) => json.client);
	expect(ran).toEqual([BRIGHT.name, CEDAR.name]);
	const [{ json: portion }] = itemsOf(clients[0], 'Contact Sync: Plan', 2);
	expect(portion.lists).toEqual([2102]);
}, 120_000);
