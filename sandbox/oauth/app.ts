import { SANDBOX } from '../accounts';

/**
 * What each scope lets an app do, in the words of the consent page. Its keys are the scopes of the
 * sandbox's app version: asking for any other is refused.
 */
export const SCOPE_WORDS: Record<string, string> = {
	'contacts.readonly': 'Read contacts with their notes, tasks and appointments',
	'contacts.write': 'Create, change and delete contacts, notes, tasks and tags on them',
	'locations.readonly': 'Read the settings of the sub-account',
	'locations/tags.readonly': 'Read tags',
	'locations/tags.write': 'Create, rename and delete tags',
	'locations/customFields.readonly': 'Read custom fields',
	'locations/customFields.write': 'Create, change and delete custom fields',
	'locations/customValues.readonly': 'Read custom values',
	'locations/customValues.write': 'Create, change and delete custom values',
	'locations/tasks.readonly': 'Search tasks',
	'users.readonly': 'Read users',
	'workflows.readonly': 'Read workflows',
	'campaigns.readonly': 'Read campaigns',
	'calendars.readonly': 'Read calendars and free slots',
	'calendars/groups.readonly': 'Read calendar groups',
	'calendars/events.readonly': 'Read appointments',
	'calendars/events.write': 'Book, change and delete appointments',
	'opportunities.readonly': 'Read opportunities and pipelines',
	'opportunities.write': 'Create, change and delete opportunities',
	'businesses.readonly': 'Read businesses',
	'businesses.write': 'Create, change and delete businesses',
	'conversations.readonly': 'Read conversations',
	'conversations.write': 'Create and change conversations',
	'conversations/message.readonly': 'Read messages',
	'conversations/message.write': 'Send messages',
	'forms.readonly': 'Read forms and what was filled in',
	'forms.write': 'Upload files into custom fields',
	'surveys.readonly': 'Read surveys and what was filled in',
	'users.write': 'Create, change and delete users',
	'links.readonly': 'Read trigger links',
	'links.write': 'Create, change and delete trigger links',
	'objects/schema.readonly': 'Read custom objects',
	'objects/schema.write': 'Create and change custom objects',
	'objects/record.readonly': 'Read records of custom objects',
	'objects/record.write': 'Create, change and delete records of custom objects',
	'associations.readonly': 'Read associations',
	'associations.write': 'Create, change and delete associations',
	'associations/relation.readonly': 'Read relations between records',
	'associations/relation.write': 'Create and delete relations between records',
	'oauth.readonly': 'See in which sub-accounts the app is installed',
	'oauth.write': 'Get tokens for sub-accounts, and uninstall the app',
};

/** The one marketplace app there is. Its id is the client id up to the hyphen. */
export const APP = {
	name: 'Sandbox App',
	id: SANDBOX.oauthClientId.split('-')[0],
	clientId: SANDBOX.oauthClientId,
	clientSecret: SANDBOX.oauthClientSecret,
	versionId: SANDBOX.oauthVersionId,
	scopes: Object.keys(SCOPE_WORDS),
};
