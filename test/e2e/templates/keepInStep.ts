import { GHL_WEBHOOK_PUBLIC_KEY, SANDBOX } from '../../../sandbox';
import type { LoggedRequest } from '../../../sandbox';
import { errorOf, itemsOf } from '../../../tools/n8n/executions';
import type { WorkflowFile } from '../../../tools/n8n/workflow';
import { setField, until, type Imported, type Rig } from './rig';

const NAME = 'keep-both-systems-in-step-in-near-real-time';
const RECONCILE = 'reconcile-ghl-contacts-and-heyreach-leads';
const WAITING = 'Sync waiting';
/** 15 leads, each of them a contact. */
const LIST = { id: 2003, name: 'Event guests' };
const EVENTS = ['ContactCreate', 'ContactUpdate', 'ContactTagUpdate', 'ContactDelete'];

export function keepInStepTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let imported: Imported;
	const off: Array<() => Promise<void>> = [];

	beforeAll(async () => {
		rig = getRig();
		rig.sandbox.reset();
		const syncList = await newList('For the sync alone');
		const reconcile = await rig.template(RECONCILE, (file) => {
			setField(file, 'Your settings', 'lists', LIST.name);
			setField(file, 'Your settings', 'dryRun', false);
			setField(file, 'Your settings', 'syncListId', String(syncList));
			mapToHeyReach(file, 'source', 'ghl_source');
		});
		imported = await rig.template(NAME, setUp);
		await rig.runFrom(imported.workflow, 'Run once to set up');
		// New settings are shown first, and carried out by the second run.
		for (let runs = 0; runs < 2; runs++) await rig.runFrom(reconcile.workflow, 'By hand');
		for (const { workflow } of [reconcile, imported]) off.push(await rig.on(workflow));
		const url = await rig.client.webhookUrl(imported.workflow, 'GHL Trigger');
		await rig.client.waitForWebhook(url);
		rig.sandbox.ghlWebhooks.subscription = { url, events: EVENTS };
	}, 120_000);

	afterAll(async () => {
		rig.sandbox.ghlWebhooks.subscription = undefined;
		for (const turnOff of off) await turnOff();
	});

	/** What the yellow note asks for; and the clock at rest, for the tests are the clock. */
	function setUp({ nodes }: WorkflowFile): void {
		for (const node of nodes) {
			const { type, parameters } = node;
			if (type.endsWith('.ghlTrigger')) parameters.options = { publicKeys: GHL_WEBHOOK_PUBLIC_KEY };
			if (type.endsWith('.heyReachPollingTrigger')) parameters.lists = [LIST.id];
			if (type.endsWith('PollingTrigger')) {
				delete node.disabled;
				parameters.pollTimes = { item: [{ mode: 'everyWeek', weekday: '0', hour: 3, minute: 0 }] };
			}
			if (type.endsWith('.scheduleTrigger'))
				parameters.rule = { interval: [{ field: 'weeks', triggerAtDay: [0], triggerAtHour: 3 }] };
		}
	}

	/** A row of the field table that carries a field of HighLevel to a custom field of the lead. */
	function mapToHeyReach({ nodes }: WorkflowFile, ghlField: string, heyReachCustomField: string) {
		const { parameters } = nodes.find(({ name }) => name === 'Plan')!;
		(parameters.fieldMapping as { rows: object[] }).rows.push({
			ghlField,
			heyReachField: 'custom',
			heyReachCustomField,
			direction: 'AtoB',
			rule: 'A',
		});
	}

	async function newList(name: string): Promise<number> {
		const answer = await fetch(`${rig.sandbox.heyReachUrl}/list/CreateEmptyList`, {
			method: 'POST',
			headers: { 'X-API-KEY': SANDBOX.heyReachKey, 'Content-Type': 'application/json' },
			body: JSON.stringify({ name, type: 'USER_LIST' }),
		});
		return ((await answer.json()) as { id: number }).id;
	}

	/** A lead of the list and its contact. */
	function pair(number: number) {
		const { state } = rig.sandbox;
		const { linkedinId } = state.lists.get(LIST.id)!.members[number];
		const lead = state.leads.get(linkedinId)!;
		const address = lead.profileUrl.replace(/\/*$/, '/');
		const contact = [...state.contacts.values()].find(({ customFields }) =>
			customFields.some(({ value }) => value === address),
		)!;
		return { lead, contactId: contact.id };
	}

	/** Changes a contact over the API: HighLevel then tells GHL Trigger of it. */
	async function editContact(contactId: string, body: object): Promise<void> {
		const answer = await fetch(`${rig.sandbox.ghlUrl}/contacts/${contactId}`, {
			method: 'PUT',
			headers: {
				Authorization: `Bearer ${SANDBOX.privateToken}`,
				Version: '2021-07-28',
				'Content-Type': 'application/json',
			},
			body: JSON.stringify(body),
		});
		expect(answer.status).toBe(200);
	}

	const waiting = async () => await rig.tables.rows(WAITING);
	const isWaiting = async (recordId: string) =>
		await until(`${recordId} to wait`, async () =>
			(await waiting()).some((row) => row.recordId === recordId),
		);
	const drain = async () => await rig.runFrom(imported.workflow, 'Every minute');
	const polled = async () => await rig.runFrom(imported.workflow, 'HeyReach Polling Trigger');

	const isWrite = ({ service, method, path }: LoggedRequest) =>
		service === 'highlevel'
			? method !== 'GET' && !path.endsWith('/search')
			: /Add|Replace|Delete|Create|Stop/.test(path);
	const writes = () => rig.sandbox.requests.list().filter(isWrite);
	const customOf = (contactId: string, name: string) => {
		const { state } = rig.sandbox;
		const field = [...state.customFields.values()].find((one) => one.name === name);
		const values = state.contacts.get(contactId)?.customFields ?? [];
		return values.find(({ id }) => id === field?.id)?.value;
	};
	const enrolled = () =>
		[...rig.sandbox.state.campaigns.values()].map(({ id, leads }) => [id, leads.length]);

	it('brings an edit in HighLevel to the lead, and reads and writes nothing else', async () => {
		const { lead, contactId } = pair(3);
		const campaigns = enrolled();
		await editContact(contactId, { source: 'Trade fair' });
		await isWaiting(contactId);
		rig.sandbox.requests.clear();
		await drain();
		expect(lead.customFields).toContainEqual({ name: 'ghl_source', value: 'Trade fair' });
		const [write, ...others] = writes();
		expect(others).toEqual([]);
		expect(write.body).toMatchObject({
			leads: [
				{
					profileUrl: expect.stringContaining(lead.profileUrl),
					customUserFields: [{ name: 'ghl_source', value: 'Trade fair' }],
				},
			],
		});
		const read = rig.sandbox.requests.list({ service: 'highlevel' }).map(({ path }) => path);
		expect(new Set(read.filter((path) => path.startsWith('/contacts')))).toEqual(
			new Set([`/contacts/${contactId}`]),
		);
		expect(enrolled()).toEqual(campaigns);
		expect(await rig.tables.rows('Sync audit')).toContainEqual(
			expect.objectContaining({ aId: contactId, side: 'B', after: 'Trade fair', applied: 'ok' }),
		);
		expect(await waiting()).toEqual([]);
	}, 60_000);

	it('carries edits of both sides at once, and comes to rest when its own writes come back', async () => {
		const { lead, contactId } = pair(0);
		lead.position = 'Head of Everything';
		await polled();
		await editContact(contactId, { source: 'Webinar' });
		for (const id of [lead.linkedinId, contactId]) await isWaiting(id);
		rig.sandbox.requests.clear();
		await drain();
		expect(customOf(contactId, 'Job title')).toBe('Head of Everything');
		expect(lead.customFields).toContainEqual({ name: 'ghl_source', value: 'Webinar' });
		const written = writes().map(({ path }) => path);
		expect(written.sort()).toEqual([`/contacts/${contactId}`, '/list/AddLeadsToListV2']);

		await isWaiting(contactId);
		await polled();
		for (let minutes = 0; minutes < 2; minutes++) await drain();
		expect(writes()).toHaveLength(2);
		expect(await waiting()).toEqual([]);
	}, 60_000);

	it('hears of contacts by polling too, for those without an app', async () => {
		await rig.runFrom(imported.workflow, 'GHL Polling Trigger');
		const ids = (await waiting()).map(({ system, recordId }) => [system, recordId]);
		expect(ids.length).toBeGreaterThan(0);
		for (const [system, id] of ids) {
			expect(system).toBe('GHL');
			expect([...rig.sandbox.state.contacts.keys()]).toContain(id);
		}
		await drain();
		expect(await waiting()).toEqual([]);
	}, 60_000);

	it('keeps an id that changes again while it is worked on', async () => {
		const { lead, contactId } = pair(4);
		await editContact(contactId, { source: 'First' });
		await isWaiting(contactId);
		const [{ at: first }] = await waiting();
		// The lead is read after the contact.
		rig.sandbox.faults.add({ kind: 'delay', path: 'GetListsForLead', delayMs: 1_500 });
		rig.sandbox.requests.clear();
		const draining = drain();
		await until('the contact to be read', () =>
			rig.sandbox.requests.list().some((one) => one.path === `/contacts/${contactId}`),
		);
		await editContact(contactId, { source: 'Second' });
		await until('the later time', async () => (await waiting())[0]?.at !== first);
		await draining;
		expect(lead.customFields).toContainEqual({ name: 'ghl_source', value: 'First' });
		expect((await waiting()).map(({ recordId }) => recordId)).toEqual([contactId]);
		await drain();
		expect(lead.customFields).toContainEqual({ name: 'ghl_source', value: 'Second' });
		expect(await waiting()).toEqual([]);
	}, 60_000);

	it('waits while another run has the lease', async () => {
		const { lead, contactId } = pair(5);
		await editContact(contactId, { source: 'Later' });
		await isWaiting(contactId);
		const lease = (expiresAt: Date) =>
			rig.tables.change('Sync lease', { key: 'reconcile' }, { expiresAt: expiresAt.toISOString() });
		await lease(new Date(Date.now() + 60_000));
		rig.sandbox.requests.clear();
		await drain();
		expect(writes()).toEqual([]);
		expect((await waiting()).map(({ recordId }) => recordId)).toEqual([contactId]);
		await lease(new Date(Date.now() - 1_000));
		await drain();
		expect(lead.customFields).toContainEqual({ name: 'ghl_source', value: 'Later' });
		expect(await waiting()).toEqual([]);
	}, 60_000);

	it('passes over a contact that was deleted meanwhile, and people who are not linked', async () => {
		const { lead, contactId } = pair(6);
		const stranger = [...rig.sandbox.state.contacts.values()].find(
			({ customFields, locationId }) =>
				customFields.length === 0 && locationId === SANDBOX.locationId,
		)!;
		await editContact(contactId, { source: 'Too late' });
		await editContact(stranger.id, { source: 'Nobody' });
		for (const id of [contactId, stranger.id]) await isWaiting(id);
		rig.sandbox.state.deleteContact(contactId);
		const before = structuredClone(lead);
		rig.sandbox.requests.clear();
		await drain();
		expect(writes()).toEqual([]);
		expect(lead).toEqual(before);
		expect(await waiting()).toEqual([]);
	}, 60_000);

	it('tries again what could not be read or written, and in the end leaves it to the daily run', async () => {
		const [one, two, three] = [pair(7), pair(8), pair(9)];
		for (const { contactId } of [one, two, three])
			await editContact(contactId, { source: 'At last' });
		for (const { contactId } of [one, two, three]) await isWaiting(contactId);
		const refuse = (path: string, contains: string) =>
			rig.sandbox.faults.add({ kind: 'status', status: 403, path, contains });
		refuse('/contacts/', one.contactId);
		refuse('AddLeadsToListV2', two.lead.profileUrl);
		refuse('GetListsForLead', three.lead.linkedinId);
		await drain();
		const left = await waiting();
		expect(left.map(({ recordId, tries }) => [recordId, tries]).sort()).toEqual(
			[one, two, three].map(({ contactId }) => [contactId, 1]).sort(),
		);
		await rig.tables.change(WAITING, { recordId: three.contactId }, { tries: 9 });
		refuse('GetListsForLead', three.lead.linkedinId);
		await drain();
		for (const { lead } of [one, two])
			expect(lead.customFields).toContainEqual({ name: 'ghl_source', value: 'At last' });
		expect(await waiting()).toEqual([]);
	}, 60_000);

	it('stops at more changes than a working day brings', async () => {
		const at = new Date().toISOString();
		const rows = Array.from({ length: 501 }, (_, number) => ({
			...{ system: 'GHL', recordId: `contact${number}`, at, tries: 0 },
		}));
		await rig.tables.add(WAITING, rows);
		rig.sandbox.requests.clear();
		const id = await rig.client.run(imported.workflow.id, 'Every minute');
		const execution = await rig.client.waitForExecution(id);
		expect(errorOf(execution)?.message).toMatch(/^More than 500 records changed at once/);
		expect(itemsOf(execution, 'Run the sync')).toEqual([]);
		expect(rig.sandbox.requests.list()).toEqual([]);
		await rig.tables.empty(WAITING);
	}, 60_000);
}
