import { offsetPages } from '../calls/pages';
import { filters, text } from '../../engine/describe/fields';
import { operation, verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { senderPicker } from '../editor/pickers';

const SIMPLE =
	'id firstName lastName emailAddress profileUrl isActive authIsValid activeCampaigns'.split(' ');

const searchText = text('Search Text', 'keyword', {
	placeholder: 'e.g. Jane',
	description: 'Part of the name of the account',
});

const senders = verbs('sender', { id: senderPicker('query', 'accountId') });

export const sender: Resource = {
	value: 'sender',
	name: 'Sender',
	operations: [
		senders.get({
			route: 'GET /li_account/GetById',
			description: 'Get one sender (LinkedIn account) of the workspace with its limits',
			simple: [...SIMPLE, 'accountLimits'],
		}),
		senders.getMany({
			route: 'POST /li_account/GetAll',
			description: 'Get the senders (LinkedIn accounts) of the workspace',
			fields: [filters([searchText])],
			pages: offsetPages(100),
			simple: SIMPLE,
		}),
		operation('GET /li_account/GetAccountStatus/{accountId}', {
			value: 'getStatus',
			action: 'Get the status of a sender',
			description:
				'Get whether a sender is connected and, if not, why. HeyReach documents little of this endpoint.',
			fields: [senderPicker('path', 'accountId')],
		}),
	],
};
