import { setTimeout as wait } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { GhlPollingTrigger } from '../../nodes/Ghl/GhlPollingTrigger.node';
import { SANDBOX } from '../../sandbox';
import { judge } from '../unit/polling/contactWorld';
import { useSandbox } from '../support/useSandbox';
import { byId, callsOf, ghlCredentials } from './ghl';
import { pollWorkflow, scaleTime, type NodeSetup, type ScaledTime } from './support';

const sandbox = useSandbox();

const node = new GhlPollingTrigger();

function workflow(parameters: INodeParameters, more: Partial<NodeSetup> = {}) {
	return pollWorkflow({ node, parameters, credentials: ghlCredentials(sandbox), ...more });
}
const ids = (items: object[]) => items.map((item) => (item as { id?: unknown }).id);
const contacts = () =>
	[...sandbox.state.contacts.values()].filter((one) => one.locationId === SANDBOX.locationId);

/** A person edits a contact; gives the new stamp. */
function edit(id: string, more: object = {}, lagMs?: number): number {
	const contact = sandbox.state.contacts.get(id);
	if (!contact) throw new Error(`No contact ${id}`);
	const at = Math.max(Date.now(), Date.parse(contact.dateUpdated) + 1);
	const dateUpdated = new Date(at).toISOString();
	sandbox.state.saveContact({ ...contact, ...more, dateUpdated }, lagMs);
	return at;
}

function create(more: object = {}, lagMs?: number): string {
	const [model] = contacts();
	const id = sandbox.state.ids.next('contact');
	const now = new Date().toISOString();
	sandbox.state.saveContact({ ...model, id, dateAdded: now, dateUpdated: now, ...more }, lagMs);
	return id;
}

const updated = (options: INodeParameters = {}) => ({
	event: 'contactUpdated',
	options: { lagSeconds: 1, ...options },
});

