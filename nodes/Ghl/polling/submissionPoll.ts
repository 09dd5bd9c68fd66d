import type { IDataObject } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import { BadInput } from '../../engine/badInput';
import { withQuery } from '../../engine/call/paginate';
import { readMoment } from '../../engine/dates';
import type { Answer, Call, Route } from '../../engine/operation';
import { SAMPLES, type Poll, type PollTime } from '../../engine/poll';
import { isObject, rowsOf } from '../../engine/values';
import { submissionPages } from '../fields/submissions';
import {
	beginCursor,
	readContacts,
	stamped,
	type ContactCursor,
	type ContactPage,
	type ContactReading,
	type StampedContact,
} from './contactCursor';
import type { SubmissionEvent } from './events';
import type { PollingSettings } from './settings';

/** Where an event's submissions are, and the key of the form or survey. */
const KINDS: Record<SubmissionEvent, { route: Route; key: string; scope: string }> = {
	formSubmitted: { route: 'GET /forms/submissions', key: 'formId', scope: 'forms.readonly' },
	surveySubmitted: {
		route: 'GET /surveys/submissions',
		key: 'surveyId',
		scope: 'surveys.readonly',
	},
};

const DAY_MS = 24 * 60 * 60 * 1000;

/** HighLevel takes days, and does not say of which time zone: a day more at both ends covers each. */
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * Polls for submissions. HighLevel documents no order, and filters by days alone. A poll therefore reads
 * all pages of the days in question, and takes part in the promise of `readContacts` with one long page.
 * Where the answers turn out to be sorted from the latest on, it stops at the first page that is old.
 */
export function submissionPoll(
	event: SubmissionEvent,
	settings: PollingSettings,
	locationId: string,
	send: (call: Call) => Promise<Answer>,
): Poll<ContactCursor> {
	const { route, key, scope } = KINDS[event];
	const { form } = settings.filters;
	const output = (row: IDataObject): IDataObject => ({ event, contactId: row.contactId, ...row });

	const callFor = (days: IDataObject): Call => {
		const query = { locationId, ...(form && { [key]: form }), ...days };
		return submissionPages.first(callTo(route, { query, scope, lacks: lacksSubmissions }), 100);
	};

	const reading = (time: PollTime): ContactReading => ({
		lagMs: settings.lagMs,
		now: () => Date.now(),
		wanted: () => true,
		read: async (from) => {
			const days = { startAt: dayOf(from - DAY_MS), endAt: dayOf(Date.now() + DAY_MS) };
			return await readSince(from, callFor(days), async (call) =>
				time.within(async () => await send(call)),
			);
		},
	});

	return {
		subject: [event, locationId, form],
		format: 1,
		begin: async (time) => await beginCursor(reading(time)),
		resume: async (cursor, time) => {
			const read = await readContacts(cursor, reading(time));
			return { state: read.cursor, items: read.found.map(output) };
		},
		sample: async (time) => {
			const answer = await time.within(async () => await send(callFor({})));
			return rowsOf(answer?.body, 'submissions').slice(0, SAMPLES).map(output);
		},
	};
}

/**
 * All submissions stamped `from` or later, in ascending order.
 *
 * @throws BadInput when the poll's time is up first: a part of them cannot be told from the whole
 */
async function readSince(
	from: number,
	first: Call,
	ask: (call: Call) => Promise<Answer | undefined>,
): Promise<ContactPage> {
	const found = new Map<string, StampedContact>();
	let serverTime: number | undefined;
	let latest = Infinity;
	let isSorted = true;
	for (let call = first, page = 1; ; page++, call = withQuery(first, { page })) {
		const answer = await ask(call);
		if (!answer) {
			throw new BadInput(
				'The submissions since the last poll did not all come within the time that one poll may take',
				'Nothing is lost: the next poll reads them again. If this goes on, choose one form, so that there are fewer.',
			);
		}
		serverTime ??= readMoment(answer.headers.date);
		const rows = rowsOf(answer.body, 'submissions').flatMap((row) => stamped(row, 'createdAt'));
		for (const one of rows) {
			isSorted &&= one.at <= latest;
			latest = one.at;
			if (one.at >= from) found.set(one.id, one);
		}
		const isOld = isSorted && rows.length > 0 && latest < from;
		if (isOld || !hasMore(answer.body, page)) break;
	}
	return { contacts: [...found.values()].sort((a, b) => a.at - b.at), serverTime };
}

/** By the answer's own word, else by whether the page is full. */
function hasMore(body: unknown, page: number): boolean {
	const meta = isObject(body) && isObject(body.meta) ? body.meta : {};
	if ('nextPage' in meta) return (meta.nextPage ?? null) !== null;
	const total = Number(meta.total);
	const rows = rowsOf(body, 'submissions').length;
	return Number.isFinite(total) ? page * 100 < total && rows > 0 : rows >= 100;
}

const lacksSubmissions = (body: unknown): string | undefined =>
	isObject(body) && Array.isArray(body.submissions)
		? undefined
		: 'an answer without the list “submissions”';
