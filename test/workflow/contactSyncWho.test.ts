import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ContactSync } from '../../nodes/ContactSync/ContactSync.node.ts';
import { loadOptionsFunctions } from './support';
import { bothCredentials, runApply, runPlan, type Planned } from './contactSync';
import { AT_ONCE, contactSyncRig } from './contactSyncRig';
import { SEEDED, syncList } from '../examples/heyReach';
import { edit } from './contactSyncTrouble';
import { byId } from './ghl';

// Who becomes a contact and when, what such a contact gets, and whose it is.
const { sandbox, tables, contacts } = contactSyncRig({ indexLagMs: 0 });

const LISTS = [2001, 2002, 2003];
const [FIRST_SENDER, SECOND_SENDER] = SEEDED.senders;

const creating: INodeParameters = {
	authentication: 'privateIntegration',
	lists: LISTS,
	createInGhl: true,
	options: { ...AT_ONCE, brakes: { limits: [{ brake: 'creates', count: 1_000 }] } },
};

const planned = async (parameters: INodeParameters = {}, links = [{}, ...tables.rows()]) =>
	await runPlan([links], { ...creating, ...parameters }, bothCredentials(sandbox));

/** One run of the workflow. */
async function run(parameters: INodeParameters = {}): Promise<Planned> {
	const plan = await planned(parameters);
	expect(plan.error).toBeUndefined();
	tables.store(plan);
	const applied = await runApply(sandbox, plan.portions, {
		listId: byId(String(syncList(sandbox))),
	});
	expect(applied.error).toBeUndefined();
	tables.store(applied);
	return plan;
}

const users = () => [...sandbox.state.users.keys()];
const owners = (...rows: Array<[sender: number, user: string]>): INodeParameters => ({
	ownerMapping: {
		rows: rows.map(([sender, userId]) => ({ sender: byId(String(sender)), userId: byId(userId) })),
	},
});

/** The leads of all campaigns that have started. */
const rosters = () =>
	[...sandbox.state.campaigns.values()]
		.filter(({ status }) => status !== 'DRAFT')
		.flatMap(({ leads }) => leads);

/** Takes all contacts away, so that every lead is without one. */
function nobodyInGhl(): void {
	for (const { id } of contacts()) {
		sandbox.state.deleteContact(id);
		sandbox.state.contactIndex.write(id, undefined, 0);
	}
}

const EXTRA = '770000001';

/** A lead of which no campaign tells anything. */
function leadInNoCampaign(): void {
	const { leads, lists } = sandbox.state;
	const [lead] = leads.values();
	const linkedinId = EXTRA;
	const profileUrl = 'https://www.linkedin.com/in/in-no-campaign/';
	leads.set(linkedinId, { ...lead, linkedinId, profileUrl, emailAddress: null });
	lists.get(LISTS[0])?.members.push({ linkedinId, addedAt: new Date().toISOString() });
}

const sourcesOf = ({ applyInGhl }: Planned) => applyInGhl.map(({ sourceId }) => String(sourceId));

const calls = () =>
	sandbox.requests.list({ service: 'heyreach' }).map(({ path }) => path.split('?')[0]);

