import fc from 'fast-check';
import { isDocumentedEvent } from '../../../nodes/HeyReach/trigger/events';
import { normaliseDelivery, repeatKey } from '../../../nodes/HeyReach/trigger/normalise';
import { deliveryShapes, derived, facts } from './deliveryShapes';

const reply = {
	event_type: 'every_message_reply_received',
	correlation_id: 'c-1',
	timestamp: '2026-11-23T10:00:00.1234567+01:00',
	campaign: { id: 1001, name: 'Founders', status: 'IN_PROGRESS' },
	sender: {
		id: 301,
		first_name: 'Sandy',
		last_name: 'Box',
		full_name: 'Sandy Box',
		email_address: 'sandy@example.com',
		profile_url: 'https://www.linkedin.com/in/sandy-box/',
	},
	lead: {
		id: '120000001',
		profile_url: 'https://de.linkedin.com/in/Jane-Doe?x=1',
		first_name: 'Jane',
		last_name: 'Doe',
		full_name: 'Jane Doe',
		location: 'Austin',
		summary: 'Builds things',
		company_name: 'Acme',
		company_url: 'https://acme.example',
		position: 'CEO',
		about: 'About Jane',
		email_address: 'jane@example.com',
		enriched_email: 'jane@acme.example',
		custom_email: 'j@acme.example',
		tags: ['hot lead', { name: 'follow up', campaignId: 1001 }, { campaignId: 1 }, null],
		lists: ['Founders in Austin'],
	},
	conversation_id: 'Y29udg==',
	is_inmail: false,
	recent_messages: [
		{
			creation_time: '2026-11-23T09:00:00Z',
			message: 'Tell me more',
			is_reply: true,
			message_type: 'TEXT',
		},
		{
			creation_time: '2026-11-23T08:00:00',
			message: 'Hi Jane',
			is_reply: false,
			message_type: 'TEXT',
		},
	],
};

const normalise = (body: Record<string, unknown>) => normaliseDelivery(body, isDocumentedEvent);

it('gives every part the names that later nodes use', () => {
	const first = {
		sentAt: '2026-11-23T08:00:00.000Z',
		text: 'Hi Jane',
		isReply: false,
		type: 'TEXT',
	};
	const last = {
		sentAt: '2026-11-23T09:00:00.000Z',
		text: 'Tell me more',
		isReply: true,
		type: 'TEXT',
	};
	expect(normalise(reply)).toEqual({
		event: 'every_message_reply_received',
		occurredAt: '2026-11-23T09:00:00.123Z',
		correlationId: 'c-1',
		lead: {
			id: '120000001',
			memberId: '120000001',
			profileUrl: 'https://de.linkedin.com/in/Jane-Doe?x=1',
			linkedInUrl: 'https://www.linkedin.com/in/jane-doe/',
			firstName: 'Jane',
			lastName: 'Doe',
			fullName: 'Jane Doe',
			location: 'Austin',
			summary: 'Builds things',
			companyName: 'Acme',
			companyUrl: 'https://acme.example',
			position: 'CEO',
			about: 'About Jane',
			email: 'jane@example.com',
			enrichedEmail: 'jane@acme.example',
			customEmail: 'j@acme.example',
			tags: ['hot lead', 'follow up'],
			lists: ['Founders in Austin'],
		},
		campaign: { id: 1001, name: 'Founders', status: 'IN_PROGRESS' },
		sender: {
			id: 301,
			firstName: 'Sandy',
			lastName: 'Box',
			fullName: 'Sandy Box',
			email: 'sandy@example.com',
			profileUrl: 'https://www.linkedin.com/in/sandy-box/',
		},
		conversation: {
			id: 'Y29udg==',
			isInMail: false,
			messages: [first, last],
			lastMessage: last,
			reply: last,
		},
		messageKey: 'Y29udg==:2026-11-23T09:00:00.000Z',
		body: reply,
	});
});

describe.each(Object.entries(deliveryShapes))('%s', (_shape, shape) => {
	const { body, ...told } = normalise(shape);

	it('loses no fact: all that the delivery says is in the parts too', () => {
		expect(body).toBe(shape);
		const said = facts(told).map((fact) => fact.toLowerCase());
		for (const fact of facts(shape)) expect(said).toContain(fact.toLowerCase());
	});

	it('invents nothing', () => {
		expect([...facts(shape), ...derived(shape)]).toEqual(expect.arrayContaining(facts(told)));
	});
});

const ofShape = (name: string) => {
	const [, shape] = Object.entries(deliveryShapes).find(([key]) => key.startsWith(name)) ?? [];
	return normalise(shape ?? {});
};

it('gives the lists of a lead by name as ever, with their ids and variables beside them', () => {
	expect(ofShape('a reply whose newest').lead).toMatchObject({
		lists: ['Founders', 'Second list'],
		listIds: [33002, 33003],
		listDetails: [
			{ id: 33002, name: 'Founders', customFields: { opener: 'Loved the launch', crm: 'c-1' } },
			{ id: 33003, name: 'Second list' },
		],
		customFields: { opener: 'Loved the launch', crm: 'c-1' },
	});
	expect(ofShape('a connection accepted').lead).toMatchObject({
		lists: ['spring_list'],
		listIds: [33001],
	});
	expect(ofShape('a connection accepted').lead).not.toHaveProperty('customFields');
	expect(ofShape('a request').lead).toEqual({
		id: '810000003',
		memberId: '810000003',
		lists: ['by name', 'without id'],
	});
});

