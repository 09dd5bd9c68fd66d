import type { INodeParameters } from 'n8n-workflow';
import { GhlContacts } from '../../nodes/Ghl/GhlContacts.node';
import { SANDBOX } from '../../sandbox';
import { useSandbox } from '../support/useSandbox';
import { byId, callsOf, ghlCredentials, runGhl } from './ghl';
import { loadOptionsFunctions, useScaledTime } from './support';

/** Pickers of records that belong to a contact, a calendar, an appointment or a conversation. */

useScaledTime(200);
const sandbox = useSandbox();

const node = new GhlContacts();
const { listSearch } = node.methods;
type Search = Exclude<keyof typeof listSearch, 'searchLocations'>;

/** In which operation each picker stands. n8n keeps no parameter that the operation does not show. */
const PLACES: Partial<Record<Search, string>> = {
	searchAppointmentNotes: 'appointmentNote:delete',
	searchAppointments: 'appointment:get',
	searchBlockedTimes: 'blockSlot:delete',
	searchContactNotes: 'contactNote:get',
	searchContactTasks: 'contactTask:get',
	searchFreeSlots: 'appointment:create',
	searchMessages: 'message:get',
	searchTagNames: 'contactTag:add',
};

async function search(
	name: Search,
	more: INodeParameters = {},
	filter?: string,
	path = 'parameters.x',
) {
	const [resource, operation] = String(PLACES[name]).split(':');
	const context = loadOptionsFunctions({
		node,
		parameters: { resource, operation, ...more },
		path,
		credentials: ghlCredentials(sandbox),
	});
	return (await context.call(listSearch[name], filter)).results;
}

const first = <T>(records: Map<string, T>): T => [...records.values()][0];
const ids = (rows: Array<{ value: unknown }>) => rows.map(({ value }) => value).sort();

describe.each([
	['searchContactTasks', 'tasks', 'Task', 'title'],
	['searchContactNotes', 'notes', 'Note', 'body'],
] as const)('%s', (name, kind, _noun, text) => {
	const one = () => first(sandbox.state[kind] as Map<string, { id: string; contactId: string }>);
	const own = () =>
		[...sandbox.state[kind].values()]
			.filter(({ contactId }) => contactId === one().contactId)
			.map(({ id }) => id)
			.sort();

	it('lists those of the contact that is chosen, and no others', async () => {
		const { contactId } = one();
		expect(ids(await search(name, { contactId: byId(contactId) }))).toEqual(own());
		const value = `https://app.gohighlevel.com/v2/location/x/contacts/detail/${contactId}`;
		const byUrl = { contactId: { __rl: true, mode: 'url', value } };
		expect(ids(await search(name, byUrl))).toEqual(own());
	});

	it('lists those of a contact that is named by its email', async () => {
		const { contactId } = one();
		const contact = sandbox.state.contacts.get(contactId);
		const value = String(contact?.email);
		expect(ids(await search(name, { contactId: { __rl: true, mode: 'identity', value } }))).toEqual(
			own(),
		);
	});

	it('searches in their texts', async () => {
		const record: Record<string, unknown> = { ...one() };
		const said = String(record[text]).slice(0, 12);
		const found = await search(name, { contactId: byId(one().contactId) }, said.toLowerCase());
		expect(ids(found)).toContain(one().id);
		expect(await search(name, { contactId: byId(one().contactId) }, 'nothing like it')).toEqual([]);
	});

	it.each([
		['none', ''],
		['an expression without an item', '={{ $json.id }}'],
	])('says what to choose with %s as contact', async (_label, value) => {
		await expect(search(name, { contactId: byId(value) })).rejects.toMatchObject({
			message: 'Choose the contact first',
			description: expect.stringContaining('By ID'),
		});
		expect(callsOf(sandbox)).toEqual([]);
	});
});

