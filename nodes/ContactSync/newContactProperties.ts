import type { INodeProperties } from 'n8n-workflow';
import { listOrId, locator } from '../engine/describe/locator';
import { tagNameModes } from '../Ghl/editor/pickers';
import { TAG_HELP } from './optionProperties';
import { reloadWithWorkspace } from '../HeyReach/fields/workspace';

// Not tied to Create Missing in GHL: the editor hides a field whose condition is an expression
// without data, and in the template that switch stands in “Your settings”.
const plan = { show: { operation: ['plan'], mode: ['full'] } };

const users = listOrId('searchUsers', '0IHuJvc2ofPAAA8GzTRi');

/** Which leads become contacts, what such a contact gets, and whose it is. */
export const newContactProperties: INodeProperties[] = [
	{
		displayName: 'Create in GHL When',
		name: 'createGhlWhen',
		type: 'options',
		options: [
			{
				name: 'Any Lead',
				value: 'any',
				description: 'Every lead of the chosen lists that has no contact',
			},
			{
				name: 'The Lead Has Accepted',
				value: 'accepted',
				description:
					'Only a lead that has accepted the connection request, was a connection before, or has answered',
			},
			{
				name: 'The Lead Has Answered',
				value: 'answered',
				description: 'Only a lead that has answered a message or an InMail',
			},
		],
		default: 'any',
		description:
			'Which leads become contacts, where Create Missing in GHL is on. HeyReach tells it in its campaigns, which are read 100 leads a call. A lead of which it tells nothing, such as one in no campaign, is not created, and Summary counts it.',
		displayOptions: plan,
	},
	{
		displayName: 'New Contacts',
		name: 'createdContacts',
		type: 'collection',
		placeholder: 'Add a value',
		default: {},
		description:
			'What a contact gets when this sync creates it. A value of the field table comes before it, and later runs leave these fields alone.',
		displayOptions: plan,
		options: [
			locator('Assigned To', 'assignedTo', users, {
				description: 'The owner of a contact whose sender has no row in Owners',
			}),
			{
				displayName: 'Source',
				name: 'source',
				type: 'string',
				default: '',
				placeholder: 'e.g. LinkedIn outreach',
				description: 'Shown as the source of the contact in HighLevel',
			},
			locator('Tags', 'tags', tagNameModes, {
				description: `They can be other tags than those that are copied. The lead does not get them. ${TAG_HELP}`,
			}),
		],
	},
	{
		displayName: 'Owners',
		name: 'ownerMapping',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Sender',
		default: {},
		description:
			'Whose contacts the leads of a LinkedIn account are: of contacts that are created, and of a contact without an owner whose lead has answered. An owner is never overwritten. The leads of a sender without a row are left alone.',
		displayOptions: plan,
		options: [
			{
				displayName: 'Sender',
				name: 'rows',
				values: [
					locator('Sender', 'sender', listOrId('searchSenders', '1234'), {
						typeOptions: reloadWithWorkspace,
						description: 'The LinkedIn account in HeyReach that writes to the lead',
					}),
					locator('HighLevel User', 'userId', users, {
						description: 'The user who becomes the owner of the contact',
					}),
				],
			},
		],
	},
];
