import { setTimeout as sleep } from 'node:timers/promises';
import { SANDBOX } from '../../sandbox';
import { random } from '../../sandbox/random';
import { itemsOf } from '../../tools/n8n/executions';
import type { StoredWorkflow } from '../../tools/n8n/workflow';
import {
	contactsOf,
	customOf,
	edits,
	expectEachPersonOnce,
	leadsOf,
	unsettle,
	world,
} from '../workflow/contactSyncTrouble';
import { addPeople, LIST, SYNC_LIST } from '../support/manyPairs';
import { emptyList, KEPT_TAG, manyPeople, peopleIn } from './support/manyPeople';
import { expectSuccess, Reconcile, SYNC_SANDBOX } from './support/reconcile';
import { STACK_TIMEOUT_MS, startStack, type Stack } from './support/stack';

// n8n is ended with SIGKILL, as by a power cut, while a workflow of 1,000 items and a reconciliation of
// several portions run.
const KILLS = Number(process.env.KILLS ?? 2);
const SEED = Number(process.env.KILL_SEED ?? Date.now() & 0x7fffffff);
const PEOPLE = 1_000;
/** Beside the troubled ones: three portions of contacts, and one of leads. */
const PAIRS = {
	...{ both: 500, leadsOnly: 60, contactsOnly: 60 },
	...{ agree: false, tagged: true, profiles: true },
};
const RUN_MS = 120_000;

let stack: Stack;
let sync: Reconcile;
let people: StoredWorkflow;

beforeAll(async () => {
	stack = await startStack({ sandbox: SYNC_SANDBOX });
	sync = await Reconcile.import(stack);
	// A create that was under way is else left alone for a quarter of an hour.
	await sync.configure(
		{
			...{ dryRun: false, createInGhl: true, createInHeyReach: true },
			...{ lists: `2001,2002,${LIST},${SYNC_LIST}`, syncListId: String(SYNC_LIST) },
		},
		{ graceMinutes: 0 },
	);
	const type = 'ghlPrivateIntegrationApi';
	const name = 'Another location';
	const { id } = await stack.client.createCredential({
		...{ name, type },
		data: {
			token: SANDBOX.otherLocationToken,
			locationId: SANDBOX.otherLocationId,
			baseUrl: stack.sandbox.ghlUrl,
		},
	});
	const credentials = { ...stack.credentials, [type]: { id, name } };
	people = await stack.client.importWorkflow(manyPeople(PEOPLE), credentials);
}, STACK_TIMEOUT_MS);

afterAll(async () => await stack?.close(), 30_000);

/** Both workflows have yet to run for the first time; that of the sync is previewed. */
async function begin(): Promise<void> {
	stack.sandbox.reset();
	unsettle(stack.sandbox);
	addPeople(stack.sandbox, PAIRS);
	await sync.forget();
	await sync.run();
}

/** People have edited both sides since, and some of the 1,000 have lost what they were given. */
async function goOn(): Promise<void> {
	edits(stack.sandbox, await sync.linked());
	for (const lead of leadsOf(stack.sandbox).slice(34, 59)) lead.position = `Newly ${lead.position}`;
	disorder();
}

function disorder(): void {
	const { state } = stack.sandbox;
	emptyList(stack.sandbox);
	for (const contact of [...state.contacts.values()]) {
		if (!contact.tags.includes(KEPT_TAG)) continue;
		if (Number(contact.firstName?.slice(4)) % 2 === 0) state.deleteContact(contact.id);
		else state.saveContact({ ...contact, tags: [] });
	}
}

const calls = () => {
	const { highlevel, heyreach } = stack.sandbox.counters();
	return highlevel.calls + heyreach.calls;
};

/** Starts both. */
async function start(): Promise<string[]> {
	return await Promise.all([
		stack.client.run(people.id),
		stack.client.run(sync.workflow.id, 'Every day'),
	]);
}

async function runBoth(): Promise<void> {
	for (const id of await start()) expectSuccess(await stack.client.waitForExecution(id, RUN_MS));
}

