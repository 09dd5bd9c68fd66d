import type { AxiosResponse } from 'axios';
import { SANDBOX } from '../../../sandbox';
import { useClient } from './client';

const { locationId } = SANDBOX;
const client = useClient();
const version = '2021-04-15';

/** A Monday: 9:00 in the location's zone is 15:00 UTC. */
const MONDAY = '2030-01-07';
const DAY_MS = 86_400_000;
const at = (time: string): string => `${MONDAY}T${time}:00-06:00`;
const epoch = (iso: string): number => Date.parse(iso);

const ghl = (method: string, path: string, data?: unknown): Promise<AxiosResponse> =>
	client.ghl(method, path, data, { version });
const calendar = (number = 0): string => [...client.sandbox.state.calendars.keys()][number];
const contact = (): string => [...client.sandbox.state.contacts.keys()][60];
const book = (more: object = {}): Promise<AxiosResponse> =>
	ghl('POST', '/calendars/events/appointments', {
		calendarId: calendar(),
		locationId,
		contactId: contact(),
		startTime: at('09:00'),
		...more,
	});
const slots = async (query: Record<string, string | number> = {}): Promise<string[]> => {
	const all = new URLSearchParams({
		startDate: String(epoch(at('00:00'))),
		endDate: String(epoch(at('00:00')) + DAY_MS - 1),
		...Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])),
	});
	const { data } = await ghl('GET', `/calendars/${calendar(1)}/free-slots?${all}`);
	return Object.entries(data).flatMap(([day, value]) =>
		day === 'traceId' ? [] : (value as { slots: string[] }).slots,
	);
};

describe('appointments', () => {
	it('are answered bare by a write, wrapped and with an offset by a read, without one at the contact', async () => {
		const { status, data } = await book({ title: 'Intro', address: 'Zoom' });
		expect([status, data]).toMatchObject([
			200,
			{
				contactId: contact(),
				startTime: at('09:00'),
				endTime: at('09:30'),
				title: 'Intro',
				appointmentStatus: 'confirmed',
				meetingLocationType: 'custom',
			},
		]);
		expect(data).not.toHaveProperty('dateAdded');
		const read = await ghl('GET', `/calendars/events/appointments/${data.id}`);
		expect(read.data.event).toMatchObject({ id: data.id, startTime: at('09:00') });
		const { data: mine } = await client.ghl('GET', `/contacts/${contact()}/appointments`);
		expect(mine.events).toMatchObject([
			{ id: data.id, startTime: '2030-01-07 09:00:00', endTime: '2030-01-07 09:30:00' },
		]);
	});

	it.each<[string, object, unknown]>([
		['no start', { startTime: undefined }, ['startTime should not be empty']],
		[
			'a start without an offset',
			{ startTime: `${MONDAY}T09:00:00` },
			['startTime must be a valid ISO 8601 date string'],
		],
		['an unknown key', { notes: 'x' }, ['property notes should not exist']],
		[
			'a status of reads only',
			{ appointmentStatus: 'completed' },
			[
				'appointmentStatus must be one of the following values: new, confirmed, cancelled, showed, noshow, invalid',
			],
		],
	])('refuses %s', async (_case, more, message) => {
		const { status, data } = await book(more);
		expect([status, data.message]).toEqual([422, message]);
	});

	it('are moved and cancelled with the keys sent, never to another contact', async () => {
		const { id } = (await book({ title: 'Intro' })).data;
		const path = `/calendars/events/appointments/${id}`;
		expect((await ghl('PUT', path, { contactId: contact() })).data.message).toEqual([
			'property contactId should not exist',
		]);
		const moved = await ghl('PUT', path, { startTime: at('10:00') });
		expect(moved.data).toMatchObject({
			title: 'Intro',
			startTime: at('10:00'),
			endTime: at('10:30'),
		});
		const cancelled = await ghl('PUT', path, { appointmentStatus: 'cancelled' });
		expect(cancelled.data).toMatchObject({
			startTime: at('10:00'),
			appointmentStatus: 'cancelled',
		});
		const gone = await ghl('DELETE', `/calendars/events/${id}`, {});
		expect([gone.status, gone.data.succeeded]).toEqual([201, true]);
		expect((await ghl('GET', path)).status).toBe(400);
	});

	it('need a free slot, unless told otherwise', async () => {
		const { id } = (await book()).data;
		const taken = await book();
		expect([taken.status, taken.data.message]).toEqual([
			400,
			'The slot you have selected is no longer available.',
		]);
		expect((await book({ startTime: at('18:00') })).status).toBe(400);
		expect((await book({ startTime: '2026-01-12T09:00:00-06:00' })).status).toBe(400);
		expect(
			(await book({ startTime: '2026-01-12T09:00:00-06:00', ignoreDateRange: true })).status,
		).toBe(200);
		expect((await book({ ignoreFreeSlotValidation: true })).status).toBe(200);
		for (const event of client.sandbox.state.appointments.values()) {
			if (event.startTime.startsWith(MONDAY)) event.appointmentStatus = 'cancelled';
		}
		expect((await book()).status).toBe(200);
		expect(client.sandbox.state.appointments.get(id)?.appointmentStatus).toBe('cancelled');
	});

	it('are listed by user, calendar or group, in epoch milliseconds', async () => {
		const list = (query: string): Promise<AxiosResponse> =>
			ghl('GET', `/calendars/events?locationId=${locationId}&${query}`);
		const range = `startTime=${epoch('2026-01-01')}&endTime=${epoch('2026-02-01')}`;
		expect((await list(range)).data.message).toEqual([
			'Either of userId, calendarId or groupId is required',
		]);
		const iso = await list('startTime=2026-01-01&endTime=2026-02-01&groupId=x');
		expect(iso.status).toBe(422);
		const { groupId } = [...client.sandbox.state.calendars.values()][0];
		expect((await list(`${range}&groupId=${groupId}`)).data.events).toHaveLength(12);
		expect((await list(`${range}&calendarId=${calendar()}`)).data.events).toHaveLength(4);
	});
});

