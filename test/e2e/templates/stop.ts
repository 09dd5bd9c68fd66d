import { GHL_WEBHOOK_PUBLIC_KEY } from '../../../sandbox';
import { itemsOf, type Execution } from '../../../tools/n8n/executions';
import { prospect as prospectOf } from './prospects';
import { expectGreen, type Imported, type Rig } from './rig';

const NAME = 'stop-heyreach-when-the-prospect-answers-elsewhere';

export function stopTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let imported: Imported;
	let off: (() => Promise<void>) | undefined;

	beforeAll(async () => {
		rig = getRig();
		rig.sandbox.reset();
		imported = await rig.template(NAME, ({ nodes }) => {
			const trigger = nodes.find(({ name }) => name === 'GHL Trigger');
			if (trigger) trigger.parameters.options = { publicKeys: GHL_WEBHOOK_PUBLIC_KEY };
		});
		await rig.runFrom(imported.workflow, 'Run once to set up');
		off = await rig.on(imported.workflow);
		url = await rig.client.webhookUrl(imported.workflow, 'GHL Trigger');
		await rig.client.waitForWebhook(url);
	}, 60_000);

	afterAll(async () => await off?.());

	let url: string;

	const prospect = (number: number) => prospectOf(rig.sandbox, number);

	async function happens(type: string, contactId: string, payload: object): Promise<Execution> {
		const [newest] = await rig.client.executions(imported.workflow.id);
		await rig.sandbox.ghlWebhooks.send({ type, url, payload: { ...payload, contactId } });
		const [execution] = await rig.client.waitForExecutions(imported.workflow.id, {
			after: newest?.id,
		});
		return expectGreen(execution);
	}

	const because = (execution: Execution) =>
		itemsOf(execution, 'Nothing to stop').map(({ json }) => json.because);
	const stops = async () => await rig.tables.rows('HeyReach stops');
	const calls = () =>
		rig.sandbox.requests.list({ service: 'heyreach' }).filter(({ path }) => /stop/i.test(path));

	it.each([
		[
			'a reply',
			'InboundMessage',
			{ messageType: 'Email', direction: 'inbound' },
			/replied by Email/,
		],
		['an opt-out', 'ContactDndUpdate', { dnd: true }, /opted out/],
		['a stop tag', 'ContactTagUpdate', { tags: ['vip', 'Customer'] }, /has the tag customer/],
	])(
		'%s stops the lead in each campaign that still runs, and nobody else',
		async (_what, type, payload, why) => {
			const { contact, rows } = prospect(0);
			const others = [...rig.sandbox.state.campaigns.values()]
				.flatMap(({ leads }) => leads)
				.filter((row) => row.linkedinId !== rows[0].linkedinId)
				.map((row) => structuredClone(row));
			const id = type.startsWith('Contact') ? { id: contact.id } : {};
			await happens(type, contact.id, { ...payload, ...id });
			expect(rows.every(({ manuallyStopped }) => manuallyStopped)).toBe(true);
			expect(
				[...rig.sandbox.state.campaigns.values()]
					.flatMap(({ leads }) => leads)
					.filter((row) => row.linkedinId !== rows[0].linkedinId),
			).toEqual(others);
			const written = (await stops()).filter(({ contactId }) => contactId === contact.id);
			expect(written).toHaveLength(rows.length);
			expect(String(written[0].why)).toMatch(why);
		},
		60_000,
	);

	it('a booked appointment stops too, and a second answer stops nothing twice', async () => {
		const { contact, rows } = prospect(0);
		const appointment = { contactId: contact.id, id: 'appointment00000001' };
		await happens('AppointmentCreate', contact.id, { appointment });
		expect(rows.every(({ manuallyStopped }) => manuallyStopped)).toBe(true);
		const before = { stops: await stops(), calls: calls().length };
		await happens('InboundMessage', contact.id, { messageType: 'SMS' });
		expect({ stops: await stops(), calls: calls().length }).toEqual(before);
	}, 60_000);

	it('other tags, and people without a LinkedIn profile, stop nothing', async () => {
		const before = calls().length;
		const { contact } = prospect(0);
		const tagged = await happens('ContactTagUpdate', contact.id, { id: contact.id, tags: ['vip'] });
		expect(because(tagged)).toEqual([expect.stringContaining('ContactTagUpdate is no reason')]);
		const stranger = [...rig.sandbox.state.contacts.values()].find(
			({ customFields, locationId }) =>
				customFields.length === 0 && locationId === contact.locationId,
		);
		const reply = await happens('InboundMessage', stranger?.id ?? '', { messageType: 'SMS' });
		expect(because(reply)).toEqual(['The contact has no LinkedIn profile']);
		expect(calls()).toHaveLength(before);
	}, 60_000);

	it('serves the credentials’ own accounts by a row without a location and a workspace, while it is on', async () => {
		const { contact, rows } = prospect(0);
		const reply = { messageType: 'SMS', locationId: contact.locationId };
		await rig.tables.add('Clients', [{ client: 'Ourselves', stop: false }]);
		try {
			const off = await happens('InboundMessage', contact.id, reply);
			expect(because(off)).toEqual([expect.stringMatching(/^No client with stop on here/)]);
			expect(rows.some(({ manuallyStopped }) => manuallyStopped)).toBe(false);
			await rig.tables.change('Clients', { client: 'Ourselves' }, { stop: true });
			await happens('InboundMessage', contact.id, reply);
			expect(rows.every(({ manuallyStopped }) => manuallyStopped)).toBe(true);
		} finally {
			await rig.tables.empty('Clients');
		}
	}, 60_000);
}
