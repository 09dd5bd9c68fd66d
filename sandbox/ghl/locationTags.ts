import { badRequest, notFound } from './errors';
import { tagNames } from './normalise';
import type { LocationTag } from './records';
import { route } from './route';
import type { Call, Route } from './route';
import { closed, requiredText } from './validate';

interface TagBody {
	name: string;
}

const body = closed({ name: requiredText }, ['name']);

/** Where the tag stands in the state, and the tag. */
function entryOf({ state, params }: Call<unknown, unknown>): [string, LocationTag] {
	const entry = [...state.locationTags].find(
		([, { id, locationId }]) => id === params.tagId && locationId === params.locationId,
	);
	if (entry === undefined) throw notFound('Tag', params.tagId);
	return entry;
}

/** The contacts that carry the tag carry the other name from now on, or none. */
function replaceOnContacts(
	{ state }: Call<unknown, unknown>,
	{ locationId, name }: LocationTag,
	names: string[],
): void {
	for (const contact of state.contacts.values()) {
		if (contact.locationId !== locationId || !contact.tags.includes(name)) continue;
		const tags = contact.tags.flatMap((tag) => (tag === name ? names : [tag]));
		state.saveContact({ ...contact, tags: [...new Set(tags)] });
	}
}

function rename(call: Call<TagBody, unknown>): object {
	const { state, params } = call;
	const [key, tag] = entryOf(call);
	const name = tagNames([call.body.name])[0] ?? tag.name;
	const renamed = { ...tag, name };
	state.locationTags.delete(key);
	state.locationTags.set(`${params.locationId} ${name}`, renamed);
	replaceOnContacts(call, tag, [name]);
	return { tag: renamed };
}

export const locationTags: Route[] = [
	route({
		method: 'GET',
		path: '/locations/:locationId/tags',
		scope: 'locations/tags.readonly',
		handle: ({ state, params }) => ({
			tags: [...state.locationTags.values()].filter((tag) => tag.locationId === params.locationId),
		}),
	}),
	route<TagBody>({
		method: 'POST',
		path: '/locations/:locationId/tags',
		scope: 'locations/tags.write',
		body,
		handle: ({ state, params: { locationId }, body: { name: given } }) => {
			const name = tagNames([given])[0] ?? '';
			if (state.locationTags.has(`${locationId} ${name}`)) {
				throw badRequest('The tag name is already exist.');
			}
			return { tag: state.locationTag(locationId, name) };
		},
	}),
	route({
		method: 'GET',
		path: '/locations/:locationId/tags/:tagId',
		scope: 'locations/tags.readonly',
		handle: (call) => ({ tag: entryOf(call)[1] }),
	}),
	route<TagBody>({
		method: 'PUT',
		path: '/locations/:locationId/tags/:tagId',
		scope: 'locations/tags.write',
		body,
		handle: rename,
	}),
	route({
		method: 'DELETE',
		path: '/locations/:locationId/tags/:tagId',
		scope: 'locations/tags.write',
		handle: (call) => {
			const [key, tag] = entryOf(call);
			call.state.locationTags.delete(key);
			replaceOnContacts(call, tag, []);
			return { succeded: true };
		},
	}),
];
