import { useSandbox } from '../support/useSandbox';
import { byId, callsOf, runGhl } from './ghl';
import { useScaledTime } from './support';

useScaledTime(200);
const sandbox = useSandbox();

const aCalendar = () => [...sandbox.state.calendars.values()][0];
const queries = () =>
	sandbox.requests
		.list({ service: 'highlevel' })
		.map(({ query }) => query as Record<string, unknown>);

describe('Free slots', () => {
	const slots = (startDate: string, endDate: string, more = {}) =>
		runGhl(sandbox, 'freeSlot:getMany', {
			calendarId: byId(aCalendar().id),
			startDate,
			endDate,
			filters: { timezone: 'America/Chicago' },
			returnAll: true,
			...more,
		});

	it('are one item each, with start and day, in the time zone asked for', async () => {
		const { json, error } = await slots('2031-03-03T00:00:00', '2031-03-04T00:00:00');
		expect(error).toBeUndefined();
		expect(json).toHaveLength(16); // half hours from 9 to 17
		expect(json[0]).toEqual({
			start: '2031-03-03T09:00:00-06:00',
			date: '2031-03-03',
			calendarId: aCalendar().id,
		});
	});

	it('of more than 31 days are asked for in parts, and each comes once', async () => {
		const { json, error } = await slots('2031-01-01T00:00:00', '2031-04-01T00:00:00');
		expect(error).toBeUndefined();
		expect(callsOf(sandbox)).toHaveLength(3);
		const starts = json.map(({ start }) => start);
		expect(new Set(starts).size).toBe(starts.length);
		expect(starts).toEqual([...starts].sort());
		expect(json).toHaveLength(64 * 16); // the weekdays of three months
	});

	it('go on behind a month in which nothing is free', async () => {
		for (const { userId } of aCalendar().teamMembers) {
			const id = `vacation-${userId}`;
			sandbox.state.blockSlots.set(id, {
				...[...sandbox.state.blockSlots.values()][0],
				id,
				assignedUserId: userId,
				startTime: '2031-01-01T00:00:00.000Z',
				endTime: '2031-02-10T00:00:00.000Z',
			});
		}
		const { json } = await slots('2031-01-01T00:00:00', '2031-02-20T00:00:00', {
			returnAll: false,
			limit: 1,
		});
		expect(json).toMatchObject([{ start: '2031-02-10T09:00:00-06:00' }]);
	});

	it('of a span that ends before it begins, or is years long, are not asked for', async () => {
		const backwards = await slots('2031-03-04T00:00:00', '2031-03-03T00:00:00');
		expect(backwards.error?.message).toBe('The time span ends before it begins');
		const years = await slots('2031-01-01T00:00:00', '2041-01-01T00:00:00');
		expect(years.error?.message).toBe('The time span is 3653 days long');
		expect(callsOf(sandbox)).toEqual([]);
	});

	it('are asked for in epoch milliseconds, and several users as a list', async () => {
		const [a, b] = aCalendar().teamMembers.map(({ userId }) => userId);
		await slots('2031-03-03T00:00:00', '2031-03-04T00:00:00', {
			filters: { userIds: `${a}, ${b}` },
		});
		expect(queries()).toEqual([
			{
				startDate: String(Date.UTC(2031, 2, 3)),
				endDate: String(Date.UTC(2031, 2, 4)),
				'userIds[]': [a, b],
			},
		]);
	});
});

describe('Lists of events', () => {
	const span = { startTime: '2026-01-01T00:00:00', endTime: '2026-02-01T00:00:00' };

	it.each(['appointment:getMany', 'blockSlot:getMany'])(
		'%s is refused without a calendar, user or group, before anything is sent',
		async (operation) => {
			const { error } = await runGhl(sandbox, operation, { ...span, returnAll: true });
			expect(error?.message).toBe('“Calendar”, “User” and “Calendar Group ID” are all empty');
			expect(callsOf(sandbox)).toEqual([]);
		},
	);

	it('come for each of them', async () => {
		const [first] = sandbox.state.appointments.values();
		for (const owner of [
			{ calendarId: byId(first.calendarId) },
			{ userId: byId(first.assignedUserId) },
			{ groupId: first.groupId },
		]) {
			const { json, error } = await runGhl(sandbox, 'appointment:getMany', {
				...span,
				...owner,
				returnAll: true,
			});
			expect(error).toBeUndefined();
			expect(json.map(({ id }) => id)).toContain(first.id);
		}
	});
});

