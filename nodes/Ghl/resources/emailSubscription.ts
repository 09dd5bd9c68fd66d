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
	placeholder: 'e.g. ve9EPM428h8vShlRW1KT',
	description: 'The subtype that the email is about',
});

/** Which emails, with what becomes of them: `{ type, subtype_name | subtype_id, subtype_status }`. */
const emails: Field = {
	property: choice('Emails', 'emails', {
		'All (Subscribe Again)': 'resub_all',
		'Custom Subtype': 'custom',
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
			description: 'Get the emails that a contact has unsubscribed from',
			query: { locationId: '{locationId}' },
			fields: [
				contactPicker('query'),
				text('Email', 'ofEmail', {
					placeholder: 'e.g. name@example.com',
					in: 'query',
					key: 'email',
					description: 'An email of the contact. Leave empty for all its emails.',
				}),
			],
		}),
		subscriptions.update({
			route: `POST ${UNSUBSCRIPTIONS}/user-change`,
			description:
				'Unsubscribe an email address of a contact, or subscribe it again; returns its subscriptions',
			body: { locationId: '{locationId}' },
			fields: [
				contactPicker('body'),
				required(address),
				emails,
				notSent(subtypeId),
				notSent(status),
				additionalFields([
					text('Legal Description', 'legal_description', {
						placeholder: 'e.g. Newsletter consent',
					}),
					text('Legal Reason', 'legal_reason', {
						placeholder: 'e.g. Asked by email',
						description: 'Reason for subscribing the person again; HighLevel requires it',
					}),
				]),
			],
		}),
	],
};
