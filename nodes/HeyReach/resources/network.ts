import type { Resource } from '../../engine/operation';
import { leadField } from '../fields/leadKey';
import { numberedPages } from '../calls/pages';
import { senderPicker } from '../editor/pickers';
import { PROFILE } from '../fields/profile';

export const network: Resource = {
	value: 'network',
	name: 'My Network',
	operations: [
		{
			value: 'checkConnection',
			name: 'Check Connection',
			action: 'Check whether a lead is a connection',
			description: 'Check whether a sender and a lead are connected on LinkedIn',
			request: { method: 'POST', path: '/MyNetwork/IsConnection', repeatable: true },
			writes: false,
			fields: [
				senderPicker('body', 'senderAccountId'),
				leadField({ url: 'leadProfileUrl', id: 'leadLinkedInId' }),
			],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many connections of a sender',
			description: 'Get the people that a sender is connected with on LinkedIn',
			request: { method: 'POST', path: '/MyNetwork/GetMyNetworkForSender', repeatable: true },
			writes: false,
			fields: [senderPicker('body', 'senderId')],
			pages: numberedPages,
			simple: PROFILE,
		},
	],
};
