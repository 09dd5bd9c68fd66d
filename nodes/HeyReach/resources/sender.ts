import { collection, text } from '../../engine/describe/fields';
import type { Resource } from '../../engine/operation';
import { offsetPages } from '../../engine/call/paginate';

import { senderPicker } from '../editor/pickers';

const SIMPLE = [
	'id',
	'firstName',
	'lastName',
	'emailAddress',
	'profileUrl',
	'isActive',
	'authIsValid',
	'activeCampaigns',
];

export const sender: Resource = {
	value: 'sender',
	name: 'Sender',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get a sender',
			description: 'Get one LinkedIn account that sends for the workspace, with its limits',
			request: { method: 'GET', path: '/li_account/GetById' },
			writes: false,
			fields: [senderPicker('query', 'accountId')],
			simple: [...SIMPLE, 'accountLimits'],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many senders',
			description: 'Get the LinkedIn accounts that send for the workspace',
			request: { method: 'POST', path: '/li_account/GetAll', repeatable: true },
			writes: false,
			fields: [
				collection({ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' }, [
					text('Search Text', 'keyword', {
						placeholder: 'e.g. Jane',
						description: 'Part of the name of the account',
					}),
				]),
			],
			pages: offsetPages(100),
			simple: SIMPLE,
		},
		{
			value: 'getStatus',
			name: 'Get Status',
			action: 'Get the status of a sender',
			description:
				'Get whether an account is connected, and why not. HeyReach documents little of this endpoint.',
			request: { method: 'GET', path: '/li_account/GetAccountStatus/{accountId}' },
			writes: false,
			fields: [senderPicker('path', 'accountId')],
		},
	],
};