describe('who becomes a contact', () => {
	beforeEach(nobodyInGhl);

	it('is any lead, and no campaign is read for that', async () => {
		sandbox.requests.clear();
		const plan = await planned();
		expect(sourcesOf(plan).length).toBe(sandbox.state.leads.size);
		expect(calls()).toEqual(LISTS.map(() => '/list/GetLeadsFromList'));
	});

	it.each([
		['accepted', 'has not accepted the connection request yet.'],
		['answered', 'has not answered yet.'],
	])('is a lead that has %s; the others are counted with the reason', async (when, reason) => {
		leadInNoCampaign();
		sandbox.requests.clear();
		const plan = await planned({ createGhlWhen: when });
		const is = (row: ReturnType<typeof rosters>[number]) =>
			row.leadMessageStatus === 'MessageReply' ||
			(when === 'accepted' && row.leadConnectionStatus === 'ConnectionAccepted');
		const wanted = new Set(
			rosters()
				.filter(is)
				.map(({ linkedinId }) => linkedinId),
		);
		expect(wanted.size).toBeGreaterThan(0);
		expect(sourcesOf(plan).sort()).toEqual([...wanted].sort());
		const known = new Set(rosters().map(({ linkedinId }) => linkedinId));
		expect(plan.summary.sides.B.skipped).toEqual({
			doNotCreate: known.size - wanted.size,
			unknownStatus: sandbox.state.leads.size - known.size,
		});
		const sentences = plan.summary.skipped.map(({ sentence }) => sentence);
		expect(sentences).toContain(`Not created in GHL: ${reason}`);
		const started = [...sandbox.state.campaigns.values()].filter(
			({ status, listId }) => status !== 'DRAFT' && LISTS.includes(listId),
		);
		expect(calls().filter((path) => path.startsWith('/campaign/'))).toEqual([
			'/campaign/GetAll',
			...started.map(() => '/campaign/GetLeadsFromCampaign'),
		]);
	});

	it('is told by a campaign of another list too, where its own lists tell nothing of it', async () => {
		leadInNoCampaign();
		const { campaigns } = sandbox.state;
		const [model] = campaigns.values();
		const one = {
			...model.leads[0],
			linkedinId: EXTRA,
			leadMessageStatus: 'MessageReply' as const,
		};
		const others = [1, 2, 3].map((number) => ({ ...model, id: 8000 + number, listId: 9999 }));
		others.forEach((campaign) => campaigns.set(campaign.id, { ...campaign, leads: [] }));
		campaigns.set(8002, { ...others[1], leads: [one] });
		sandbox.requests.clear();
		const plan = await planned({ createGhlWhen: 'answered' });
		expect(sourcesOf(plan)).toContain(EXTRA);
		expect(plan.summary.sides.B.skipped.unknownStatus).toBeUndefined();
		const read = calls().filter((path) => path.startsWith('/campaign/'));
		expect(read.slice(-2)).toEqual([
			'/campaign/GetCampaignsForLead',
			'/campaign/GetLeadsFromCampaign',
		]);
	});

	it('becomes one in the run after the answer', async () => {
		await run({ createGhlWhen: 'answered' });
		const row = rosters().find(({ leadMessageStatus }) => leadMessageStatus === 'None');
		if (!row) throw new Error('Everybody has answered');
		row.leadMessageStatus = 'MessageReply';
		const plan = await run({ createGhlWhen: 'answered' });
		expect(sourcesOf(plan)).toEqual([row.linkedinId]);
		expect(sourcesOf(await run({ createGhlWhen: 'answered' }))).toEqual([]);
	});

	it('is told by the items themselves where the leads come as items', async () => {
		const lead = (id: number, leadMessageStatus: string | null) => ({
			linkedInUserProfile: {
				linkedin_id: String(id),
				profileUrl: `https://www.linkedin.com/in/item-lead-${id}/`,
				firstName: 'Ida',
				lastName: `Lead ${id}`,
			},
			leadConnectionStatus: 'ConnectionAccepted',
			leadMessageStatus,
			linkedInSenderId: FIRST_SENDER,
		});
		const leads = [lead(7001, 'MessageReply'), lead(7002, 'MessageSent'), lead(7003, null)];
		const parameters = { ...creating, authentication: 'none', createGhlWhen: 'answered' };
		const plan = await runPlan([[], leads, []], {
			...parameters,
			...owners([FIRST_SENDER, users()[0]]),
		});
		expect(plan.error).toBeUndefined();
		expect(sourcesOf(plan)).toEqual(['7001']);
		expect(plan.applyInGhl[0].set).toMatchObject({ assignedTo: users()[0] });
		expect(plan.summary.sides.B.skipped).toEqual({ doNotCreate: 1, unknownStatus: 1 });
	});

	it('is not held up by a campaign that HeyReach refuses to show', async () => {
		sandbox.faults.add({
			path: '/campaign/GetLeadsFromCampaign',
			kind: 'status',
			status: 404,
			times: 1,
		});
		const plan = await planned({ createGhlWhen: 'accepted' });
		expect(plan.error).toBeUndefined();
		expect(plan.summary.sides.B.skipped.unknownStatus).toBeGreaterThan(0);
	});
});

describe('what a new contact gets', () => {
	it('are the defaults and the user of its sender, and nothing later', async () => {
		nobodyInGhl();
		const [first, second] = users();
		const settings = {
			createdContacts: { source: 'LinkedIn', tags: 'Prospect', assignedTo: byId(second) },
			...owners([FIRST_SENDER, first]),
		};
		const plan = await run(settings);
		expect(plan.applyInGhl.length).toBeGreaterThan(3);
		for (const item of plan.applyInGhl) {
			const rows = rosters().filter(({ linkedinId }) => linkedinId === item.sourceId);
			// Of several senders the one that was answered last counts.
			if (new Set(rows.map(({ senderId }) => senderId)).size > 1) continue;
			const isMapped = rows[0]?.senderId === FIRST_SENDER;
			expect(item.set).toMatchObject({
				source: 'LinkedIn',
				assignedTo: isMapped ? first : second,
			});
		}
		for (const { source, tags, assignedTo } of contacts()) {
			expect(source).toBe('LinkedIn');
			expect(tags).toContain('prospect');
			expect([first, second]).toContain(assignedTo);
		}
		const again = await run({ ...settings, createdContacts: { source: 'Fair' } });
		expect(again.applyInGhl).toEqual([]);
	});

	it('is no owner where its sender has no row', async () => {
		nobodyInGhl();
		await run(owners([SECOND_SENDER, users()[0]]));
		const given = contacts().map(({ assignedTo }) => assignedTo ?? '');
		expect(new Set(given)).toEqual(new Set(['', users()[0]]));
	});
});

