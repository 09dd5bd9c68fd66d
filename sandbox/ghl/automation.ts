import type { MarketingCampaign, Workflow } from './records';
import { contactOf, ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, formatted, requiredText, text } from './validate';

/** Workflows and HighLevel's own campaigns: both can be listed and joined, and made in the UI only. */

const workflowOf = ({ state, token, params }: Call<unknown, unknown>): Workflow =>
	ownRecord(token, state.workflows, 'Workflow', params.workflowId);
const campaignOf = ({ state, token, params }: Call<unknown, unknown>): MarketingCampaign =>
	ownRecord(token, state.marketingCampaigns, 'Campaign', params.campaignId);

/** Who takes part is not told. */
const view = (record: Workflow | MarketingCampaign): object => ({
	...record,
	contactIds: undefined,
});

const enrolment = closed({ eventStartTime: formatted('iso-offset') });
const DONE = { succeded: true };

export const automation: Route[] = [
	route<unknown, { locationId: string }>({
		method: 'GET',
		path: '/workflows/',
		scope: 'workflows.readonly',
		query: closed({ locationId: requiredText }, ['locationId']),
		handle: ({ state, query }) => ({
			workflows: [...state.workflows.values()]
				.filter(({ locationId }) => locationId === query.locationId)
				.map(view),
		}),
	}),
	route<unknown, { locationId: string; status?: string }>({
		method: 'GET',
		path: '/campaigns/',
		scope: 'campaigns.readonly',
		query: closed({ locationId: requiredText, status: text }, ['locationId']),
		handle: ({ state, query }) => ({
			campaigns: [...state.marketingCampaigns.values()]
				.filter(({ locationId }) => locationId === query.locationId)
				.filter(({ status }) => status === (query.status ?? status))
				.map(view),
		}),
	}),
	route({
		method: 'POST',
		path: '/contacts/:contactId/workflow/:workflowId',
		scope: 'contacts.write',
		body: enrolment,
		handle: (call) => {
			workflowOf(call).contactIds.add(contactOf(call).id);
			return DONE;
		},
	}),
	route({
		method: 'DELETE',
		path: '/contacts/:contactId/workflow/:workflowId',
		scope: 'contacts.write',
		body: enrolment,
		handle: (call) => {
			workflowOf(call).contactIds.delete(contactOf(call).id);
			return DONE;
		},
	}),
	route({
		method: 'POST',
		path: '/contacts/:contactId/campaigns/:campaignId',
		scope: 'contacts.write',
		status: 201,
		body: closed({}),
		handle: (call) => {
			campaignOf(call).contactIds.add(contactOf(call).id);
			return DONE;
		},
	}),
	route({
		method: 'DELETE',
		path: '/contacts/:contactId/campaigns/removeAll',
		scope: 'contacts.write',
		handle: (call) => {
			const { id } = contactOf(call);
			for (const { contactIds } of call.state.marketingCampaigns.values()) contactIds.delete(id);
			return DONE;
		},
	}),
	route({
		method: 'DELETE',
		path: '/contacts/:contactId/campaigns/:campaignId',
		scope: 'contacts.write',
		handle: (call) => {
			campaignOf(call).contactIds.delete(contactOf(call).id);
			return DONE;
		},
	}),
];
