import { setTimeout as sleep } from 'node:timers/promises';
import { random } from '../../sandbox/random';
import { itemsOf, type Execution } from '../../tools/n8n/executions';
import type { WorkflowFile } from '../../tools/n8n/workflow';
import { addPeople, empty, LIST, SYNC_LIST, TAG, type Population } from '../support/manyPairs';
import { contactsOf, customOf, leadsOf, setCustom } from '../workflow/contactSyncTrouble';
import { expectSuccess, planned, Reconcile, SYNC_SANDBOX } from './support/reconcile';
import { STACK_TIMEOUT_MS, startStack, type Stack } from './support/stack';
import { until } from './support/waiting';

// What meets a run that takes long: other runs, the end of its lease, the day's quota, and people at work.
const SEED = Number(process.env.LONG_SEED ?? Date.now() & 0x7fffffff);
const RUN_MS = 300_000;
const PLAN = 'Contact Sync: Plan';
const APPLY = 'Contact Sync: Apply';
const RUNS = 'Contact Sync runs';
const nobody: Population = {
	...{ both: 0, contactsOnly: 0, leadsOnly: 0 },
	...{ agree: false, tagged: true },
};

let stack: Stack;
let sync: Reconcile;

beforeAll(async () => {
	stack = await startStack({ sandbox: { ...SYNC_SANDBOX, allowDuplicateContact: false } });
	sync = await Reconcile.import(stack);
}, STACK_TIMEOUT_MS);
afterAll(async () => await stack?.close(), 60_000);

/** These people on both sides, whose first sync was previewed. */
async function begin(population: Partial<Population>, leaseSeconds?: number): Promise<void> {
	const { sandbox } = stack;
	sandbox.reset();
	empty(sandbox);
	addPeople(sandbox, { ...nobody, ...population });
	await sync.forget();
	await sync.configure({
		...{ dryRun: false, createInGhl: true },
		...{ lists: `${LIST},${SYNC_LIST}`, syncListId: String(SYNC_LIST) },
	});
	if (leaseSeconds !== undefined) await shortenLease(leaseSeconds);
	expect(planned(await sync.run())).toBe(0);
	sandbox.requests.clear();
}

/** A lease of seconds in place of an hour, taken and renewed alike. */
async function shortenLease(seconds: number): Promise<void> {
	const { client, credentials } = stack;
	const { name, nodes, connections, settings } = await client.workflow(sync.workflow.id);
	const text = JSON.stringify({ name, nodes, connections, settings });
	const shorter = text.replaceAll('{ minutes: 60 }', `{ seconds: ${seconds} }`);
	expect(text.split('{ minutes: 60 }')).toHaveLength(3);
	sync.workflow = await client.importWorkflow(
		JSON.parse(shorter) as WorkflowFile,
		credentials,
		sync.workflow.id,
	);
}

/** Starts a run, and hands over what ends it: the execution of the one client. */
async function start(): Promise<() => Promise<Execution>> {
	const { client } = stack;
	const outer = await client.run(sync.workflow.id, 'Every day');
	return async () => {
		expectSuccess(await client.waitForExecution(outer, RUN_MS));
		const [inner] = (await client.executions(sync.workflow.id))
			.filter(({ id }) => Number(id) > Number(outer))
			.filter(({ mode }) => mode === 'integrated')
			.reverse();
		return await client.waitForExecution(inner.id, RUN_MS);
	};
}

const hasPlanned = (execution: Execution) => itemsOf(execution, PLAN, 4).length > 0;
const portions = (execution: Execution) => execution.data.resultData.runData[APPLY]?.length ?? 0;

/** The contacts that were written, once for each time. */
const updates = () =>
	stack.sandbox.requests
		.list({ service: 'highlevel' })
		.filter(
			({ method, path, status }) =>
				method === 'PUT' && /^\/contacts\/\w+$/.test(path) && status === 200,
		)
		.map(({ path }) => path);

const tagged = () => contactsOf(stack.sandbox).filter(({ tags }) => tags.includes(TAG));

/** Whether the moment (epoch ms) was between the arrival of the look at the contact and its write. */
function writing(id: string, at: number): boolean {
	const calls = stack.sandbox.requests
		.list({ service: 'highlevel' })
		.filter(({ path }) => path === `/contacts/${id}`)
		.map(({ method, at: came, ms }) => ({ method, came: Date.parse(came), ms }));
	return calls.some(
		({ method, came, ms }, number) =>
			method === 'PUT' && calls[number - 1]?.came <= at && at <= came + ms,
	);
}

/** Everybody was written once, and the next run has nothing to write. */
async function expectDoneOnce(people: number): Promise<void> {
	expect(tagged()).toHaveLength(people);
	expect(updates()).toHaveLength(people);
	expect(new Set(updates()).size).toBe(people);
	expect(planned(await sync.run())).toBe(0);
	expect(await sync.linked()).toHaveLength(people);
}

