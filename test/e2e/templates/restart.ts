import { GHL_WEBHOOK_PUBLIC_KEY } from '../../../sandbox';
import { prospect, putOpportunity } from './prospects';
import { expectGreen, setField, type Imported, type Rig } from './rig';

/** What was told or done before n8n was restarted is neither told nor done again. */
export function restartOfTemplates(getRig: () => Rig): void {
	let rig: Rig;
	let watch: Imported;
	let weekly: Imported;
	let decides: Imported;
	let url: string;
	let deal: string;

	const delivered = async () => {
		const [newest] = await rig.client.executions(decides.workflow.id);
		const payload = { id: deal };
		await rig.sandbox.ghlWebhooks.send({ type: 'OpportunityStatusUpdate', url, payload });
		const [execution] = await rig.client.waitForExecutions(decides.workflow.id, {
			after: newest?.id,
		});
		expectGreen(execution);
	};
	const everything = async () => {
		await rig.runFrom(watch.workflow, 'Every 30 minutes');
		await rig.runFrom(weekly.workflow, 'Every Monday');
		await delivered();
	};
	const after = async () => {
		const { tasks, customValues, leads } = rig.sandbox.state;
		const decisions = await rig.tables.rows('Opportunity decisions');
		const told = [...tasks.values()].map(({ title }) => title).sort();
		return structuredClone({
			told,
			values: [...customValues.values()],
			tags: [...leads.values()].map(({ tags }) => tags),
			decisions: decisions.length,
		});
	};

	beforeAll(async () => {
		rig = getRig();
		rig.sandbox.reset();
		watch = await rig.template('watch-the-senders', (file) =>
			setField(file, 'Your settings', 'quietDays', 0),
		);
		weekly = await rig.template('weekly-figures-for-each-client');
		decides = await rig.template('opportunity-decides', ({ nodes }) => {
			const trigger = nodes.find(({ name }) => name === 'GHL Trigger');
			if (trigger) trigger.parameters.options = { publicKeys: GHL_WEBHOOK_PUBLIC_KEY };
		});
		await rig.on(decides.workflow);
		url = await rig.client.webhookUrl(decides.workflow, 'GHL Trigger');
		await rig.client.waitForWebhook(url);
	}, 60_000);

	afterAll(async () => await rig.client.deactivate(decides.workflow.id));

	it('tells and does each thing once, with a restart in between', async () => {
		const { contact, rows } = prospect(rig.sandbox, 0);
		deal = putOpportunity(rig.sandbox, contact.id, { status: 'won' });
		await everything();
		const [sender] = rig.sandbox.state.senders.values();
		sender.authIsValid = false;
		await everything();
		const before = await after();
		expect(before.told.filter((title) => /is disconnected/.test(title))).toHaveLength(1);
		expect(rows.every(({ manuallyStopped }) => manuallyStopped)).toBe(true);
		const stops = () => rig.sandbox.requests.list().filter(({ path }) => /StopLead/.test(path));
		const stopped = stops().length;

		await rig.n8n.restart();
		await rig.client.waitForWebhook(url);
		await everything();
		expect(await after()).toEqual(before);
		expect(stops()).toHaveLength(stopped);
	}, 120_000);
}
