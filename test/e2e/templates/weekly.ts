import { DateTime } from 'luxon';
import { SANDBOX } from '../../../sandbox';
import { itemsOf } from '../../../tools/n8n/executions';
import { setField, type Imported, type Rig } from './rig';

const NAME = 'weekly-figures-for-each-client';
const START = 'Every Monday';

export function weeklyTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let imported: Imported;

	beforeAll(async () => {
		rig = getRig();
		rig.sandbox.reset();
		imported = await rig.template(NAME);
	}, 60_000);

	const lastWeek = DateTime.utc().startOf('week').minus({ days: 4 });
	const week = DateTime.utc().startOf('week').minus({ seconds: 1 }).toFormat('d LLLL yyyy');
	const run = async () => await rig.runFrom(imported.workflow, START);
	const values = () =>
		Object.fromEntries(
			[...rig.sandbox.state.customValues.values()]
				.filter(({ name }) => name.startsWith('LinkedIn '))
				.map(({ name, value }) => [name, value]),
		);
	const tasks = () => {
		const { contacts, tasks: all } = rig.sandbox.state;
		return [...all.values()].filter(
			({ contactId }) => contacts.get(contactId)?.email === 'linkedin-figures@example.com',
		);
	};

	/** What was done in the week before this one is in the figures, and nothing else. */
	function weekOf(requests: number) {
		const { activities, campaigns, senders } = rig.sandbox.state;
		const [campaign] = campaigns.values();
		const [accountId] = senders.keys();
		activities.length = 0;
		const add = (kind: (typeof activities)[number]['kind'], at = lastWeek, linkedinId = 'one') =>
			activities.push({
				...{ kind, accountId, linkedinId, campaignId: campaign.id },
				at: at.toISO() ?? '',
			});
		for (let count = 0; count < requests; count++) add('connectionSent', lastWeek, `lead ${count}`);
		add('connectionAccepted');
		add('messageReply');
		add('connectionSent', DateTime.utc());
		add('connectionSent', lastWeek.minus({ weeks: 1 }));
		return campaign.name;
	}

	it('writes the figures of last week into custom values and into one task', async () => {
		const campaign = weekOf(3);
		await run();
		const figures = {
			'LinkedIn requests sent': '3',
			'LinkedIn requests accepted': '1',
			'LinkedIn messages sent': '0',
			'LinkedIn replies': '1',
			'LinkedIn week to': week,
		};
		expect(values()).toMatchObject(figures);
		const [task, ...more] = tasks();
		expect(more).toEqual([]);
		expect(task.title).toBe(`Your own accounts: LinkedIn, week to ${week}`);
		expect(task.body).toContain('3 requests sent, 1 requests accepted');
		expect(task.body).toContain(`${campaign}: 3 requests sent`);

		const written = rig.sandbox.state.customValues.size;
		weekOf(5);
		await run();
		expect(values()).toMatchObject({ ...figures, 'LinkedIn requests sent': '5' });
		expect(rig.sandbox.state.customValues.size).toBe(written);
		expect(tasks()).toHaveLength(1);
	}, 60_000);

	it('names a client whose connection fails, goes on with the next, and tells where a person wants it', async () => {
		const elsewhere = await rig.template(NAME, (file) => {
			setField(file, 'Your settings', 'messagesGoTo', 'Slack');
			setField(file, 'Your settings', 'onlyClients', 'broken, Ourselves');
		});
		weekOf(7);
		await rig.tables.add('Clients', [
			{ client: 'Broken', workspace: 'No such workspace', location_id: 'no-such-location' },
			{ client: 'Ourselves', location_id: SANDBOX.locationId },
			{ client: 'Not chosen', location_id: SANDBOX.otherLocationId },
		]);
		try {
			const others = () =>
				[...rig.sandbox.state.customValues.values()].filter(
					({ locationId }) => locationId !== SANDBOX.locationId,
				);
			const before = structuredClone(others());
			const execution = await rig.runFrom(elsewhere.workflow, START);
			const messages = itemsOf(execution, 'Send this on').map(({ json }) => json);
			expect(messages).toHaveLength(2);
			const [broken, ours] = messages;
			expect(broken.title).toBe(`Broken: LinkedIn, week to ${week}`);
			expect(broken.message).toMatch(/^HeyReach gave no figures: .*“No such workspace”/);
			expect(broken.message).toMatch(/HighLevel did not give its custom values: /);
			expect(ours.message).toMatch(/^7 requests sent/);
			expect(values()).toMatchObject({ 'LinkedIn requests sent': '7' });
			expect(others()).toEqual(before);
		} finally {
			await rig.tables.empty('Clients');
		}
	}, 60_000);

	it('says in the message which custom values HighLevel did not take', async () => {
		weekOf(9);
		const elsewhere = await rig.template(NAME, (file) =>
			setField(file, 'Your settings', 'messagesGoTo', 'Slack'),
		);
		rig.sandbox.faults.add({ kind: 'status', status: 422, method: 'PUT', path: 'customValues' });
		const execution = await rig.runFrom(elsewhere.workflow, START);
		const [{ json }] = itemsOf(execution, 'Send this on');
		expect(json.message).toMatch(/HighLevel did not take custom values: LinkedIn [a-z ]+: /);
	}, 60_000);
}
