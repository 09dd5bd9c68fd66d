import fc from 'fast-check';
import { GHL_WEBHOOK_PUBLIC_KEY, SANDBOX } from '../../sandbox';
import { connectSandbox } from '../../tools/n8n/connect';
import { errorOf, itemsOf, type Execution } from '../../tools/n8n/executions';
import { consent } from '../../tools/n8n/signIn';
import type { CredentialRef, StoredWorkflow } from '../../tools/n8n/workflow';
import { startSignIn } from './support/oauthDance';
import { STACK_TIMEOUT_MS } from './support/stack';
import { expectGreen, startRig, type Rig } from './templates/rig';
import { until } from './support/waiting';

const CLIENTS = 'Clients';
const [BRIGHT, CEDAR, DELTA] = SANDBOX.heyReachClients;
const OWN = { name: '', workspaceId: SANDBOX.heyReachWorkspaceId };
const TAGS = {
	CONNECTION_REQUEST_ACCEPTED: 'linkedin-connected',
	EVERY_MESSAGE_REPLY_RECEIVED: 'linkedin-replied',
} as const;
type Event = keyof typeof TAGS;
const EVENTS: Event[] = ['CONNECTION_REQUEST_ACCEPTED', 'EVERY_MESSAGE_REPLY_RECEIVED'];

/** An event of HeyReach: its kind, the workspace it happens in, and which of the leads there. */
type Mixed = [event: Event, workspace: number, lead: number];

let rig: Rig;
let credentials: Record<string, CredentialRef>;
/** Where the contacts of a client are, by the id of its workspace. */
let places: Map<number, string>;

const row = (client: string, more: object) => ({
	...{ client, location_id: '', workspace: client, tag: true, route: true, stop: true },
	...more,
});

/** A template as an agency imports it: with its one connection, and nothing else opened. */
async function imported(name: string): Promise<StoredWorkflow> {
	const { workflow } = await rig.template(
		name,
		(file) => {
			for (const node of file.nodes) {
				if ('authentication' in node.parameters && node.type.endsWith('.ghlContacts'))
					node.parameters.authentication = 'oAuth2';
				if (node.type.endsWith('.ghlTrigger'))
					node.parameters.options = { publicKeys: GHL_WEBHOOK_PUBLIC_KEY };
			}
		},
		credentials,
	);
	return workflow;
}

/** Turns a workflow on, and waits for its webhooks in each workspace. */
async function on(workflow: StoredWorkflow): Promise<void> {
	await rig.client.activate(workflow.id);
	if (!workflow.nodes.some(({ type }) => type.endsWith('.heyReachTrigger'))) return;
	for (const { workspaceId } of [OWN, BRIGHT, CEDAR, DELTA]) {
		const { webhooks } = rig.sandbox.state.workspace(workspaceId);
		await until('the webhooks in HeyReach', () => webhooks.size === EVENTS.length);
	}
	await rig.client.waitForWebhook(await rig.client.webhookUrl(workflow, 'HeyReach Trigger'));
}

async function off(workflow: StoredWorkflow): Promise<void> {
	await rig.client.deactivate(workflow.id);
	for (const { workspaceId } of [OWN, BRIGHT, CEDAR, DELTA]) {
		const { webhooks } = rig.sandbox.state.workspace(workspaceId);
		await until('the webhooks to go', () => webhooks.size === 0);
	}
}

const leadOf = (workspace: number, number: number) =>
	[...rig.sandbox.state.workspace(workspace).leads.values()][number];

/** Sends an event to the workspace it happens in, and gives the execution that it starts. */
async function happens(
	{ id }: StoredWorkflow,
	[eventType, workspaceId, number]: Mixed,
): Promise<Execution> {
	const [newest] = await rig.client.executions(id);
	const { linkedinId } = leadOf(workspaceId, number);
	await rig.sandbox.sendHeyReachEvent({ eventType, workspaceId, leadId: linkedinId });
	const [execution] = await rig.client.waitForExecutions(id, { after: newest?.id });
	return execution;
}

const contactsIn = (locationId: string) =>
	[...rig.sandbox.state.contacts.values()].filter((contact) => contact.locationId === locationId);

