import type { INodeParameters } from 'n8n-workflow';
import { syncList } from '../examples/heyReach';
import { runApply, syncOnce, type Planned, type Stop, type SyncOptions } from './contactSync';
import { CROWD, fillUp, LONGER } from './contactSyncCrowd';
import { contactSyncRig } from './contactSyncRig';
import {
	contactOf,
	contactsOf,
	customOf,
	edits,
	expectEachPersonOnce,
	leadsOf,
	RENAMED,
	setCustom,
	unsettle,
	world,
} from './contactSyncTrouble';

// A whole sync through the real nodes: GHL Contacts and HeyReach read and write the sandbox, Contact
// Sync plans and commits, and a store keeps the rows as a database would.
const { sandbox, tables } = contactSyncRig({ allowDuplicateContact: true });

const parameters: INodeParameters = {
	createInGhl: true,
	createInHeyReach: true,
	tagOptions: { prefixes: 'li-' },
	options: { graceMinutes: 0 },
};

let options: SyncOptions;
let sharedEmail: string;
beforeEach(() => {
	const list = syncList(sandbox);
	options = { lists: [2001, 2002, list], syncList: list, parameters };
	({ sharedEmail } = unsettle(sandbox));
	fillUp(sandbox);
});

const writes = ({ applyInGhl, applyInHeyReach }: Planned) =>
	applyInGhl.length + applyInHeyReach.length;

const failures = () =>
	tables.audit.filter(({ applied }) => applied === 'failed').map(({ error }) => error);

/** Runs until nothing is written any more. */
async function toRest(stops: Stop[] = []): Promise<number> {
	for (let run = 0; run < 10; run++) {
		const stop = stops.shift();
		const planned = await syncOnce(sandbox, tables, { ...options, stop });
		if (!stop && run > 0 && !planned.summary.previewOnly && writes(planned) === 0) return run;
	}
	throw new Error(`It does not come to rest: ${failures().slice(0, 3).join('; ')}`);
}

/** Says what it has cost, where the crowd is large. */
async function withCosts(work: () => Promise<number>): Promise<void> {
	const [calls, start] = [sandbox.counters(), performance.now()];
	const runs = (await work()) + 1;
	const seconds = (performance.now() - start) / 1_000;
	const now = sandbox.counters();
	const made = {
		ghl: now.highlevel.calls - calls.highlevel.calls,
		heyReach: now.heyreach.calls - calls.heyreach.calls,
	};
	if (LONGER > 1)
		process.stdout.write(
			`${CROWD.contacts} contacts and ${CROWD.leads} leads, ${runs} runs to rest: ${seconds.toFixed(1)} s, ${made.ghl} calls to HighLevel, ${made.heyReach} to HeyReach\n`,
		);
}

const enrolled = () =>
	[...sandbox.state.campaigns.values()].map(({ id, leads }) => [id, leads.length]);

it(
	'previews, comes to rest, and then writes nothing',
	async () => {
		const before = enrolled();
		const untouched = world(sandbox);
		const preview = await syncOnce(sandbox, tables, options);
		expect(preview.summary.previewOnly).toBe(true);
		expect(preview.summary.preview).toMatchObject({ shownAtMost: 500 });
		expect(world(sandbox)).toEqual(untouched);

		await withCosts(toRest);
		expect(failures()).toEqual([]);
		expectEachPersonOnce(sandbox, tables.links.values());
		expect(enrolled()).toEqual(before);

		const settled = world(sandbox);
		sandbox.requests.clear();
		expect(writes(await syncOnce(sandbox, tables, options))).toBe(0);
		expect(world(sandbox)).toEqual(settled);
		const changing = sandbox.requests
			.list()
			.filter(({ method, path }) => method === 'PUT' || /AddLeads|Tags$|\/contacts\/$/.test(path));
		expect(changing).toEqual([]);
	},
	120_000 * LONGER,
);

it(
	'links renamed, provisional and oddly written addresses, and holds what nobody can tell',
	async () => {
		await toRest();
		const linkedTo = (leadId: string) =>
			[...tables.links.values()].find(({ state, bId }) => state === 'linked' && bId === leadId)
				?.aId;
		const leads = leadsOf(sandbox);
		const renamed = leads.find(({ profileUrl }) => profileUrl.includes('a-new-name-32'));
		for (const id of [renamed?.linkedinId, 'imp_new_8', 'imp_new_105', 'imp_new_106'])
			expect(linkedTo(String(id))).toBeDefined();

		const shared = contactsOf(sandbox).filter(({ email }) => email === sharedEmail);
		expect(shared).toHaveLength(2);
		const held = [...tables.review.values()].filter(({ kind }) => kind === 'ambiguous');
		expect(held.some(({ aId }) => shared.every(({ id }) => aId.includes(id)))).toBe(true);
		expect(leads.some(({ profileUrl }) => profileUrl.includes('only-in-ghl-159'))).toBe(false);
		expect(leads.some(({ profileUrl }) => profileUrl.includes('only-in-ghl-158'))).toBe(true);
	},
	120_000 * LONGER,
);