describe('Blocked time', () => {
	it('keeps people from booking until it is deleted', async () => {
		const calendarId = byId(aCalendar().id);
		const [contact] = sandbox.state.contacts.values();
		const book = () =>
			runGhl(sandbox, 'appointment:create', {
				calendarId,
				contactId: byId(contact.id),
				startTime: '2031-03-03T15:00:00Z',
			});
		const block = await runGhl(sandbox, 'blockSlot:create', {
			calendarId,
			startTime: '2031-03-03T14:00:00Z',
			endTime: '2031-03-03T18:00:00Z',
			additionalFields: { title: 'Team day' },
		});
		expect(block.json[0]).toMatchObject({ title: 'Team day', id: expect.any(String) });
		const { error } = await book();
		expect(error).toMatchObject({
			message: 'This time is not free in the calendar',
			description: expect.stringContaining('Ignore Free Slots'),
		});
		const opened = await runGhl(sandbox, 'blockSlot:delete', {
			eventId: String(block.json[0].id),
		});
		expect(opened.json).toEqual([{ deleted: true }]);
		expect((await book()).error).toBeUndefined();
	});
});

describe('Appointment notes', () => {
	it('all come, though HighLevel gives twenty at once', async () => {
		const { appointmentId } = [...sandbox.state.appointmentNotes.values()][0];
		for (let number = 0; number < 44; number++) {
			await runGhl(sandbox, 'appointmentNote:create', { appointmentId, body: `Note ${number}` });
		}
		sandbox.requests.clear();
		const { json } = await runGhl(sandbox, 'appointmentNote:getMany', {
			appointmentId,
			returnAll: true,
		});
		expect(new Set(json.map(({ id }) => id)).size).toBe(45);
		expect(queries().map(({ limit, offset }) => [limit, offset])).toEqual([
			['20', '0'],
			['20', '20'],
			['20', '40'],
		]);
	});
});

describe('A create whose answer was lost', () => {
	const at = { startTime: '2031-03-03T15:00:00Z', endTime: '2031-03-03T16:00:00Z' };
	const appointment = () => ({
		calendarId: byId(aCalendar().id),
		contactId: byId([...sandbox.state.contacts.keys()][0]),
		startTime: at.startTime,
	});

	it('is found among the events of the calendar, and not booked twice', async () => {
		sandbox.faults.add({
			kind: 'lostAnswer',
			method: 'POST',
			path: '^/calendars/events/appointments$',
		});
		const before = sandbox.state.appointments.size;
		const { json, error } = await runGhl(sandbox, 'appointment:create', appointment());
		expect(error).toBeUndefined();
		expect(sandbox.state.appointments.size).toBe(before + 1);
		expect(sandbox.state.appointments.has(String(json[0].id))).toBe(true);
	});

	it('is not taken for an older event of the same time', async () => {
		const first = await runGhl(sandbox, 'appointment:create', appointment());
		const older = sandbox.state.appointments.get(String(first.json[0].id));
		if (older) older.dateAdded = '2026-01-01T00:00:00.000Z';
		sandbox.faults.add({ kind: 'reset', method: 'POST', path: '^/calendars/events/appointments$' });
		const { error } = await runGhl(sandbox, 'appointment:create', appointment());
		expect(error?.message).toBe('This time is not free in the calendar');
	});

	it('says that it may have been carried out, where the token may not look', async () => {
		sandbox.faults.add({
			kind: 'lostAnswer',
			method: 'POST',
			path: '^/calendars/events/block-slots$',
		});
		sandbox.faults.add({
			kind: 'status',
			method: 'GET',
			path: '^/calendars/blocked-slots$',
			status: 401,
			body: { message: 'The token is not authorized for this scope.' },
		});
		const { error } = await runGhl(sandbox, 'blockSlot:create', {
			calendarId: byId(aCalendar().id),
			...at,
		});
		expect(error?.message).toContain('may have been carried out');
		expect(callsOf(sandbox).filter((call) => call.startsWith('POST'))).toHaveLength(1);
	});
});
