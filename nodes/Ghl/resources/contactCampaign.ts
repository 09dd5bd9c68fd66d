import type { Operation, Resource } from '../../engine/operation';
import { campaignPicker, contactId } from '../editor/pickers';
import { outcome } from '../fields/records';

const PATH = '/contacts/{contactId}/campaigns';

const common = { scope: 'contacts.write', writes: true } satisfies Partial<Operation>;

export const contactCampaign: Resource = {
	value: 'contactCampaign',
	name: 'Contact Campaign',
	first: true,
	operations: [
		{
			value: 'add',
			name: 'Add',
			action: 'Add a contact to a campaign',
			description:
				'Start one of HighLevel’s own campaigns for a contact, which then gets its messages',
			request: { method: 'POST', path: `${PATH}/{campaignId}` },
			...common,
			fields: [contactId, campaignPicker],
			finish: outcome('added'),
		},
		{
			value: 'remove',
			name: 'Remove',
			action: 'Remove a contact from a campaign',
			description: 'Take a contact out of one of HighLevel’s own campaigns',
			request: { method: 'DELETE', path: `${PATH}/{campaignId}` },
			...common,
			fields: [contactId, campaignPicker],
			finish: outcome('removed'),
		},
		{
			value: 'removeAll',
			name: 'Remove From All',
			action: 'Remove a contact from all campaigns',
			description: 'Take a contact out of every one of HighLevel’s own campaigns',
			request: { method: 'DELETE', path: `${PATH}/removeAll` },
			...common,
			fields: [contactId],
			finish: outcome('removed'),
		},
	],
};
