import { GHL_WEBHOOK_PUBLIC_KEY, SANDBOX } from '../../../sandbox';
import type { LoggedRequest } from '../../../sandbox';
import { errorOf } from '../../../tools/n8n/executions';
import type { WorkflowFile } from '../../../tools/n8n/workflow';
import { setField, type Imported, type Rig } from './rig';
import { until } from '../support/waiting';

const NAME = 'keep-both-systems-in-step-in-near-real-time';
const RECONCILE = 'reconcile-ghl-contacts-and-heyreach-leads';
const WAITING = 'Contact Sync waiting';
const RUNS = 'Contact Sync runs';
/** 15 leads, each of them a contact. */
const LIST = { id: 2003, name: 'Event guests' };
const EVENTS = ['ContactCreate', 'ContactUpdate', 'ContactTagUpdate', 'ContactDelete'];

export function keepInStepTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let imported: Imported;
	let reconcile: Imported;
	let setUp: Imported;
	let off: (() => Promise<void>) | undefined;

	beforeAll(async () => {
		rig = getRig();
		rig.sandbox.reset();
		setUp = await rig.template('set-up-contact-sync');
		await rig.runFrom(setUp.workflow, 'Run once to set up');
		for (const table of [RUNS, WAITING, 'Contact Sync links', 'Contact Sync audit', 'Clients'])
			await rig.tables.empty(table);
		await rig.runFrom(setUp.workflow, 'Run once to set up');
		const syncList = await newList('For the sync alone');
		reconcile = await rig.template(RECONCILE, (file) => {
			setField(file, 'Your settings', 'lists', LIST.name);
			setField(file, 'Your settings', 'dryRun', false);
			setField(file, 'Your settings', 'syncListId', String(syncList));
			mapToHeyReach(file, 'source', 'ghl_source');
			keepRuns(file);
		});
		imported = await rig.template(NAME, (file) => setUpKeepInStep(file, syncList));
		// New settings are shown first, and carried out by the second run.
		for (let runs = 0; runs < 2; runs++) await rig.runFrom(reconcile.workflow, 'Every day');
		off = await rig.on(imported.workflow);
		const url = await rig.client.webhookUrl(imported.workflow, 'GHL Trigger');
		await rig.client.waitForWebhook(url);
		rig.sandbox.ghlWebhooks.subscription = { url, events: EVENTS };
	}, 180_000);

	afterAll(async () => {
		await rig.tables.empty('Clients');
		rig.sandbox.ghlWebhooks.subscription = undefined;
		await off?.();
	});

	/** What the yellow note asks for; and the clock at rest, for the tests are the clock. */
	function setUpKeepInStep(file: WorkflowFile, syncList: number): void {
		keepRuns(file);
		for (const { type, parameters } of file.nodes) {
			if (type.endsWith('.ghlTrigger')) parameters.options = { publicKeys: GHL_WEBHOOK_PUBLIC_KEY };
			if (type.endsWith('.heyReachPollingTrigger')) {
				parameters.lists = [LIST.id];
				parameters.pollTimes = { item: [{ mode: 'everyWeek', weekday: '0', hour: 3, minute: 0 }] };
			}
			if (type.endsWith('.scheduleTrigger'))
				parameters.rule = { interval: [{ field: 'weeks', triggerAtDay: [0], triggerAtHour: 3 }] };
			if (parameters.operation === 'apply')
				parameters.listId = { __rl: true, mode: 'id', value: String(syncList) };
		}
	}

	/** n8n keeps the good runs too, for the tests wait for them. */
	function keepRuns(file: WorkflowFile): void {
		file.settings = { executionOrder: 'v1' };
	}

	/** A row of the field table that carries a field of HighLevel to a custom field of the lead. */
	function mapToHeyReach({ nodes }: WorkflowFile, ghlField: string, heyReachCustomField: string) {
		const { parameters } = nodes.find(({ name }) => name === 'Contact Sync: Plan')!;
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
	const drain = async () => await rig.runFrom(imported.workflow, 'Twice a minute');
	const polled = async () => await rig.runFrom(imported.workflow, 'HeyReach Polling Trigger');
	const lease = async (more: { holder: string; until: string }) =>
		await rig.tables.change(RUNS, { location: '', workspace: '' }, more);

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
		expect(writes().map(({ path }) => path)).toEqual(['/list/AddLeadsToListV2']);
		const read = rig.sandbox.requests.list({ service: 'highlevel' }).map(({ path }) => path);
		expect(new Set(read.filter((path) => path.startsWith('/contacts')))).toEqual(
			new Set([`/contacts/${contactId}`]),
		);
		expect(enrolled()).toEqual(campaigns);
		expect(await rig.tables.rows('Contact Sync audit')).toContainEqual(
			expect.objectContaining({ aId: contactId, side: 'B', after: 'Trade fair', applied: 'ok' }),
		);
		expect(await waiting()).toEqual([]);
		const [{ holder, progress }] = await rig.tables.rows(RUNS);
		expect({ holder, isProgress: String(progress).length > 10 }).toEqual({
			holder: '',
			isProgress: true,
		});
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
		for (let runs = 0; runs < 2; runs++) await drain();
		expect(writes()).toHaveLength(2);
		expect(await waiting()).toEqual([]);
	}, 60_000);

	it('keeps what changes again while it is worked on', async () => {
		const { lead, contactId } = pair(4);
		await editContact(contactId, { source: 'First' });
		await isWaiting(contactId);
		const [{ id: first }] = await waiting();
		rig.sandbox.faults.add({ kind: 'delay', path: 'AddLeadsToListV2', delayMs: 1_500 });
		rig.sandbox.requests.clear();
		const draining = drain();
		await until('the lead to be written', () =>
			rig.sandbox.requests.list().some((one) => one.path.endsWith('AddLeadsToListV2')),
		);
		await editContact(contactId, { source: 'Second' });
		await until('the second change', async () => (await waiting()).some(({ id }) => id !== first));
		await draining;
		expect((await waiting()).map(({ recordId }) => recordId)).toEqual([contactId]);
		await drain();
		expect(lead.customFields).toContainEqual({ name: 'ghl_source', value: 'Second' });
		expect(await waiting()).toEqual([]);
	}, 60_000);

	it('waits while another run has the lease', async () => {
		const { lead, contactId } = pair(5);
		await editContact(contactId, { source: 'Later' });
		await isWaiting(contactId);
		await lease({ holder: 'a full run', until: new Date(Date.now() + 60_000).toISOString() });
		rig.sandbox.requests.clear();
		await drain();
		expect(rig.sandbox.requests.list()).toEqual([]);
		expect((await waiting()).map(({ recordId }) => recordId)).toEqual([contactId]);
		await lease({ holder: '', until: new Date(Date.now() - 1_000).toISOString() });
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

	it('leaves a run that fails on the list, and tries again when its lease is over', async () => {
		const { lead, contactId } = pair(7);
		await editContact(contactId, { source: 'At last' });
		await isWaiting(contactId);
		rig.sandbox.faults.add({ kind: 'status', status: 401, path: '/list/' });
		const id = await rig.client.run(imported.workflow.id, 'Twice a minute');
		const failed = await rig.client.waitForExecution(id);
		expect(errorOf(failed)?.message).toBe('HeyReach does not accept the API key');
		expect((await waiting()).map(({ recordId }) => recordId)).toEqual([contactId]);
		rig.sandbox.faults.clear();
		await lease({ holder: id, until: new Date(Date.now() - 1_000).toISOString() });
		await drain();
		expect(lead.customFields).toContainEqual({ name: 'ghl_source', value: 'At last' });
		expect(await waiting()).toEqual([]);
	}, 60_000);

	it('leaves 300 changes at once to the daily run, and drops what no client wants', async () => {
		const rows = (count: number, service: string, account: string) =>
			Array.from({ length: count }, (_, number) => ({
				...{ service, account, recordId: `${service}${number}` },
			}));
		await rig.tables.add(WAITING, [
			...rows(3, 'HeyReach', 'A workspace of nobody'),
			...rows(300, 'GHL', SANDBOX.locationId),
		]);
		rig.sandbox.requests.clear();
		for (let runs = 0; runs < 2; runs++) await drain();
		expect(rig.sandbox.requests.list()).toEqual([]);
		expect(await waiting()).toEqual([]);
	}, 120_000);

	it('serves the client whose location the event names, and no other', async () => {
		const client = { client: 'Bright Dental', location_id: SANDBOX.locationId, workspace: '' };
		await rig.tables.add('Clients', [
			{ ...client, sync: true },
			{ client: 'Waits', location_id: SANDBOX.otherLocationId, workspace: '', sync: false },
		]);
		await rig.runFrom(setUp.workflow, 'Run once to set up');
		for (let runs = 0; runs < 2; runs++) await rig.runFrom(reconcile.workflow, 'Every day');
		const { lead, contactId } = pair(8);
		await editContact(contactId, { source: 'Of a client' });
		await isWaiting(contactId);
		await rig.tables.add(WAITING, [
			{ service: 'GHL', account: SANDBOX.otherLocationId, recordId: contactId },
		]);
		await drain();
		expect(lead.customFields).toContainEqual({ name: 'ghl_source', value: 'Of a client' });
		expect(await waiting()).toEqual([]);
		const audit = await rig.tables.rows('Contact Sync audit');
		expect(audit.at(-1)).toMatchObject({ location: SANDBOX.locationId, after: 'Of a client' });
		const ofClient = (await rig.tables.rows(RUNS)).find(({ location }) => location !== '');
		expect(ofClient).toMatchObject({ client: 'Bright Dental', holder: '' });
	}, 120_000);
}
