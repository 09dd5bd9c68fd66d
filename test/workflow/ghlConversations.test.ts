import type { INodeParameters } from 'n8n-workflow';
import { SANDBOX } from '../../sandbox';
import { PROVIDER, withProvider } from '../examples/ghlConversation';
import { useSandbox } from '../support/useSandbox';
import { byId, callsOf, runGhl } from './ghl';
import type { GhlRun } from './ghl';
import { useScaledTime } from './support';

useScaledTime(200);
const sandbox = useSandbox();

const aConversation = () => [...sandbox.state.conversations.values()][0];
const last = () => sandbox.requests.list({ service: 'highlevel' }).at(-1);

describe('Messages', () => {
	const send = (more = {}) =>
		runGhl(sandbox, 'message:send', {
			type: 'SMS',
			contactId: byId(aConversation().contactId),
			message: 'See you at nine.',
			...more,
		});

	it('are sent, and stand first in the conversation', async () => {
		const { json, error } = await send();
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ conversationId: aConversation().id, status: 'pending' });
		expect(last()?.headers).toMatchObject({ version: '2021-04-15' });
		const read = await runGhl(sandbox, 'message:getMany', {
			conversationId: byId(aConversation().id),
			returnAll: false,
			limit: 1,
		});
		expect(read.json).toMatchObject([{ body: 'See you at nine.', direction: 'outbound' }]);
	});

	it('have the subject of an email, in sight or as older workflows have it, and no email fields by SMS', async () => {
		const email = { type: 'Email', additionalFields: { html: '<p>At nine</p>' } };
		await send({ ...email, emailSubject: 'Tomorrow' });
		expect(last()?.body).toMatchObject({ subject: 'Tomorrow', html: '<p>At nine</p>' });
		await send({ ...email, additionalFields: { subject: 'As before' } });
		expect(last()?.body).toMatchObject({ subject: 'As before' });
		const details = { subject: 'Not sent', emailCc: 'a@example.com', fromNumber: '+15555550100' };
		const sms = await send({ additionalFields: details });
		expect(sms.error?.message).toBeUndefined();
		expect(last()?.body).not.toHaveProperty('subject');
		expect(last()?.body).not.toHaveProperty('emailCc');
		expect(last()?.body).toMatchObject({ fromNumber: '+15555550100' });
		const channel = await runGhl(
			sandbox,
			'message:send',
			{
				type: '={{ $json.channel }}',
				contactId: byId(aConversation().contactId),
				message: 'See you at nine.',
				additionalFields: { subject: 'By expression' },
			},
			{ items: [{ channel: 'Email' }] },
		);
		expect(channel.error).toBeUndefined();
		expect(last()?.body).toMatchObject({ type: 'Email', subject: 'By expression' });
	});

	it('are sent with a status and a subtype only where they are set', async () => {
		await send();
		const plain = {
			type: 'SMS',
			contactId: aConversation().contactId,
			message: 'See you at nine.',
		};
		expect(last()?.body).toEqual(plain);
		await send({ additionalFields: { status: 'delivered', subType: 'SMS' } });
		expect(last()?.body).toEqual({ ...plain, status: 'delivered', subType: 'SMS' });
	});

	it('without anything to say are not sent', async () => {
		const { error } = await send({ message: '' });
		expect(error?.message).toBe('The message is empty');
		expect(callsOf(sandbox)).toEqual([]);
	});

	it('are never sent twice: a lost answer is reported', async () => {
		const before = sandbox.state.messages.size;
		sandbox.faults.add({ kind: 'lostAnswer', method: 'POST', path: '^/conversations/messages$' });
		const { error } = await send();
		expect(error?.message).toContain('may have been carried out');
		expect(sandbox.state.messages.size).toBe(before + 1);
	});

	it('are scheduled in epoch seconds', async () => {
		await send({ additionalFields: { scheduledTimestamp: '2031-01-01T09:00:00Z' } });
		expect(last()?.body).toMatchObject({ scheduledTimestamp: Date.UTC(2031, 0, 1, 9) / 1000 });
	});

	it('of several types are asked for with commas', async () => {
		const { json } = await runGhl(sandbox, 'message:getMany', {
			conversationId: byId(aConversation().id),
			messageTypes: ['TYPE_SMS', 'TYPE_EMAIL'],
			returnAll: true,
		});
		expect(last()?.query).toMatchObject({ type: 'TYPE_SMS,TYPE_EMAIL' });
		expect(json).toHaveLength(2);
	});

	it('all come, however many there are', async () => {
		const { id: conversationId } = aConversation();
		const [message] = sandbox.state.messages.values();
		for (let number = 0; number < 230; number++) {
			const id = `more-${number}`;
			sandbox.state.messages.set(id, { ...message, id, conversationId });
		}
		const { json } = await runGhl(sandbox, 'message:getMany', {
			conversationId: byId(conversationId),
			returnAll: true,
		});
		expect(new Set(json.map(({ id }) => id)).size).toBe(232);
		expect(callsOf(sandbox)).toHaveLength(3);
	});
});

