import type { IDataObject } from 'n8n-workflow';
import { ApiFault } from '../../engine/call/errors';
import { callTo } from '../../engine/call/callTo';
import type { Answer, Call, Io, Recovered, Route, PageStyle } from '../../engine/operation';
import { rowsOf } from '../../engine/values';
import { pause } from '../../engine/call/pace';
import { onePage, readPages } from '../../engine/call/paginate';

/** How to find the record that a create, whose answer was lost, may have made. */
interface LookUp {
	pages: PageStyle;
	/** The read that would show the record; `startedAt` (epoch ms) is when the lost call was sent. */
	read: (lost: Call, io: Io, startedAt: number) => Call | Promise<Call>;
	/** The key of the record's time of creation (ISO). Absent: a record of any age will do. */
	added?: string;
	/** `maybe`: HighLevel may have made the record of the call, and written it in a form of its own. */
	fits: (record: IDataObject, lost: Call) => boolean | 'maybe';
	/** The body that the create would have had as its answer. */
	body: (record: IDataObject) => IDataObject;
	/** The wait (ms) before a read that shows a new record only after a while. */
	lagMs?: number;
}

/** The most records of a list that are looked through. It keeps the cost at a few calls in any account. */
const MOST_RECORDS = 1_000;

/**
 * For an operation's `recover`: a record that fits and is no older than the call was made by the call.
 * A minute is allowed for clocks that differ. The outcome is unknown where the read is refused, and
 * where the list is too long.
 */
export function lookedUp({ pages, read, added, fits, body, lagMs }: LookUp) {
	return async (lost: Call, io: Io, startedAt: number): Promise<Recovered> => {
		if (lagMs) await pause(lagMs, io.context.getExecutionCancelSignal());
		let last: Answer | undefined;
		const keep = async (call: Call) => (last = await io.send(call));
		const look = async () =>
			await readPages(pages, await read(lost, io, startedAt), keep, MOST_RECORDS);
		const [looked] = await Promise.allSettled([look()]);
		if (looked.status === 'rejected') {
			if (looked.reason instanceof ApiFault) return 'unknown';
			throw looked.reason; // cancelled
		}
		const recent = looked.value.filter(
			(record) => !added || Date.parse(String(record[added])) >= startedAt - 60_000,
		);
		const made = recent.find((record) => fits(record, lost) === true);
		if (made && last) return { ...last, body: body(made) };
		const isWhole = looked.value.length < MOST_RECORDS;
		const isClear = !recent.some((record) => fits(record, lost) === 'maybe');
		return isWhole && isClear ? 'not done' : 'unknown';
	};
}

/** The read at the path of a write. */
export function readAt({ template, version, path, scope }: Call, query?: IDataObject): Call {
	const readScope = scope?.replace('.write', '.readonly');
	return { method: 'GET', template, version, path, query, repeatable: true, scope: readScope };
}

/** How a record shows up in the list at the path that its create is sent to. */
interface Listed {
	/** The key of the list's answer that holds the records. */
	rows: string;
	/** The key under which the create answers the record. */
	record: string;
	/** The keys whose values must be as they were sent. */
	equal: string[];
	/** The key of the record's time of creation. Without it, an equal record of any age counts. */
	added?: string;
	pages?: PageStyle;
	query?: (lost: Call) => IDataObject | undefined;
}

/** `lookedUp` for a create whose path is also the path of the list. */
export function listed({ rows, record, equal, added, pages = onePage(rows), query }: Listed) {
	return lookedUp({
		pages,
		read: (lost) => readAt(lost, query?.(lost)),
		added,
		fits: (row, { body = {} }) =>
			equal.every((key) => plain(row[key]) === plain(body[key])) || (added ? 'maybe' : false),
		body: (row) => ({ [record]: row }),
	});
}

/** A value without what HighLevel may change: blanks at the ends, case, the form of a time. */
function plain(value: unknown): string {
	const text = (typeof value === 'object' ? JSON.stringify(value ?? '') : String(value ?? ''))
		.trim()
		.toLowerCase();
	return /^\d{4}-\d\d-\d\dt/.test(text) ? String(Date.parse(text)) : text;
}

/** Whether a contact holds all that a call sent. HighLevel writes phones and days in its own form. */
export function holds(contact: IDataObject, body: IDataObject): boolean {
	return Object.entries(body).every(([key, sent]) => {
		const found = contact[key];
		if (key === 'customFields') {
			const values = new Map(rowsOf(contact, key).map(({ id, value }) => [id, plain(value)]));
			return rowsOf(body, key).every((one) => values.get(one.id) === plain(one.field_value));
		}
		if (key === 'phone') return digitsOf(found).endsWith(digitsOf(sent));
		if (key === 'dateOfBirth') return String(found).startsWith(String(sent));
		return plain(found) === plain(sent);
	});
}

const digitsOf = (phone: unknown): string => plain(phone).replace(/\D/g, '').replace(/^0+/, '');

const isSameTime = (one: unknown, other: unknown): boolean =>
	Date.parse(String(one)) === Date.parse(String(other));

/**
 * `lookedUp` for appointments and blocks: among the events at `route` that start when the one of the
 * lost create does, in the same calendar. The values under `times` are equal as moments, those under
 * `equal` as they are.
 */
export const lookedUpByStart = (route: Route, times: string[], equal: string[] = []) =>
	lookedUp({
		pages: onePage('events'),
		read: ({ body = {} }, io) => {
			const { locationId } = io.account.values;
			const startTime = Date.parse(String(body.startTime));
			const span = { startTime, endTime: startTime + 60_000 };
			const query = { locationId, calendarId: body.calendarId, ...span };
			return callTo(route, { query, scope: 'calendars/events.readonly' });
		},
		added: 'dateAdded',
		fits: (event, { body = {} }) =>
			times.every((key) => isSameTime(event[key], body[key])) &&
			equal.every((key) => event[key] === body[key]),
		body: (event) => event,
	});
