import type { Business } from './records';
import { ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, requiredText, text, wholeNumber } from './validate';

interface BusinessBody extends Partial<Omit<Business, 'id' | 'createdAt' | 'updatedAt'>> {
	name: string;
	locationId: string;
}

const details = {
	phone: text,
	email: { ...text, format: 'email' },
	website: text,
	address: text,
	city: text,
	postalCode: text,
	state: text,
	country: text,
	description: text,
};

const businessOf = ({ state, token, params }: Call<unknown, unknown>): Business =>
	ownRecord(token, state.businesses, 'Business', params.businessId);

/** `buiseness` is how the API spells it. */
const saved = ({ state }: Call<unknown, unknown>, business: Business): object => {
	state.businesses.set(business.id, business);
	return { success: true, buiseness: business };
};

export const businesses: Route[] = [
	route<unknown, { locationId: string; limit?: number; skip?: number }>({
		method: 'GET',
		path: '/businesses/',
		scope: 'businesses.readonly',
		query: closed({ locationId: requiredText, limit: wholeNumber(1), skip: wholeNumber(0) }, [
			'locationId',
		]),
		handle: ({ state, query: { locationId, limit = 100, skip = 0 } }) => ({
			businesses: [...state.businesses.values()]
				.filter((business) => business.locationId === locationId)
				.slice(skip, skip + limit),
		}),
	}),
	route<BusinessBody>({
		method: 'POST',
		path: '/businesses/',
		scope: 'businesses.write',
		status: 201,
		body: closed({ ...details, name: requiredText, locationId: requiredText }, [
			'name',
			'locationId',
		]),
		handle: (call) => {
			const now = new Date().toISOString();
			const id = call.state.ids.next('business');
			return saved(call, { ...call.body, id, createdAt: now, updatedAt: now });
		},
	}),
	route({
		method: 'GET',
		path: '/businesses/:businessId',
		scope: 'businesses.readonly',
		handle: (call) => ({ business: businessOf(call) }),
	}),
	route<Partial<BusinessBody>>({
		method: 'PUT',
		path: '/businesses/:businessId',
		scope: 'businesses.write',
		body: closed({ ...details, name: text }),
		handle: (call) =>
			saved(call, { ...businessOf(call), ...call.body, updatedAt: new Date().toISOString() }),
	}),
	route({
		method: 'DELETE',
		path: '/businesses/:businessId',
		scope: 'businesses.write',
		handle: (call) => {
			const { id } = businessOf(call);
			call.state.businesses.delete(id);
			for (const contact of call.state.contacts.values()) {
				if (contact.businessId === id) {
					call.state.saveContact({ ...contact, businessId: undefined });
				}
			}
			return { success: true };
		},
	}),
];