/** The contacts of a location that HeyReach has brought there: their tags by LinkedIn profile. */
function broughtTo(locationId: string): Record<string, string[]> {
	const field = [...rig.sandbox.state.customFields.values()].find(
		(one) => one.locationId === locationId && one.name === 'LinkedIn profile',
	);
	const brought = contactsIn(locationId).filter(({ source }) => source === 'HeyReach');
	const profile = ({ customFields }: (typeof brought)[number]) =>
		String(customFields.find(({ id }) => id === field?.id)?.value);
	return Object.fromEntries(brought.map((contact) => [profile(contact), [...contact.tags].sort()]));
}

/** All contacts that no event has brought, which none may touch. */
const strangers = () =>
	structuredClone(
		[...rig.sandbox.state.contacts.values()].filter(({ source }) => source !== 'HeyReach'),
	);

const fieldNames = (location: string) =>
	[...rig.sandbox.state.customFields.values()]
		.filter(({ locationId, name }) => locationId === location && name.startsWith('LinkedIn'))
		.map(({ name }) => name)
		.sort();

beforeAll(async () => {
	rig = await startRig({ heyReachClients: true });
	const { client, sandbox } = rig;
	const locationIds = [SANDBOX.locationId, SANDBOX.otherLocationId];
	const { credential, signIn } = await startSignIn(client, sandbox);
	expect(await consent(client, signIn, { user: 'agency', locationIds })).toMatch(/^200/);
	credentials = {
		...(await connectSandbox(client, sandbox, [BRIGHT, CEDAR, DELTA])),
		ghlOAuth2Api: credential,
	};
	places = new Map([
		[BRIGHT.workspaceId, SANDBOX.locationId],
		[CEDAR.workspaceId, SANDBOX.otherLocationId],
	]);
}, STACK_TIMEOUT_MS);
afterAll(async () => await rig?.close(), 30_000);

