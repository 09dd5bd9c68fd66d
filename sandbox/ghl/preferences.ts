import { badRequest, notFound } from './errors';
import type { CustomSubtype } from './records';
import { ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, flag, oneOf, requiredText, text } from './validate';

const ofLocation = closed({ locationId: requiredText }, ['locationId']);
const short = { ...requiredText, maxLength: 100 };

type SubtypeBody = Pick<CustomSubtype, 'name' | 'channel' | 'language' | 'description'>;

interface Change {
	contactId: string;
	email: string;
	subscription_action: {
		type: 'default' | 'custom' | 'resub_all';
		subtype_name?: string;
		subtype_id?: string;
		subtype_status: 'subscribed' | 'unsubscribed';
	};
	legal_reason?: string;
}

function change({ state, token, body }: Call<Change, unknown>): object {
	const { contactId, email, subscription_action: action, legal_reason: reason } = body;
	ownRecord(token, state.contacts, 'Contact', contactId);
	const { type, subtype_id: id, subtype_status: status } = action;
	if (type === 'custom') ownRecord(token, state.customSubtypes, 'Custom subtype', id ?? '');
	if (type === 'default' && action.subtype_name === undefined) {
		throw badRequest('subtype_name is required');
	}
	if (type === 'resub_all' && reason === undefined) throw badRequest('legal_reason is required');
	const off = state.unsubscriptions.get(`${contactId} ${email}`) ?? new Set<string>();
	const key = id ?? 'One on One';
	if (type === 'resub_all') off.clear();
	else if (status === 'unsubscribed') off.add(key);
	else off.delete(key);
	state.unsubscriptions.set(`${contactId} ${email}`, off);
	return { success: true, email, unsubscribed: [...off] };
}

const PATH = '/conversations/preferences';

/** What people have unsubscribed from. No answer is described, nor any scope. */
export const preferences: Route[] = [
	route<unknown, { locationId: string }>({
		method: 'GET',
		path: `${PATH}/custom-subtypes`,
		scope: 'conversations.readonly',
		query: ofLocation,
		handle: ({ state, query }) => ({
			customSubtypes: [...state.customSubtypes.values()].filter(
				({ locationId }) => locationId === query.locationId,
			),
		}),
	}),
	route<SubtypeBody, { locationId: string }>({
		method: 'POST',
		path: `${PATH}/custom-subtypes`,
		scope: 'conversations.write',
		status: 201,
		query: ofLocation,
		body: closed(
			{ name: short, channel: oneOf('email', 'sms'), language: requiredText, description: text },
			['name', 'channel', 'language'],
		),
		handle: ({ state, query, body }) => {
			const id = state.ids.next('customSubtype');
			const subtype = { ...body, id, locationId: query.locationId, archived: false };
			state.customSubtypes.set(id, subtype);
			return subtype;
		},
	}),
	route<Partial<CustomSubtype>, { locationId: string }>({
		method: 'PUT',
		path: `${PATH}/custom-subtypes/:id`,
		scope: 'conversations.write',
		query: ofLocation,
		body: closed({
			name: short,
			description: text,
			archived: flag,
			resubscription_legal_form_id: text,
		}),
		handle: ({ state, params, query, body }) => {
			const found = state.customSubtypes.get(params.id);
			if (found?.locationId !== query.locationId) throw notFound('Custom subtype', params.id);
			const subtype = { ...found, ...body };
			state.customSubtypes.set(found.id, subtype);
			return subtype;
		},
	}),
	route<unknown, { locationId: string; contactId: string; email?: string }>({
		method: 'GET',
		path: `${PATH}/unsubscriptions/status`,
		scope: 'conversations.readonly',
		query: closed({ locationId: requiredText, contactId: requiredText, email: text }, [
			'locationId',
			'contactId',
		]),
		handle: ({ state, token, query }) => {
			const { contactId } = query;
			const contact = ownRecord(token, state.contacts, 'Contact', contactId);
			const email = query.email ?? contact.email ?? '';
			const off = state.unsubscriptions.get(`${contactId} ${email}`) ?? [];
			return { contactId, email, unsubscribed: [...off] };
		},
	}),
	route<Change>({
		method: 'POST',
		path: `${PATH}/unsubscriptions/user-change`,
		scope: 'conversations.write',
		body: closed(
			{
				locationId: requiredText,
				contactId: requiredText,
				email: requiredText,
				subscription_action: closed(
					{
						type: oneOf('default', 'custom', 'resub_all'),
						subtype_name: oneOf('One on One'),
						subtype_id: text,
						subtype_status: oneOf('subscribed', 'unsubscribed'),
					},
					['type', 'subtype_status'],
				),
				legal_reason: text,
				legal_description: text,
			},
			['locationId', 'contactId', 'email', 'subscription_action'],
		),
		handle: change,
	}),
];