describe('searchAppointments', () => {
	const soon = () => {
		const appointment = first(sandbox.state.appointments);
		const startTime = new Date(Date.now() + 86_400_000).toISOString();
		const endTime = new Date(Date.now() + 90_000_000).toISOString();
		const moved = { ...appointment, startTime, endTime, title: 'Intro call' };
		sandbox.state.appointments.set(appointment.id, moved);
		return moved;
	};

	it('lists those around today, of every calendar', async () => {
		const { id } = soon();
		const found = await search('searchAppointments');
		expect(found).toContainEqual({
			name: expect.stringMatching(/^Intro call \(\d{4}-/),
			value: id,
		});
		expect(await search('searchAppointments', {}, 'intro')).toContainEqual(
			expect.objectContaining({ value: id }),
		);
	});

	it('finds those of a contact by its email, whenever they are', async () => {
		const far = { startTime: '2031-03-03T15:00:00Z', endTime: '2031-03-03T16:00:00Z' };
		const appointment = { ...first(sandbox.state.appointments), ...far };
		sandbox.state.appointments.set(appointment.id, appointment);
		const email = sandbox.state.contacts.get(appointment.contactId)?.email;
		const found = await search('searchAppointments', {}, email);
		expect(ids(found)).toContain(appointment.id);
		expect(await search('searchAppointments', {}, 'nobody@nowhere.example')).toEqual([]);
	});

	it('lists the notes of the appointment that is chosen', async () => {
		const { appointmentId, id } = first(sandbox.state.appointmentNotes);
		const found = await search('searchAppointmentNotes', { appointmentId: byId(appointmentId) });
		expect(ids(found)).toContain(id);
		await expect(search('searchAppointmentNotes')).rejects.toThrow('Choose the appointment first');
	});

	it('lists blocked times', async () => {
		const block = first(sandbox.state.blockSlots);
		const startTime = new Date(Date.now() + 86_400_000).toISOString();
		sandbox.state.blockSlots.set(block.id, { ...block, startTime });
		expect(ids(await search('searchBlockedTimes'))).toContain(block.id);
	});
});

describe('searchFreeSlots', () => {
	const calendar = () => first(sandbox.state.calendars);

	it('lists the free slots of the calendar, one of which can be booked', async () => {
		const calendarId = byId(calendar().id);
		const slots = await search('searchFreeSlots', { calendarId });
		expect(slots.length).toBeGreaterThan(5);
		expect(slots[0].name).toMatch(
			/^(Mon|Tue|Wed|Thu|Fri), \w{3} \d+, \d\d:\d\d \([-+]\d\d:\d\d\)$/,
		);
		const slot = slots.at(-1);
		const startTime = { __rl: true, mode: 'list', value: String(slot?.value) };
		const booked = { calendarId, contactId: byId(first(sandbox.state.contacts).id), startTime };
		const { error, json } = await runGhl(sandbox, 'appointment:create', {
			...booked,
			additionalFields: { endTime: '', title: '' },
		});
		expect(error).toBeUndefined();
		expect(Date.parse(String(json[0].startTime))).toBe(Date.parse(String(slot?.value)));
		const sent = sandbox.requests.list({ service: 'highlevel' }).at(-1)?.body;
		expect(sent).not.toHaveProperty('title');
		expect(sent).not.toHaveProperty('endTime');
	});

	it.each([
		['the date picker', (start: string) => ({ startBy: 'time', startTime: start })],
		['an older workflow', (start: string) => ({ startTime: start })],
		['By Time', (start: string) => ({ startTime: { __rl: true, mode: 'time', value: start } })],
	])('are booked by the time of %s too', async (_title, given) => {
		const calendarId = byId(calendar().id);
		const slots = await search('searchFreeSlots', { calendarId });
		const start = String(slots.at(-1)?.value);
		const { error, json } = await runGhl(sandbox, 'appointment:create', {
			...{ calendarId, contactId: byId(first(sandbox.state.contacts).id), ...given(start) },
		});
		expect(error).toBeUndefined();
		expect(Date.parse(String(json[0].startTime))).toBe(Date.parse(start));
	});

	it('are those of the calendar of an appointment that is moved', async () => {
		const { id, calendarId } = first(sandbox.state.appointments);
		const moved = await search(
			'searchFreeSlots',
			{ operation: 'update', eventId: byId(id), updateFields: {} },
			undefined,
			'parameters.updateFields.startTime',
		);
		expect(moved).toEqual(await search('searchFreeSlots', { calendarId: byId(calendarId) }));
		await expect(search('searchFreeSlots')).rejects.toThrow('Choose the calendar first');
	});

	it('a taken slot is refused with what helps', async () => {
		const calendarId = byId(calendar().id);
		const { error } = await runGhl(sandbox, 'appointment:create', {
			calendarId,
			contactId: byId(first(sandbox.state.contacts).id),
			startTime: { __rl: true, mode: 'time', value: '2031-03-03T03:17:00Z' },
		});
		expect(error?.message).toBe('This time is not free in the calendar');
		expect(error).toMatchObject({ description: expect.stringContaining('list of Start') });
	});
});

describe('searchMessages', () => {
	it('lists the messages of the conversations that are found', async () => {
		const message = first(sandbox.state.messages);
		const contact = sandbox.state.contacts.get(message.contactId);
		const found = await search('searchMessages', {}, String(contact?.email));
		expect(ids(found)).toContain(message.id);
		expect((await search('searchMessages')).length).toBeGreaterThan(0);
		expect(await search('searchMessages', {}, 'nobody@nowhere.example')).toEqual([]);
	});
});

it('a plain ID and an expression of an older workflow go on', async () => {
	const task = first(sandbox.state.tasks);
	const contactId = task.contactId;
	for (const taskId of [task.id, '={{ $json.task }}', byId(task.id)]) {
		const { json, error } = await runGhl(
			sandbox,
			'contactTask:get',
			{ contactId, taskId },
			{ items: [{ json: { task: task.id } }] },
		);
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ id: task.id });
	}
});

