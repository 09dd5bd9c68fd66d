import { GHL_WEBHOOK_PUBLIC_KEY, SANDBOX } from '../../../sandbox';
import { itemsOf, type Execution } from '../../../tools/n8n/executions';
import { prospect, putOpportunity } from './prospects';
import { expectGreen, setField, type Imported, type Rig } from './rig';

const NAME = 'opportunity-decides';
const TABLE = 'Opportunity decisions';

export function opportunityTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let imported: Imported;
	let off: (() => Promise<void>) | undefined;
	let url: string;
	/** The running campaign that a rule adds people to, and the stage that does it. */
	let target: { campaign: string; pipelineId: string; stageId: string };

	beforeAll(async () => {
		rig = getRig();
		rig.sandbox.reset();
		const { campaigns, pipelines } = rig.sandbox.state;
		const [pipeline] = pipelines.values();
		const [, stage] = pipeline.stages;
		const running = [...campaigns.values()].filter(({ status }) => status === 'IN_PROGRESS');
		const campaign = running[running.length - 1].name;
		target = { campaign, pipelineId: pipeline.id, stageId: stage.id };
		imported = await rig.template(NAME, (file) => {
			const trigger = file.nodes.find(({ name }) => name === 'GHL Trigger');
			if (trigger) trigger.parameters.options = { publicKeys: GHL_WEBHOOK_PUBLIC_KEY };
			const rules = [
				'when | do | campaign | tags',
				'won | stop | | customer, signed',
				`stage ${pipeline.name.toUpperCase()} > ${stage.name} | start | ${campaign} |`,
			];
			setField(file, 'Your settings', 'rules', rules.join('\n'));
		});
		off = await rig.on(imported.workflow);
		url = await rig.client.webhookUrl(imported.workflow, 'GHL Trigger');
		await rig.client.waitForWebhook(url);
	}, 60_000);

	afterAll(async () => await off?.());

	const opportunity = (contactId: string, more: object) =>
		putOpportunity(rig.sandbox, contactId, more);

	async function happens(type: string, id: string): Promise<Execution> {
		const [newest] = await rig.client.executions(imported.workflow.id);
		await rig.sandbox.ghlWebhooks.send({ type, url, payload: { id } });
		const [execution] = await rig.client.waitForExecutions(imported.workflow.id, {
			after: newest?.id,
		});
		return expectGreen(execution);
	}
	const writes = () =>
		rig.sandbox.requests
			.list({ service: 'heyreach' })
			.filter(({ path }) => /Stop|AddLeads|AddTags/.test(path)).length;
	const rowsOf = (linkedinId: string) =>
		[...rig.sandbox.state.campaigns.values()].flatMap(({ leads, name }) =>
			leads.filter((row) => row.linkedinId === linkedinId).map(() => name),
		);

	it('stops and tags the lead of a won opportunity once, and nobody else', async () => {
		const { contact, rows } = prospect(rig.sandbox, 0);
		const all = () => [...rig.sandbox.state.campaigns.values()].flatMap(({ leads }) => leads);
		const isOther = ({ linkedinId }: { linkedinId: string }) => linkedinId !== rows[0].linkedinId;
		const others = structuredClone(all().filter(isOther));
		const id = opportunity(contact.id, { status: 'won' });
		const since = rig.sandbox.state.opportunities.get(id)?.lastStatusChangeAt ?? '';
		await happens('OpportunityStatusUpdate', id);
		expect(rows.every(({ manuallyStopped }) => manuallyStopped)).toBe(true);
		expect(all().filter(isOther)).toEqual(others);
		const lead = rig.sandbox.state.leads.get(rows[0].linkedinId);
		expect(lead?.tags).toEqual(expect.arrayContaining(['customer', 'signed']));

		const done = writes();
		await happens('OpportunityStatusUpdate', id);
		expect(writes()).toBe(done);
		const written = (await rig.tables.rows(TABLE)).filter(({ decision }) =>
			String(decision).includes(since),
		);
		expect(written).toMatchObject([
			{ opportunity: 'A deal', what: 'won, stop; tagged customer, signed' },
		]);
	}, 60_000);

	it('goes by what the opportunity says now when an event comes late', async () => {
		const { contact, rows } = prospect(rig.sandbox, 0);
		const before = writes();
		const late = await happens(
			'OpportunityStatusUpdate',
			opportunity(contact.id, { status: 'open' }),
		);
		expect(itemsOf(late, 'What to do')).toEqual([]);
		expect(writes()).toBe(before);
		expect(rows.some(({ manuallyStopped }) => manuallyStopped)).toBe(false);
	}, 60_000);

	it('adds the person to the campaign of the stage it was moved to', async () => {
		const found = Array.from({ length: 40 }, (_, number) => prospect(rig.sandbox, number));
		const isOutside = ({ rows }: (typeof found)[number]) =>
			!rowsOf(rows[0].linkedinId).includes(target.campaign);
		const chosen = found.filter((one) => one !== undefined).find(isOutside);
		if (!chosen) throw new Error('The seed has nobody outside of that campaign.');
		const { pipelineId, stageId: pipelineStageId } = target;
		const id = opportunity(chosen.contact.id, { pipelineId, pipelineStageId, status: 'open' });
		await happens('OpportunityStageUpdate', id);
		const [{ linkedinId }] = chosen.rows;
		expect(rowsOf(linkedinId)).toContain(target.campaign);
		await happens('OpportunityStageUpdate', id);
		expect(rowsOf(linkedinId).filter((name) => name === target.campaign)).toHaveLength(1);
	}, 60_000);

	it('leaves a client alone that has no row, and serves the one that has', async () => {
		const { contact, rows } = prospect(rig.sandbox, 0);
		const id = opportunity(contact.id, { status: 'won' });
		await rig.tables.add('Clients', [{ client: 'Another', location_id: 'another-location' }]);
		try {
			const ended = await happens('OpportunityStatusUpdate', id);
			expect(itemsOf(ended, 'Clients of this location')).toEqual([]);
			expect(rows.some(({ manuallyStopped }) => manuallyStopped)).toBe(false);
			await rig.tables.add('Clients', [{ client: 'Ours', location_id: SANDBOX.locationId }]);
			await happens('OpportunityStatusUpdate', id);
			expect(rows.every(({ manuallyStopped }) => manuallyStopped)).toBe(true);
			expect((await rig.tables.rows(TABLE)).at(-1)).toMatchObject({ client: 'Ours' });
		} finally {
			await rig.tables.empty('Clients');
		}
	}, 60_000);
}