describe('contacts', () => {
	it('starts from now, and puts out a new contact once', async () => {
		const trigger = workflow({ event: 'contactCreated' });
		expect(await trigger.poll()).toEqual([]);
		const id = create();
		const [item, ...rest] = await trigger.poll();
		expect(rest).toEqual([]);
		expect(item).toMatchObject({ event: 'contactCreated', contactId: id, id });
		expect(item).not.toHaveProperty('searchAfter');
		expect(await trigger.poll()).toEqual([]);
		trigger.restart();
		edit(id); // no creation
		expect(await trigger.poll()).toEqual([]);
	});

	it('puts out each update, and each once, though the search shows them late', async () => {
		const trigger = workflow(updated());
		await trigger.poll();
		const [one, two] = contacts();
		edit(one.id, {}, 400);
		edit(two.id, {}, 0);
		expect(ids(await trigger.poll())).toEqual([two.id]);
		await wait(450);
		expect(ids(await trigger.poll())).toEqual([one.id]); // stamped before the last one
		edit(two.id, {}, 0);
		expect(ids(await trigger.poll())).toEqual([two.id]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('keeps the promise on a real server: random edits, lag, failures and restarts', async () => {
		const trigger = workflow(updated());
		await trigger.poll();
		const some = contacts().slice(0, 30);
		const outcome = {
			edits: [] as Array<{ contact: string; at: number }>,
			out: [] as string[],
			passes: [] as Array<{ began: number; ended: number }>,
			largestMemory: 0,
			rounds: 0,
		};
		let editing = true;
		const editor = (async () => {
			for (let n = 0; n < 400; n++) {
				const { id } = some[Math.floor(Math.random() * some.length)];
				outcome.edits.push({ contact: id, at: edit(id, {}, Math.random() * 300) });
				await wait(Math.random() * 20);
			}
			editing = false;
		})();
		for (let still = 0; still < 3; outcome.rounds++) {
			await wait(20 + Math.random() * 150);
			if (outcome.rounds % 4 === 1)
				sandbox.faults.add({ kind: 'status', status: 500, path: '/contacts/search' });
			if (outcome.rounds % 5 === 2) trigger.restart();
			const began = Date.now();
			const found = await trigger.poll().catch(() => undefined);
			if (!found) continue;
			outcome.passes.push({ began, ended: Date.now() });
			for (const { id, dateUpdated } of found)
				outcome.out.push(`${String(id)}@${Date.parse(String(dateUpdated))}`);
			still = !editing && found.length === 0 ? still + 1 : 0;
			if (still) await wait(310);
		}
		await editor;
		// Only what had its place in a poll can have been asked for.
		expect(judge(outcome, 310)).toEqual({ lost: [], repeated: 0, invented: [] });
		expect(outcome.out.length).toBeGreaterThan(100);
	}, 60_000);

	it('puts out more than one page at once', async () => {
		const trigger = workflow({ event: 'contactCreated' });
		await trigger.poll();
		const made = Array.from({ length: 1_200 }, () => create());
		const found = await trigger.poll();
		expect(ids(found).sort()).toEqual(made.sort());
		expect(await trigger.poll()).toEqual([]);
		expect(trigger.stored()).toBeLessThan(60_000);
	});

	it('loses nothing to a poll that fails, and says why it failed', async () => {
		const trigger = workflow(updated());
		await trigger.poll();
		const [one] = contacts();
		edit(one.id);
		sandbox.faults.add({ kind: 'status', status: 500, path: '/contacts/search' });
		await expect(trigger.poll()).rejects.toThrow(
			/HighLevel does not accept this|HighLevel had an internal error/,
		);
		expect(ids(await trigger.poll())).toEqual([one.id]);
	});

	it('puts out only contacts with a tag, or of a user, if the person wants that', async () => {
		const [one, two, three] = contacts();
		const tagged = workflow(updated({ tags: 'VIP, other' }));
		const assigned = workflow(updated({ assignedTo: byId('user-1') }));
		await tagged.poll();
		await assigned.poll();
		edit(one.id, { tags: ['vip'], assignedTo: 'user-2' });
		edit(two.id, { tags: ['viper'], assignedTo: 'user-1' });
		edit(three.id, { tags: [], assignedTo: undefined });
		expect(ids(await tagged.poll())).toEqual([one.id]);
		expect(ids(await assigned.poll())).toEqual([two.id]);
	});

	it('simplifies contacts, with their custom fields by name, which it reads once a poll', async () => {
		const trigger = workflow({ event: 'contactCreated', simplify: true });
		await trigger.poll();
		const fields = [...sandbox.state.customFields.values()];
		const profile = fields.find(({ name }) => name === 'LinkedIn profile');
		const customFields = [{ id: profile?.id ?? '', value: 'https://www.linkedin.com/in/jane' }];
		create({ customFields });
		create({ customFields });
		const items = await trigger.poll();
		expect(items).toHaveLength(2);
		expect(items[0]).toMatchObject({
			event: 'contactCreated',
			customFieldValues: { 'LinkedIn profile': 'https://www.linkedin.com/in/jane' },
		});
		expect(items[0]).not.toHaveProperty('locationId');
		expect(callsOf(sandbox).filter((call) => call.includes('customFields'))).toHaveLength(1);
	});

	it('shows the latest contacts in a test run, which leaves no trace', async () => {
		const [one] = contacts();
		edit(one.id);
		const found = await workflow(updated()).sample();
		expect(found).toHaveLength(3);
		expect(found[0]).toMatchObject({ event: 'contactUpdated', contactId: one.id });
	});

	it('begins anew when the person chooses another event', async () => {
		const staticData = {};
		const first = workflow({ event: 'contactCreated' }, { staticData });
		await first.poll();
		create();
		const second = workflow(updated(), { staticData });
		expect(await second.poll()).toEqual([]);
	});

	it.each<[string, INodeParameters, INodeParameters]>([
		['another user', { assignedTo: byId('user-1') }, { assignedTo: byId('user-2') }],
		['no user', { assignedTo: byId('user-1') }, {}],
		['other tags', { tags: 'vip' }, { tags: 'cold' }],
		['more tags', { tags: 'vip' }, { tags: 'vip, cold' }],
	])('begins anew when the person chooses %s', async (_what, before, after) => {
		const staticData = {};
		await workflow(updated(before), { staticData }).poll();
		const [one, two] = contacts();
		edit(one.id, { assignedTo: 'user-2', tags: ['cold'] });
		const second = workflow(updated(after), { staticData });
		expect(await second.poll()).toEqual([]);
		edit(two.id, { assignedTo: 'user-2', tags: ['cold'] });
		expect(ids(await second.poll())).toContain(two.id);
	});

	it('goes on when the same filter is written in another way', async () => {
		const staticData = {};
		await workflow(updated({ tags: 'VIP, cold' }), { staticData }).poll();
		const [one] = contacts();
		edit(one.id, { tags: ['cold'] });
		const same = workflow(updated({ tags: 'cold,vip , Cold' }), { staticData });
		expect(ids(await same.poll())).toEqual([one.id]);
	});

	it('stores the number of its format, and does not read a state of another one', async () => {
		const staticData: { polled?: string } = {};
		const trigger = workflow(updated(), { staticData });
		await trigger.poll();
		edit(contacts()[0].id);
		const { format, ...rest } = JSON.parse(String(staticData.polled)) as { format: number };
		expect(format).toEqual(expect.any(Number));
		staticData.polled = JSON.stringify({ ...rest, format: format + 1 });
		expect(await trigger.poll()).toEqual([]);
		edit(contacts()[1].id);
		expect(ids(await trigger.poll())).toContain(contacts()[1].id);
	});

	it.each([updated(), updated({ tags: 'vip' })])(
		'goes on with what version 0.1 has stored (%j)',
		async (parameters) => {
			const staticData: { polled?: string } = {};
			const trigger = workflow(parameters, { staticData });
			await trigger.poll();
			const { state } = JSON.parse(String(staticData.polled)) as { state: object };
			const subject = JSON.stringify(['contactUpdated', SANDBOX.locationId]);
			staticData.polled = JSON.stringify({ subject, state });
			const [one, two] = contacts();
			edit(one.id, { tags: ['vip'] });
			expect(ids(await trigger.poll())).toEqual([one.id]);
			edit(two.id, { tags: ['vip'] });
			staticData.polled = JSON.stringify({ subject: subject.replace('Updated', 'Created'), state });
			expect(await trigger.poll()).toEqual([]);
		},
	);

	it('does not poll twice at once', async () => {
		const trigger = workflow(updated());
		await trigger.poll();
		const [one] = contacts();
		edit(one.id);
		const both = await Promise.all([trigger.poll(), trigger.poll()]);
		expect(both.map(ids)).toEqual([[one.id], []]);
	});
});

describe('when HighLevel is slow', () => {
	let time: ScaledTime;
	beforeEach(() => {
		time = scaleTime(100);
	});
	afterEach(() => time.restore());
	const slow = { kind: 'delay', path: '/contacts/search', delayMs: 700 } as const; // 70 s

	it('ends the poll after 40 s and goes on with the rest at the next', async () => {
		const trigger = workflow({ event: 'contactCreated' });
		await trigger.poll();
		const made = Array.from({ length: 1_200 }, () => create());
		sandbox.faults.add({ kind: 'delay', path: '/contacts/search', delayMs: 1 });
		sandbox.faults.add(slow);
		const began = Date.now();
		const first = await trigger.poll();
		expect(Date.now() - began).toBeLessThan(60_000);
		expect(first).toHaveLength(500);
		trigger.restart();
		const rest = await trigger.poll();
		expect(ids([...first, ...rest]).sort()).toEqual(made.sort());
	});

	it('says so when not even the first answer came', async () => {
		const trigger = workflow({ event: 'contactCreated' });
		await trigger.poll();
		const id = create();
		sandbox.faults.add(slow);
		await expect(trigger.poll()).rejects.toThrow(/within the 40 seconds/);
		expect(ids(await trigger.poll())).toEqual([id]);
	});
});

describe('tasks', () => {
	const MINUTE = 60_000;
	const due = (dueMs: number, more: object = {}) => {
		const id = sandbox.state.ids.next('task');
		const task = { id, contactId: contacts()[0].id, title: 'Call', completed: false };
		const dueDate = new Date(Date.now() + dueMs).toISOString();
		sandbox.state.tasks.set(id, { ...task, dueDate, ...more });
		return id;
	};
	const change = (id: string, more: object) => {
		const task = sandbox.state.tasks.get(id);
		if (task) sandbox.state.tasks.set(id, { ...task, ...more });
	};
	const dueIn = (minutesBefore: number, options: INodeParameters = {}) =>
		workflow({ event: 'taskDue', minutesBefore, options });
	beforeEach(() => sandbox.state.tasks.clear());

	it('starts once for each due date, the given minutes before', async () => {
		const trigger = dueIn(30);
		await trigger.poll();
		const soon = due(29 * MINUTE);
		const later = due(31 * MINUTE);
		const [item, ...rest] = await trigger.poll();
		expect(rest).toEqual([]);
		expect(item).toMatchObject({ event: 'taskDue', id: soon, contactId: contacts()[0].id });
		trigger.restart();
		expect(await trigger.poll()).toEqual([]);
		change(soon, { title: 'Call again' });
		expect(await trigger.poll()).toEqual([]);
		change(soon, { dueDate: new Date(Date.now() + 20 * MINUTE).toISOString() });
		change(later, { dueDate: new Date(Date.now() + 90 * MINUTE).toISOString() });
		expect(ids(await trigger.poll())).toEqual([soon]);
	});

	it('waits until a task is due', async () => {
		const trigger = dueIn(0);
		await trigger.poll();
		const id = due(250);
		expect(await trigger.poll()).toEqual([]);
		await wait(300);
		expect(ids(await trigger.poll())).toEqual([id]);
	});

	it('is not flooded by what is overdue when it starts, and leaves out what is done', async () => {
		for (let n = 1; n < 60; n++) due(-n * MINUTE);
		const trigger = dueIn(10);
		await trigger.poll();
		due(5 * MINUTE, { completed: true });
		expect(await trigger.poll()).toEqual([]);
	});

	it('reads all open tasks, whatever their number', async () => {
		const trigger = dueIn(10);
		await trigger.poll();
		const made = Array.from({ length: 260 }, (_, n) => due(MINUTE + n));
		expect(ids(await trigger.poll()).sort()).toEqual(made.sort());
		expect(await trigger.poll()).toEqual([]);
	});

	it('puts out only the tasks of a user, if the person wants that', async () => {
		const trigger = dueIn(10, { assignedTo: byId('user-1') });
		await trigger.poll();
		due(MINUTE, { assignedTo: 'user-2' });
		const mine = due(MINUTE, { assignedTo: 'user-1' });
		expect(ids(await trigger.poll())).toEqual([mine]);
	});

	it('is not flooded by what another user is late with, when the person chooses that user', async () => {
		for (let n = 1; n <= 40; n++) due(300, { assignedTo: 'user-2' });
		const staticData = {};
		const assigned = (user: string) =>
			workflow(
				{ event: 'taskDue', minutesBefore: 0, options: { assignedTo: byId(user) } },
				{ staticData },
			);
		await assigned('user-1').poll();
		await wait(350);
		const other = assigned('user-2');
		expect(await other.poll()).toEqual([]);
		const next = due(100, { assignedTo: 'user-2' });
		await wait(150);
		expect(ids(await other.poll())).toEqual([next]);
	});

	it('adds the contact, if the person wants that', async () => {
		const trigger = dueIn(10, { includeContact: true });
		await trigger.poll();
		const [one] = contacts();
		due(MINUTE);
		expect(await trigger.poll()).toMatchObject([{ contact: { id: one.id, email: one.email } }]);
		expect(callsOf(sandbox)).toContain(`GET /contacts/${one.id}`);
	});

	it('shows open tasks in a test run', async () => {
		const id = due(-MINUTE);
		expect(await dueIn(0).sample()).toMatchObject([{ event: 'taskDue', id }]);
	});

	it('names the scope that is missing as soon as the workflow is activated', async () => {
		const credentials = ghlCredentials(sandbox, { token: SANDBOX.readOnlyToken });
		const trigger = workflow({ event: 'taskDue' }, { credentials });
		await expect(trigger.poll()).rejects.toThrow(/lacks the scope locations\/tasks\.readonly/);
	});
});

it('refuses settings that make no sense', async () => {
	const trigger = workflow({ event: 'taskDue', minutesBefore: '={{ "soon" }}' });
	await expect(trigger.poll()).rejects.toThrow(/Minutes Before must be a number/);
});
