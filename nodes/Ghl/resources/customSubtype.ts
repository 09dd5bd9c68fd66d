import type { IDataObject } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import {
	additionalFields,
	choice,
	flag,
	idField,
	required,
	text,
	updateFields,
} from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { PageStyle, Resource } from '../../engine/operation';
import { isObject, rowsOf } from '../../engine/values';
import { lookedUp } from '../calls/recover';

const name = text('Name', 'name', { placeholder: 'e.g. Newsletter' });
const description = text('Description', 'description', { placeholder: 'e.g. Asked for a demo' });
const inLocation = { locationId: '{locationId}' };
const LIST = '/conversations/preferences/custom-subtypes';

/** The answer is not described: the first list in it. */
const rowsIn = (body: unknown): IDataObject[] | undefined => {
	const found = Array.isArray(body)
		? body
		: isObject(body) && Object.values(body).find(Array.isArray);
	return found ? rowsOf(found, undefined) : undefined;
};

const pages: PageStyle = {
	size: Infinity,
	items: rowsIn,
	first: (call) => call,
	next: () => undefined,
};

const subtypes = verbs('custom subtype', {
	path: `${LIST}/{id}`,
	id: idField('Custom Subtype ID', 'customSubtypeId', 've9EPM428h8vShlRW1KT', { key: 'id' }),
	scope: 'conversations',
});

export const customSubtype: Resource = {
	value: 'customSubtype',
	name: 'Custom Subtype',
	operations: [
		subtypes.create({
			description:
				'Create a type of message that people can unsubscribe from, such as a newsletter, and return it',
			query: inLocation,
			fields: [
				required(name),
				choice('Channel', 'channel', { Email: 'email', SMS: 'sms' }),
				required(text('Language', 'language', { default: 'en', placeholder: 'e.g. en' })),
				additionalFields([description]),
			],
			recover: lookedUp({
				pages,
				read: (_lost, { account: { values } }) =>
					callTo(`GET ${LIST}`, {
						query: { locationId: values.locationId },
						scope: 'conversations.readonly',
					}),
				fits: (found, { body = {} }) => found.name === body.name && found.channel === body.channel,
				body: (found) => found,
			}),
		}),
		subtypes.getMany({
			description: 'Get the types of message that people can unsubscribe from',
			query: inLocation,
			pages,
		}),
		subtypes.update({
			query: inLocation,
			fields: [
				updateFields([
					flag('Archived', 'archived', 'Whether the subtype is archived'),
					description,
					name,
					text('Resubscription Legal Form ID', 'resubscription_legal_form_id', {
						placeholder: 'e.g. YSWdvS4Is98wtIDGnpmI',
						description: 'ID of the form that people fill in to subscribe again',
					}),
				]),
			],
		}),
	],
};
