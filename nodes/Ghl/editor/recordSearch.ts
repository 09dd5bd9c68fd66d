import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { callTo } from '../../engine/call/callTo';
import { lacksList } from '../../engine/call/paginate';
import type { Answer, Call, Route } from '../../engine/operation';
import { isObject, matching, rowsOf, unwrap } from '../../engine/values';
import { contactByIdentity } from '../calls/contactByIdentity';
import { listCall, listRows } from '../calls/lists';
import { messagePages } from '../calls/messagePages';
import { readSlots } from '../calls/slots';
import { asking } from './ask';

/** Pickers of records that HighLevel lists only for a contact, a calendar, an appointment or a conversation. */

type SendOne = (call: Call) => Promise<Answer>;
type Picked = INodeListSearchResult['results'];
/** The text of an entry, and when it is or was. */
type Label = (row: IDataObject) => [text: unknown, moment: unknown];

const DAY_MS = 86_400_000;
/** How many calendars, contacts or conversations one opening of a list looks into. */
const MOST_CALENDARS = 20;
const MOST_PEOPLE = 5;

export const recordSearch = {
	searchContactNotes: ofContact('notes', ({ title, body, dateAdded }) => [
		[title, body].filter(Boolean).join(': '),
		dateAdded,
	]),

	searchContactTasks: ofContact('tasks', ({ title, dueDate, completed }) => [
		completed === true ? `✓ ${String(title)}` : title,
		dueDate,
	]),

	/** The notes of the appointment that is chosen. */
	async searchAppointmentNotes(
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		const rows = await asking(this, async (_, sendOne) => {
			const appointmentId = needed(chosen(this, 'appointmentId'), 'appointment', 'Appointment');
			const route = 'GET /calendars/appointments/{appointmentId}/notes';
			const more = { values: { appointmentId }, query: { limit: 20, offset: 0 } };
			return await readRows(sendOne, route, 'notes', 'calendars/events.readonly', more);
		});
		return { results: entries(rows, (row) => [row.body, row.dateAdded], filter) };
	},

	/** Those around today; with a text, also all of the contacts that HighLevel finds by it. */
	async searchAppointments(
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		return await asking(this, async (locationId, sendOne) => {
			const [near, theirs] = await Promise.all([
				eventsAround(locationId, sendOne, '/calendars/events'),
				filter ? appointmentsOf(filter, locationId, sendOne) : [],
			]);
			const label: Label = (row) => [row.title, row.startTime];
			const found = [...theirs, ...entries(near, label, filter)];
			return { results: eachOnce(found) };
		});
	},

	async searchBlockedTimes(
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		const rows = await asking(this, async (locationId, sendOne) =>
			eventsAround(locationId, sendOne, '/calendars/blocked-slots'),
		);
		return { results: entries(rows, (row) => [row.title, row.startTime], filter) };
	},

	/** The free slots of the next two weeks, in the calendar that is chosen or that has the appointment. */
	async searchFreeSlots(
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		const given = chosen(this, '&calendarId') ?? chosen(this, 'calendarId');
		const eventId = chosen(this, 'eventId');
		const slots = await asking(this, async (_, sendOne) => {
			const calendarId = given ?? (eventId && (await calendarOf(eventId, sendOne)));
			const query = { startDate: Date.now(), endDate: Date.now() + 14 * DAY_MS };
			const call = callTo('GET /calendars/{calendarId}/free-slots', {
				values: { calendarId: needed(calendarId, 'calendar', 'Calendar') },
				query,
				scope: 'calendars.readonly',
			});
			return readSlots((await sendOne(call)).body, call);
		});
		const results = slots.map(({ start }) => ({ name: slotLabel(start), value: start }));
		return { results: results.filter(matching(filter)) };
	},

	/** The messages of the latest conversations, or of those that HighLevel finds by the text. */
	async searchMessages(
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		return await asking(this, async (locationId, sendOne) => {
			const query = { locationId, limit: MOST_PEOPLE, ...(filter && { query: filter }) };
			const route = 'GET /conversations/search';
			const scope = 'conversations.readonly';
			const people = await readRows(sendOne, route, 'conversations', scope, { query });
			const lists = people.map(async (conversation) => {
				const values = { conversationId: String(conversation.id) };
				const call = callTo('GET /conversations/{conversationId}/messages', {
					values,
					query: { limit: 20 },
					scope: 'conversations/message.readonly',
				});
				const { body } = await sendOne(call);
				const read = messagePages.items;
				const rows = typeof read === 'function' ? (read(body, call) ?? []) : [];
				const name = conversation.contactName ?? conversation.fullName ?? conversation.email;
				return entries(rows, (row) => [`${String(name)}: ${said(row)}`, row.dateAdded]);
			});
			return { results: (await Promise.all(lists)).flat() };
		});
	},
};

/** A picker of the notes or the tasks of the contact that is chosen. */
function ofContact(rows: 'notes' | 'tasks', label: Label) {
	return async function (
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		const found = await asking(this, async (locationId, sendOne) => {
			const contact = needed(chosen(this, 'contactId'), 'contact', 'Contact');
			const reader = { account: { values: { locationId } }, read: sendOne };
			const contactId = String(await contactByIdentity(contact, reader));
			const more = { values: { contactId } };
			const route: Route = `GET /contacts/{contactId}/${rows}`;
			return await readRows(sendOne, route, rows, 'contacts.readonly', more);
		});
		return { results: entries(found, label, filter) };
	};
}

