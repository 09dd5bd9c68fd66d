import { SANDBOX } from '../../../sandbox';
import { setField, type Imported, type Rig } from './rig';

const NAME = 'linkedin-timeline';
const FIELDS = [
	'LinkedIn status',
	'Last LinkedIn message',
	'Last reply at',
	'Sender',
	'Campaign',
] as const;

type Event = Parameters<Rig['sandbox']['sendHeyReachEvent']>[0];

export function timelineTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let imported: Imported;
	let off: (() => Promise<void>) | undefined;

	beforeAll(async () => {
		rig = getRig();
		rig.sandbox.reset();
		imported = await rig.template(NAME, (file) => {
			// The sandbox's search shows a new contact at once.
			setField(file, 'Your settings', 'waitSeconds', 0.5);
		});
		for (let run = 0; run < 2; run++) await rig.runFrom(imported.workflow, 'Run once to set up');
		off = await rig.on(imported.workflow);
	}, 60_000);

	afterAll(async () => {
		await off?.();
		await rig.tables.empty('Clients');
	});

	const lead = (number: number) => [...rig.sandbox.state.leads.values()][number];
	const contacts = () => [...rig.sandbox.state.contacts.values()];
	const notesOf = (contactId: string) =>
		[...rig.sandbox.state.notes.values()].filter((note) => note.contactId === contactId);
	const fieldsNamed = (name: string) =>
		[...rig.sandbox.state.customFields.values()].filter((field) => field.name === name);

	function contactsOf(number: number) {
		const profile = lead(number).profileUrl.replace(/\/*$/, '/');
		return contacts().filter(
			({ email, customFields }) =>
				customFields.some(({ value }) => value === profile) ||
				(email && email === lead(number).emailAddress),
		);
	}
	function fieldsOf(number: number) {
		const [{ customFields }] = contactsOf(number);
		return FIELDS.map((name) => {
			const [{ id }] = fieldsNamed(name);
			return customFields.find((field) => field.id === id)?.value;
		});
	}

	const event = (eventType: Event['eventType'], number: number, more: Partial<Event> = {}) => ({
		...{ eventType, leadId: lead(number).linkedinId, campaignId: null },
		...more,
	});
	const happens = async (...given: Parameters<typeof event>) =>
		await rig.heyReachEvent(imported.workflow, event(...given));
	/** Sends events at once, and waits for the executions that they start. */
	async function happensAtOnce(...events: Event[]): Promise<void> {
		const [newest] = await rig.client.executions(imported.workflow.id);
		await Promise.all(events.map(async (one) => await rig.sandbox.sendHeyReachEvent(one)));
		const count = events.length;
		const ended = await rig.client.waitForExecutions(imported.workflow.id, {
			...{ after: newest?.id, count },
		});
		expect(ended.map(({ status }) => status)).toEqual(events.map(() => 'success'));
	}

	it('makes each custom field once', () => {
		for (const name of FIELDS) expect(fieldsNamed(name)).toHaveLength(1);
	});

	it('writes one note and the fields, whatever is delivered twice or days later', async () => {
		const [campaign] = rig.sandbox.state.campaigns.values();
		const inIt = { campaignId: campaign.id };
		const [known] = contactsOf(0);
		const others = structuredClone(contacts().filter(({ id }) => id !== known.id));
		await rig.sandbox.sendHeyReachEvent(event('FOLLOW_SENT', 0)); // not chosen
		const before = notesOf(known.id).length;
		await happens('CONNECTION_REQUEST_ACCEPTED', 0, { ...inIt, correlationId: 'c1' });
		await happens('EVERY_MESSAGE_REPLY_RECEIVED', 0, { ...inIt, message: 'Tell me more.' });
		// The same acceptance with a later time, and as another delivery.
		await happens('CONNECTION_REQUEST_ACCEPTED', 0, {
			...inIt,
			correlationId: 'c1',
			daysLater: 12,
		});
		await happens('CONNECTION_REQUEST_ACCEPTED', 0, inIt);
		const written = notesOf(known.id).slice(before);
		expect(written.map(({ title }) => title)).toEqual(['LinkedIn: connected', 'LinkedIn: replied']);
		const { body } = written[1];
		for (const line of ['“Tell me more.”', `Campaign: ${campaign.name}`, /^Sender: \w+ \w+$/m])
			expect(body).toMatch(line);
		expect(body).toMatch(/^https:\/\/www\.linkedin\.com\/messaging\/thread\/\S+\/$/m);
		const today = new Date().toISOString().slice(0, 10);
		const sender = /^Sender: (.*)$/m.exec(body)?.[1];
		expect(fieldsOf(0)).toEqual(['Replied', 'Tell me more.', today, sender, campaign.name]);
		expect(contacts().filter(({ id }) => id !== known.id)).toEqual(others);
	}, 60_000);

	it('notes an older event that comes late, and keeps the newer fields', async () => {
		const [known] = contactsOf(1);
		const before = notesOf(known.id).length;
		await off?.();
		const older = event('MESSAGE_SENT', 1, { message: 'The older one', correlationId: 'older' });
		await rig.sandbox.sendHeyReachEvent(older); // nobody listens
		off = await rig.on(imported.workflow);
		await happens('EVERY_MESSAGE_REPLY_RECEIVED', 1, {
			message: 'The newer one',
			campaignId: undefined,
		});
		const fields = fieldsOf(1);
		await rig.heyReachEvent(imported.workflow, older);
		expect(fieldsOf(1)).toEqual(fields);
		expect(fields.slice(0, 2)).toEqual(['Replied', 'The newer one']);
		const titles = notesOf(known.id)
			.slice(before)
			.map(({ title }) => title);
		expect(titles).toEqual(['LinkedIn: replied', 'LinkedIn: message sent']);
	}, 60_000);

	it('creates a contact on acceptance or reply alone, and one for two events at once', async () => {
		const count = contacts().length;
		await happens('MESSAGE_SENT', 100);
		expect(contacts()).toHaveLength(count);
		await happensAtOnce(
			event('CONNECTION_REQUEST_ACCEPTED', 100),
			event('EVERY_MESSAGE_REPLY_RECEIVED', 100, { campaignId: undefined }),
		);
		expect(contacts()).toHaveLength(count + 1);
		const [created, ...more] = contactsOf(100);
		expect(more).toEqual([]);
		expect(created).toMatchObject({ firstName: lead(100).firstName, source: 'HeyReach' });
		expect(notesOf(created.id)).toHaveLength(2);
		expect(fieldsOf(100)[0]).toBe('Replied');
	}, 60_000);

	it('serves each row of Clients by its workspace, and says so where two rows fit', async () => {
		const other = { client: 'Cedar', location_id: SANDBOX.otherLocationId, workspace: 'Cedar' };
		await rig.tables.add('Clients', [other, { client: 'Ourselves' }]);
		const theirs = () => contacts().filter(({ locationId }) => locationId === other.location_id);
		const before = structuredClone(theirs());
		const count = contacts().length;
		await happens('CONNECTION_REQUEST_ACCEPTED', 101);
		expect(contacts()).toHaveLength(count + 1);
		expect(theirs()).toEqual(before);
		await rig.tables.add('Clients', [{ client: 'Ourselves again' }]);
		const twice = await rig.client.executions(imported.workflow.id);
		await rig.sandbox.sendHeyReachEvent(event('CONNECTION_REQUEST_ACCEPTED', 102));
		const [failed] = await rig.client.waitForExecutions(imported.workflow.id, {
			after: twice[0].id,
		});
		expect(failed.data.resultData.error?.message).toContain('Ourselves, Ourselves again');
		expect(contacts()).toHaveLength(count + 1);
	}, 60_000);
}
