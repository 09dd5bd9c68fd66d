import type { IDataObject } from 'n8n-workflow';
import { fromHeyReach } from '../../../nodes/ContactSync/accounts/fromHeyReach';
import { OutreachBook, outreachOf } from '../../../nodes/ContactSync/accounts/outreach';
import {
	decided,
	isSettled,
	OutreachReader,
	questionsAbout,
} from '../../../nodes/ContactSync/accounts/whoAndWhen';
import {
	newContactPolicy,
	ownerRules,
	readNewContacts,
	type NewContactSettings,
} from '../../../nodes/ContactSync/newContacts';
import { readTable } from '../../../nodes/ContactSync/fieldTable';
import type { LinkRow, SyncRecord } from '../../../nodes/ContactSync/reconcile';

const campaignLead = (
	leadConnectionStatus: unknown,
	leadMessageStatus: unknown,
	more: IDataObject = {},
): IDataObject => ({
	linkedInUserProfile: {
		linkedin_id: '700',
		profileUrl: 'https://www.linkedin.com/in/vera-oduya/',
	},
	leadConnectionStatus: leadConnectionStatus as string,
	leadMessageStatus: leadMessageStatus as string,
	...more,
});

describe('what a row tells', () => {
	it.each([
		['None', 'None', false, false],
		['ConnectionSent', 'None', false, false],
		['ConnectionAccepted', 'MessageSent', true, false],
		// An InMail is answered without a connection.
		['None', 'MessageReply', true, true],
		['SomethingNew', null, undefined, undefined],
		[undefined, 'MessageSent', undefined, false],
	])('of a campaign lead with %s and %s', (connection, message, accepted, answered) => {
		const outreach = outreachOf(campaignLead(connection, message, { linkedInSenderId: 301 }));
		expect(outreach).toEqual({
			...(accepted !== undefined && { accepted }),
			...(answered !== undefined && { answered }),
			sender: '301',
			at: 0,
		});
	});

	it('of a lead that was a connection before', () => {
		const row = campaignLead('None', 'None', { errorCode: 'AlreadyAConnection' });
		expect(outreachOf(row)).toMatchObject({ accepted: true, answered: false });
	});

	it.each([
		[{ lastMessageSender: 'CORRESPONDENT' }, true],
		[{ lastMessageSender: 'ME' }, undefined],
		[{ lastMessageSender: 'ME', messages: [{ sender: 'CORRESPONDENT' }, { sender: 'ME' }] }, true],
	])('of a conversation: %j', (talk, answered) => {
		const outreach = outreachOf({ ...talk, correspondentProfile: {}, linkedInAccountId: 302 });
		expect(outreach?.answered).toBe(answered);
		expect(outreach?.sender).toBe('302');
	});

	it('of a conversation of a group: nothing', () => {
		const talk = { groupChat: true, lastMessageSender: 'CORRESPONDENT', linkedInAccountId: 302 };
		expect(outreachOf({ ...talk, correspondentProfile: {} })).toBeUndefined();
	});

	it.each([
		['EVERY_MESSAGE_REPLY_RECEIVED', true, true],
		['INMAIL_REPLY_RECEIVED', true, true],
		['CONNECTION_REQUEST_ACCEPTED', true, undefined],
		['CONNECTION_REQUEST_SENT', undefined, undefined],
	])('of the event %s', (event, accepted, answered) => {
		const outreach = outreachOf({ event, lead: { id: '700' }, sender: { id: 301 } });
		expect([outreach?.accepted, outreach?.answered]).toEqual([accepted, answered]);
		expect(outreach?.sender).toBe('301');
	});

	it('of a lead of a list: nothing', () => {
		expect(outreachOf({ linkedin_id: '700', profileUrl: 'https://x.example' })).toBeUndefined();
	});
});

describe('several rows of one lead', () => {
	const lead = fromHeyReach(campaignLead('None', 'None'), readTable([]));

	it('count together; the sender who was answered comes before a later one', () => {
		const book = new OutreachBook();
		const row = (sender: number, message: string, day: number) =>
			campaignLead('None', message, {
				linkedInSenderId: sender,
				lastActionTime: `2026-11-0${day}T10:00:00Z`,
			});
		for (const one of [row(301, 'None', 1), row(302, 'MessageReply', 2), row(303, 'None', 3)])
			book.add(one, lead);
		expect(book.of(lead)).toMatchObject({ accepted: true, answered: true, sender: '302' });
	});

	it('are found by the address where HeyReach has given the lead another ID', () => {
		const book = new OutreachBook();
		book.add(campaignLead('ConnectionAccepted', 'None'), { ...lead, id: 'imp_1' });
		expect(book.of(lead)).toMatchObject({ accepted: true });
	});
});

const settings = (
	when: NewContactSettings['when'],
	owners: Array<[string, string]> = [],
): NewContactSettings => ({ when, owners: new Map(owners), defaults: { fields: {}, tags: [] } });

const record = (id: string, fields: SyncRecord['fields'] = {}): SyncRecord => ({ id, fields });

