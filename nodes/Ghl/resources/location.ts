import type { IDataObject } from 'n8n-workflow';
import { choice, text } from '../../engine/describe/fields';
import type { Resource } from '../../engine/operation';
import { skipPages } from '../../engine/call/paginate';
import { DIRECTIONS, filters } from '../fields/records';

const COMMON = { scope: 'locations.readonly', writes: false };

const SIMPLE = [
	'id',
	'name',
	'companyId',
	'email',
	'phone',
	'website',
	'city',
	'country',
	'timezone',
	'settings',
];

/** The answer is not documented: the list in it, whatever its key. */
function timezonesIn(record: IDataObject): IDataObject {
	const list = Object.values(record).find((value) => Array.isArray(value));
	return list === undefined ? record : { timezones: list };
}

export const location: Resource = {
	value: 'location',
	name: 'Location',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get the location',
			description:
				'Get the location (sub-account) of the credential: its address, time zone and whether it allows duplicate contacts',
			request: { method: 'GET', path: '/locations/{locationId}' },
			...COMMON,
			fields: [],
			result: 'location',
			simple: SIMPLE,
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many locations',
			description:
				'Search the locations (sub-accounts) that the token may see. HighLevel refuses it to a private integration, which can read its own location with Get.',
			request: { method: 'GET', path: '/locations/search' },
			...COMMON,
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
			// 10 is what HighLevel gives unasked; the most it gives is not documented.
			pages: skipPages(10, 'locations'),
			simple: SIMPLE,
		},
		{
			value: 'getTimezones',
			name: 'Get Timezones',
			action: 'Get the timezones of the location',
			description: 'Get the names of all time zones that HighLevel knows, as one list',
			request: { method: 'GET', path: '/locations/{locationId}/timezones' },
			...COMMON,
			fields: [],
			finish: timezonesIn,
		},
	],
};
