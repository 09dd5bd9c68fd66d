import { callTo } from '../../engine/call/callTo';
import { onePage } from '../../engine/call/paginate';
import { required, text, updateFields } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Call, Io, Resource } from '../../engine/operation';
import { keepUnchanged } from '../calls/keepUnchanged';
import { skipPages } from '../calls/pages';
import { listed } from '../calls/recover';
import { linkPicker } from '../editor/pickers';

const name = text('Name', 'name', { placeholder: 'e.g. Webinar page' });
const redirectTo = text('Link URL', 'redirectTo', {
	placeholder: 'e.g. https://example.com/webinar',
	description: 'Address that the link opens',
});

const locationId = '{locationId}';

const ofLocation = verbs('trigger link', {
	of: 'the location',
	path: '/links/{linkId}',
	listPath: '/links/',
	id: linkPicker,
	scope: 'links',
	result: 'link',
});

/** HighLevel has its read at another path. */
const readOf = ({ path, scope }: Call, io: Io): Call =>
	callTo('GET /links/id/{linkId}', {
		values: { linkId: decodeURIComponent(path.split('/')[2]) },
		query: { locationId: io.account.values.locationId },
		scope: scope?.replace('.write', '.readonly'),
	});

const update = ofLocation.update({ fields: [updateFields([name, redirectTo])] });

export const link: Resource = {
	value: 'link',
	name: 'Trigger Link',
	operations: [
		ofLocation.create({
			description:
				'Create a trigger link, which records who opens it, and return it. Put its fieldKey into a message.',
			body: { locationId },
			fields: [required(name), required(redirectTo)],
			recover: listed({
				rows: 'links',
				record: 'link',
				equal: ['name', 'redirectTo'],
				query: ({ body }) => ({ locationId: body?.locationId }),
			}),
		}),
		ofLocation.delete({
			description: 'Delete a trigger link permanently; links already sent stop working',
		}),
		ofLocation.get({ route: 'GET /links/id/{linkId}', query: { locationId } }),
		ofLocation.getMany({ query: { locationId }, pages: onePage('links') }),
		ofLocation.getMany({
			route: 'GET /links/search',
			value: 'search',
			action: 'Search trigger links',
			description: 'Find trigger links by their name',
			version: '2021-04-15',
			query: { locationId },
			fields: [text('Search Text', 'query', { in: 'query', placeholder: 'e.g. webinar' })],
			// 20 is what HighLevel gives unasked. The most it gives is not documented.
			pages: skipPages(20, 'links'),
		}),
		keepUnchanged(['name', 'redirectTo'], 'link', update, readOf),
	],
};
