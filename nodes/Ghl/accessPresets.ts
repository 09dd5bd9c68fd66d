import { toList } from '../engine/values';

/** A choice of access in the OAuth2 credential. */
export interface AccessPreset {
	value: string;
	name: string;
	description: string;
	scopes: string[];
}

const READ_CONTACTS = ['contacts.readonly'];

const READ_EVERYTHING = [
	...READ_CONTACTS,
	...toList(`
		associations.readonly, associations/relation.readonly, businesses.readonly,
		calendars.readonly, calendars/events.readonly, campaigns.readonly, conversations.readonly,
		conversations/message.readonly, forms.readonly, links.readonly, locations.readonly,
		locations/customFields.readonly, locations/customValues.readonly, locations/tags.readonly,
		locations/tasks.readonly, objects/record.readonly, objects/schema.readonly,
		opportunities.readonly, surveys.readonly, users.readonly, workflows.readonly
	`),
];

/** The reads are those of the lists from which the fields of a contact are chosen. */
const READ_AND_WRITE_CONTACTS = [
	...READ_CONTACTS,
	'contacts.write',
	...toList(`
		businesses.readonly, campaigns.readonly, locations/customFields.readonly, users.readonly,
		workflows.readonly
	`),
];

const EVERYTHING = [
	...READ_EVERYTHING,
	...toList(`
		associations.write, associations/relation.write, businesses.write, calendars/events.write,
		contacts.write, conversations.write, conversations/message.write, forms.write, links.write,
		locations/customFields.write, locations/customValues.write, locations/tags.write,
		objects/record.write, objects/schema.write, opportunities.write, users.write
	`),
];

/** The preset with the least access comes first. A test compares them with the scopes of the operations. */
export const ACCESS_PRESETS: AccessPreset[] = [
	{
		value: 'readContacts',
		name: 'Read Contacts',
		description: 'Contacts with their notes, tasks, tags and appointments; no change',
		scopes: READ_CONTACTS,
	},
	{
		value: 'readEverything',
		name: 'Read Everything',
		description: 'All that this package can read; no change',
		scopes: READ_EVERYTHING,
	},
	{
		value: 'readWriteContacts',
		name: 'Read and Write Contacts',
		description:
			'Also create, update, tag and delete contacts, their notes, tasks and followers, and add them to campaigns and workflows',
		scopes: READ_AND_WRITE_CONTACTS,
	},
	{
		value: 'everything',
		name: 'Everything This Package Can Do',
		description:
			'Also appointments, opportunities, businesses, custom objects, tags, custom fields and values of the location, and messages that are sent',
		scopes: EVERYTHING,
	},
];

/** What a connection of an agency user asks for beside the chosen access: the list of its locations, and their tokens. */
export const AGENCY_SCOPES = ['oauth.readonly', 'oauth.write'];

/** The preset with the least access that opens a scope. */
export function presetWith(scope: string): AccessPreset | undefined {
	return ACCESS_PRESETS.find(({ scopes }) => scopes.includes(scope));
}
