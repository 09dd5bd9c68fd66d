import { canonicalProfileUrl } from '../../../nodes/linkedIn';

type Body = Record<string, unknown>;

/** Deliveries in the shapes that HeyReach's webhooks are known to have. Everybody in them is invented. */
export const deliveryShapes: Record<string, Body> = {
	'a connection accepted: numeric status, list objects, 7 decimals, missing keys': {
		connection_message: '',
		campaign: { id: 71001, name: 'spring_ops', status: 1 },
		sender: {
			id: 52001,
			first_name: 'Mara',
			last_name: 'Voss',
			email_address: 'mara@sender.example',
			profile_url: 'https://www.linkedin.com/in/mara-voss-example',
		},
		lead: {
			id: '810000001',
			profile_url: 'https://www.linkedin.com/in/paulo-reis-example',
			first_name: 'Paulo',
			last_name: 'Reis',
			full_name: 'Paulo Reis',
			location: 'Braga, Portugal',
			summary: 'Runs operations',
			company_name: 'Westkai',
			position: 'Head of Operations',
			email_address: 'p.reis@westkai.example',
			enriched_email: null,
			custom_email: 'paulo@westkai.example',
			tags: [],
			lists: [{ id: 33001, name: 'spring_list', custom_fields: {} }],
		},
		timestamp: '2026-05-11T07:01:09.7654321Z',
		event_type: 'connection_request_accepted',
		correlation_id: '4f9d7c62-5f0a-4d3f-8a55-0c2f6a1f0e11',
	},
	'the Test button: a made-up lead, variables in the list, no correlation id': {
		is_inmail: false,
		recent_messages: [
			{ creation_time: '2026-02-11T08:00:01Z', message: 'Made up by the button', is_reply: false },
			{ creation_time: '2026-02-11T08:00:02Z', message: 'Made-up answer', is_reply: true },
		],
		conversation_id: '2-dGVzdC1idXR0b24=',
		campaign: { id: 123, name: 'Any campaign' },
		sender: { id: 123, first_name: 'Cleo', last_name: 'Muster', full_name: 'Cleo Muster' },
		lead: {
			id: 'TestId',
			profile_url: 'https://www.linkedin.com/in/musterlead',
			company_url: 'https://muster.example/',
			about: 'Nobody',
			tags: ['TagOfTest'],
			lists: [{ name: 'Any list', id: 123, custom_fields: { tea: 'Darjeeling', Team: 'Green' } }],
		},
		timestamp: '2026-02-11T08:00:02Z',
		event_type: 'every_message_reply_received',
	},
	'a reply whose newest message is an attachment, in two lists': {
		event_type: 'every_message_reply_received',
		timestamp: '2026-03-04T12:01:07.5310000Z',
		correlation_id: '9b1f2a77-7f0b-4a35-9a9b-7e6b8f0c2d22',
		is_inmail: false,
		conversation_id: '2-YW5oYW5n',
		campaign: { id: 71002, name: 'Founders', status: 2 },
		sender: { id: 52002, first_name: 'Mara', full_name: 'Mara Voss' },
		lead: {
			id: '810000002',
			profile_url: 'https://www.linkedin.com/in/l%C3%A9a-example/',
			full_name: 'Léa Martin',
			email_address: null,
			tags: null,
			lists: [
				{ id: 33002, name: 'Founders', custom_fields: { opener: 'Loved the launch', crm: 'c-1' } },
				{ id: 33003, name: 'Second list', custom_fields: null },
			],
		},
		recent_messages: [
			{ creation_time: '2026-03-04T11:00:00Z', message: 'May I show you?', is_reply: false },
			{ creation_time: '2026-03-04T12:00:00Z', message: 'Yes, see our brief', is_reply: true },
			{
				creation_time: '2026-03-04T12:01:00Z',
				message: '',
				is_reply: true,
				message_type: 'Attachment',
			},
		],
	},
	'a reply in upper case without lead, campaign and sender': {
		event_type: 'EVERY_MESSAGE_REPLY_RECEIVED',
		correlation_id: 'c-4',
		conversation_id: 'thread-4',
		timestamp: '2026-07-30T07:05:00Z',
		recent_messages: [
			{ message: 'What does it cost?', creation_time: '2026-07-30T07:01:00.238Z', is_reply: true },
		],
	},
	'a snapshot without event, its sender nested, delivered twelve days later': {
		conversation_id: '2-c3BhZXQ=',
		is_inmail: false,
		sender: { first_name: 'Mara', last_name: 'Voss', linkedInAccount: { id: 52003 } },
		lead: {
			full_name: 'Abena Osei',
			profile_url: 'https://www.linkedin.com/in/abena-osei-example?trk=people',
		},
		recent_messages: [
			{ creation_time: '2026-08-04T11:20:31.044Z', message: 'Can we speak?', is_reply: true },
		],
		timestamp: '2026-08-16T04:00:12Z',
	},
	'an automatic tag, flat and in camelCase': {
		eventType: 'LEAD_AUTO_TAGGED_INTERESTED',
		campaignId: 71004,
		campaignName: 'Makers',
		linkedInAccountId: 52004,
		leadProfileUrl: 'https://www.linkedin.com/in/ioana-pop-example',
		leadEmailAddress: 'ioana@makers.example',
		leadFirstName: 'Ioana',
		leadLastName: 'Pop',
		leadCompanyName: 'Makers',
	},
	'an automatic tag, flat and in snake_case': {
		event_type: 'lead_auto_tagged_generic',
		campaign_id: '71004',
		campaign_name: 'Makers',
		linkedin_account_id: 52004,
		lead_profile_url: 'https://www.linkedin.com/in/ioana-pop-example',
		lead_full_name: 'Ioana Pop',
		tag: { name: 'Out of Office', campaignId: 71004 },
	},
	'a tag, flat': {
		event_type: 'LEAD_TAG_UPDATED',
		timestamp: '2026-09-08T10:45:00',
		campaign_id: 71005,
		lead_profile_url: 'https://www.linkedin.com/in/KenjiExample/',
		lead_first_name: 'Kenji',
		tag: 'Interested',
	},
	'a tag, nested': {
		event_type: 'LEAD_TAG_UPDATED',
		timestamp: '2026-09-08T10:45:00+02:00',
		correlation_id: 'c-8',
		campaign: { id: 71006, name: 'Outreach', status: 'IN_PROGRESS' },
		sender: { linkedInAccountId: '52005', full_name: 'Mara Voss' },
		lead: {
			profile_url: 'https://www.linkedin.com/in/TovaExample/',
			email_address: 'Tova@Example.Example',
			tags: ['Interested', { name: 'Later', campaignId: 71006 }],
		},
	},
	'a request with its message, and a liked post': {
		event_type: 'connection_request_sent',
		connection_message: 'Hello Paulo',
		post_url: 'https://www.linkedin.com/feed/update/urn:li:activity:7/',
		lead: { id: 810000003, lists: ['by name', { name: 'without id' }] },
	},
};

/** The values at the ends of a tree that say something, each as a text; moments by their instant. */
export function facts(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) {
		return value === null || value === undefined || String(value).trim() === ''
			? []
			: [asFact(value)];
	}
	return Object.values(value).flatMap(facts);
}

function asFact(value: unknown): string {
	const text = String(value);
	if (!/^\d{4}-\d\d-\d\dT/.test(text)) return text;
	return new Date(/Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`).toISOString();
}

/** What an output may say that does not stand in the delivery word by word. */
export function derived(body: Body): string[] {
	const all = facts(body);
	const moments = all.filter((fact) => fact.endsWith('Z'));
	return [
		...all.map((fact) => fact.toLowerCase()),
		...all.map((fact) => canonicalProfileUrl(fact) ?? ''),
		...all.flatMap((fact) => moments.map((at) => `${fact}:${at}`)),
		// Marks: eventKnown, isTest, isAttachment.
		'true',
		'false',
	];
}