/** What another picker of the node holds; `undefined` for nothing, or an expression without an item yet. */
function chosen(context: ILoadOptionsFunctions, name: string): string | undefined {
	const picked: unknown = context.getCurrentNodeParameter(name);
	const isUrl = isObject(picked) && picked.mode === 'url' && Boolean(picked.value);
	// n8n takes the ID out of an address, and throws where the field is not on the screen.
	const value = unwrap(
		isUrl ? context.getCurrentNodeParameter(name, { extractValue: true }) : picked,
	);
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return text === '' || text.startsWith('=') ? undefined : text;
}

function needed(id: string | undefined, noun: string, label: string): string {
	if (id) return id;
	throw new BadInput(
		`Choose the ${noun} first`,
		`This list depends on the field ${label}. Choose there, or use By ID here.`,
	);
}

async function readRows(
	sendOne: SendOne,
	route: Route,
	rows: string,
	scope: string,
	more: { values?: Record<string, string>; query?: IDataObject },
): Promise<IDataObject[]> {
	const { body } = await sendOne(callTo(route, { ...more, scope, lacks: lacksList(rows) }));
	return rowsOf(body, rows);
}

/** Events of all calendars from a month ago to two months from now, by their start. */
async function eventsAround(
	locationId: string,
	sendOne: SendOne,
	path: '/calendars/blocked-slots' | '/calendars/events',
): Promise<IDataObject[]> {
	const { body } = await sendOne(listCall('calendars', locationId));
	const startTime = Date.now() - 30 * DAY_MS;
	const span = { locationId, startTime, endTime: startTime + 90 * DAY_MS };
	const lists = listRows('calendars', body)
		.slice(0, MOST_CALENDARS)
		.map(async ({ id }) => {
			const query = { ...span, calendarId: String(id) };
			return await readRows(sendOne, `GET ${path}`, 'events', 'calendars/events.readonly', {
				query,
			});
		});
	const rows = (await Promise.all(lists)).flat();
	return rows.sort((a, b) => String(a.startTime).localeCompare(String(b.startTime)));
}

/** The appointments of the contacts with that name, email or phone. */
async function appointmentsOf(text: string, locationId: string, sendOne: SendOne): Promise<Picked> {
	const search = callTo('POST /contacts/search', {
		body: { locationId, pageLimit: MOST_PEOPLE, query: text.slice(0, 75) },
		repeatable: true,
		scope: 'contacts.readonly',
	});
	const people = rowsOf((await sendOne(search)).body, 'contacts');
	const lists = people.map(async (person) => {
		const values = { contactId: String(person.id) };
		const route = 'GET /contacts/{contactId}/appointments';
		const rows = await readRows(sendOne, route, 'events', 'contacts.readonly', { values });
		const name = [person.firstName, person.lastName].filter(Boolean).join(' ');
		return entries(rows, (row) => [`${name}: ${String(row.title)}`, row.startTime]);
	});
	return (await Promise.all(lists)).flat();
}

async function calendarOf(eventId: string, sendOne: SendOne): Promise<string | undefined> {
	const route = 'GET /calendars/events/appointments/{eventId}';
	const call = callTo(route, { values: { eventId }, scope: 'calendars/events.readonly' });
	const { body } = await sendOne(call);
	const event = isObject(body) && isObject(body.event) ? body.event : {};
	return typeof event.calendarId === 'string' ? event.calendarId : undefined;
}

/** The records whose text or id it is; a long text is found by all of it, and shown by its beginning. */
const entries = (rows: IDataObject[], label: Label, filter?: string): Picked =>
	rows
		.filter((row) => matching(filter)({ name: label(row).join(' '), value: String(row.id) }))
		.map((row) => ({ name: labelled(...label(row)), value: String(row.id) }));

const eachOnce = (list: Picked): Picked =>
	list.filter(({ value }, index) => list.findIndex((one) => one.value === value) === index);

const said = ({ body, messageType }: IDataObject): string => String(body || (messageType ?? ''));

/** `Send the offer (2026-11-24 09:00)`; of a long text, its beginning. */
function labelled(text: unknown, moment: unknown): string {
	const whole = String(text ?? '')
		.replace(/\s+/g, ' ')
		.trim();
	const short = whole.length > 60 ? `${whole.slice(0, 59)}…` : whole;
	const at = typeof moment === 'string' ? moment.slice(0, 16).replace('T', ' ') : '';
	return [short || 'Without a title', at && `(${at})`].filter(Boolean).join(' ');
}

/** `Tue, Nov 24, 09:00 (-06:00)` for `2026-11-24T09:00:00-06:00`: the time as HighLevel writes it. */
function slotLabel(start: string): string {
	const wall = new Date(`${start.slice(0, 19)}Z`);
	if (Number.isNaN(wall.getTime())) return start;
	const day = wall.toLocaleDateString('en-US', {
		...{ weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' },
	});
	const offset = start.slice(19);
	return `${day}, ${start.slice(11, 16)}${offset && ` (${offset})`}`;
}
