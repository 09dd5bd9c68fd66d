import { GHL_WEBHOOK_PUBLIC_KEY } from '../../../sandbox';
import { isOver } from '../../../tools/n8n/executions';
import { prospect, putOpportunity } from './prospects';
import { expectGreen, setField, type Imported, type Rig } from './rig';
import { until } from '../support/waiting';

/** What was told or done before n8n was restarted is neither told nor done again. */
export function restartOfTemplates(getRig: () => Rig): void {
	let rig: Rig;
	let watch: Imported;
	let weekly: Imported;
	let decides: Imported;
	let url: string;
	let deal: string;
	let ofReplies: Imported[];
	let lead: string;

	const delivered = async () => {
		const [newest] = await rig.client.executions(decides.workflow.id);
		const payload = { id: deal };
		await rig.sandbox.ghlWebhooks.send({ type: 'OpportunityStatusUpdate', url, payload });
		const [execution] = await rig.client.waitForExecutions(decides.workflow.id, {
			after: newest?.id,
		});
		expectGreen(execution);
	};
	/** A reply on LinkedIn; it is the same delivery each time. */
	const replied = async () => {
		await rig.sandbox.sendHeyReachEvent({
			...{ eventType: 'EVERY_MESSAGE_REPLY_RECEIVED', leadId: lead, message: 'Unsubscribe me.' },
			correlationId: 'before and after the restart',
		});
		for (const { workflow } of ofReplies)
			await until(`${workflow.name} to end`, async () =>
				(await rig.client.executions(workflow.id)).every(isOver),
			);
	};
	const startsOfReplies = async () => {
		const lists = ofReplies.map(async ({ workflow }) => await rig.client.executions(workflow.id));
		return (await Promise.all(lists)).map(({ length }) => length);
	};
	const everything = async () => {
		await replied();
		await rig.runFrom(watch.workflow, 'Every 30 minutes');
		await rig.runFrom(weekly.workflow, 'Every Monday');
		await delivered();
	};
	const after = async () => {
		const { tasks, customValues, leads, notes, contacts } = rig.sandbox.state;
		const decisions = await rig.tables.rows('Opportunity decisions');
		const told = [...tasks.values()].map(({ title }) => title).sort();
		return structuredClone({
			told,
			values: [...customValues.values()],
			tags: [...leads.values()].map(({ tags }) => tags),
			notes: [...notes.values()].map(({ body }) => body),
			contacts: [...contacts.values()].map(({ tags, dnd }) => ({ tags, dnd })),
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
		ofReplies = [
			await rig.template('linkedin-timeline', (file) =>
				setField(file, 'Your settings', 'waitSeconds', 0.2),
			),
			await rig.template('understand-replies'),
		];
		await rig.runFrom(ofReplies[0].workflow, 'Run once to set up');
		for (const { workflow } of ofReplies) await rig.on(workflow);
		lead = prospect(rig.sandbox, 1).rows[0].linkedinId;
		await rig.on(decides.workflow);
		url = await rig.client.webhookUrl(decides.workflow, 'GHL Trigger');
		await rig.client.waitForWebhook(url);
	}, 60_000);

	afterAll(async () => {
		for (const { workflow } of [decides, ...ofReplies]) await rig.client.deactivate(workflow.id);
		await until('the webhooks to go', () => rig.sandbox.state.webhooks.size === 0);
	});

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
		expect(before.notes.filter((body) => body.includes('Unsubscribe me.'))).toHaveLength(1);
		expect(before.contacts.filter(({ dnd }) => dnd)).toHaveLength(1);
		const starts = await startsOfReplies();

		await rig.n8n.restart();
		await rig.client.waitForWebhook(url);
		await everything();
		expect(await startsOfReplies()).toEqual(starts.map((count) => count + 1));
		expect(await after()).toEqual(before);
		expect(stops()).toHaveLength(stopped);
	}, 120_000);
}
