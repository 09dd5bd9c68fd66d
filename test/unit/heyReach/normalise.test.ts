import fc from 'fast-check';
import { isDocumented } from '../../../nodes/HeyReach/events';
import { normaliseDelivery } from '../../../nodes/HeyReach/normalise';

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

const normalise = (body: Record<string, unknown>) => normaliseDelivery(body, isDocumented);

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
		},
		body: reply,
	});
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
	const keys = [...Object.keys(reply), ...Object.keys(reply.lead), 'message', 'name', 'id'];
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
