import { operation } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { outcome } from '../calls/contacts';
import { campaignPicker, contactId } from '../editor/pickers';

const PATH = '/contacts/{contactId}/campaigns';

export const contactCampaign: Resource = {
	value: 'contactCampaign',
	name: 'Contact Campaign',
	first: true,
	operations: [
		operation(`POST ${PATH}/{campaignId}`, {
			value: 'add',
			action: 'Add a contact to a campaign',
			description:
				'Start one of HighLevel’s own campaigns for a contact, which then gets its messages',
			scope: 'contacts',
			fields: [contactId, campaignPicker],
			finish: outcome('added'),
		}),
		operation(`DELETE ${PATH}/{campaignId}`, {
			value: 'remove',
			action: 'Remove a contact from a campaign',
			description: 'Take a contact out of one of HighLevel’s own campaigns',
			scope: 'contacts',
			fields: [contactId, campaignPicker],
			finish: outcome('removed'),
		}),
		operation(`DELETE ${PATH}/removeAll`, {
			value: 'removeAll',
			name: 'Remove From All',
			action: 'Remove a contact from all campaigns',
			description: 'Take a contact out of every one of HighLevel’s own campaigns',
			scope: 'contacts',
			fields: [contactId],
			finish: outcome('removed'),
		}),
	],
};