describe('the owner of a linked contact', () => {
	const [, user] = [0, 1];
	/** A linked pair whose lead is in a campaign and has not answered. */
	async function pair() {
		await run();
		for (const contact of contacts()) edit(sandbox, contact, { assignedTo: undefined });
		for (const row of rosters()) {
			if (row.leadMessageStatus === 'MessageReply') row.leadMessageStatus = 'MessageSent';
		}
		const [row] = rosters().filter(({ senderId }) => senderId === FIRST_SENDER);
		const link = [...tables.links.values()].find(({ bId }) => bId === row.linkedinId);
		if (!link) throw new Error('The lead is not linked');
		const contact = () => {
			const found = sandbox.state.contacts.get(link.aId);
			if (!found) throw new Error('The contact is gone');
			return found;
		};
		return { row, link, contact, settings: owners([FIRST_SENDER, users()[user]]) };
	}

	it('is filled once its lead has answered, with an audit row, and is left alone then', async () => {
		const { row, contact, settings, link } = await pair();
		expect((await run(settings)).applyInGhl).toEqual([]);
		row.leadMessageStatus = 'MessageReply';
		const plan = await run(settings);
		expect(plan.applyInGhl).toEqual([
			expect.objectContaining({ id: link.aId, set: { assignedTo: users()[user] } }),
		]);
		expect(contact().assignedTo).toBe(users()[user]);
		expect(tables.audit.filter(({ field }) => field === 'Owner')).toEqual([
			expect.objectContaining({
				...{ kind: 'filled', applied: 'ok', before: '', after: users()[user] },
				aId: link.aId,
			}),
		]);
		expect((await run(settings)).applyInGhl).toEqual([]);
		// A person takes the owner off again: the sync gives none a second time.
		edit(sandbox, contact(), { assignedTo: undefined });
		expect((await run(settings)).applyInGhl).toEqual([]);
		expect((await run(settings)).applyInGhl).toEqual([]);
	});

	it('is never overwritten, and no question is asked about it', async () => {
		const { row, contact, settings } = await pair();
		edit(sandbox, contact(), { assignedTo: users()[0] });
		row.leadMessageStatus = 'MessageReply';
		const plan = await run(settings);
		expect(plan.applyInGhl).toEqual([]);
		expect(plan.review.filter(({ field }) => field.startsWith('Owner'))).toEqual([]);
		expect(contact().assignedTo).toBe(users()[0]);
	});

	it('is filled by a partial run, from the conversations of that lead alone', async () => {
		const { row, contact, settings } = await pair();
		await run(settings);
		sandbox.state.chatrooms.clear();
		sandbox.state.chatrooms.set('talk', {
			...{ id: 'talk', accountId: FIRST_SENDER, linkedinId: row.linkedinId },
			...{ campaignId: null, isInMail: false, seen: false },
			messages: [
				{
					createdAt: '2026-11-20T10:00:00.000Z',
					body: 'Yes',
					subject: null,
					sender: 'CORRESPONDENT',
				},
			],
		});
		sandbox.requests.clear();
		const changed: IDataObject[] = [{ recordId: row.linkedinId }];
		const plan = await runPlan(
			[changed, tables.rows()],
			{ ...creating, ...settings, mode: 'partial' },
			bothCredentials(sandbox),
		);
		expect(plan.error).toBeUndefined();
		expect(plan.applyInGhl.map(({ set }) => set)).toEqual([{ assignedTo: users()[user] }]);
		expect(calls().filter((path) => path.startsWith('/inbox/'))).toEqual([
			'/inbox/GetConversationsV2',
		]);
		expect(contact().assignedTo).toBeUndefined();
	});
});

it('offers the LinkedIn accounts and the users of the location', async () => {
	const node = new ContactSync();
	const options = loadOptionsFunctions({
		node,
		parameters: { authentication: 'privateIntegration' },
		credentials: bothCredentials(sandbox),
	});
	const senders = await options.call(node.methods.listSearch.searchSenders);
	expect(senders.results.map(({ value }) => value)).toEqual(
		[...sandbox.state.senders.keys()].map(String),
	);
	const found = await options.call(node.methods.listSearch.searchUsers);
	expect(found.results.length).toBeGreaterThan(0);
	for (const { value } of found.results) expect(users()).toContain(value);
});

it.each([
	[
		[{ sender: byId(String(FIRST_SENDER)), userId: byId('') }],
		'names a sender or a user, and not both',
	],
	[
		[
			{ sender: byId('1'), userId: byId('a') },
			{ sender: byId('1'), userId: byId('b') },
		],
		'Two rows of Owners give the leads of sender 1 to different users',
	],
])('refuses an owner table that is not clear', async (rows, message) => {
	sandbox.requests.clear();
	const { error } = await planned({ ownerMapping: { rows } });
	expect(error?.message).toContain(message);
	expect(sandbox.requests.list({})).toEqual([]);
});