it('a run that outlives its lease renews it, and no other run begins meanwhile', async () => {
	const seconds = 15;
	await begin({ both: 700 }, seconds);
	// Each of the three portions takes some ten seconds: together longer than the lease.
	stack.sandbox.settings.latencyMs = 400;
	const startedAt = Date.now();
	const end = await start();
	await until('the second portion to be under way', () => updates().length > 300, RUN_MS / 1_000);
	const [{ progress }] = await sync.runs();
	expect(progress).toMatch(/\d/);
	await until(
		'the first lease to be over',
		() => Date.now() > startedAt + seconds * 1_000,
		RUN_MS / 1_000,
	);
	expect(updates().length).toBeLessThan(700);
	const second = await (await start())();
	expect(hasPlanned(second)).toBe(false);
	const first = await end();
	expectSuccess(first);
	expect(portions(first)).toBe(3);
	stack.sandbox.settings.latencyMs = 0;
	await expectDoneOnce(700);
}, 300_000);

it('a run that has lost its lease stops before its next write, and the next run does the rest', async () => {
	await begin({ both: 500 });
	stack.sandbox.settings.latencyMs = 100;
	const end = await start();
	await until('the first portion to be under way', () => updates().length > 20, RUN_MS / 1_000);
	const taken = { holder: 'another run', until: new Date(Date.now() + 3_600_000).toISOString() };
	await sync.edit(RUNS, 'location', '', taken);
	const first = await end();
	expect(portions(first)).toBe(1);
	const written = updates().length;
	expect(written).toBeLessThan(500);
	expect(await sync.runs()).toMatchObject([taken]);
	// What it had written is stored.
	expect((await sync.audit()).filter(({ applied }) => applied === 'ok').length).toBeGreaterThan(
		written,
	);
	stack.sandbox.settings.latencyMs = 0;
	await sync.edit(RUNS, 'location', '', { until: new Date(0).toISOString() });
	await sync.run();
	await expectDoneOnce(500);
}, 240_000);

it('the quota of the day ends in the middle, and the run of the next day does the rest', async () => {
	await begin({ both: 500 });
	const { sandbox } = stack;
	const used = sandbox.counters().highlevel.calls;
	sandbox.settings.dailyQuota = used + 600;
	const first = await sync.run();
	const written = updates().length;
	expect(written).toBeGreaterThan(100);
	expect(written).toBeLessThan(350);
	const [{ summary }] = await sync.runs();
	expect(summary).toMatch(/day|daily/i);
	expect(portions(first)).toBe(2);
	// The day is over.
	sandbox.settings.dailyQuota = 200_000;
	await stack.n8n.restart();
	await stack.client.login();
	await sync.run();
	await expectDoneOnce(500);
}, 240_000);

it(`no edit is lost that people make while a first run of 2,000 goes on (LONG_SEED=${SEED})`, async () => {
	const PAIRS = 2_000;
	await begin({ both: PAIRS });
	const { sandbox } = stack;
	const next = random(SEED);
	const jobInGhl = new Map<string, { job: string; at: number }>();
	const jobInHeyReach = new Map<string, string>();
	const companies = new Map<string, string>();
	let isOver = false;
	let number = 0;
	const pick = <T>(from: T[]): T => from[Math.floor(next() * from.length)];
	const people = async () => {
		const ids = contactsOf(sandbox).map(({ id }) => id);
		for (; !isOver; await sleep(20)) {
			number++;
			const contact = sandbox.state.contacts.get(pick(ids));
			const lead = pick(leadsOf(sandbox));
			if (!contact) continue;
			// A field that the sync fills, one that it leaves alone, and the same on the other side.
			if (number % 3 === 0) {
				const job = `Job ${number} in GHL`;
				setCustom(sandbox, contact, 'Job title', job);
				jobInGhl.set(contact.id, { job, at: Date.now() });
			} else if (number % 3 === 1) {
				const companyName = `Company ${number}`;
				sandbox.state.saveContact({ ...structuredClone(contact), companyName }, 0);
				companies.set(contact.id, companyName);
			} else {
				lead.position = `Job ${number} in HeyReach`;
				jobInHeyReach.set(lead.linkedinId, lead.position);
			}
		}
	};
	const atWork = people();
	const execution = await (await start())();
	isOver = true;
	await atWork;
	expectSuccess(execution);
	expect(number).toBeGreaterThan(200);
	// Then they rest, and so does the sync.
	await sync.run();
	expect(planned(await sync.run())).toBe(0);

	const audit = await sync.audit();
	const overwritten = new Set(audit.map(({ aId, before }) => `${aId} ${before}`));
	for (const [id, { job, at }] of jobInGhl) {
		const contact = sandbox.state.contacts.get(id)!;
		if (customOf(sandbox, contact, 'Job title') === job) continue;
		// HighLevel writes unconditionally: what comes between the look and the write that follows it at once
		// can be seen by nobody.
		if (!writing(id, at)) expect(overwritten).toContain(`${id} ${job}`);
	}
	for (const [id, companyName] of companies)
		expect(sandbox.state.contacts.get(id)?.companyName).toBe(companyName);
	const links = new Map((await sync.linked()).map(({ aId, bId }) => [bId, aId]));
	expect(links.size).toBe(PAIRS);
	for (const [id, job] of jobInHeyReach) {
		expect(sandbox.state.leads.get(id)?.position).toBe(job);
		const contact = sandbox.state.contacts.get(String(links.get(id)))!;
		// Where a person has filled the field in HighLevel too, it is theirs.
		if (jobInGhl.has(contact.id)) continue;
		expect(customOf(sandbox, contact, 'Job title')).toBe(job);
	}
}, 400_000);
