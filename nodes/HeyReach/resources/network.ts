import { operation } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { pagesFromZero } from '../calls/pages';
import { senderPicker } from '../editor/pickers';
import { leadField } from '../fields/leadKey';
import { PROFILE } from '../fields/profile';

export const network: Resource = {
	value: 'network',
	name: 'My Network',
	operations: [
		operation('POST /MyNetwork/IsConnection', {
			value: 'checkConnection',
			action: 'Check whether a lead is a connection',
			description:
				'Check whether a sender and a lead are connected on LinkedIn; returns isConnection (true or false)',
			writes: false,
			fields: [
				senderPicker('body', 'senderAccountId'),
				leadField({ url: 'leadProfileUrl', id: 'leadLinkedInId' }),
			],
		}),
		operation('POST /MyNetwork/GetMyNetworkForSender', {
			value: 'getMany',
			action: 'Get many connections of a sender',
			description: 'Get the LinkedIn connections of a sender',
			writes: false,
			fields: [senderPicker('body', 'senderId')],
			pages: pagesFromZero,
			simple: PROFILE,
		}),
	],
};
