import type { SdkCall } from './sdkCall';

/** The location: its fields, values, tags, users and lists. */
export const locationsCalls: Record<string, SdkCall> = {
	'customField:create': async ({ locations }, { locationId, body }) =>
		await locations.createCustomField({ locationId }, body as never),
	'customField:getMany': async ({ locations }, { locationId, query }) =>
		await locations.getCustomFields({ locationId, ...query } as never),
};
