import { checkUser, contactOf, route } from './route';
import type { Call, Route } from './route';
import { closed, listOf, requiredText } from './validate';

export interface Followers {
	followers: string[];
}

export const followersBody = closed({ followers: listOf(requiredText) }, ['followers']);

/** Who follows after the call, and who of those named was new. Throws 400 for an unknown user. */
export function added(
	call: Call<Followers, unknown>,
	had: string[],
): Followers & { followersAdded: string[] } {
	const given = [...new Set(call.body.followers)];
	for (const id of given) checkUser(call, id);
	const followersAdded = given.filter((id) => !had.includes(id));
	return { followers: [...had, ...followersAdded], followersAdded };
}

/** Who follows after the call, and who of those named is gone. */
export function removed(
	{ body }: Call<Followers, unknown>,
	had: string[],
): Followers & { followersRemoved: string[] } {
	return {
		followers: had.filter((id) => !body.followers.includes(id)),
		followersRemoved: had.filter((id) => body.followers.includes(id)),
	};
}

/** Saves the contact with the followers of the answer. */
function followed<Answer extends Followers>(
	call: Call<Followers, unknown>,
	change: (call: Call<Followers, unknown>, had: string[]) => Answer,
): Answer {
	const contact = contactOf(call);
	const answer = change(call, contact.followers);
	call.state.saveContact({
		...contact,
		followers: answer.followers,
		dateUpdated: new Date().toISOString(),
	});
	return answer;
}

export const contactFollowers: Route[] = [
	route<Followers>({
		method: 'POST',
		path: '/contacts/:contactId/followers',
		scope: 'contacts.write',
		status: 201,
		body: followersBody,
		handle: (call) => followed(call, added),
	}),
	route<Followers>({
		method: 'DELETE',
		path: '/contacts/:contactId/followers',
		scope: 'contacts.write',
		body: followersBody,
		handle: (call) => followed(call, removed),
	}),
];