it('does not choose between the values that a variable has in two lists', () => {
	const lists = [
		{ id: 1, name: 'A', custom_fields: { crm: 'c-1', topic: 'robots', same: 'x' } },
		{
			id: 2,
			name: 'B',
			custom_fields: [
				{ name: 'crm', value: 'c-2' },
				{ name: 'same', value: 'x' },
			],
		},
	];
	expect(normalise({ lead: { lists } }).lead).toMatchObject({
		customFields: { topic: 'robots', same: 'x' },
		unclearFields: ['crm'],
		listDetails: [{ customFields: { crm: 'c-1' } }, { customFields: { crm: 'c-2' } }],
	});
});

it('gives a number for a status as a number, and makes no word of it', () => {
	for (const status of [1, '2', 7]) {
		expect(normalise({ campaign: { id: 5, status } }).campaign).toEqual({
			id: 5,
			statusCode: Number(status),
		});
	}
	expect(ofShape('a tag, nested').campaign).toMatchObject({ status: 'IN_PROGRESS' });
});

it('takes for the reply what the prospect said last, and names attachments', () => {
	const attachment = {
		sentAt: '2026-03-04T12:01:00.000Z',
		isReply: true,
		type: 'Attachment',
		isAttachment: true,
	};
	expect(ofShape('a reply whose newest').conversation).toMatchObject({
		reply: { text: 'Yes, see our brief', sentAt: '2026-03-04T12:00:00.000Z' },
		attachments: [attachment],
		lastMessage: attachment,
	});
	const ours = { message: 'Thank you', is_reply: false, creation_time: '2026-03-04T13:00:00Z' };
	const theirs = { message: 'Sure', is_reply: true, creation_time: '2026-03-04T12:00:00Z' };
	const answered = normalise({ recent_messages: [ours, theirs] }).conversation;
	expect(answered).toMatchObject({ reply: { text: 'Sure' }, lastMessage: { text: 'Thank you' } });
	expect(answered).not.toHaveProperty('attachments');
	expect(normalise({ recent_messages: [ours] }).conversation).not.toHaveProperty('reply');
});

it('leaves messages as they came where one has no time', () => {
	const texts = ['one', 'two', 'three'];
	const times = ['2026-03-04T13:00:00Z', undefined, '2026-03-04T12:00:00Z'];
	const recent_messages = texts.map((message, at) => ({
		message,
		is_reply: true,
		creation_time: times[at],
	}));
	expect(normalise({ recent_messages }).conversation).toMatchObject({
		messages: texts.map((text) => ({ text })),
		reply: { text: 'three' },
	});
});

it('finds the sender wherever its id stands', () => {
	for (const where of [
		{ sender: { id: 52 } },
		{ sender: { id: '52' } },
		{ sender: { linkedInAccount: { id: 52 } } },
		{ sender: { linkedin_account_id: 52 } },
		{ linkedInAccountId: 52 },
		{ linkedin_account_id: 52, sender: null },
		{ linkedInAccount: { id: 52 }, sender: {} },
		{ sender_id: 52 },
	]) {
		expect(normalise(where).sender).toEqual({ id: 52 });
	}
});

describe('By what a repeat is known', () => {
	const key = (more: Record<string, unknown>) => repeatKey(normalise({ ...reply, ...more }));
	const said = (creation_time: string, message = 'x', is_reply = true) => ({
		recent_messages: [{ creation_time, message, is_reply }],
	});

	it('is one reply: whenever, for whatever campaign and under whatever id it comes again', () => {
		const later = { timestamp: '2026-12-05T10:00:00Z', correlation_id: 'c-2' };
		expect(key({ ...later, campaign: { id: 9 } })).toBe(key({}));
		expect(normalise({ ...reply, ...later, event_type: 'MESSAGE_REPLY_RECEIVED' }).messageKey).toBe(
			normalise(reply).messageKey,
		);
	});

	it('is two for two replies, also when the second is an attachment', () => {
		const [first, second] = ['2026-11-23T09:00:00Z', '2026-11-23T09:01:00Z'];
		expect(key(said(first))).not.toBe(key(said(second)));
		expect(key(said(first))).not.toBe(key(said(second, '')));
		expect(key({ conversation_id: 'other' })).not.toBe(key({}));
	});

	it('is event, id and time for what is no reply', () => {
		const sent = { event_type: 'message_sent' };
		expect(normalise({ ...reply, ...sent })).not.toHaveProperty('messageKey');
		expect(key(sent)).toBe('message_sent:c-1:2026-11-23T09:00:00.123Z');
		expect(key({ ...sent, timestamp: '2026-12-05T10:00:00Z' })).not.toBe(key(sent));
		expect(key({ ...sent, correlation_id: null })).toBeUndefined();
	});

	it('is nothing for the Test button, which sends the same each time', () => {
		const test = ofShape('the Test button');
		expect(test).toMatchObject({ isTest: true, lead: { id: 'TestId' } });
		expect(repeatKey(test)).toBeUndefined();
		expect(ofShape('a tag, nested')).not.toHaveProperty('isTest');
	});
});

