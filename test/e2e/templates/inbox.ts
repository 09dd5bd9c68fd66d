import { GHL_WEBHOOK_PUBLIC_KEY, SANDBOX } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import type { CredentialRef, WorkflowFile } from '../../../tools/n8n/workflow';
import { PROVIDER } from '../../examples/ghlConversation';
import { setField, type Rig } from './rig';
import { until } from '../support/waiting';

export const INBOX = 'linkedin-inbox-in-highlevel';
const REPLY = 'EVERY_MESSAGE_REPLY_RECEIVED';

/** As a person sets it up; the worker looks every some seconds, so that the tests need not wait. */
export function inboxFor(provider: string, seconds = 2) {
	return (file: WorkflowFile): void => {
		for (const { name, parameters } of file.nodes) {
			if (name === 'GHL Trigger') parameters.options = { publicKeys: GHL_WEBHOOK_PUBLIC_KEY };
			if (name === 'Every 10 seconds')
				parameters.rule = {
					interval: [{ field: 'cronExpression', expression: `*/${seconds} * * * * *` }],
				};
		}
		setField(file, 'Your settings', 'conversationProviderId', provider);
	};
}

/** A credential that signs in as the app of the provider does. */
export async function appCredential({ client, sandbox }: Pick<Rig, 'client' | 'sandbox'>) {
	const type = 'ghlPrivateIntegrationApi';
	const name = 'The app';
	const data = {
		token: SANDBOX.appToken,
		locationId: SANDBOX.locationId,
		baseUrl: sandbox.ghlUrl,
	};
	const { id } = await client.createCredential({ name, type, data });
	return { [type]: { id, name } } satisfies Record<string, CredentialRef>;
}