describe('Messages of another channel', () => {
	const written = {
		message: 'Tuesday suits me.',
		additionalFields: { date: '2026-11-20T09:30:15.250Z' },
	};
	const add = (more: INodeParameters = {}, run: GhlRun = {}) =>
		runGhl(
			sandbox,
			'message:addInbound',
			{
				type: 'Custom',
				contactId: byId(aConversation().contactId),
				conversationProviderId: PROVIDER.id,
				direction: 'inbound',
				...written,
				...more,
			},
			run,
		);
	const ofProvider = () =>
		[...sandbox.state.messages.values()].filter(
			({ conversationProviderId }) => conversationProviderId,
		);
	const loseAnswer = () =>
		sandbox.faults.add({ kind: 'lostAnswer', method: 'POST', path: '/messages/inbound$' });

	beforeEach(() => withProvider(sandbox));

	it('stand in the conversation at their time, on their side', async () => {
		const { json, error } = await add();
		expect(error).toBeUndefined();
		const shown = {
			body: written.message,
			direction: 'inbound',
			dateAdded: '2026-11-20T09:30:15.250Z',
		};
		expect(ofProvider()).toMatchObject([{ id: json[0].messageId, ...shown }]);
		const read = await runGhl(sandbox, 'message:get', { messageId: String(json[0].messageId) });
		expect(read.json[0]).toMatchObject({ conversationId: aConversation().id, ...shown });
	});

	it('are there once, though the answer was lost', async () => {
		loseAnswer();
		const { json, error } = await add();
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ success: true, messageId: ofProvider()[0].id });
		expect(ofProvider()).toHaveLength(1);
		expect(callsOf(sandbox).filter((call) => call.startsWith('POST'))).toHaveLength(1);
	});

	it('are reported where the answer was lost and no date tells them from an older one', async () => {
		loseAnswer();
		const { error } = await add({ additionalFields: {} });
		expect(error?.message).toContain('may have been carried out');
		expect(ofProvider()).toHaveLength(1);
	});

	it('are added once by runs that come again, and each where only its time differs', async () => {
		const once = (date: string) => add({ additionalFields: { date, unlessThere: true } });
		await once('2026-11-20T09:30:15.250Z');
		const { json, error } = await once('2026-11-20T09:30:15.250Z');
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ messageId: ofProvider()[0].id, added: false });
		expect(ofProvider()).toHaveLength(1);
		await once('2026-11-20T09:31:00Z');
		expect(ofProvider()).toHaveLength(2);
	});

	it('stand as an internal comment once, where there is no provider', async () => {
		const comment = () =>
			runGhl(sandbox, 'message:send', {
				type: 'InternalComment',
				contactId: byId(aConversation().contactId),
				message: 'Jane, 09:30: Tuesday suits me.',
				additionalFields: { unlessThere: true },
			});
		await comment();
		expect((await comment()).json[0]).toMatchObject({ added: false });
		const comments = [...sandbox.state.messages.values()].filter(
			({ messageType }) => messageType === 'TYPE_INTERNAL_COMMENT',
		);
		expect(comments).toHaveLength(1);
	});

	it('find their contact by a LinkedIn address, a member id or an email', async () => {
		const [contact, other] = [...sandbox.state.contacts.values()].filter(
			({ customFields, email }) => customFields.length > 0 && email,
		);
		const profile = String(
			contact.customFields.find(({ value }) => String(value).includes('linkedin.com'))?.value,
		);
		const by = (value: string) => add({ contactId: { __rl: true, mode: 'identity', value } });
		for (const value of [profile, `${profile}, ${contact.email}`, String(contact.email)])
			expect((await by(value)).json[0]).toMatchObject({ contactId: contact.id });
		const several = await by(`${profile}, ${other.email}`);
		expect(several.error?.message).toContain('2 contacts have one of');
		const nobody = await by('https://www.linkedin.com/in/nobody-at-all');
		expect(nobody.error?.message).toContain('HighLevel has no contact with');
	});

	it('need a provider on a custom channel', async () => {
		const { error } = await add({ conversationProviderId: '' });
		expect(error?.message).toBe('A custom channel needs its conversation provider');
		expect(callsOf(sandbox)).toEqual([]);
	});

	it.each([
		[
			'another ID',
			{ conversationProviderId: 'none' },
			{},
			'Incorrect “Conversation Provider ID”/type',
		],
		[
			'a channel that does not fit',
			{ type: 'Email' },
			{},
			'Incorrect “Conversation Provider ID”/type',
		],
		['a private integration', {}, { token: SANDBOX.privateToken }, 'You don’t have access'],
	])('say what to do after a refusal: %s', async (_case, more, run, said) => {
		const { error } = await add(more, run);
		expect(error?.message.replace("'", '’')).toContain(
			`HighLevel does not take this conversation provider: ${said}`,
		);
		expect(error?.description).toContain('connect by OAuth2 with that app');
	});

	it('get their status from the app of the provider, some seconds later', async () => {
		const { id } = sandbox.writeAsUser({ contactId: aConversation().contactId, message: 'Hello' });
		const update = () =>
			runGhl(sandbox, 'message:updateStatus', {
				messageId: id,
				status: 'failed',
				additionalFields: { error: 'No connection any more' },
			});
		sandbox.settings.providerLagMs = 24 * 3_600_000;
		const { error } = await update();
		expect(error?.message).toBe(
			'HighLevel does not let this connection set the status of this message',
		);
		sandbox.settings.providerLagMs = 0;
		expect((await update()).json[0]).toMatchObject({ messageId: id, status: 'failed' });
		expect(sandbox.state.messages.get(id)).toMatchObject({
			status: 'failed',
			error: { message: 'No connection any more' },
		});
	});
});

