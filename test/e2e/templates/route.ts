import { errorOf, itemsOf } from '../../../tools/n8n/executions';
import { type Imported, type Rig } from './rig';

const NAME = 'route-new-heyreach-leads-to-the-right-team';
const RULES = 'Lead routing rules';
const LOG = 'Lead routing log';
const EVENT = 'CONNECTION_REQUEST_ACCEPTED';

export function routeTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let imported: Imported;
	let off: (() => Promise<void>) | undefined;

	beforeAll(async () => {
		rig = getRig();
		rig.sandbox.reset();
		imported = await rig.template(NAME);
		await rig.runFrom(imported.workflow, 'Run once to set up');
		off = await rig.on(imported.workflow);
	}, 60_000);

	afterAll(async () => await off?.());

	const lead = (number: number) => [...rig.sandbox.state.leads.values()][number];
	const contacts = () => [...rig.sandbox.state.contacts.values()];
	const route = async (number: number) =>
		await rig.heyReachEvent(imported.workflow, {
			eventType: EVENT,
			leadId: lead(number).linkedinId,
		});
	const logOf = async (number: number) =>
		(await rig.tables.rows(LOG)).filter(({ lead: key }) => key === lead(number).linkedinId);
	const snapshot = () =>
		structuredClone({
			contacts: contacts(),
			opportunities: [...rig.sandbox.state.opportunities.values()],
			tasks: [...rig.sandbox.state.tasks.values()],
		});
	const rule = (more: object) => ({
		priority: 1,
		field: 'company',
		comparison: 'equals',
		value: '',
		team: '',
		owner: '',
		pipeline: '',
		stage: '',
		tags: '',
		task: '',
		dueDays: 1,
		...more,
	});

	it('sets up tables and two example rules, and nothing twice', async () => {
		await rig.runFrom(imported.workflow, 'Run once to set up');
		const rules = await rig.tables.rows(RULES);
		expect(rules.map(({ comparison }) => comparison)).toEqual(['contains', 'always']);
		const [pipeline] = [...rig.sandbox.state.pipelines.values()];
		expect(rules[1]).toMatchObject({ pipeline: pipeline.name, stage: pipeline.stages[0].name });
	});

	it('does what the first fitting rule says, and takes turns inside the team', async () => {
		const [one, two] = rig.sandbox.state.users.values();
		const users = [one.id, two.id];
		const pipeline = [...rig.sandbox.state.pipelines.values()][0];
		const team = [100, 101, 102];
		await rig.tables.add(RULES, [
			rule({
				priority: 5,
				field: 'name',
				comparison: 'is not empty',
				team: 'North',
				owner: `${one.name.toUpperCase()}, ${two.email}`,
				pipeline: pipeline.name.toUpperCase(),
				stage: pipeline.stages[1].name,
				tags: 'north, linkedin',
				task: 'Call the lead',
				dueDays: 3,
			}),
		]);
		for (const number of team) await route(number);
		const owners = [];
		for (const number of team) {
			const [row, ...more] = await logOf(number);
			expect(more).toEqual([]);
			expect(row).toMatchObject({ status: 'routed', team: 'North' });
			expect(row.rule).toBe('priority 5: name is not empty');
			const { state } = rig.sandbox;
			const contact = state.contacts.get(String(row.contactId));
			expect(contact).toMatchObject({ firstName: lead(number).firstName });
			expect(contact?.tags).toEqual(['north', 'linkedin']);
			expect(state.opportunities.get(String(row.opportunityId))).toMatchObject({
				contactId: contact?.id,
				pipelineId: pipeline.id,
				pipelineStageId: pipeline.stages[1].id,
				assignedTo: contact?.assignedTo,
				status: 'open',
			});
			const tasks = [...state.tasks.values()].filter((task) => task.contactId === contact?.id);
			expect(tasks).toMatchObject([{ title: 'Call the lead', assignedTo: contact?.assignedTo }]);
			owners.push(contact?.assignedTo);
		}
		expect(owners).toEqual([users[0], users[1], users[0]]);
		const audit = (await rig.tables.rows('Audit trail')).filter(
			({ what }) => what === 'lead routed',
		);
		expect(audit).toHaveLength(3);
		expect(audit[0]).toMatchObject({ workflow: imported.template.name, who: 'workflow' });
	}, 60_000);

	it('routes a lead once: a second event changes nothing', async () => {
		const before = snapshot();
		const execution = await route(100);
		expect(itemsOf(execution, 'Put on the log')).toHaveLength(1);
		expect(itemsOf(execution, 'Begin')).toEqual([]);
		expect(snapshot()).toEqual(before);
		expect(await logOf(100)).toHaveLength(1);
	}, 60_000);

	it('routes a lead once that accepts and replies at the same moment', async () => {
		const { id } = imported.workflow;
		const [newest] = await rig.client.executions(id);
		const { linkedinId } = lead(105);
		await Promise.all(
			([EVENT, 'EVERY_MESSAGE_REPLY_RECEIVED'] as const).map(
				async (eventType) => await rig.sandbox.sendHeyReachEvent({ eventType, leadId: linkedinId }),
			),
		);
		await rig.client.waitForExecutions(id, { after: newest.id, count: 2 });
		// The second event may have its own row; the first one's execution completes both.
		const rows = await logOf(105);
		expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['routed']));
		const made = contacts().filter(({ firstName, lastName, source }) => {
			const { firstName: first, lastName: last } = lead(105);
			return source === 'HeyReach' && firstName === first && lastName === last;
		});
		expect(made).toHaveLength(1);
		expect(new Set(rows.map(({ contactId }) => contactId))).toEqual(new Set([made[0].id]));
	}, 60_000);

	it('says which owner HighLevel does not have, before it writes anything', async () => {
		await rig.tables.add(RULES, [
			rule({ priority: 1, field: 'name', comparison: 'is not empty', owner: 'Jane Nobody' }),
		]);
		const before = snapshot();
		const { id } = imported.workflow;
		const [newest] = await rig.client.executions(id);
		await rig.sandbox.sendHeyReachEvent({ eventType: EVENT, leadId: lead(106).linkedinId });
		const [execution] = await rig.client.waitForExecutions(id, { after: newest.id });
		expect(errorOf(execution)?.message).toContain('HighLevel has no user “Jane Nobody”');
		expect(snapshot()).toEqual(before);
		expect(await logOf(106)).toMatchObject([
			{ status: 'started', rule: 'priority 1: name is not empty' },
		]);
		await rig.tables.change(RULES, { owner: 'Jane Nobody' }, { priority: 9_000 });
	}, 60_000);

	it('routes a contact that is there, which keeps its owner, tags and the others', async () => {
		const known = contacts().find(({ email }) => email === lead(60).emailAddress);
		if (!known) throw new Error('The seed has no contact with the email of lead 60.');
		const [, , owner] = [...rig.sandbox.state.users.keys()];
		known.assignedTo = owner;
		known.tags = ['vip'];
		const count = contacts().length;
		await route(60);
		expect(contacts()).toHaveLength(count);
		const now = rig.sandbox.state.contacts.get(known.id);
		expect(now).toMatchObject({ assignedTo: owner });
		expect(now?.tags).toEqual(['vip', 'north', 'linkedin']);
		expect(await logOf(60)).toMatchObject([{ status: 'routed', contactId: known.id, owner }]);
	}, 60_000);

	it('touches no contact where several match, and says so in the log', async () => {
		const [pair] = [lead(2)];
		const profile = pair.profileUrl.replace(/\/*$/, '/');
		const known = contacts().find(({ customFields }) =>
			customFields.some(({ value }) => value === profile),
		);
		if (!known) throw new Error('The seed has no contact of lead 2.');
		const twin = {
			...structuredClone(known),
			id: 'twinContact000000001',
			email: 'twin@example.com',
		};
		rig.sandbox.state.saveContact(twin);
		const before = snapshot();
		await route(2);
		expect(snapshot()).toEqual(before);
		expect(await logOf(2)).toMatchObject([{ status: 'several contacts match' }]);
		rig.sandbox.state.deleteContact(twin.id);
	}, 60_000);

	it('says in the log when no rule fits, and does nothing', async () => {
		await rig.tables.empty(RULES);
		const before = snapshot();
		await route(110);
		expect(snapshot()).toEqual(before);
		expect(await logOf(110)).toMatchObject([{ status: 'no rule fits' }]);
	}, 60_000);

	it('repeats nothing when a row of the log is deleted and the lead comes again', async () => {
		const [pipeline] = [...rig.sandbox.state.pipelines.values()];
		await rig.tables.add(RULES, [
			rule({ comparison: 'always', pipeline: pipeline.id, task: 'Call the lead', tags: 'north' }),
		]);
		await rig.tables.empty(LOG);
		const before = snapshot();
		await route(100);
		expect(await logOf(100)).toMatchObject([{ status: 'routed' }]);
		expect(snapshot()).toEqual(before);
	}, 60_000);
}
