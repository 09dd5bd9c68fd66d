import { useSandbox } from '../support/useSandbox';
import { byId, callsOf, runGhl } from './ghl';

const sandbox = useSandbox();

const aContact = () => [...sandbox.state.contacts.values()][0];
const last = () => sandbox.requests.list({ service: 'highlevel' }).at(-1);

describe('Task', () => {
	it.each([
		['what the date picker gives', '2027-01-31T09:30:00'],
		['ISO with an offset', '2027-01-31T10:30:00+01:00'],
		['ISO with milliseconds', '2027-01-31T09:30:00.000Z'],
		['epoch milliseconds', Date.UTC(2027, 0, 31, 9, 30)],
		['epoch milliseconds as text', String(Date.UTC(2027, 0, 31, 9, 30))],
		['a Luxon DateTime of an expression', "={{ DateTime.fromISO('2027-01-31T09:30:00Z') }}"],
		['a Date of an expression', "={{ new Date('2027-01-31T09:30:00Z') }}"],
	])('is due at the moment that was meant by %s', async (_label, dueDate) => {
		const { error } = await runGhl(sandbox, 'contactTask:create', {
			contactId: byId(aContact().id),
			title: 'Call',
			dueDate,
		});
		expect(error).toBeUndefined();
		expect(last()?.body).toMatchObject({ dueDate: '2027-01-31T09:30:00Z', completed: false });
	});

	it('is not created with a date that is none', async () => {
		const { error } = await runGhl(sandbox, 'contactTask:create', {
			contactId: byId(aContact().id),
			title: 'Call',
			dueDate: 'next week',
		});
		expect(error?.message).toBe('“Due Date”: “next week” is not a date');
		expect(callsOf(sandbox)).toEqual([]);
	});

	it.each([
		['an older workflow says', { completed: true }],
		['the additional fields say', { additionalFields: { completed: true } }],
	])('is created as done where %s so', async (_label, more) => {
		const has = { contactId: byId(aContact().id), title: 'Call', dueDate: '2027-01-31T09:30:00Z' };
		const { json } = await runGhl(sandbox, 'contactTask:create', { ...has, ...more });
		expect(json[0]).toMatchObject({ completed: true });
	});

	it('is completed and opened again, and its other fields stay', async () => {
		const task = [...sandbox.state.tasks.values()].find(({ completed }) => !completed);
		const of = { contactId: byId(task?.contactId ?? ''), taskId: task?.id ?? '' };
		const done = await runGhl(sandbox, 'contactTask:complete', of);
		expect(done.json[0]).toMatchObject({ id: task?.id, completed: true, title: task?.title });
		const open = await runGhl(sandbox, 'contactTask:reopen', of);
		expect(open.json[0]).toMatchObject({ id: task?.id, completed: false });
	});
});

describe('A note or a task, unless one contains a text', () => {
	const KINDS = [
		['contactNote:create', 'notes', { body: 'Replied on LinkedIn [abc]' }],
		['contactTask:create', 'tasks', { title: 'Call [abc]', dueDate: '2027-01-31T09:30:00Z' }],
	] as const;
	const once = { additionalFields: { unlessOneContains: ' [abc] ' } };

	it.each(KINDS)(
		'%s writes one, however often it comes, and gives it out',
		async (key, kind, has) => {
			const contactId = byId(aContact().id);
			const before = sandbox.state[kind].size;
			const first = await runGhl(sandbox, key, { contactId, ...has, ...once });
			const again = await runGhl(sandbox, key, { contactId, ...has, ...once });
			expect(first.error ?? again.error).toBeUndefined();
			expect(again.json).toEqual(first.json);
			expect(sandbox.state[kind].size).toBe(before + 1);
			expect(callsOf(sandbox).map((call) => call.split(' ')[0])).toEqual([
				'GET',
				'POST',
				'GET',
				'GET',
			]);
		},
	);

	it.each(KINDS)(
		'%s writes another for another text, and for another contact',
		async (key, kind, has) => {
			const [one, other] = [...sandbox.state.contacts.keys()];
			const before = sandbox.state[kind].size;
			await runGhl(sandbox, key, { contactId: byId(one), ...has, ...once });
			await runGhl(sandbox, key, { contactId: byId(other), ...has, ...once });
			const otherText = { additionalFields: { unlessOneContains: '[abd]' } };
			await runGhl(sandbox, key, { contactId: byId(one), ...has, ...otherText });
			// Without the text nothing is read first.
			await runGhl(sandbox, key, { contactId: byId(one), ...has });
			expect(sandbox.state[kind].size).toBe(before + 4);
			expect(callsOf(sandbox).at(-1)).toMatch(/^POST/);
			expect(callsOf(sandbox)).toHaveLength(7);
		},
	);
});

describe('Deleting', () => {
	it('puts out { deleted: true } for each record, and the record is gone', async () => {
		const notes = [...sandbox.state.notes.values()].slice(0, 3);
		const { json } = await runGhl(
			sandbox,
			'contactNote:delete',
			{ contactId: byId('={{ $json.contactId }}'), noteId: '={{ $json.id }}' },
			{ items: notes.map(({ id, contactId }) => ({ id, contactId })) },
		);
		expect(json).toEqual(notes.map(() => ({ deleted: true })));
		for (const { id } of notes) expect(sandbox.state.notes.has(id)).toBe(false);
	});

	it('says so when the record was not there', async () => {
		const { error } = await runGhl(sandbox, 'contact:delete', { contactId: byId('nobody') });
		expect(error?.message).toMatch(/^HighLevel found nothing there/);
	});
});

describe('Appointment', () => {
	it('is booked at a time with the offset of the workflow’s time zone', async () => {
		const [calendar] = sandbox.state.calendars.values();
		const { error } = await runGhl(sandbox, 'appointment:create', {
			calendarId: byId(calendar.id),
			contactId: byId(aContact().id),
			startTime: '2027-03-01T09:30:00',
			additionalFields: { ignoreFreeSlotValidation: true, ignoreDateRange: true },
		});
		expect(error).toBeUndefined();
		expect(last()?.body).toMatchObject({ startTime: '2027-03-01T09:30:00+00:00' });
		expect(last()?.headers).toMatchObject({ version: '2021-04-15' });
	});
});

describe('Simplify', () => {
	it('leaves a contact at most twelve fields, and all of them without it', async () => {
		const { id } = aContact();
		const simple = await runGhl(sandbox, 'contact:get', { contactId: byId(id) });
		expect(Object.keys(simple.json[0]).length).toBeLessThanOrEqual(12);
		const raw = await runGhl(sandbox, 'contact:get', { contactId: byId(id), simplify: false });
		expect(Object.keys(raw.json[0]).length).toBeGreaterThan(11);
		// The values by their names are the node's own.
		const { customFieldValues, ...given } = simple.json[0];
		expect(customFieldValues).toBeDefined();
		expect(raw.json[0]).toMatchObject(given);
	});
});

describe('Business', () => {
	it('comes out as a record, whatever HighLevel calls its key', async () => {
		const made = await runGhl(sandbox, 'business:create', { name: 'Acme' });
		expect(made.json[0]).toMatchObject({ name: 'Acme', id: expect.any(String) });
		const changed = await runGhl(sandbox, 'business:update', {
			businessId: byId(String(made.json[0].id)),
			updateFields: { city: 'Austin' },
		});
		expect(changed.json[0]).toMatchObject({ name: 'Acme', city: 'Austin' });
		expect(last()?.body).toEqual({ city: 'Austin' });
	});
});
