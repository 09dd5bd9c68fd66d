import { badRequest, notFound, wrongLocation } from './errors';
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

interface UserBody {
	companyId: string;
	firstName: string;
	lastName: string;
	email: string;
	password: string;
	phone?: string;
	type: string;
	role: string;
	locationIds: string[];
	scopes?: string[];
}

const changeable = {
	companyId: text,
	firstName: text,
	lastName: text,
	password: text,
	phone: text,
	type: oneOf('account', 'agency'),
	role: oneOf('admin', 'user'),
	locationIds: { type: 'array', items: requiredText },
	scopes: { type: 'array', items: requiredText },
};

function userOf({ state, token, params }: Call<unknown, unknown>): User {
	const user = state.users.get(params.userId);
	if (user === undefined) throw notFound('User', params.userId);
	if (!isWithin(token, user)) throw wrongLocation();
	return user;
}

const isWithin = ({ locationId }: Call<unknown, unknown>['token'], { roles }: User): boolean =>
	locationId === undefined || roles.locationIds.includes(locationId);

/** What a body says, over the user that there is. */
function saved({ state }: Call<unknown, unknown>, user: User, body: Partial<UserBody>): User {
	const { firstName = user.firstName, lastName = user.lastName, phone = user.phone } = body;
	const { type, role, locationIds } = { ...user.roles, ...body };
	const name = `${firstName} ${lastName}`;
	const next = { ...user, firstName, lastName, name, phone, roles: { type, role, locationIds } };
	state.users.set(next.id, next);
	return next;
}

function create(call: Call<UserBody, unknown>): User {
	const { state, token, body } = call;
	if (body.companyId !== token.companyId) throw badRequest('Company not found');
	const email = body.email.toLowerCase();
	if ([...state.users.values()].some((user) => user.email.toLowerCase() === email))
		throw badRequest('User with this email already exists');
	const { type, role, locationIds } = body;
	const roles = { type, role, locationIds };
	const fresh = {
		id: state.ids.next('user'),
		name: '',
		firstName: '',
		lastName: '',
		email: body.email,
	};
	return saved(call, { ...fresh, phone: '', extension: '', roles }, body);
}

interface EmailBody {
	companyId: string;
	emails: string;
	deleted?: boolean;
	skip?: string;
	limit?: string;
	projection?: string;
}

function filterByEmail({ state, token, body }: Call<EmailBody, unknown>): object {
	const { companyId, emails, deleted = false, skip = '0', limit = '25', projection } = body;
	if (companyId !== token.companyId) throw badRequest('Company not found');
	const wanted = emails.toLowerCase().split(',');
	const found = deleted
		? []
		: [...state.users.values()].filter(({ email }) => wanted.includes(email.toLowerCase()));
	const page = found.slice(Number(skip), Number(skip) + Number(limit));
	const users = projection === 'all' ? page : page.map(({ id, email }) => ({ id, email }));
	return { users, count: found.length };
}

export const users: Route[] = [
	route<UserBody>({
		method: 'POST',
		path: '/users/',
		scope: 'users.write',
		access: ANYONE,
		status: 201,
		body: closed({ ...changeable, email: requiredText }, [
			...['companyId', 'firstName', 'lastName', 'email', 'password', 'type', 'role'],
			'locationIds',
		]),
		handle: create,
	}),
	route<EmailBody>({
		method: 'POST',
		path: '/users/search/filter-by-email',
		scope: 'users.readonly',
		access: ['Agency-Access'],
		body: closed(
			{
				companyId: requiredText,
				emails: requiredText,
				deleted: { type: 'boolean' },
				skip: text,
				limit: text,
				projection: text,
			},
			['companyId', 'emails'],
		),
		handle: filterByEmail,
	}),
	route<Partial<UserBody>>({
		method: 'PUT',
		path: '/users/:userId',
		scope: 'users.write',
		access: ANYONE,
		body: closed(changeable, []),
		handle: (call) => saved(call, userOf(call), call.body),
	}),
	route({
		method: 'DELETE',
		path: '/users/:userId',
		scope: 'users.write',
		access: ANYONE,
		handle: (call) => {
			const { id, email, name } = userOf(call);
			call.state.users.delete(id);
			const message = `Queued deleting user with e-mail ${email} and name ${name}. Will take effect in a few minutes.`;
			return { succeded: true, message };
		},
	}),
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