describe('Tag', () => {
	let workflow: StoredWorkflow;
	const expected = new Map<string, Record<string, string[]>>();

	const expectState = () => {
		for (const [locationId, tags] of expected)
			expect({ locationId, tags: broughtTo(locationId) }).toEqual({ locationId, tags });
	};

	beforeAll(async () => {
		workflow = await imported('tag-ghl-contacts-from-heyreach-activity');
		for (const locationId of places.values()) expected.set(locationId, {});
	}, 60_000);
	afterAll(async () => await off(workflow), 60_000);

	it('makes the table in the first run, and the custom fields in each location after rows came', async () => {
		await rig.client.waitForExecution(await rig.client.run(workflow.id, 'Run once to set up'));
		expect(await rig.tables.rows(CLIENTS)).toEqual([]);
		// Written as a person writes it: the name in other letters, and with a space.
		await rig.tables.add(CLIENTS, [
			row('Bright Dental', { location_id: SANDBOX.locationId }),
			row('Cedar Fitness', {
				location_id: ` ${SANDBOX.otherLocationId}`,
				workspace: 'CEDAR fitness ',
			}),
			row('Delta Roofing', { location_id: 'of-nobody', tag: false, route: false, stop: false }),
		]);
		for (let run = 0; run < 2; run++) {
			await rig.runFrom(workflow, 'Run once to set up');
			for (const locationId of places.values())
				expect(fieldNames(locationId)).toEqual(['LinkedIn member id', 'LinkedIn profile']);
		}
		await on(workflow);
	}, 60_000);

	it('brings each event of a random mix to its own client, and none to another', async () => {
		const before = strangers();
		const anyEvent: fc.Arbitrary<Mixed> = fc.tuple(
			fc.constantFrom(...EVENTS),
			fc.constantFrom(...[BRIGHT, CEDAR, BRIGHT, CEDAR, DELTA, OWN].map((one) => one.workspaceId)),
			// The last two leads of Bright Dental are the first two of Cedar Fitness.
			fc.constantFrom(0, 1, 18, 19),
		);
		await fc.assert(
			fc.asyncProperty(fc.array(anyEvent, { minLength: 6, maxLength: 12 }), async (mix) => {
				for (const event of mix) {
					const execution = expectGreen(await happens(workflow, event));
					const [type, workspace, number] = event;
					const place = places.get(workspace);
					const isNobodys = itemsOf(execution, 'No client with tag on here').length === 1;
					expect(isNobodys).toBe(place === undefined);
					if (place === undefined) continue;
					const profile = leadOf(workspace, number).profileUrl.replace(/\/*$/, '/');
					const tags = expected.get(place) ?? {};
					tags[profile] = [...new Set([...(tags[profile] ?? []), TAGS[type]])].sort();
				}
				expectState();
			}),
			{ numRuns: 3, endOnFailure: true },
		);
		expect(strangers()).toEqual(before);
	}, 300_000);

	it('makes one person who is a lead of two clients a contact of each', async () => {
		const [type] = EVENTS;
		await happens(workflow, [type, BRIGHT.workspaceId, 18]);
		await happens(workflow, [type, CEDAR.workspaceId, 0]);
		const profile = leadOf(CEDAR.workspaceId, 0).profileUrl.replace(/\/*$/, '/');
		for (const [place, tags] of expected) {
			tags[profile] = [...new Set([...(tags[profile] ?? []), TAGS[type]])].sort();
			expect(Object.keys(broughtTo(place))).toContain(profile);
		}
		expectState();
		const audit = await rig.tables.rows('Audit trail');
		const records = new Set(audit.map(({ record }) => String(record).replace(/^.* of /, '')));
		expect([...records].sort()).toEqual(['Bright Dental', 'Cedar Fitness']);
	}, 60_000);

	it('writes nothing and says why where two rows fit one workspace', async () => {
		await rig.tables.add(CLIENTS, [
			row('Bright, second office', {
				location_id: SANDBOX.otherLocationId,
				workspace: BRIGHT.name,
			}),
		]);
		const execution = await happens(workflow, [EVENTS[0], BRIGHT.workspaceId, 5]);
		expect(errorOf(execution)?.message).toContain(
			`2 rows of the Data Table Clients are on for the HeyReach workspace "${BRIGHT.name}": Bright Dental, Bright, second office.`,
		);
		expectState();
		await rig.tables.change(
			CLIENTS,
			{ client: 'Bright, second office' },
			{ tag: false, route: false, stop: false, workspace: 'Closed' },
		);
	}, 60_000);
});

describe('Route', () => {
	const LOG = 'Lead routing log';
	const RULES = 'Lead routing rules';
	let workflow: StoredWorkflow;
	let users: string[];

	beforeAll(async () => {
		workflow = await imported('route-new-heyreach-leads-to-the-right-team');
		await rig.runFrom(workflow, 'Run once to set up');
		users = [...rig.sandbox.state.users.keys()];
		// The sales team of the agency works in both locations.
		for (const { roles } of rig.sandbox.state.users.values())
			roles.locationIds = [...places.values()];
		await rig.tables.empty(RULES);
		const rule = {
			...{ priority: 1, field: 'name', comparison: 'always', value: '', pipeline: '', stage: '' },
			...{ team: 'Sales', owner: `${users[0]}, ${users[1]}`, tags: 'for-all', task: 'Say hello' },
			dueDays: 1,
		};
		await rig.tables.add(RULES, [
			{ ...rule, priority: 5, client: null },
			{ ...rule, client: 'cedar fitness', tags: 'for-cedar' },
			{ ...rule, client: 'Somebody Else', tags: 'for-somebody-else' },
		]);
		await on(workflow);
	}, 60_000);
	afterAll(async () => await off(workflow), 60_000);

	const route = async (workspace: number, lead: number) =>
		expectGreen(await happens(workflow, [EVENTS[0], workspace, lead]));
	const logged = async () =>
		(await rig.tables.rows(LOG)).map(({ lead, team, turn, rule }) => ({ lead, team, turn, rule }));

	it('keeps rules, turns and what was routed apart by client', async () => {
		const before = strangers();
		// Leads 18 and 19 of Bright Dental are leads 0 and 1 of Cedar Fitness.
		await route(BRIGHT.workspaceId, 18);
		await route(CEDAR.workspaceId, 0);
		await route(CEDAR.workspaceId, 1);
		await route(BRIGHT.workspaceId, 19);
		// Each of them again, and a lead of nobody's.
		for (const number of [18, 19]) await route(BRIGHT.workspaceId, number);
		for (const number of [0, 1]) await route(CEDAR.workspaceId, number);
		const nobodys = await route(DELTA.workspaceId, 0);
		expect(itemsOf(nobodys, 'What to do')[0].json.do).toBe('No client');

		const [first, second] = [0, 1].map((number) => leadOf(CEDAR.workspaceId, number).linkedinId);
		const [bright, cedar] = [...places.values()];
		const routed = (location: string, lead: string, turn: string, name: string) => ({
			lead: `${location} | ${lead}`,
			team: `${location} | Sales`,
			turn,
			rule: `priority ${name === BRIGHT.name ? 5 : 1}: name always, for ${name}`,
		});
		expect(await logged()).toEqual([
			routed(bright, first, users[0], BRIGHT.name),
			routed(cedar, first, users[0], CEDAR.name),
			routed(cedar, second, users[1], CEDAR.name),
			routed(bright, second, users[1], BRIGHT.name),
		]);
		for (const [location, mine, theirs] of [
			[bright, 'for-all', 'for-cedar'],
			[cedar, 'for-cedar', 'for-all'],
		]) {
			const all = contactsIn(location);
			expect(all.filter(({ tags }) => tags.includes(mine))).toHaveLength(2);
			expect(all.filter(({ tags }) => tags.includes(theirs))).toEqual([]);
			const tasks = [...rig.sandbox.state.tasks.values()].filter(({ contactId }) =>
				all.some(({ id, tags }) => id === contactId && tags.includes(mine)),
			);
			expect(tasks.map(({ title }) => title)).toEqual(['Say hello', 'Say hello']);
		}
		const { contacts } = rig.sandbox.state;
		expect([...contacts.values()].some(({ tags }) => tags.includes('for-somebody-else'))).toBe(
			false,
		);
		expect(strangers()).toEqual(before);
	}, 120_000);
});

describe('Stop', () => {
	let workflow: StoredWorkflow;
	let url: string;

	beforeAll(async () => {
		workflow = await imported('stop-heyreach-when-the-prospect-answers-elsewhere');
		await rig.runFrom(workflow, 'Run once to set up');
		await on(workflow);
		url = await rig.client.webhookUrl(workflow, 'GHL Trigger');
		await rig.client.waitForWebhook(url);
	}, 60_000);
	afterAll(async () => await rig.client.deactivate(workflow.id), 60_000);

	/** The rows of the campaigns of a workspace, by lead: whether each is stopped. */
	const stopped = (workspaceId: number) =>
		[...rig.sandbox.state.workspace(workspaceId).campaigns.values()]
			.flatMap(({ leads }) => leads)
			.filter(({ manuallyStopped }) => manuallyStopped)
			.map(({ linkedinId }) => linkedinId);

	/** A contact answers; `location` is where the event says that it happened. */
	async function answers(contactId: string, location: string | undefined): Promise<Execution> {
		const [newest] = await rig.client.executions(workflow.id);
		const payload = { contactId, messageType: 'SMS', ...(location && { locationId: location }) };
		await rig.sandbox.ghlWebhooks.send({
			...{ type: 'InboundMessage', url, payload },
			...(location === undefined && { omit: ['locationId'] }),
		});
		const [execution] = await rig.client.waitForExecutions(workflow.id, { after: newest?.id });
		return execution;
	}

	it('stops a person in the workspace of the location that they answered in, and in no other', async () => {
		const [shared] = [...rig.sandbox.state.workspace(CEDAR.workspaceId).leads.values()];
		const profile = shared.profileUrl.replace(/\/*$/, '/');
		const [bright, cedar] = [...places.values()].map((location) =>
			contactsIn(location).find(({ source, customFields }) => {
				return source === 'HeyReach' && customFields.some(({ value }) => value === profile);
			}),
		);
		const own = stopped(OWN.workspaceId);
		expectGreen(await answers(cedar?.id ?? '', SANDBOX.otherLocationId));
		expect(new Set(stopped(CEDAR.workspaceId))).toEqual(new Set([shared.linkedinId]));
		expect(stopped(BRIGHT.workspaceId)).toEqual([]);
		expectGreen(await answers(bright?.id ?? '', SANDBOX.locationId));
		expect(new Set(stopped(BRIGHT.workspaceId))).toEqual(new Set([shared.linkedinId]));
		expect(stopped(OWN.workspaceId)).toEqual(own);
		const rows = await rig.tables.rows('HeyReach stops');
		expect(rows.map(({ lead, contactId }) => ({ lead, contactId }))).toEqual([
			{ lead: `${SANDBOX.otherLocationId} | CEDAR fitness | ${profile}`, contactId: cedar?.id },
			{ lead: `${SANDBOX.locationId} | ${BRIGHT.name} | ${profile}`, contactId: bright?.id },
		]);
	}, 60_000);

	it('stops nobody for a location without a row, and for an event that names none', async () => {
		const before = rig.sandbox.requests.list({ service: 'heyreach' }).length;
		for (const location of ['of-nobody', 'somewhere-else', undefined]) {
			const execution = expectGreen(await answers(contactsIn(SANDBOX.locationId)[0].id, location));
			expect(itemsOf(execution, 'Nothing to stop')[0]?.json.because).toMatch(
				/^No client with stop/,
			);
		}
		expect(rig.sandbox.requests.list({ service: 'heyreach' })).toHaveLength(before);
	}, 60_000);
});

describe('LinkedIn timeline and Understand replies', () => {
	let workflows: StoredWorkflow[];
	const REPLY = 'EVERY_MESSAGE_REPLY_RECEIVED';

	beforeAll(async () => {
		workflows = [];
		for (const name of ['linkedin-timeline', 'understand-replies'])
			workflows.push(await imported(name));
		const [timeline] = workflows;
		const settings = timeline.nodes.find(({ name }) => name === 'Your settings');
		const { assignments } = settings?.parameters.assignments as {
			assignments: Array<{ name: string; value: unknown }>;
		};
		for (const one of assignments) if (one.name === 'waitSeconds') one.value = 0.2;
		workflows[0] = await rig.client.importWorkflow(timeline, credentials, timeline.id);
		await rig.runFrom(workflows[0], 'Run once to set up');
		for (const { id } of workflows) await rig.client.activate(id);
		for (const { workspaceId } of [OWN, BRIGHT, CEDAR, DELTA]) {
			const { webhooks } = rig.sandbox.state.workspace(workspaceId);
			await until('the webhooks in HeyReach', () => webhooks.size === 6);
		}
	}, 60_000);
	afterAll(async () => {
		for (const { id } of workflows) await rig.client.deactivate(id);
	}, 60_000);

	it('write and tag for the client of the workspace, and for no other', async () => {
		const [place, other] = [...places.values()];
		const { linkedinId } = leadOf(BRIGHT.workspaceId, 18); // a lead of Cedar Fitness too
		const theirs = () =>
			structuredClone({
				contacts: contactsIn(other),
				notes: [...rig.sandbox.state.notes.values()].filter(({ contactId }) =>
					contactsIn(other).some(({ id }) => id === contactId),
				),
				leads: [...rig.sandbox.state.workspace(CEDAR.workspaceId).leads.values()],
			});
		const before = theirs();
		const message = 'Please unsubscribe me.';
		const newest = await Promise.all(
			workflows.map(async ({ id }) => (await rig.client.executions(id))[0]?.id),
		);
		await rig.sandbox.sendHeyReachEvent({
			...{ eventType: REPLY, workspaceId: BRIGHT.workspaceId, leadId: linkedinId, message },
		});
		for (const [at, { id }] of workflows.entries())
			expectGreen((await rig.client.waitForExecutions(id, { after: newest[at] }))[0]);
		const [contact, ...more] = contactsIn(place).filter(({ tags }) =>
			tags.includes('linkedin-unsubscribed'),
		);
		expect(more).toEqual([]);
		expect(contact.dnd).toBe(true);
		const notes = [...rig.sandbox.state.notes.values()].filter(({ body }) =>
			body.includes(message),
		);
		expect(notes.map(({ contactId }) => contactId)).toEqual([contact.id]);
		const { tags } = leadOf(BRIGHT.workspaceId, 18);
		expect(tags).toContain('Unsubscribed');
		expect(theirs()).toEqual(before);
	}, 60_000);
});