/** What an undisturbed run leaves, of which nothing differs from run to run. */
async function state() {
	const links = await sync.linked();
	expectEachPersonOnce(stack.sandbox, links);
	return {
		...world(stack.sandbox),
		people: peopleIn(stack.sandbox),
		// New leads have a number that differs from run to run.
		links: links.map(({ bId }) => bId.replace(/^imp_\d+/, 'imp_')).sort(),
		questions: (await sync.review())
			.map(({ kind, name, field }) => `${kind} ${name} ${field}`)
			.sort(),
	};
}

/** The values of the contacts that the sync may overwrite. */
const values = () =>
	contactsOf(stack.sandbox).map((one) => ({
		id: one.id,
		values: [
			...[one.firstName, one.lastName, one.email],
			...['Job title', 'LinkedIn profile'].map((name) => customOf(stack.sandbox, one, name)),
		],
	}));

/** Each value that was overwritten is on record, and no row lacks a part. */
async function expectAudited(before: ReturnType<typeof values>): Promise<void> {
	const rows = await sync.audit();
	for (const row of rows) {
		expect(row).toMatchObject({ runId: /./, at: /./, pairId: /./, kind: /./, applied: /./ });
	}
	const now = new Map(values().map((one) => [one.id, one.values]));
	for (const { id, values: old } of before) {
		for (const [at, value] of old.entries()) {
			if (value === undefined || !now.has(id) || value === now.get(id)?.[at]) continue;
			expect(rows).toContainEqual(expect.objectContaining({ aId: id, side: 'A', before: value }));
		}
	}
}

/** Whether a run has the lease, or had it when it died. */
async function isLeaseHeld(): Promise<boolean> {
	const [{ until }] = await sync.runs();
	return Date.parse(until) > Date.now();
}

/** The dead run's lease keeps others away until it ends. */
async function waitOutTheLease(): Promise<void> {
	if (!(await isLeaseHeld())) return;
	expect(itemsOf(await sync.run(), 'Contact Sync: Plan', 4)).toEqual([]);
	const until = new Date(Date.now() - 1_000).toISOString();
	await sync.edit('Contact Sync runs', 'location', '', { until });
}

describe(`n8n killed in the middle (KILL_SEED=${SEED})`, () => {
	const next = random(SEED);
	const undisturbed: Array<{ calls: number; state: Awaited<ReturnType<typeof state>> }> = [];

	it('leaves undisturbed what it is to leave', async () => {
		await begin();
		emptyList(stack.sandbox);
		for (const prepare of [async () => {}, goOn]) {
			await prepare();
			const from = calls();
			await runBoth();
			undisturbed.push({ calls: calls() - from, state: await state() });
		}
		expect(undisturbed[0].state.people.contacts).toHaveLength(PEOPLE);
		expect(undisturbed[0].state.people.leads).toHaveLength(PEOPLE);
	}, 240_000);

	const kills = Array.from({ length: KILLS }, (_, at) => ({
		at: at + 1,
		round: at % 2,
		run: ['a first run', 'a run after edits'][at % 2],
		// Most of the calls are those of the 1,000 items: more kills fall into the first part.
		percent: Math.round(90 * next() ** 2),
		laterMs: Math.round(400 * next()),
	}));

	it.each(kills)(
		'kill $at, $laterMs ms after $percent % of the calls of $run: the next leaves the same',
		async ({ round, percent, laterMs }) => {
			if (round === 0) {
				await begin();
				emptyList(stack.sandbox);
			} else await goOn();
			const before = values();
			const from = calls();
			const ids = await start();
			const at = (percent / 100) * undisturbed[round].calls;
			const deadline = Date.now() + RUN_MS;
			while (calls() - from < at && Date.now() < deadline) await sleep(5);
			await sleep(laterMs);
			await stack.n8n.kill();
			await stack.n8n.start();
			const cut = await Promise.all(ids.map(async (id) => await stack.client.execution(id)));
			expect(cut.map(({ status }) => status)).toContain('crashed');
			await waitOutTheLease();
			await runBoth();
			expect(await state()).toEqual(undisturbed[round].state);
			await expectAudited(before);
			expect(await isLeaseHeld()).toBe(false);
		},
		240_000,
	);
});