describe('free slots', () => {
	it('are the open hours, less what is booked or blocked', async () => {
		expect(await slots()).toHaveLength(8);
		expect((await slots())[0]).toBe(at('09:00'));
		await book({ calendarId: calendar(1), startTime: at('09:00') });
		await ghl('POST', '/calendars/events/block-slots', {
			calendarId: calendar(1),
			locationId,
			startTime: at('15:00'),
			endTime: at('17:00'),
		});
		expect(await slots()).toEqual(
			['10:00', '11:00', '12:00', '13:00', '14:00'].map((time) => at(time)),
		);
	});

	it('are given in the time zone asked for, of the users asked for, and not at weekends', async () => {
		expect((await slots({ timezone: 'Europe/Berlin' }))[0]).toBe('2030-01-07T16:00:00+01:00');
		const [member] = [...client.sandbox.state.calendars.values()][1].teamMembers;
		expect(await slots({ 'userIds[]': member.userId })).toHaveLength(8);
		expect(await slots({ userId: 'nobody' })).toEqual([]);
		const sunday = epoch(at('00:00')) - DAY_MS;
		expect(await slots({ startDate: sunday, endDate: sunday + DAY_MS - 1 })).toEqual([]);
		expect(await slots({ startDate: 0, endDate: 30 * DAY_MS })).toEqual([]);
	});

	it('are asked for 31 days at most', async () => {
		const start = epoch(at('00:00'));
		const ask = (days: number): Promise<AxiosResponse> =>
			ghl(
				'GET',
				`/calendars/${calendar()}/free-slots?startDate=${start}&endDate=${start + days * DAY_MS}`,
			);
		expect((await ask(31)).status).toBe(200);
		expect((await ask(32)).status).toBe(400);
	});
});

describe('blocked time', () => {
	it('is listed in the form of an appointment, and deleted like one', async () => {
		const body = {
			calendarId: calendar(),
			locationId,
			title: 'Away',
			startTime: at('09:00'),
			endTime: at('12:00'),
		};
		const made = await ghl('POST', '/calendars/events/block-slots', body);
		expect([made.status, made.data]).toMatchObject([201, { title: 'Away', endTime: at('12:00') }]);
		expect(made.data).not.toHaveProperty('dateAdded');
		const put = await ghl('PUT', `/calendars/events/block-slots/${made.data.id}`, {
			...body,
			title: 'Back',
		});
		expect([put.status, put.data.title]).toEqual([201, 'Back']);
		const listed = await ghl(
			'GET',
			`/calendars/blocked-slots?locationId=${locationId}&calendarId=${calendar()}&startTime=${epoch(at('00:00'))}&endTime=${epoch(at('23:00'))}`,
		);
		expect(listed.data.events).toMatchObject([{ id: made.data.id, title: 'Back' }]);
		expect((await ghl('DELETE', `/calendars/events/${made.data.id}`, {})).status).toBe(201);
	});
});

describe('appointment notes', () => {
	it('are paged by limit and offset, both required, 20 at most', async () => {
		const { id } = (await book()).data;
		const path = `/calendars/appointments/${id}/notes`;
		for (const number of [1, 2, 3]) await ghl('POST', path, { body: `Note ${number}` });
		expect((await ghl('GET', path)).data.message).toEqual([
			'limit should not be empty',
			'offset should not be empty',
		]);
		expect((await ghl('GET', `${path}?limit=21&offset=0`)).data.message).toEqual([
			'limit must not be greater than 20',
		]);
		const page = await ghl('GET', `${path}?limit=2&offset=0`);
		expect([page.data.notes.length, page.data.hasMore]).toEqual([2, true]);
		const rest = await ghl('GET', `${path}?limit=2&offset=2`);
		expect(rest.data).toMatchObject({ notes: [{ body: 'Note 3' }], hasMore: false });
		const long = await ghl('POST', path, { body: 'x'.repeat(5001) });
		expect(long.status).toBe(422);
		const note = `${path}/${page.data.notes[0].id}`;
		expect((await ghl('PUT', note, { body: 'New' })).data.note.body).toBe('New');
		expect((await ghl('DELETE', note)).data.success).toBe(true);
	});
});
