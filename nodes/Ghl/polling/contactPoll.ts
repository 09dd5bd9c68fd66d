import type { IDataObject } from 'n8n-workflow';
import type { Answer, Call } from '../../engine/operation';
import { lacksList } from '../../engine/call/paginate';
import { rowsOf } from '../../engine/values';
import { SAMPLES, type Poll, type PollTime } from '../../engine/poll';
import {
	beginCursor,
	readContacts,
	stamped,
	type ContactCursor,
	type ContactPage,
	type ContactReading,
} from './contactCursor';
import { STAMPS, type ContactEvent } from './events';
import type { ContactShape } from './simpleContacts';
import type { PollingFilters, PollingSettings } from './settings';

/** The most that HighLevel's search gives at once (docs/apis/highlevel.md#contact-search). */
const PAGE = 500;

/** The number of the latest contacts that a test run searches for wanted ones. */
const SAMPLE_PAGE = 100;

/** Polls for contacts that were created or updated. */
export function contactPoll(
	event: ContactEvent,
	settings: PollingSettings,
	locationId: string,
	send: (call: Call) => Promise<Answer>,
	shape: ContactShape,
): Poll<ContactCursor> {
	const stamp = STAMPS[event];
	const { filters } = settings;
	const output = async (rows: IDataObject[], time: PollTime) =>
		await Promise.all(
			rows.map(async (row) => ({
				event,
				contactId: row.id,
				...(await shape(withoutCursor(row), time)),
			})),
		);

	const reading = (time: PollTime): ContactReading => ({
		lagMs: settings.lagMs,
		now: () => Date.now(),
		wanted: (row) => isWanted(row, filters),
		read: async (from, after, pages) =>
			await time.within(async () => {
				const since = [{ field: stamp, operator: 'range', value: { gte: from } }];
				const more: IDataObject = after ? { searchAfter: after as IDataObject[] } : {};
				const call = search(locationId, stamp, 'asc', { filters: since, ...more }, PAGE);
				const read = pages === undefined ? undefined : pages * PAGE;
				const answer = await send({ ...call, lacks: lacksList('contacts', read) });
				return readPage(answer, stamp);
			}),
	});

	return {
		subject: [event, locationId, filters],
		format: 1,
		begin: async (time) => await beginCursor(reading(time)),
		resume: async (cursor, time) => {
			const read = await readContacts(cursor, reading(time));
			return { state: read.cursor, items: await output(read.found, time) };
		},
		sample: async (time) => {
			const answer = await time.within(
				async () => await send(search(locationId, stamp, 'desc', {}, SAMPLE_PAGE)),
			);
			const wanted = rowsOf(answer?.body, 'contacts').filter((row) => isWanted(row, filters));
			return await output(wanted.slice(0, SAMPLES), time);
		},
	};
}

function search(
	locationId: string,
	stamp: string,
	direction: 'asc' | 'desc',
	more: IDataObject,
	pageLimit: number,
): Call {
	return {
		method: 'POST',
		template: '/contacts/search',
		path: '/contacts/search',
		body: { locationId, pageLimit, sort: [{ field: stamp, direction }], ...more },
		repeatable: true,
		scope: 'contacts.readonly',
		lacks: lacksList('contacts', 0),
	};
}

/** The page in an answer. */
function readPage(answer: Answer, stamp: string): ContactPage {
	const rows = rowsOf(answer.body, 'contacts');
	const after = rows[rows.length - 1]?.searchAfter;
	const serverTime = Date.parse(answer.headers.date ?? '');
	return {
		contacts: rows.flatMap((row) => stamped(row, stamp)),
		after: rows.length >= PAGE && Array.isArray(after) ? after : undefined,
		serverTime: Number.isNaN(serverTime) ? undefined : serverTime,
	};
}

function isWanted(row: IDataObject, { tags, assignedTo }: PollingFilters): boolean {
	if (assignedTo && row.assignedTo !== assignedTo) return false;
	if (tags.length === 0) return true;
	const has = Array.isArray(row.tags) ? row.tags.map((tag) => String(tag).toLowerCase()) : [];
	return tags.some((tag) => has.includes(tag));
}

/** The contact without `searchAfter`, which is for paging only. */
function withoutCursor(row: IDataObject): IDataObject {
	const contact = { ...row };
	delete contact.searchAfter;
	return contact;
}
