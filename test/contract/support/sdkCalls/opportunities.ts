import type { IDataObject } from 'n8n-workflow';
import type { SdkCall } from './sdkCall';

/** The SDK's names for a query whose names on the wire have underscores. */
const camelCased = (query: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(query).map(([name, value]) => [
			name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
			value,
		]),
	);

/** Opportunities, their pipelines and followers. */
export const opportunitiesCalls: Record<string, SdkCall> = {
	'opportunity:create': async ({ opportunities }, { body }) =>
		await opportunities.createOpportunity(body as never),
	'opportunity:delete': async ({ opportunities }, { id }) =>
		await opportunities.deleteOpportunity({ id }),
	'opportunity:get': async ({ opportunities }, { id }) =>
		await opportunities.getOpportunity({ id }),
	'opportunity:getMany': async ({ opportunities }, { query }) =>
		await opportunities.searchOpportunity(camelCased(query) as never),
	'opportunity:search': async ({ opportunities }, { body }) =>
		await opportunities.searchOpportunitiesAdvanced(body as never),
	'opportunity:update': async ({ opportunities }, { id, body }) =>
		await opportunities.updateOpportunity({ id }, body as never),
	'opportunity:updateStatus': async ({ opportunities }, { id, body }) =>
		await opportunities.updateOpportunityStatus({ id }, body as never),
	'opportunity:upsert': async ({ opportunities }, { body }) =>
		await opportunities.upsertOpportunity(body as never),
	'opportunityFollower:add': async ({ opportunities }, { id, body }) =>
		await opportunities.addFollowersOpportunity({ id }, body as never),
	'opportunityFollower:remove': async ({ opportunities }, { id, body }) =>
		await opportunities.removeFollowersOpportunity({ id }, body as never),
	'opportunityFollower:removeAll': async ({ opportunities }, { id, query, body }) =>
		await opportunities.removeFollowersOpportunity({ id, ...query }, body as never),
	'pipeline:getMany': async ({ opportunities }, { query }) =>
		await opportunities.getPipelines(query as never),
	'lostReason:getMany': async ({ opportunities }, { query }) =>
		await opportunities.getLostReason(query as never),
};