const link = (aId: string, bId: string, state: LinkRow['state']): LinkRow => ({
	...{ location: '', workspace: '', pairId: `${aId} ${bId}`, aId, bId, state, rev: 1 },
	...{ base: '', aliases: '', keys: '', opKey: '', fullRuns: 1, changedAt: '' },
	...{ generation: 0, writes: '' },
});

describe('the leads about which the outreach decides', () => {
	const contacts = [record('owned'), record('free', { assignedTo: null })];
	const leads = ['new', 'begun', 'ended', 'ofOwned', 'ofFree'].map((id) => record(id));
	const links = [
		link('', 'begun', 'pendingCreate'),
		link('x', 'ended', 'tombstone'),
		link('owned', 'ofOwned', 'linked'),
		link('free', 'ofFree', 'linked'),
	];
	const about = (of: NewContactSettings, creates: boolean) =>
		Object.fromEntries(questionsAbout({ contacts, leads }, links, of, creates));

	it('are none where any lead becomes a contact and no owner is given', () => {
		expect(about(settings('any'), true)).toEqual({});
	});

	it('are those without a link, where contacts are created', () => {
		expect(about(settings('answered'), true)).toEqual({ new: { gate: 'answered' } });
		expect(about(settings('answered'), false)).toEqual({});
	});

	it('are those of contacts without an owner too, where senders have users', () => {
		expect(about(settings('any', [['301', 'user']]), true)).toEqual({
			new: { owner: 'created' },
			begun: { owner: 'created' },
			ofFree: { owner: 'linked' },
		});
	});

	it('need no more reading once the answer cannot change', () => {
		const of = { accepted: true, answered: false, at: 0 };
		expect(isSettled({ gate: 'accepted' }, of)).toBe(true);
		expect(isSettled({ gate: 'answered' }, of)).toBe(false);
		expect(isSettled({ gate: 'accepted', owner: 'created' }, of)).toBe(false);
		expect(isSettled({ owner: 'created' }, { ...of, sender: '301' })).toBe(true);
		expect(isSettled({ owner: 'linked' }, { ...of, sender: '301' })).toBe(false);
	});

	it('are kept by the reader alone', () => {
		const book = new OutreachBook();
		const questions = questionsAbout({ contacts, leads }, links, settings('answered'), true);
		const reader = new OutreachReader(book, leads, questions);
		const row = campaignLead('None', 'MessageReply');
		reader.add(row, record('ofFree'));
		expect(book.of(record('ofFree'))).toBeUndefined();
		reader.add(row, record('new'));
		expect(book.of(record('new'))).toMatchObject({ answered: true });
	});
});

describe('a lead with its answer', () => {
	const owners = new Map([['301', 'user']]);
	const after = (question: Parameters<typeof isSettled>[0], row?: IDataObject) => {
		const book = new OutreachBook();
		const lead = record('700');
		if (row) book.add(row, lead);
		const [one] = decided([lead], new Map([['700', question]]), book, owners);
		return one;
	};

	it('may be created, or not yet, or nobody knows', () => {
		const gate = { gate: 'answered' } as const;
		expect(after(gate, campaignLead('None', 'MessageReply'))).toEqual(record('700'));
		expect(after(gate, campaignLead('None', 'None')).doNotCreate).toBe('has not answered yet');
		expect(after(gate).maybeCreate).toBe(true);
	});

	it('has the user of its sender, for a contact that is created or that it has answered', () => {
		const row = (message: string, linkedInSenderId: number) =>
			campaignLead('None', message, { linkedInSenderId });
		expect(after({ owner: 'created' }, row('None', 301)).fields).toEqual({
			ownerOfCreated: 'user',
		});
		expect(after({ owner: 'linked' }, row('None', 301)).fields).toEqual({});
		expect(after({ owner: 'linked' }, row('MessageReply', 301)).fields).toEqual({
			ownerOfAnswered: 'user',
		});
		expect(after({ owner: 'created' }, row('MessageReply', 999)).fields).toEqual({});
	});
});

describe('the settings', () => {
	const read = (parameters: Record<string, unknown>, creates = true) =>
		readNewContacts((name, fallback) => parameters[name] ?? fallback, creates);

	it('are empty in a new node, and change no policy', () => {
		expect(newContactPolicy(read({}))).toEqual({});
		expect(ownerRules(read({}))).toEqual([]);
	});

	it('are those of pickers and of expressions', () => {
		const rows = [
			{ sender: { __rl: true, mode: 'list', value: '301' }, userId: 'user' },
			{ sender: 301, userId: 'user' },
			{ sender: '', userId: '' },
		];
		const { owners, defaults } = read({
			ownerMapping: { rows },
			createdContacts: { source: ' Fair ', tags: 'a, b', assignedTo: '' },
		});
		expect([...owners]).toEqual([['301', 'user']]);
		expect(defaults).toEqual({ fields: { source: 'Fair' }, tags: ['a', 'b'] });
	});

	it('are not used for contacts where none are created', () => {
		const { when, defaults } = read(
			{ createGhlWhen: 'answered', createdContacts: { source: 'Fair' } },
			false,
		);
		expect([when, defaults]).toEqual(['any', { fields: {}, tags: [] }]);
	});
});