it(
	'carries edits of both sides, with every overwritten value in the audit rows',
	async () => {
		await toRest();
		edits(sandbox, tables.links.values());
		const before = new Map(
			contactsOf(sandbox).map((contact) => [contact.id, structuredClone(contact)]),
		);
		const linked = [...tables.links.values()].filter(({ state }) => state === 'linked').length;
		tables.audit.length = 0;
		await toRest();
		expect(failures()).toEqual([]);
		expectEachPersonOnce(sandbox, tables.links.values());

		const titles = contactsOf(sandbox).map((contact) => customOf(sandbox, contact, 'Job title'));
		expect(titles).toContain('Changed in GHL');
		expect(titles).toContain('Chief of Everything');
		expect(titles).not.toContain('Changed in HeyReach');
		const names = contactsOf(sandbox).map(({ lastName }) => lastName);
		expect(names).toContain('Newname');
		expect(
			contactsOf(sandbox).map((contact) => customOf(sandbox, contact, 'LinkedIn profile')),
		).toContain(RENAMED);
		expect(contactsOf(sandbox).some(({ tags }) => tags.includes('li-warm'))).toBe(true);

		let overwritten = 0;
		for (const contact of contactsOf(sandbox)) {
			const old = before.get(contact.id);
			if (!old) continue;
			const values = (of: typeof contact) => [
				of.firstName,
				of.lastName,
				of.email,
				...['Job title', 'LinkedIn profile'].map((name) => customOf(sandbox, of, name)),
			];
			const now = values(contact);
			for (const [at, value] of values(old).entries()) {
				if (value === undefined || value === now[at]) continue;
				overwritten++;
				expect(tables.audit).toContainEqual(
					expect.objectContaining({ aId: contact.id, side: 'A', before: value, applied: 'ok' }),
				);
			}
		}
		expect(overwritten).toBeGreaterThan(3);
		// Gone on a side: unlinked, never created again, and the other record is still there.
		const states = [...tables.links.values()].map(({ state }) => state);
		expect(states.filter((state) => state === 'tombstone').length).toBeGreaterThan(1);
		expect(states.filter((state) => state === 'linked').length).toBeLessThan(linked);
	},
	120_000 * LONGER,
);

it(
	'obeys a person’s answer, and reports one that comes too late',
	async () => {
		await toRest();
		const open = [...tables.review.values()].find(
			({ kind, choices }) => kind === 'initial' && choices.includes('B'),
		);
		expect(open).toBeDefined();
		const row = open!;
		tables.answer(row, { choose: 'B', by: 'Kim', at: '2026-11-24' });
		tables.answer(row, { conflictId: 'long-gone', choose: 'A', by: 'Kim' });
		await syncOnce(sandbox, tables, options);
		expect(tables.review.get(row.conflictId)?.status).toBe('underWay');
		expect(tables.review.get('long-gone')?.status).toBe('stale');
		expect(tables.audit).toContainEqual(
			expect.objectContaining({
				actor: 'Kim',
				before: row.valueA,
				after: row.valueB,
				applied: 'ok',
			}),
		);
		expect(writes(await syncOnce(sandbox, tables, options))).toBe(0);
		expect(tables.review.get(row.conflictId)?.status).toBe('applied');
	},
	120_000 * LONGER,
);

const STOPS: Stop[][] = [
	['planned', 'stored', 'half written'],
	['half written', 'half written', 'written', 'written'],
	['stored', 'written', 'planned', 'half written'],
];

it.each(STOPS.map((stops) => [stops.join(', '), stops]))(
	'stopped (%s) and started again it ends in the same state',
	async (_label, stops) => {
		await toRest();
		edits(sandbox, tables.links.values());
		await toRest();
		const undisturbed = world(sandbox);

		sandbox.reset();
		tables.clear();
		syncList(sandbox);
		unsettle(sandbox);
		fillUp(sandbox);
		await syncOnce(sandbox, tables, options);
		await toRest([...stops]);
		edits(sandbox, tables.links.values());
		await toRest([...stops]);
		expectEachPersonOnce(sandbox, tables.links.values());
		expect(world(sandbox)).toEqual(undisturbed);
	},
	240_000 * LONGER,
);

it(
	'leaves alone what has changed since the plan was made',
	async () => {
		await toRest();
		const contact = contactOf(sandbox, String(contactsOf(sandbox)[30].email));
		const lead = leadsOf(sandbox).find(
			({ profileUrl }) => profileUrl === customOf(sandbox, contact, 'LinkedIn profile'),
		);
		lead!.position = 'Planned';
		const planned = await syncOnce(sandbox, tables, { ...options, stop: 'stored' });
		expect(planned.applyInGhl).toHaveLength(1);
		setCustom(sandbox, contact, 'Job title', 'Typed in meanwhile');
		const { notApplied, summary } = await runApply(sandbox, planned.portions);
		expect(summary).toMatchObject({ written: 0, stale: 1, failed: 0 });
		expect(notApplied).toMatchObject([{ service: 'HighLevel', recordId: contact.id }]);
		const now = contactOf(sandbox, String(contact.email));
		expect(customOf(sandbox, now, 'Job title')).toBe('Typed in meanwhile');
	},
	120_000 * LONGER,
);
