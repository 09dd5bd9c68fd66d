import { buildCall } from '../../engine/call/build';
import { callTo } from '../../engine/call/callTo';
import { BadInput } from '../../engine/badInput';
import {
	additionalFields,
	choice,
	filters,
	flag,
	list,
	required,
	text,
	updateFields,
} from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Io, Operation, PageStyle, Resource } from '../../engine/operation';
import { onePage, withBody } from '../../engine/call/paginate';
import { skipPages } from '../calls/pages';
import { lookedUp } from '../calls/recover';
import { toEmails, toIds, toList, isObject } from '../../engine/values';
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
		description: 'Searches full name, email and phone',
	}),
	text('Sort By', 'sort', {
		in: 'query',
		placeholder: 'e.g. dateAdded',
		description: 'Field of the user. Default: the name.',
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
	listPath: '/users/',
	id: userId,
	scope: 'users',
	reads: { simple: toList('id, name, firstName, lastName, email, phone, extension, roles') },
});

const emails = list('Emails', 'emails', 'jane@example.com', (value) => toEmails(value).join());

/** `skip` and `limit` are texts in this body. */
const emailPages: PageStyle = {
	size: 25,
	items: 'users',
	first: (call, limit) => withBody(call, { skip: '0', limit: String(limit) }),
	next: (call, rows) => withBody(call, { skip: String(Number(call.body?.skip) + rows.length) }),
};

const searchByEmail: Operation = ofLocation.getMany({
	route: 'POST /users/search/filter-by-email',
	value: 'searchByEmail',
	action: 'Search users by email',
	description:
		'Find users of the whole agency by their emails. Needs OAuth2 connected by an agency user.',
	writes: false,
	asOwner: true,
	body: { projection: 'all' },
	fields: [
		required(emails),
		filters([flag('Deleted', 'deleted', 'Whether to find deleted users')]),
	],
	pages: emailPages,
	build: async (io) => {
		const call = await buildCall(searchByEmail, io);
		return withBody(call, { companyId: await companyId(io) });
	},
});

const ROLES = { Admin: 'admin', User: 'user' };
const firstName = text('First Name', 'firstName', { placeholder: 'e.g. Jane' });
const lastName = text('Last Name', 'lastName', { placeholder: 'e.g. Doe' });
const password = text('Password', 'password', { typeOptions: { password: true } });
const role = choice('Role', 'role', ROLES, { default: 'user' });
const details = [
	list('Location IDs', 'locationIds', 've9EPM428h8vShlRW1KT', toIds, {
		description: 'Sub-accounts that the user can open. Default: the location of the node.',
	}),
	text('Phone', 'phone', { placeholder: 'e.g. +14155550123' }),
	list('Scopes', 'scopes', 'contacts.write, conversations.write', toList, {
		description: 'What the user can do. Default: everything the role allows.',
	}),
	choice('Type', 'type', { Agency: 'agency', 'Sub-Account': 'account' }, { default: 'account' }),
];

/** The user of the lost create: HighLevel has each email once. */
const recoverUser = lookedUp({
	pages: skipPages(25, 'users'),
	read: ({ body = {} }) =>
		callTo('GET /users/search', {
			query: { companyId: body.companyId, query: body.email },
			scope: 'users.readonly',
		}),
	fits: ({ email }, { body = {} }) =>
		String(email).toLowerCase() === String(body.email).toLowerCase(),
	body: (found) => found,
});

const create: Operation = ofLocation.create({
	description: 'Create a user of the location and return it. HighLevel sends the user an email.',
	body: { type: 'account' },
	fields: [
		...[
			firstName,
			lastName,
			text('Email', 'email', { placeholder: 'e.g. jane@example.com' }),
			password,
		].map(required),
		role,
		additionalFields(details),
	],
	build: async (io) => {
		const call = await buildCall(create, io);
		const { locationId } = io.account.values;
		return {
			...call,
			body: { companyId: await companyId(io), locationIds: [locationId], ...call.body },
		};
	},
	recover: recoverUser,
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
		create,
		ofLocation.delete({
			description:
				'Delete a user permanently, from all sub-accounts. HighLevel does this some minutes later.',
		}),
		ofLocation.update({
			fields: [updateFields([firstName, lastName, password, role, ...details])],
		}),
		searchByEmail,
		ofLocation.get({ description: 'Get one user by ID' }),
		search,
		ofLocation.other('GET /users/', {
			value: 'list',
			name: 'List (Deprecated)',
			action: 'List users',
			description:
				'Get all users of the location from the older endpoint, which HighLevel plans to remove. Works without an agency.',
			query: { locationId: '{locationId}' },
			pages: onePage('users'),
		}),
	],
};
