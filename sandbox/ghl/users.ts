import { badRequest, notFound } from './errors';
import type { User } from './records';
import { ANYONE, route } from './route';
import type { Call, Route } from './route';
import { closed, flag, oneOf, requiredText, text, wholeNumber } from './validate';

interface SearchQuery {
	companyId: string;
	locationId?: string;
	query?: string;
	skip?: number;
	limit?: number;
	type?: string;
	role?: string;
	ids?: string;
	sortDirection?: 'asc' | 'desc';
}

function search({ state, token, query }: Call<unknown, SearchQuery>): object {
	const { companyId, skip = 0, limit = 25, type, role, ids } = query;
	if (companyId !== token.companyId) throw badRequest(`Company with id ${companyId} not found`);
	// A sub-account token sees the users of its own location only.
	const locationId = query.locationId ?? token.locationId;
	const wanted = (query.query ?? '').toLowerCase();
	const found = [...state.users.values()].filter(
		(user) =>
			(locationId === undefined || user.roles.locationIds.includes(locationId)) &&
			(type === undefined || user.roles.type === type) &&
			(role === undefined || user.roles.role === role) &&
			(ids === undefined || ids.split(',').includes(user.id)) &&
			[user.name, user.email, user.phone].join(' ').toLowerCase().includes(wanted),
	);
	if (query.sortDirection === 'desc') found.reverse();
	return { users: found.slice(skip, skip + limit), count: found.length };
}

export const users: Route[] = [
	route<unknown, { locationId: string }>({
		method: 'GET',
		path: '/users/',
		scope: 'users.readonly',
		query: closed({ locationId: requiredText }, ['locationId']),
		handle: ({ state, query }) => ({
			users: [...state.users.values()].filter((user) =>
				user.roles.locationIds.includes(query.locationId),
			),
		}),
	}),
	route<unknown, SearchQuery>({
		method: 'GET',
		path: '/users/search',
		scope: 'users.readonly',
		access: ANYONE,
		query: closed(
			{
				companyId: requiredText,
				locationId: text,
				query: text,
				skip: wholeNumber(0),
				limit: wholeNumber(1),
				type: text,
				role: text,
				ids: text,
				sort: text,
				sortDirection: oneOf('asc', 'desc'),
				enabled2waySync: flag,
			},
			['companyId'],
		),
		handle: search,
	}),
	route({
		method: 'GET',
		path: '/users/:userId',
		scope: 'users.readonly',
		access: ANYONE,
		// The one answer without a wrapper.
		handle: ({ state, params }): User => {
			const user = state.users.get(params.userId);
			if (user === undefined) throw notFound('User', params.userId);
			return user;
		},
	}),
];
