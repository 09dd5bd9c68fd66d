import { notFound } from './errors';
import type { CustomValue } from './records';
import { route } from './route';
import type { Call, Route } from './route';
import { closed, requiredText, text } from './validate';

type ValueBody = Pick<CustomValue, 'name' | 'value'>;

const body = closed({ name: requiredText, value: text }, ['name', 'value']);

function customValueOf({ state, params }: Call<unknown, unknown>): CustomValue {
	const customValue = state.customValues.get(params.id);
	if (customValue?.locationId !== params.locationId) throw notFound('Custom value', params.id);
	return customValue;
}

function saved({ state }: Call<unknown, unknown>, customValue: CustomValue): object {
	state.customValues.set(customValue.id, customValue);
	return { customValue };
}

/** "Booking link" is `{{ custom_values.booking_link }}` in templates. */
const templateKey = (name: string): string =>
	`{{ custom_values.${name
		.trim()
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '_')} }}`;

export const customValues: Route[] = [
	route({
		method: 'GET',
		path: '/locations/:locationId/customValues',
		scope: 'locations/customValues.readonly',
		handle: ({ state, params }) => ({
			customValues: [...state.customValues.values()].filter(
				({ locationId }) => locationId === params.locationId,
			),
		}),
	}),
	route<ValueBody>({
		method: 'POST',
		path: '/locations/:locationId/customValues',
		scope: 'locations/customValues.write',
		status: 201,
		body,
		handle: (call) =>
			saved(call, {
				...call.body,
				id: call.state.ids.next('customValue'),
				locationId: call.params.locationId,
				fieldKey: templateKey(call.body.name),
			}),
	}),
	route({
		method: 'GET',
		path: '/locations/:locationId/customValues/:id',
		scope: 'locations/customValues.readonly',
		handle: (call) => ({ customValue: customValueOf(call) }),
	}),
	route<ValueBody>({
		method: 'PUT',
		path: '/locations/:locationId/customValues/:id',
		scope: 'locations/customValues.write',
		body,
		handle: (call) => saved(call, { ...customValueOf(call), ...call.body }),
	}),
	route({
		method: 'DELETE',
		path: '/locations/:locationId/customValues/:id',
		scope: 'locations/customValues.write',
		handle: (call) => {
			call.state.customValues.delete(customValueOf(call).id);
			return { succeded: true };
		},
	}),
];