/** Contacts that are leads too, by their LinkedIn profile, each with its lead. */
export function peopleOnBothSides({ state }: Sandbox) {
	return [...state.leads.values()].flatMap((lead) => {
		const address = lead.profileUrl.replace(/\/*$/, '/');
		const found = [...state.contacts.values()].filter(
			({ customFields, locationId }) =>
				locationId === SANDBOX.locationId && customFields.some(({ value }) => value === address),
		);
		return found.length === 1 ? [{ lead, contact: found[0] }] : [];
	});
}

/** What stands in the contact's conversation since the provider is there, oldest first. */
export const shownTo = ({ state }: Sandbox, contactId: string, type = 'TYPE_CUSTOM_SMS') =>
	[...state.messages.values()]
		.filter((one) => one.contactId === contactId && one.messageType === type)
		.sort((one, other) => one.dateAdded.localeCompare(other.dateAdded));

export function inboxTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let off: (() => Promise<void>) | undefined;
	let credentials: Record<string, CredentialRef>;

	const turnOn = async (provider: string) => {
		await off?.();
		const all = { ...rig.credentials, ...credentials };
		const { workflow } = await rig.template(INBOX, inboxFor(provider), all);
		off = await rig.on(workflow);
		const deliveryUrl = await rig.client.webhookUrl(workflow, 'GHL Trigger');
		await rig.client.waitForWebhook(deliveryUrl);
		rig.sandbox.state.conversationProviders.set(PROVIDER.id, { ...PROVIDER, deliveryUrl });
		await until('the table', async () =>
			(await rig.tables.all()).some(({ name }) => name === 'LinkedIn inbox'),
		);
	};

	beforeAll(async () => {
		rig = getRig();
		rig.sandbox.reset();
		credentials = await appCredential(rig);
		await turnOn(PROVIDER.id);
	}, 150_000);

	afterAll(async () => await off?.());

	const person = (at: number) => peopleOnBothSides(rig.sandbox)[at];
	const textsOf = (contactId: string, type?: string) =>
		shownTo(rig.sandbox, contactId, type).map(
			({ direction, body }) => `${direction}: ${body.split('\n')[0]}`,
		);

	it('shows what both write on LinkedIn, each once, and sends what a user answers', async () => {
		const { sandbox } = rig;
		const { lead, contact } = person(0);
		const others = [...sandbox.state.messages.values()].filter(
			({ locationId }) => locationId !== SANDBOX.locationId,
		);
		const event = { leadId: lead.linkedinId, eventType: REPLY } as const;
		const { correlationId } = await sandbox.sendHeyReachEvent({
			...event,
			message: 'Tell me more.',
		});
		for (const daysLater of [0, 12])
			await sandbox.sendHeyReachEvent({ ...event, correlationId, daysLater });
		await sandbox.sendHeyReachEvent({ ...event, eventType: 'MESSAGE_SENT', message: 'Gladly!' });
		const room = [...sandbox.state.chatrooms.values()].find(
			({ linkedinId }) => linkedinId === lead.linkedinId,
		);
		// The second one waits for its turn.
		const isShown = () => textsOf(contact.id).includes('outbound: Gladly!');
		await until('the messages in HighLevel', isShown, 60);

		const { id } = sandbox.writeAsUser({
			contactId: contact.id,
			message: 'Shall we talk on Monday?',
		});
		const status = () => sandbox.state.messages.get(id)?.status;
		await until('the message to be delivered', () => status() === 'delivered', 30);
		expect(room?.messages.at(-1)).toMatchObject({ sender: 'ME', body: 'Shall we talk on Monday?' });

		// HeyReach tells of that message as of an own one, too.
		await sandbox.sendHeyReachEvent({ ...event, message: 'Monday is fine.' });
		const isLastShown = () => textsOf(contact.id).includes('inbound: Monday is fine.');
		await until('the last reply', isLastShown, 30);
		const told = room?.messages.map(
			({ sender, body }) => `${sender === 'ME' ? 'outbound' : 'inbound'}: ${body}`,
		);
		expect(told).toEqual(expect.arrayContaining(textsOf(contact.id)));
		expect(textsOf(contact.id).filter((text) => /Monday|more|Gladly/.test(text))).toEqual([
			'inbound: Tell me more.',
			'outbound: Gladly!',
			'outbound: Shall we talk on Monday?',
			'inbound: Monday is fine.',
		]);
		expect(shownTo(sandbox, contact.id)[1].body).toMatch(/\n\n\((to|by) .+\)$/);
		expect(
			[...sandbox.state.messages.values()].filter(
				({ locationId }) => locationId !== SANDBOX.locationId,
			),
		).toEqual(others);
	}, 150_000);

	it('says why a message could not be sent', async () => {
		const { contact } = person(5);
		const { id } = rig.sandbox.writeAsUser({ contactId: contact.id, message: 'Hello' });
		await until('the status', () => rig.sandbox.state.messages.get(id)?.status === 'failed');
		expect(rig.sandbox.state.messages.get(id)?.error?.message).toMatch(/^No LinkedIn message/);
	}, 150_000);

	it('leaves another client alone, and comments where there is no provider', async () => {
		// The other templates make it.
		const isThere = (await rig.tables.all()).some(({ name }) => name === 'Clients');
		const columns = ['client', 'location_id', 'workspace'].map((name) => ({
			name,
			type: 'string',
		}));
		if (!isThere) await rig.tables.create('Clients', columns);
		await rig.tables.add('Clients', [
			{ client: 'Ourselves' },
			{ client: 'Another', location_id: SANDBOX.otherLocationId, workspace: 'Bright Dental' },
		]);
		try {
			await turnOn('');
			const { lead, contact } = person(1);
			await rig.sandbox.sendHeyReachEvent({
				...{ leadId: lead.linkedinId, eventType: REPLY, message: 'No, thank you.' },
			});
			await until('the comment', () =>
				shownTo(rig.sandbox, contact.id, 'TYPE_INTERNAL_COMMENT').some(({ body }) =>
					/^LinkedIn, .+, to .+:\nNo, thank you\.$/.test(body),
				),
			);
			expect(textsOf(contact.id)).toEqual([]);
		} finally {
			await rig.tables.empty('Clients');
		}
	}, 150_000);
}
