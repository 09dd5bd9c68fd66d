import { operation } from '../../engine/describe/verbs';
import type { Call, Fold, Operation } from '../../engine/operation';
import { textsIn, isObject } from '../../engine/values';
import { businessPicker, contactAsList, contactPicker } from '../editor/pickers';

const idsOf = ({ body }: Call): string[] => textsIn(body?.ids);

/** Contacts that get the same business share a call. HighLevel takes 50, and answers those it changed. */
const fold: Fold = {
	size: 50,
	hasTarget: true,
	key: ({ body }) => String(body?.businessId),
	join: ([first, ...others]) => ({
		...first,
		body: { ...first.body, ids: [first, ...others].flatMap(idsOf) },
	}),
	split: ({ body }, calls) => {
		const changed = textsIn(isObject(body) ? body.ids : undefined);
		return calls.map((call) => {
			const [contactId] = idsOf(call);
			if (changed.includes(contactId)) {
				return { record: { contactId, businessId: call.body?.businessId } };
			}
			return {
				problem: {
					kind: 'refused',
					message: `HighLevel did not change the business of contact ${contactId}`,
					description: 'Check that the contact is there and belongs to this location.',
				},
			};
		});
	},
};

const ROUTE = 'POST /contacts/bulk/business';
const contact = contactPicker('body', { key: 'ids', as: contactAsList });
const common = { scope: 'contacts', repeatable: true, fold } as const;

/** Both are one endpoint: without a business the contact belongs to none. */
export const contactBusinessOperations: Operation[] = [
	operation(ROUTE, {
		value: 'removeFromBusiness',
		action: 'Remove a contact from its business',
		description:
			'Remove a contact from its business and return both IDs; the contact and the business are kept',
		body: { locationId: '{locationId}', businessId: null },
		...common,
		fields: [contact],
	}),
	operation(ROUTE, {
		value: 'setBusiness',
		action: 'Set the business of a contact',
		description: 'Set the business of a contact, replacing its current one, and return both IDs',
		body: { locationId: '{locationId}' },
		...common,
		fields: [contact, businessPicker('body')],
	}),
];