describe('Conversations', () => {
	it('all come, newest message first, by the time of the last message of a page', async () => {
		const contacts = [...sandbox.state.contacts.keys()].slice(10, 150);
		for (const [number, contactId] of contacts.entries()) {
			const id = `more-${number}`;
			const dateAdded = new Date(Date.UTC(2027, 0, 1) + number * 60_000).toISOString();
			sandbox.state.conversations.set(id, { ...aConversation(), id, contactId, dateAdded });
		}
		const { json } = await runGhl(sandbox, 'conversation:getMany', {
			returnAll: true,
			sort: 'desc',
		});
		expect(new Set(json.map(({ id }) => id)).size).toBe(150);
		expect(json[0].id).toBe('more-139');
		// A page of fewer than asked for may not be the last: no maximum is documented.
		expect(callsOf(sandbox)).toHaveLength(3);
	});

	it('are deleted with their messages', async () => {
		const { id } = aConversation();
		const { json } = await runGhl(sandbox, 'conversation:delete', { conversationId: byId(id) });
		expect(json).toEqual([{ deleted: true }]);
		expect([...sandbox.state.messages.values()].some((one) => one.conversationId === id)).toBe(
			false,
		);
	});

	it('are updated only where something is set', async () => {
		const conversationId = byId(aConversation().id);
		const nothing = await runGhl(sandbox, 'conversation:update', { conversationId });
		expect(nothing.error?.message).toBe('There is nothing to update');
		await runGhl(sandbox, 'conversation:update', {
			conversationId,
			updateFields: { starred: true },
		});
		expect(aConversation()).toMatchObject({ starred: true });
	});

	it('are opened once, though the answer was lost', async () => {
		const contactId = [...sandbox.state.contacts.keys()].at(-1) ?? '';
		sandbox.faults.add({ kind: 'lostAnswer', method: 'POST', path: '^/conversations/$' });
		const { json, error } = await runGhl(sandbox, 'conversation:create', {
			contactId: byId(contactId),
		});
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ contactId, id: expect.any(String) });
		expect(callsOf(sandbox).filter((call) => call.startsWith('POST'))).toHaveLength(1);
	});
});
