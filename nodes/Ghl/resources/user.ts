import { buildCall } from '../../engine/call/build';
import { callTo } from '../../engine/call/callTo';
import { BadInput } from '../../engine/badInput';
import { choice, filters, flag, list, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Io, Operation, Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { skipPages } from '../calls/pages';
import { toIds, toList, isObject } from '../../engine/values';
import { userId } from '../editor/pickers';
import { DIRECTIONS } from '../fields/directions';

/** The agency of the location. An OAuth2 token names it; for a private integration the location is read. */
async function companyId(io: Io): Promise<string> {
	const { companyId: known, locationId } = io.account.values;
	if (known) return known;
	const scope = 'locations.readonly';
	const { body } = await io.read(
		callTo('GET /locations/{locationId}', { values: { locationId }, scope }),
	);
	const found = isObject(body) && isObject(body.location) ? body.location.companyId : undefined;
	if (typeof found === 'string') return found;
	throw new BadInput(
		'HighLevel does not say which agency the location belongs to',
		'Check the Location ID, and that the token may read the location (locations.readonly).',
	);
}

const userFilters = filters([
	list('IDs', 'ids', '0IHuJvc2ofPAAA8GzTRi', (value) => toIds(value).join(), { in: 'query' }),
	choice('Role', 'role', { Admin: 'admin', User: 'user' }, { in: 'query', default: 'user' }),
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
		{ Agency: 'agency', 'Sub-Account': 'account' },
		{ in: 'query', default: 'account' },
	),
]);

const ofLocation = verbs('user', {
	path: '/users/{userId}',
	id: userId,
	scope: 'users',
	reads: { simple: toList('id, name, firstName, lastName, email, phone, extension, roles') },
});

const search: Operation = ofLocation.getMany({
	route: 'GET /users/search',
	description:
		'Search the users of the location by name, email, phone or role. A private integration needs the scope locations.readonly too.',
	query: { locationId: '{locationId}' },
	fields: [userFilters],
	// 25 is what HighLevel gives unasked. The most it gives is not documented.
	pages: skipPages(25, 'users'),
	build: async (io) => {
		const call = await buildCall(search, io);
		return { ...call, query: { companyId: await companyId(io), ...call.query } };
	},
});

export const user: Resource = {
	value: 'user',
	name: 'User',
	operations: [
		ofLocation.get({ description: 'Get one user by ID' }),
		search,
		ofLocation.other('GET /users/', {
			value: 'list',
			name: 'List (Deprecated)',
			action: 'List users',
			description:
				'Get all users of the location from the older endpoint, which HighLevel means to end. It needs no agency.',
			query: { locationId: '{locationId}' },
			pages: onePage('users'),
		}),
	],
};