describe('Tags', () => {
	const contact = () => first(sandbox.state.contacts);
	const add = async (tags: string | INodeParameters) => {
		await runGhl(sandbox, 'contactTag:add', { contactId: byId(contact().id), tags });
		return sandbox.requests.list({ service: 'highlevel' }).at(-1)?.body as { tags: string[] };
	};
	const told = (mode: string, value: string) => ({ __rl: true, mode, value });

	it('are listed by name, and any other text is offered as it is', async () => {
		const known = first(sandbox.state.locationTags);
		sandbox.state.locationTag(SANDBOX.locationId, 'berlin, germany');
		const all = await search('searchTagNames');
		expect(all).toContainEqual({ name: known.name, value: known.name });
		const found = await search('searchTagNames', {}, 'berlin');
		expect(found).toEqual([
			{ name: 'berlin, germany', value: '"berlin, germany"' },
			{ name: 'Use “berlin”', value: 'berlin' },
		]);
		expect((await add(told('list', String(found[0].value)))).tags).toEqual(['berlin, germany']);
	});

	it.each<[string, string | INodeParameters]>([
		['typed', told('name', '"berlin, germany", vip')],
		['of an older workflow', '"berlin, germany", vip'],
		['from an expression', '={{ ["berlin, germany", "vip"] }}'],
		['from an expression in the picker', told('name', '={{ ["berlin, germany", "vip"] }}')],
	])('keep a comma in quotes: %s', async (_label, tags) => {
		expect((await add(tags)).tags).toEqual(['berlin, germany', 'vip']);
	});

	it('go with a new contact and an upsert, and replace all in an update', async () => {
		const contactId = byId(contact().id);
		const tags = told('name', 'one, two');
		await runGhl(sandbox, 'contact:update', { contactId, additionalFields: { tags } });
		expect(sandbox.state.contacts.get(contact().id)?.tags).toEqual(['one', 'two']);
		const value = { email: 'tagged@example.com' };
		const contactFields = { mappingMode: 'defineBelow', value };
		for (const more of [{ tags }, { addTags: told('list', 'three') }]) {
			const operation = 'tags' in more ? 'contact:create' : 'contact:upsert';
			const { error } = await runGhl(sandbox, operation, { contactFields, additionalFields: more });
			expect(error).toBeUndefined();
		}
		const made = [...sandbox.state.contacts.values()].find(({ email }) => email === value.email);
		expect(made?.tags.sort()).toEqual(['one', 'three', 'two']);
	});
});
