import type { TriggerLink } from './records';
import { ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, requiredText, text, wholeNumber } from './validate';

type LinkBody = Pick<TriggerLink, 'name' | 'redirectTo'>;

const values = { name: requiredText, redirectTo: requiredText };
const ofLocation = closed({ locationId: requiredText }, ['locationId']);

function linkOf({ state, token, params }: Call<unknown, unknown>): TriggerLink {
	return ownRecord(token, state.links, 'Link', params.linkId);
}

function saved({ state }: Call<unknown, unknown>, link: TriggerLink): object {
	state.links.set(link.id, link);
	return { link };
}

const linksIn = (state: Call<unknown, unknown>['state'], locationId: string, text = '') =>
	[...state.links.values()].filter(
		(link) =>
			link.locationId === locationId && link.name.toLowerCase().includes(text.toLowerCase()),
	);

interface SearchQuery {
	locationId: string;
	query?: string;
	skip?: number;
	limit?: number;
}

export const links: Route[] = [
	route<unknown, { locationId: string }>({
		method: 'GET',
		path: '/links/',
		scope: 'links.readonly',
		query: ofLocation,
		handle: ({ state, query }) => ({ links: linksIn(state, query.locationId) }),
	}),
	route<LinkBody & { locationId: string }>({
		method: 'POST',
		path: '/links/',
		scope: 'links.write',
		status: 201,
		body: closed({ ...values, locationId: requiredText }, ['locationId', 'name', 'redirectTo']),
		handle: (call) => {
			const id = call.state.ids.next('link');
			return saved(call, { ...call.body, id, fieldKey: `{{trigger_link.${id}}}` });
		},
	}),
	route<unknown, SearchQuery>({
		method: 'GET',
		path: '/links/search',
		scope: 'links.readonly',
		query: closed(
			{ locationId: requiredText, query: text, skip: wholeNumber(0), limit: wholeNumber(1) },
			['locationId'],
		),
		handle: ({ state, query: { locationId, query, skip = 0, limit = 20 } }) => ({
			links: linksIn(state, locationId, query).slice(skip, skip + limit),
		}),
	}),
	route<unknown, { locationId: string }>({
		method: 'GET',
		path: '/links/id/:linkId',
		scope: 'links.readonly',
		query: ofLocation,
		handle: (call) => ({ link: linkOf(call) }),
	}),
	route<LinkBody>({
		method: 'PUT',
		path: '/links/:linkId',
		scope: 'links.write',
		// As described; 200 is what most other updates answer.
		status: 201,
		body: closed(values, ['name', 'redirectTo']),
		handle: (call) => saved(call, { ...linkOf(call), ...call.body }),
	}),
	route({
		method: 'DELETE',
		path: '/links/:linkId',
		scope: 'links.write',
		status: 201,
		handle: (call) => {
			call.state.links.delete(linkOf(call).id);
			return { succeded: true };
		},
	}),
];
