import type { SdkCall } from './sdkCall';

/** The location: its fields, values, tags, users and lists. */
export const locationsCalls: Record<string, SdkCall> = {
	'location:getManyInstalled': async ({ oauth }, { query }) =>
		await oauth.getInstalledLocation(query as never),
	'customField:create': async ({ locations }, { locationId, body }) =>
		await locations.createCustomField({ locationId }, body as never),
	'customField:delete': async ({ locations }, { ids: [locationId, id] }) =>
		await locations.deleteCustomField({ locationId, id }),
	'customField:get': async ({ locations }, { ids: [locationId, id] }) =>
		await locations.getCustomField({ locationId, id }),
	'customField:update': async ({ locations }, { ids: [locationId, id], body }) =>
		await locations.updateCustomField({ locationId, id }, body as never),
	'customValue:create': async ({ locations }, { locationId, body }) =>
		await locations.createCustomValue({ locationId }, body as never),
	'customValue:delete': async ({ locations }, { ids: [locationId, id] }) =>
		await locations.deleteCustomValue({ locationId, id }),
	'customValue:get': async ({ locations }, { ids: [locationId, id] }) =>
		await locations.getCustomValue({ locationId, id }),
	'customValue:getMany': async ({ locations }, { locationId }) =>
		await locations.getCustomValues({ locationId }),
	'customValue:update': async ({ locations }, { ids: [locationId, id], body }) =>
		await locations.updateCustomValue({ locationId, id }, body as never),
	'locationTag:create': async ({ locations }, { locationId, body }) =>
		await locations.createTag({ locationId }, body as never),
	'locationTag:delete': async ({ locations }, { ids: [locationId, tagId] }) =>
		await locations.deleteTag({ locationId, tagId }),
	'locationTag:get': async ({ locations }, { ids: [locationId, tagId] }) =>
		await locations.getTagById({ locationId, tagId }),
	'locationTag:getMany': async ({ locations }, { locationId }) =>
		await locations.getLocationTags({ locationId }),
	'locationTag:update': async ({ locations }, { ids: [locationId, tagId], body }) =>
		await locations.updateTag({ locationId, tagId }, body as never),
	'location:get': async ({ locations }, { locationId }) =>
		await locations.getLocation({ locationId }),
	'location:getMany': async ({ locations }, { query }) =>
		await locations.searchLocations(query as never),
	'location:getTimezones': async ({ locations }, { locationId }) =>
		await locations.getTimezones({ locationId }),
	'contactTask:getManyOfLocation': async ({ locations }, { locationId, body }) =>
		await locations.taskSearch({ locationId }, body as never),
	'link:create': async ({ links }, { body }) => await links.createLink(body as never),
	'link:delete': async ({ links }, { id }) => await links.deleteLink({ linkId: id }),
	'link:get': async ({ links }, { id, query }) =>
		await links.getLinkById({ linkId: id, ...query } as never),
	'link:getMany': async ({ links }, { query }) => await links.getLinks(query as never),
	'link:search': async ({ links }, { query }) => await links.searchTriggerLinks(query as never),
	'link:update': async ({ links }, { id, body }) =>
		await links.updateLink({ linkId: id }, body as never),
	'user:create': async ({ users }, { body }) => await users.createUser(body as never),
	'user:delete': async ({ users }, { id }) => await users.deleteUser({ userId: id }),
	'user:searchByEmail': async ({ users }, { body }) =>
		await users.filterUsersByEmail(body as never),
	'user:update': async ({ users }, { id, body }) =>
		await users.updateUser({ userId: id }, body as never),
	'user:get': async ({ users }, { id }) => await users.getUser({ userId: id }),
	'user:getMany': async ({ users }, { query }) => await users.searchUsers(query as never),
	'user:list': async ({ users }, { query }) => await users.getUserByLocation(query as never),
	'campaign:getMany': async ({ campaigns }, { query }) =>
		await campaigns.getCampaigns(query as never),
	'workflow:getMany': async ({ workflows }, { query }) =>
		await workflows.getWorkflow(query as never),
	'customField:getMany': async ({ locations }, { locationId, query }) =>
		await locations.getCustomFields({ locationId, ...query } as never),
};
