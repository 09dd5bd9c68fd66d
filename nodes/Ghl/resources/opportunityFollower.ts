import type { IDataObject } from 'n8n-workflow';
import { operation } from '../../engine/describe/verbs';
import type { Io, Resource } from '../../engine/operation';
import { followers, opportunityId } from '../editor/pickers';

const PATH = '/opportunities/{id}/followers';

const common = {
	scope: 'opportunities',
	/** The followers after the call, and those that are new or gone. */
	finish: (record: IDataObject, io: Io): IDataObject => ({
		opportunityId: io.parameter('opportunityId') as string,
		...record,
	}),
};

export const opportunityFollower: Resource = {
	value: 'opportunityFollower',
	name: 'Opportunity Follower',
	operations: [
		operation(`POST ${PATH}`, {
			value: 'add',
			action: 'Add followers to an opportunity',
			description:
				'Add followers to an opportunity; existing followers stay. Returns all followers.',
			repeatable: true,
			...common,
			fields: [opportunityId, followers],
		}),
		operation(`DELETE ${PATH}`, {
			value: 'remove',
			action: 'Remove followers from an opportunity',
			description:
				'Remove followers from an opportunity; other followers stay. Returns all followers.',
			...common,
			fields: [opportunityId, followers],
		}),
		operation(`DELETE ${PATH}`, {
			value: 'removeAll',
			action: 'Remove all followers from an opportunity',
			description: 'Remove all followers from an opportunity; returns an empty list of followers',
			query: { isRemoveAllFollowers: true },
			body: { followers: [] },
			...common,
			fields: [opportunityId],
		}),
	],
};
