import fc from 'fast-check';
import { eventMoment } from '../../../nodes/engine/dates';
import { normaliseDelivery } from '../../../nodes/Ghl/trigger/normalise';

const contactIdOf = (payload: Record<string, unknown>) => normaliseDelivery(payload).contactId;

it.each<[string, Record<string, unknown>, string | undefined]>([
	['a contact event: its own id', { type: 'ContactUpdate', id: 'c1' }, 'c1'],
	['a contact event that is not documented', { type: 'ContactMerge', id: 'c1' }, 'c1'],
	['a note', { type: 'NoteCreate', id: 'n1', contactId: 'c1' }, 'c1'],
	['a live task, which may lack it', { type: 'TaskCreate', id: 't1', title: 'Call' }, undefined],
	[
		'an appointment: one level down',
		{ type: 'AppointmentCreate', appointment: { id: 'a1', contactId: 'c1' } },
		'c1',
	],
	['a message', { type: 'InboundMessage', messageId: 'm1', contactId: 'c1' }, 'c1'],
	['an invoice', { type: 'InvoicePaid', _id: 'i1', contactDetails: { id: 'c1' } }, 'c1'],
	[
		'a link between records, on either side',
		{ type: 'RelationCreate', id: 'r1', secondObjectKey: 'contact', secondRecordId: 'c1' },
		'c1',
	],
	['a workflow’s own webhook', { contact_id: 'c1', first_name: 'Ann' }, 'c1'],
	['a workflow’s own data', { customData: { contactId: 'c1' } }, 'c1'],
	['a new user', { type: 'UserCreate', id: 'u1' }, undefined],
	['a new location', { type: 'LocationCreate', id: 'l1' }, undefined],
	['an odd one', { type: 'NoteCreate', contactId: { id: 'c1' } }, undefined],
])('finds the contact of %s', (_what, payload, expected) => {
	expect(contactIdOf(payload)).toBe(expected);
});

it.each<[string, Record<string, unknown>, string | undefined]>([
	['most events', { locationId: 'l1' }, 'l1'],
	['a location’s own event', { type: 'LocationUpdate', id: 'l1' }, 'l1'],
	['an invoice', { altType: 'location', altId: 'l1' }, 'l1'],
	['an invoice of a company', { altType: 'company', altId: 'x1' }, undefined],
	['a user in one location', { type: 'UserCreate', locations: ['l1'] }, 'l1'],
	['a user in two', { type: 'UserCreate', locations: ['l1', 'l2'] }, undefined],
	['a workflow’s own webhook', { location: { id: 'l1', name: 'Austin' } }, 'l1'],
])('finds the location of %s', (_what, payload, expected) => {
	expect(normaliseDelivery(payload).locationId).toBe(expected);
});

it('gives every event the same few fields, and the payload as it came', () => {
	const payload = {
		type: 'OpportunityCreate',
		id: 'o1',
		contactId: 'c1',
		locationId: 'l1',
		companyId: 'co1',
		appId: 'app1',
		versionId: 'v1',
		webhookId: 'w1',
		timestamp: '2026-11-24T10:00:00.000Z',
	};
	expect(normaliseDelivery(payload)).toEqual({
		event: 'OpportunityCreate',
		occurredAt: '2026-11-24T10:00:00.000Z',
		contactId: 'c1',
		locationId: 'l1',
		companyId: 'co1',
		recordId: 'o1',
		appId: 'app1',
		webhookId: 'w1',
		payload,
	});
});

it('knows a message for a conversation provider, which names its kind where others name the event', () => {
	expect(normaliseDelivery({ type: 'SMS', messageId: 'm1', message: 'Hi' }).event).toBe(
		'ProviderOutboundMessage',
	);
	expect(normaliseDelivery({ type: 'InboundMessage', messageId: 'm1' }).event).toBe(
		'InboundMessage',
	);
});

it.each([
	['2026-11-24T10:00:00+01:00', '2026-11-24T09:00:00.000Z'],
	[1_764_000_000, '2025-11-24T16:00:00.000Z'],
	[1_764_000_000_000, '2025-11-24T16:00:00.000Z'],
	['1764000000000', '2025-11-24T16:00:00.000Z'],
	['', undefined],
	['   ', undefined],
	['\t\n', undefined],
	['\u00a0', undefined],
	[0, undefined],
	['0', undefined],
	['5', undefined],
	['soon 5', undefined],
	['2026-02-30T10:00:00Z', undefined],
	[[], undefined],
	[true, undefined],
	['2026-11-24T10:00:00', '2026-11-24T10:00:00.000Z'],
	['2026-11-24T10:00:00.1234567Z', '2026-11-24T10:00:00.123Z'],
	['1764000000', '2025-11-24T16:00:00.000Z'],
	['soon', undefined],
	[Infinity, undefined],
	[8.64e15 + 1, undefined],
	[null, undefined],
])('reads %j as a moment', (value, expected) => {
	expect(eventMoment(value)).toBe(expected);
});

it('never throws, whatever comes', () => {
	fc.assert(
		fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (payload) => {
			expect(normaliseDelivery(payload).payload).toBe(payload);
		}),
		{ numRuns: 20_000 },
	);
});
