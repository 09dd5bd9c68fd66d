import type { SdkCall } from './sdkCall';

/** Custom objects, their records and how these are related. */
export const objectsCalls: Record<string, SdkCall> = {
	'customObject:create': async ({ objects }, { body }) =>
		await objects.createCustomObjectSchema(body as never),
	'customObject:get': async ({ objects }, { id, query }) =>
		await objects.getObjectSchemaByKey({ key: id, ...query } as never),
	'customObject:getMany': async ({ objects }, { query }) =>
		await objects.getObjectByLocationId(query as never),
	'customObject:update': async ({ objects }, { id, body }) =>
		await objects.updateCustomObject({ key: id }, body as never),
	'objectRecord:create': async ({ objects }, { id, body }) =>
		await objects.createObjectRecord({ schemaKey: id }, body as never),
	'objectRecord:delete': async ({ objects }, { ids: [schemaKey, id] }) =>
		await objects.deleteObjectRecord({ schemaKey, id }),
	'objectRecord:get': async ({ objects }, { ids: [schemaKey, id] }) =>
		await objects.getRecordById({ schemaKey, id }),
	'objectRecord:getMany': async ({ objects }, { id, body }) =>
		await objects.searchObjectRecords({ schemaKey: id }, body as never),
	'objectRecord:update': async ({ objects }, { ids: [schemaKey, id], query, body }) =>
		await objects.updateObjectRecord({ schemaKey, id, ...query } as never, body as never),
	'association:create': async ({ associations }, { body }) =>
		await associations.createAssociation(body as never),
	'association:delete': async ({ associations }, { id }) =>
		await associations.deleteAssociation({ associationId: id }),
	'association:get': async ({ associations }, { id }) =>
		await associations.getAssociationByID({ associationId: id }),
	'association:getByKey': async ({ associations }, { id, query }) =>
		await associations.getAssociationKeyByKeyName({ keyName: id, ...query } as never),
	'association:getMany': async ({ associations }, { query }) =>
		await associations.findAssociations(query as never),
	'association:getManyByObject': async ({ associations }, { id, query }) =>
		await associations.getAssociationByObjectKeys({ objectKey: id, ...query } as never),
	'association:update': async ({ associations }, { id, body }) =>
		await associations.updateAssociation({ associationId: id }, body as never),
	'relation:create': async ({ associations }, { body }) =>
		await associations.createRelation(body as never),
	'relation:delete': async ({ associations }, { id, query }) =>
		await associations.deleteRelation({ relationId: id, ...query } as never),
	'relation:getMany': async ({ associations }, { id, query }) => {
		// On the wire the list has brackets in its name.
		const { 'associationIds[]': ids, ...rest } = query;
		return await associations.getRelationsByRecordId({
			recordId: id,
			associationIds: [ids].flat(),
			...rest,
		} as never);
	},
};
