import type { Call, Fold, Operation } from '../../engine/operation';
import { isObject } from '../../engine/call/errors';
import { textsIn, toOneId } from '../../engine/values';
import { contactPicker, pickBusiness } from '../editor/pickers';

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

const contact = contactPicker('body', { key: 'ids', as: toOneId });

const common = { scope: 'contacts.write', writes: true, fold } satisfies Partial<Operation>;

/** Both are one endpoint: without a business the contact belongs to none. */
export const contactBusinessOperations: Operation[] = [
	{
		value: 'removeFromBusiness',
		name: 'Remove From Business',
		action: 'Remove a contact from its business',
		description: 'Let a contact belong to no business; neither of them is deleted',
		request: {
			method: 'POST',
			path: '/contacts/bulk/business',
			body: { locationId: '{locationId}', businessId: null },
			repeatable: true,
		},
		...common,
		fields: [contact],
	},
	{
		value: 'setBusiness',
		name: 'Set Business',
		action: 'Set the business of a contact',
		description: 'Let a contact belong to a business, in place of the one it may belong to now',
		request: {
			method: 'POST',
			path: '/contacts/bulk/business',
			body: { locationId: '{locationId}' },
			repeatable: true,
		},
		...common,
		fields: [contact, pickBusiness('body')],
	},
];
