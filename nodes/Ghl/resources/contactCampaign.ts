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
				'Add a contact to a HighLevel campaign, which then sends it messages. Returns added: true.',
			scope: 'contacts',
			fields: [contactId, campaignPicker],
			finish: outcome('added'),
		}),
		operation(`DELETE ${PATH}/{campaignId}`, {
			value: 'remove',
			action: 'Remove a contact from a campaign',
			description: 'Remove a contact from a HighLevel campaign; returns removed: true',
			scope: 'contacts',
			fields: [contactId, campaignPicker],
			finish: outcome('removed'),
		}),
		operation(`DELETE ${PATH}/removeAll`, {
			value: 'removeAll',
			name: 'Remove From All',
			action: 'Remove a contact from all campaigns',
			description: 'Remove a contact from all HighLevel campaigns; returns removed: true',
			scope: 'contacts',
			fields: [contactId],
			finish: outcome('removed'),
		}),
	],
};
