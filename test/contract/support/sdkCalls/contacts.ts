import type { SdkCall } from './sdkCall';

/** Contacts, what hangs on them, and businesses. */
export const contactsCalls: Record<string, SdkCall> = {
	'contact:create': async ({ contacts }, { body }) => await contacts.createContact(body as never),
	'contact:getOrCreate': async ({ contacts }, { body }) =>
		await contacts.createContact(body as never),
	'contact:upsert': async ({ contacts }, { body }) => await contacts.upsertContact(body as never),
	'contact:delete': async ({ contacts }, { contactId }) =>
		await contacts.deleteContact({ contactId }),
	'contact:getManyByBusiness': async ({ contacts }, { id, query }) =>
		await contacts.getContactsByBusinessId({ businessId: id, ...query } as never),
	'contact:list': async ({ contacts }, { query }) => await contacts.getContacts(query as never),
	'contact:setBusiness': async ({ contacts }, { body }) =>
		await contacts.addRemoveContactFromBusiness(body as never),
	'contact:removeFromBusiness': async ({ contacts }, { body }) =>
		await contacts.addRemoveContactFromBusiness(body as never),
	'contactTag:removeAll': async ({ contacts }, { id, body }) =>
		await contacts.createAssociation({ type: id }, body as never),
	'contactTag:bulkUpdate': async ({ contacts }, { id, body }) =>
		await contacts.createAssociation({ type: id }, body as never),
	'contactFollower:add': async ({ contacts }, { contactId, body }) =>
		await contacts.addFollowersContact({ contactId }, body as never),
	'contactFollower:remove': async ({ contacts }, { contactId, body }) =>
		await contacts.removeFollowersContact({ contactId }, body as never),
	'contactCampaign:add': async ({ contacts }, { ids: [contactId, campaignId], body }) =>
		await contacts.addContactToCampaign({ contactId, campaignId }, body as never),
	'contactCampaign:remove': async ({ contacts }, { ids: [contactId, campaignId] }) =>
		await contacts.removeContactFromCampaign({ contactId, campaignId }),
	'contactCampaign:removeAll': async ({ contacts }, { contactId }) =>
		await contacts.removeContactFromEveryCampaign({ contactId }),
	'contactWorkflow:add': async ({ contacts }, { ids: [contactId, workflowId], body }) =>
		await contacts.addContactToWorkflow({ contactId, workflowId }, body as never),
	'contactWorkflow:remove': async ({ contacts }, { ids: [contactId, workflowId], body }) =>
		await contacts.deleteContactFromWorkflow({ contactId, workflowId }, body as never),
	'contactNote:create': async ({ contacts }, { contactId, body }) =>
		await contacts.createNote({ contactId }, body as never),
	'contactNote:delete': async ({ contacts }, { ids: [contactId, id] }) =>
		await contacts.deleteNote({ contactId, id }),
	'contactNote:get': async ({ contacts }, { ids: [contactId, id] }) =>
		await contacts.getNote({ contactId, id }),
	'contactNote:getMany': async ({ contacts }, { contactId }) =>
		await contacts.getAllNotes({ contactId }),
	'contactNote:update': async ({ contacts }, { ids: [contactId, id], body }) =>
		await contacts.updateNote({ contactId, id }, body as never),
	'contactTask:complete': async ({ contacts }, { ids: [contactId, taskId], body }) =>
		await contacts.updateTaskCompleted({ contactId, taskId }, body as never),
	'contactTask:create': async ({ contacts }, { contactId, body }) =>
		await contacts.createTask({ contactId }, body as never),
	'contactTask:delete': async ({ contacts }, { ids: [contactId, taskId] }) =>
		await contacts.deleteTask({ contactId, taskId }),
	'contactTask:get': async ({ contacts }, { ids: [contactId, taskId] }) =>
		await contacts.getTask({ contactId, taskId }),
	'contactTask:getMany': async ({ contacts }, { contactId }) =>
		await contacts.getAllTasks({ contactId }),
	'contactTask:reopen': async ({ contacts }, { ids: [contactId, taskId], body }) =>
		await contacts.updateTaskCompleted({ contactId, taskId }, body as never),
	'contactTask:update': async ({ contacts }, { ids: [contactId, taskId], body }) =>
		await contacts.updateTask({ contactId, taskId }, body as never),
	'appointment:getManyForContact': async ({ contacts }, { contactId }) =>
		await contacts.getAppointmentsForContact({ contactId }),
	'business:create': async ({ businesses }, { body }) =>
		await businesses.createBusiness(body as never),
	'business:delete': async ({ businesses }, { id }) =>
		await businesses.deleteBusiness({ businessId: id }),
	'business:get': async ({ businesses }, { id }) =>
		await businesses.getBusiness({ businessId: id }),
	'business:getMany': async ({ businesses }, { query }) =>
		await businesses.getBusinessesByLocation(query as never),
	'business:update': async ({ businesses }, { id, body }) =>
		await businesses.updateBusiness({ businessId: id }, body as never),
	'contact:findDuplicate': async ({ contacts }, { query }) =>
		await contacts.getDuplicateContact(query as never),
	'contact:get': async ({ contacts }, { contactId }) => await contacts.getContact({ contactId }),
	'contact:getMany': async ({ contacts }, { body }) =>
		await contacts.searchContactsAdvanced(body as never),
	'contact:update': async ({ contacts }, { contactId, body }) =>
		await contacts.updateContact({ contactId }, body as never),
	'contactTag:add': async ({ contacts }, { contactId, body }) =>
		await contacts.addTags({ contactId }, body as never),
	'contactTag:remove': async ({ contacts }, { contactId, body }) =>
		await contacts.removeTags({ contactId }, body as never),
};
