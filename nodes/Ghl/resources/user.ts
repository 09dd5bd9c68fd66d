import { buildCall } from '../../engine/call/build';
import { BadInput, isObject } from '../../engine/call/errors';
import { choice, field, flag, text } from '../../engine/describe/fields';
import type { Io, Operation, Resource } from '../../engine/operation';
import { onePage, skipPages } from '../../engine/call/paginate';
import { toIds } from '../../engine/values';
import { userId } from '../editor/pickers';
import { DIRECTIONS, filters } from '../fields/records';

const COMMON = { scope: 'users.readonly', writes: false };

const SIMPLE = ['id', 'name', 'firstName', 'lastName', 'email', 'phone', 'extension', 'roles'];

/** The agency of the location: an OAuth2 token names it, with a private integration it is asked for. */
async function companyId(io: Io): Promise<string> {
	const { companyId: known, locationId } = io.account.values;
	if (known) return known;
	const { body } = await io.read({
		method: 'GET',
		template: '/locations/{locationId}',
		path: `/locations/${encodeURIComponent(locationId)}`,
		repeatable: true,
		scope: 'locations.readonly',
	});
	const found = isObject(body) && isObject(body.location) ? body.location.companyId : undefined;
	if (typeof found === 'string') return found;
	throw new BadInput('HighLevel does not say which agency the location belongs to');
}

const search: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many users',
	description:
		'Search the users of the location by name, email, phone or role. A private integration needs the scope locations.readonly too.',
	request: { method: 'GET', path: '/users/search', query: { locationId: '{locationId}' } },
	...COMMON,
	fields: [
		filters([
			field(
				{
					displayName: 'IDs',
					name: 'ids',
					type: 'string',
					default: '',
					placeholder: 'e.g. 0IHuJvc2ofPAAA8GzTRi',
					description: 'Separated by commas, or a list from an expression',
				},
				{ in: 'query', key: 'ids', as: (value) => toIds(value).join() },
			),
			choice(
				'Role',
				'role',
				[
					['Admin', 'admin'],
					['User', 'user'],
				],
				{ in: 'query', default: 'user' },
			),
			text('Search Text', 'query', {
				in: 'query',
				placeholder: 'e.g. jane',
				description: 'Looks at the full name, email and phone',
			}),
			text('Sort By', 'sort', {
				in: 'query',
				placeholder: 'e.g. dateAdded',
				description: 'A field of the user; by name if nothing is said',
			}),
			choice('Sort Direction', 'sortDirection', DIRECTIONS, { in: 'query' }),
			flag('Two-Way Sync', 'enabled2waySync', 'Whether the users have two-way calendar sync on', {
				in: 'query',
			}),
			choice(
				'Type',
				'type',
				[
					['Agency', 'agency'],
					['Sub-Account', 'account'],
				],
				{ in: 'query', default: 'account' },
			),
		]),
	],
	// 25 is what HighLevel gives unasked; the most it gives is not documented.
	pages: skipPages(25, 'users'),
	simple: SIMPLE,
	build: async (io) => {
		const call = await buildCall(search, io);
		return { ...call, query: { companyId: await companyId(io), ...call.query } };
	},
};

export const user: Resource = {
	value: 'user',
	name: 'User',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get a user',
			description: 'Get one user by ID',
			request: { method: 'GET', path: '/users/{userId}' },
			...COMMON,
			fields: [userId],
			simple: SIMPLE,
		},
		search,
		{
			value: 'list',
			name: 'List (Deprecated)',
			action: 'List users',
			description:
				'Get all users of the location from the older endpoint, which HighLevel means to end. It needs no agency.',
			request: { method: 'GET', path: '/users/', query: { locationId: '{locationId}' } },
			...COMMON,
			fields: [],
			pages: onePage('users'),
			simple: SIMPLE,
		},
	],
};
