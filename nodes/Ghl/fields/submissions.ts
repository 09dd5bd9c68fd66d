import { toDay } from '../../engine/dates';
import { dateTime, filters, text } from '../../engine/describe/fields';
import type { Parts } from '../../engine/describe/verbs';
import type { Field } from '../../engine/operation';
import { isObject } from '../../engine/values';
import { pagesInQuery } from '../calls/pages';

const inQuery = { in: 'query' } as const;

/** A page of submissions says itself whether there is another. */
const isMore = (body: unknown): boolean | undefined => {
	const meta = isObject(body) && isObject(body.meta) ? body.meta : undefined;
	return meta && (meta.nextPage ?? null) !== null;
};

/** 100 is the most that `limit` takes. */
export const submissionPages = pagesInQuery(100, 'submissions', isMore);

/** What Get Submissions of forms and of surveys have in common. */
export const submissionParts = (noun: string, picker: Field) =>
	({
		value: 'getSubmissions',
		name: 'Get Many Submissions',
		action: `Get many submissions of ${noun}s`,
		description: `Get ${noun} submissions, each with its contact. Without From: those of the last month.`,
		query: { locationId: '{locationId}' },
		fields: [
			filters([
				dateTime('From', 'startAt', toDay, inQuery),
				picker,
				text('Search Text', 'q', {
					...inQuery,
					placeholder: 'e.g. jane@example.com',
					description: 'Contact ID, name, email or phone to search for',
				}),
				dateTime('To', 'endAt', toDay, inQuery),
			]),
		],
		pages: submissionPages,
	}) satisfies Parts;
