import type { IDataObject } from 'n8n-workflow';
import { choice, filters, text } from '../../engine/describe/fields';
import { BadInput } from '../../engine/badInput';
import { operation, verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { installedLocationPages, skipPages } from '../calls/pages';
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
				'Get a location (sub-account): its address, time zone and whether it allows duplicate contacts',
			result: 'location',
			simple,
		}),
		own.getMany({
			route: 'GET /locations/search',
			description:
				'Search all locations (sub-accounts) of the agency, also those without the app. Needs OAuth2 connected by an agency user. A private integration can read its own location with Get.',
			asOwner: true,
			fields: [
				filters([
					text('Company ID', 'companyId', {
						in: 'query',
						placeholder: 'e.g. 5DP4iH6HLkQsiKESj6rh',
						description: 'ID of the agency whose locations are searched',
					}),
					text('Email', 'email', { in: 'query', placeholder: 'e.g. name@example.com' }),
					choice('Order', 'order', DIRECTIONS, { in: 'query' }),
				]),
			],
			// 10 is what HighLevel gives unasked. The most it gives is not documented.
			pages: skipPages(10, 'locations'),
			simple,
		}),
		operation('GET /oauth/installedLocations', {
			value: 'getManyInstalled',
			action: 'Get many installed locations',
			description:
				'Get the locations (sub-accounts) in which your app is installed: those that a credential of an agency user can work in',
			query: { companyId: '{companyId}', appId: '{appId}' },
			scope: 'oauth',
			asOwner: true,
			fields: [
				choice(
					'Show',
					'isInstalled',
					{ Installed: 'true', 'Without the App': 'false', All: 'all' },
					{
						in: 'query',
						description: 'Locations to return',
						as: (shown) => (shown === 'all' ? undefined : shown === 'true'),
					},
				),
				filters([
					text('Search Text', 'query', {
						in: 'query',
						placeholder: 'e.g. dental',
						description: 'Searches the name of the location',
					}),
				]),
			],
			check: ({ query }) => {
				if (query?.appId) return;
				throw new BadInput(
					'This needs a credential of an agency user, but this one is for a single sub-account',
					'Choose OAuth2 as Authentication and let an agency user connect the credential. Nothing was sent for this item.',
				);
			},
			pages: installedLocationPages,
			// The id under the name that all other records have.
			finish: ({ _id, ...row }) => ({ id: _id, ...row }),
		}),
		own.other(`GET ${PATH}/timezones`, {
			value: 'getTimezones',
			action: 'Get the timezones of the location',
			description: 'Get the names of all time zones that HighLevel knows, as one list',
			finish: timezonesIn,
		}),
	],
};
