import type { IDataObject } from 'n8n-workflow';
import { choice, filters, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { skipPages } from '../calls/pages';
import { toList } from '../../engine/values';
import { DIRECTIONS } from '../fields/directions';

const PATH = '/locations/{locationId}';

const simple = toList(
	'id, name, companyId, email, phone, website, city, country, timezone, settings',
);

/** The first list in the answer, under any key: the answer is not documented. */
function timezonesIn(record: IDataObject): IDataObject {
	const list = Object.values(record).find((value) => Array.isArray(value));
	return list === undefined ? record : { timezones: list };
}

const own = verbs('location', { article: 'the', path: PATH, scope: 'locations' });

export const location: Resource = {
	value: 'location',
	name: 'Location',
	operations: [
		own.get({
			description:
				'Get the location (sub-account) of the credential: its address, time zone and whether it allows duplicate contacts',
			result: 'location',
			simple,
		}),
		own.getMany({
			route: 'GET /locations/search',
			description:
				'Search the locations (sub-accounts) that the token may see. HighLevel refuses it to a private integration, which can read its own location with Get.',
			fields: [
				filters([
					text('Company ID', 'companyId', {
						in: 'query',
						placeholder: 'e.g. 5DP4iH6HLkQsiKESj6rh',
						description: 'The agency whose locations are searched',
					}),
					text('Email', 'email', { in: 'query', placeholder: 'e.g. name@example.com' }),
					choice('Order', 'order', DIRECTIONS, { in: 'query' }),
				]),
			],
			// 10 is what HighLevel gives unasked. The most it gives is not documented.
			pages: skipPages(10, 'locations'),
			simple,
		}),
		own.other(`GET ${PATH}/timezones`, {
			value: 'getTimezones',
			action: 'Get the timezones of the location',
			description: 'Get the names of all time zones that HighLevel knows, as one list',
			finish: timezonesIn,
		}),
	],
};
