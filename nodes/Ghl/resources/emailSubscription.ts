import { additionalFields, choice, notSent, required, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import { BadInput } from '../../engine/badInput';
import type { Field, Resource } from '../../engine/operation';
import { contactPicker } from '../editor/pickers';

const UNSUBSCRIPTIONS = '/conversations/preferences/unsubscriptions';
const address = text('Email', 'email', { placeholder: 'e.g. name@example.com' });

const status = choice('Status', 'subscription', {
	Subscribed: 'subscribed',
	Unsubscribed: 'unsubscribed',
});
const subtypeId = text('Custom Subtype ID', 'subtypeId', {
	description: 'Needed for the emails of a custom subtype',
});

/** Which emails, with what becomes of them: `{ type, subtype_name | subtype_id, subtype_status }`. */
const emails: Field = {
	property: choice('Emails', 'emails', {
		'All, Subscribed Again': 'resub_all',
		'Of a Custom Subtype': 'custom',
		'One on One': 'default',
	}).property,
	spread: async (type, io) => {
		const id = String(io.parameter('subtypeId')).trim();
		if (type === 'custom' && id === '')
			throw new BadInput(
				'“Custom Subtype ID” is empty',
				'Fill it in: Custom Subtype: Get Many lists them.',
			);
		return {
			subscription_action: {
				type: String(type),
				...(type === 'default' && { subtype_name: 'One on One' }),
				...(type === 'custom' && { subtype_id: id }),
				subtype_status: type === 'resub_all' ? 'subscribed' : String(io.parameter('subscription')),
			},
		};
	},
};

const subscriptions = verbs('email subscription', { article: 'an', scope: 'conversations' });

export const emailSubscription: Resource = {
	value: 'emailSubscription',
	name: 'Email Subscription',
	operations: [
		subscriptions.get({
			route: `GET ${UNSUBSCRIPTIONS}/status`,
			description: 'Get which emails a contact has unsubscribed from',
			query: { locationId: '{locationId}' },
			fields: [
				contactPicker('query'),
				text('Of Email', 'ofEmail', {
					in: 'query',
					key: 'email',
					description: 'One address of the contact; all of them without this',
				}),
			],
		}),
		subscriptions.update({
			route: `POST ${UNSUBSCRIPTIONS}/user-change`,
			description: 'Unsubscribe an address of a contact from emails, or subscribe it again',
			body: { locationId: '{locationId}' },
			fields: [
				contactPicker('body'),
				required(address),
				emails,
				notSent(subtypeId),
				notSent(status),
				additionalFields([
					text('Legal Description', 'legal_description'),
					text('Legal Reason', 'legal_reason', {
						description: 'HighLevel wants one where somebody is subscribed again',
					}),
				]),
			],
		}),
	],
};