it('reads every spelling of a key alike, nested or flat', () => {
	type Body = Record<string, unknown>;
	const partsOf = (body: Body) => ({ ...normalise(body), body: undefined });
	const camel = (key: string) =>
		key.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
	const inCamel = (value: unknown): unknown =>
		Array.isArray(value)
			? value.map(inCamel)
			: typeof value === 'object' && value !== null
				? Object.fromEntries(Object.entries(value).map(([key, one]) => [camel(key), inCamel(one)]))
				: value;
	const under = (prefix: string, part: object) =>
		Object.fromEntries(Object.entries(part).map(([key, one]) => [`${prefix}_${key}`, one]));
	const { lead, campaign, sender, ...rest } = reply;
	const flat = {
		...rest,
		...under('lead', lead),
		...under('campaign', campaign),
		...under('sender', sender),
	};
	const asEver = partsOf(reply);
	expect(partsOf(inCamel(reply) as Body)).toEqual(asEver);
	expect(partsOf(flat)).toEqual(asEver);
	expect(partsOf(inCamel(flat) as Body)).toEqual(asEver);
});

it('is the same for the event name in upper and lower case', () => {
	const { body, ...lower } = normalise(reply);
	const { body: raw, ...upper } = normalise({
		...reply,
		event_type: 'EVERY_MESSAGE_REPLY_RECEIVED',
	});
	expect(upper).toEqual(lower);
	expect(raw).not.toEqual(body);
});

it('leaves out what is missing, null or empty, and keeps an empty list', () => {
	const sparse = {
		event_type: 'viewed_profile',
		correlation_id: '',
		timestamp: 'yesterday',
		campaign: null,
		sender: {},
		lead: { id: 'imp_77', first_name: null, last_name: '', profile_url: null, tags: [] },
		conversation_id: null,
		recent_messages: [],
	};
	expect(normalise(sparse)).toEqual({
		event: 'viewed_profile',
		lead: { id: 'imp_77', tags: [] },
		body: sparse,
	});
});

it.each([undefined, null, '', 7, {}])('marks a delivery whose event is %s', (event_type) => {
	const body = { ...reply, event_type };
	expect(normalise(body)).toMatchObject({ eventKnown: false, correlationId: 'c-1', body });
	expect(normalise(body)).not.toHaveProperty('event');
});

it('marks an event that it does not know', () => {
	expect(normalise({ event_type: 'LEAD_WON' })).toEqual({
		event: 'lead_won',
		eventKnown: false,
		body: { event_type: 'LEAD_WON' },
	});
});

it('takes the tags of a tag event from where HeyReach puts them', () => {
	expect(normalise({ lead: { id: '1' }, tags: ['a'] }).lead).toEqual({
		id: '1',
		memberId: '1',
		tags: ['a'],
	});
	expect(normalise({ lead: { id: '1', tags: [] }, tags: ['a'] }).lead).toMatchObject({ tags: [] });
});

it('passes on an empty delivery, and marks it', () => {
	expect(normalise({})).toEqual({ eventKnown: false, body: {} });
});

it('invents nothing: whatever comes, every text it puts out was in the delivery', () => {
	const flat = ['eventType', 'leadProfileUrl', 'campaignId', 'linkedInAccount', 'tag'];
	const inner = ['message', 'name', 'id', 'custom_fields', 'message_type', 'is_reply'];
	const keys = [...Object.keys(reply), ...Object.keys(reply.lead), ...inner, ...flat];
	type Body = Record<string, unknown>;
	const { record } = fc.letrec<{ anything: unknown; list: unknown[]; record: Body }>((tie) => ({
		anything: fc.oneof(
			{ maxDepth: 4 },
			fc.constantFrom(null, undefined, '', ' ', true, 0, -1, 7, 'text', 'message_sent'),
			tie('list'),
			tie('record'),
		),
		list: fc.array(tie('anything'), { maxLength: 3 }),
		record: fc.dictionary(fc.constantFrom(...keys), tie('anything'), { maxKeys: 8 }),
	}));
	fc.assert(
		fc.property(record, (given) => {
			const { body, event, eventKnown, ...rest } = normalise(given);
			expect([event === undefined || typeof event === 'string', body]).toEqual([true, given]);
			expect(eventKnown).toBe(event === 'message_sent' ? undefined : false);
			const said = JSON.stringify(rest);
			expect(said).not.toMatch(/null|undefined|""/);
			for (const [, text] of said.matchAll(/:"([^"]*)"/g)) {
				expect(['text', 'message_sent', '0', '-1', '7']).toContain(text);
			}
		}),
		{ numRuns: 20_000 },
	);
});
