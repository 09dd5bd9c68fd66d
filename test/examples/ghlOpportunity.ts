import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { byId, columns, followedByTwo, known, type Example } from './values';

/** Opportunities, their pipelines and followers. */
export const ghlOpportunityExamples: Record<string, Example> = {
	'opportunity:create': (sandbox) => ({
		// A contact may have one opportunity in a pipeline.
		contactId: byId(freeContact(sandbox)),
		...inPipeline(sandbox),
		name: 'Website for Acme',
		status: 'open',
		customFields,
		additionalFields: details(sandbox),
	}),
	'opportunity:delete': (sandbox) => ofOpportunity(sandbox),
	'opportunity:get': (sandbox) => ({
		...ofOpportunity(sandbox),
		simplify: false,
		options: { customFieldsByName: true },
	}),
	'opportunity:getMany': (sandbox) => {
		const { opportunity } = known(sandbox);
		return {
			textQuery: 'a',
			filters: {
				assignedTo: byId(opportunity.assignedTo ?? ''),
				contactId: byId(opportunity.contactId),
				country: 'US',
				date: '2020-01-01T00:00:00',
				endDate: '2030-01-01T00:00:00',
				id: opportunity.id,
				order: 'added_asc',
				pipelineId: byId(opportunity.pipelineId),
				pipelineStageId: byId(opportunity.pipelineStageId),
				status: 'all',
			},
			include: { getCalendarEvents: true, getNotes: true, getTasks: true },
			returnAll: false,
			limit: 5,
			simplify: false,
			options: {},
		};
	},
	'opportunity:search': () => ({
		query: 'a',
		include: { calendarEvents: true, notes: true, tasks: true, unReadConversations: true },
		returnAll: false,
		limit: 5,
		simplify: false,
		options: {},
	}),
	'opportunity:update': (sandbox) => ({
		...ofOpportunity(sandbox),
		customFields,
		updateFields: {
			...inPipeline(sandbox),
			...details(sandbox),
			name: 'Shop for Acme',
			status: 'won',
		},
	}),
	'opportunity:updateStatus': (sandbox) => ({
		...ofOpportunity(sandbox),
		status: 'lost',
		additionalFields: { lostReasonId: byId(aLostReason(sandbox)) },
	}),
	// A new one: with an id it is an update, as test/workflow/ghlOpportunities.test.ts has it.
	'opportunity:upsert': (sandbox) => ({
		contactId: byId(freeContact(sandbox)),
		...inPipeline(sandbox),
		additionalFields: {
			...details(sandbox),
			followers: byId(known(sandbox).user.id),
			followersActionType: 'add',
			isRemoveAllFollowers: true,
			lostReasonId: byId(aLostReason(sandbox)),
			name: 'Shop for Acme',
			status: 'lost',
		},
	}),
	'opportunityFollower:add': (sandbox) => ({
		...ofOpportunity(sandbox),
		followers: byId([...sandbox.state.users.keys()].join(', ')),
	}),
	'opportunityFollower:remove': (sandbox) => {
		const { id, followers } = followedByTwo(sandbox.state.opportunities);
		return { opportunityId: byId(id), followers: byId(followers[0]) };
	},
	'opportunityFollower:removeAll': (sandbox) => ofOpportunity(sandbox),
	'pipeline:create': () => ({
		pipelineName: 'LinkedIn leads',
		stages: {
			stage: [
				{ stage: 'Replied', winProbability: '20' },
				{ stage: 'Meeting', winProbability: '60' },
			],
		},
	}),
	'pipeline:delete': (sandbox) => ofEmptyPipeline(sandbox),
	'pipeline:get': (sandbox) => ofPipeline(sandbox),
	'pipeline:getMany': () => ({ returnAll: true }),
	'pipeline:update': (sandbox) => ({
		...ofEmptyPipeline(sandbox),
		updateFields: {
			name: 'Sales of this year',
			stages: {
				stage: [
					{ stage: 'Contacted', newName: 'Replied', winProbability: '35' },
					{ stage: 'Won', newName: '', winProbability: '100' },
				],
			},
			removeStages: 'negotiation',
		},
	}),
	'lostReason:getMany': () => ({
		filters: { deleted: false, name: 'Too expensive', query: 'expensive' },
		returnAll: true,
	}),
};

const ofOpportunity = (sandbox: Sandbox): INodeParameters => ({
	opportunityId: byId(known(sandbox).opportunity.id),
});

const ofPipeline = (sandbox: Sandbox): INodeParameters => ({
	pipelineId: byId(known(sandbox).pipeline.id),
});

/** A stage or pipeline with opportunities is kept unless an option says otherwise. */
function ofEmptyPipeline(sandbox: Sandbox): INodeParameters {
	const { opportunities } = sandbox.state;
	const { pipeline } = known(sandbox);
	for (const { id, pipelineId } of opportunities.values()) {
		if (pipelineId === pipeline.id) opportunities.delete(id);
	}
	return ofPipeline(sandbox);
}

/** Without an opportunity, and with tags. */
const freeContact = (sandbox: Sandbox): string =>
	[...sandbox.state.contacts.values()].findLast(({ tags }) => tags.length > 0)?.id ?? '';

const aLostReason = (sandbox: Sandbox): string => [...sandbox.state.lostReasons.keys()][0];

function inPipeline(sandbox: Sandbox): INodeParameters {
	const { id, stages } = known(sandbox).pipeline;
	return { pipelineId: byId(id), pipelineStageId: byId(stages[1].id) };
}

const details = (sandbox: Sandbox): INodeParameters => ({
	assignedTo: byId(known(sandbox).user.id),
	monetaryValue: 1200.5,
});

const customFields = columns({
	Competitor: 'Initech',
	'opportunity.decision_date': '2031-01-31T00:00:00',
	seats: 25,
});
