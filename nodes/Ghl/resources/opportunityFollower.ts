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
			description: 'Let users follow an opportunity, beside those who do already',
			repeatable: true,
			...common,
			fields: [opportunityId, followers],
		}),
		operation(`DELETE ${PATH}`, {
			value: 'remove',
			action: 'Remove followers from an opportunity',
			description: 'Let some users no longer follow an opportunity; the others stay',
			...common,
			fields: [opportunityId, followers],
		}),
		operation(`DELETE ${PATH}`, {
			value: 'removeAll',
			action: 'Remove all followers from an opportunity',
			description: 'Let nobody follow an opportunity any more',
			query: { isRemoveAllFollowers: true },
			body: { followers: [] },
			...common,
			fields: [opportunityId],
		}),
	],
};
