import type { IDataObject } from 'n8n-workflow';
import { operation } from '../../engine/describe/verbs';
import { sentId } from '../../engine/call/sentId';
import type { Io, Resource } from '../../engine/operation';
import { contactId, followers } from '../editor/pickers';

/** The followers of the contact after the call. */
function followersOf(record: IDataObject, io: Io): IDataObject {
	const { followers: all, followersAdded, followersRemoved } = record;
	return { contactId: sentId(io, 'contactId'), followers: all, followersAdded, followersRemoved };
}

const PATH = '/contacts/{contactId}/followers';
const common = { scope: 'contacts', fields: [contactId, followers], finish: followersOf };

export const contactFollower: Resource = {
	value: 'contactFollower',
	name: 'Contact Follower',
	first: true,
	operations: [
		operation(`POST ${PATH}`, {
			value: 'add',
			action: 'Add followers to a contact',
			description:
				'Add followers to a contact; existing followers stay. Returns all followers. HighLevel notifies followers of what happens to the contact.',
			// A user who follows already is left as it is, so the call may be sent again.
			repeatable: true,
			...common,
		}),
		operation(`DELETE ${PATH}`, {
			value: 'remove',
			action: 'Remove followers from a contact',
			description: 'Remove followers from a contact; other followers stay. Returns all followers.',
			...common,
		}),
	],
};
