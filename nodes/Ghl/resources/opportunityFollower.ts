import type { IDataObject } from 'n8n-workflow';
import type { Io, Resource } from '../../engine/operation';
import { followers, opportunityId } from '../editor/pickers';

const PATH = '/opportunities/{id}/followers';

/** Who follows after the call, and who is new or gone. */
function followersOf(record: IDataObject, io: Io): IDataObject {
	return { opportunityId: io.parameter('opportunityId') as string, ...record };
}

export const opportunityFollower: Resource = {
	value: 'opportunityFollower',
	name: 'Opportunity Follower',
	operations: [
		{
			value: 'add',
			name: 'Add',
			action: 'Add followers to an opportunity',
			description: 'Let users follow an opportunity, beside those who do already',
			request: { method: 'POST', path: PATH, repeatable: true },
			scope: 'opportunities.write',
			writes: true,
			fields: [opportunityId, followers],
			finish: followersOf,
		},
		{
			value: 'remove',
			name: 'Remove',
			action: 'Remove followers from an opportunity',
			description: 'Let some users no longer follow an opportunity; the others stay',
			request: { method: 'DELETE', path: PATH },
			scope: 'opportunities.write',
			writes: true,
			fields: [opportunityId, followers],
			finish: followersOf,
		},
		{
			value: 'removeAll',
			name: 'Remove All',
			action: 'Remove all followers from an opportunity',
			description: 'Let nobody follow an opportunity any more',
			request: {
				method: 'DELETE',
				path: PATH,
				query: { isRemoveAllFollowers: true },
				body: { followers: [] },
			},
			scope: 'opportunities.write',
			writes: true,
			fields: [opportunityId],
			finish: followersOf,
		},
	],
};
