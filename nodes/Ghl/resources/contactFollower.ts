import type { IDataObject } from 'n8n-workflow';
import type { Io, Operation, Resource } from '../../engine/operation';
import { contactId, followers } from '../editor/pickers';

/** Who follows the contact after the call. */
function followersOf(record: IDataObject, io: Io): IDataObject {
	const { followers: all, followersAdded, followersRemoved } = record;
	return {
		contactId: io.parameter('contactId') as string,
		followers: all,
		followersAdded,
		followersRemoved,
	};
}

const common = {
	scope: 'contacts.write',
	writes: true,
	fields: [contactId, followers],
	finish: followersOf,
} satisfies Partial<Operation>;

export const contactFollower: Resource = {
	value: 'contactFollower',
	name: 'Contact Follower',
	first: true,
	operations: [
		{
			value: 'add',
			name: 'Add',
			action: 'Add followers to a contact',
			description:
				'Let users follow a contact, beside those who do already: they are told what happens to it',
			// Who follows already is left as it is, so the call may be sent again.
			request: { method: 'POST', path: '/contacts/{contactId}/followers', repeatable: true },
			...common,
		},
		{
			value: 'remove',
			name: 'Remove',
			action: 'Remove followers from a contact',
			description: 'Let users no longer follow a contact; the other followers stay',
			request: { method: 'DELETE', path: '/contacts/{contactId}/followers' },
			...common,
		},
	],
};
