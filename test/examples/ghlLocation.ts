import type { INodeParameters } from 'n8n-workflow';
import { SANDBOX, type Sandbox } from '../../sandbox';
import { byId, followedByTwo, known, type Example } from './values';

const ofLink = (sandbox: Sandbox): INodeParameters => ({ linkId: byId(known(sandbox).link.id) });

const userDetails = {
	locationIds: SANDBOX.locationId,
	phone: '+15550102030',
	scopes: 'contacts.write, conversations.write',
	type: 'account',
};

/** The location: its fields, values, tags, users and lists. */
export const ghlLocationExamples: Record<string, Example> = {
	'contactFollower:add': (sandbox) => ofUser(sandbox),
	'contactFollower:remove': (sandbox) => {
		const { id, followers } = followedByTwo(sandbox.state.contacts);
		return { contactId: byId(id), followers: byId(followers[0]) };
	},
	'contactCampaign:add': (sandbox) => ofCampaign(sandbox),
	'contactCampaign:remove': (sandbox) => ofCampaign(sandbox),
	'contactCampaign:removeAll': (sandbox) => ({ contactId: byId(known(sandbox).contact.id) }),
	'contactWorkflow:add': (sandbox) => ofWorkflow(sandbox),
	'contactWorkflow:remove': (sandbox) => ofWorkflow(sandbox),
	'apiCall:getMany': () => ({
		method: 'GET',
		path: '/opportunities/search?location_id={locationId}',
		queryJson: '{ "status": "all" }',
		bodyJson: {},
		recordsIn: 'opportunities',
		paging: {
			by: {
				kind: 'cursor',
				parameter: 'startAfter, startAfterId',
				cursorIn: 'meta.startAfter, meta.startAfterId',
				sizeParameter: 'limit',
				size: 100,
			},
		},
		returnAll: false,
		limit: 2,
	}),
	'apiCall:send': (sandbox) => ({
		method: 'POST',
		path: `/contacts/${known(sandbox).contact.id}/notes`,
		queryJson: {},
		bodyJson: { body: 'Met at the fair' },
		options: { version: '2021-07-28' },
	}),
	'campaign:getMany': (sandbox) => ({
		filters: { status: known(sandbox).campaign.status },
		returnAll: true,
	}),
	'workflow:getMany': () => ({ returnAll: true }),
	'link:create': () => ({ name: 'Guide', redirectTo: 'https://example.com/guide' }),
	'link:delete': (sandbox) => ofLink(sandbox),
	'link:get': (sandbox) => ofLink(sandbox),
	'link:getMany': () => ({ returnAll: true }),
	'link:search': () => ({ query: 'page', returnAll: false, limit: 5 }),
	'link:update': (sandbox) => ({
		...ofLink(sandbox),
		updateFields: { name: 'Guide', redirectTo: 'https://example.com/guide' },
	}),
	'user:create': () => ({
		firstName: 'Robin',
		lastName: 'Reed',
		email: 'robin@team.example.com',
		password: 'Correct-Horse-1',
		role: 'user',
		additionalFields: userDetails,
	}),
	'user:delete': (sandbox) => ({ userId: byId(known(sandbox).user.id) }),
	'user:searchByEmail': (sandbox) => ({
		emails: known(sandbox).user.email,
		filters: { deleted: false },
		returnAll: false,
		limit: 1,
		simplify: false,
	}),
	'user:update': (sandbox) => ({
		userId: byId(known(sandbox).user.id),
		updateFields: {
			firstName: 'Robin',
			lastName: 'Reed',
			password: 'Correct-Horse-1',
			role: 'admin',
			...userDetails,
		},
	}),
	'user:get': (sandbox) => ({ userId: byId(known(sandbox).user.id), simplify: false }),
	'user:getMany': (sandbox) => ({
		filters: {
			enabled2waySync: false,
			ids: known(sandbox).user.id,
			query: known(sandbox).user.firstName,
			role: known(sandbox).user.roles.role,
			sort: 'dateAdded',
			sortDirection: 'desc',
			type: known(sandbox).user.roles.type,
		},
		returnAll: false,
		limit: 20,
		simplify: false,
	}),
	'user:list': () => ({ returnAll: true, simplify: false }),
	'location:get': () => ({ simplify: false }),
	'location:getManyInstalled': (sandbox) => {
		sandbox.oauth.issue({ level: 'Company', scopes: ['oauth.readonly'] });
		return {
			isInstalled: 'all',
			filters: { query: sandbox.state.locations.get(SANDBOX.locationId)?.name },
			returnAll: false,
			limit: 1,
		};
	},
	'location:getMany': (sandbox) => ({
		filters: {
			companyId: SANDBOX.companyId,
			email: sandbox.state.locations.get(SANDBOX.locationId)?.email ?? '',
			order: 'desc',
		},
		returnAll: true,
		simplify: false,
	}),
	'location:getTimezones': () => ({}),
	'locationTag:create': () => ({ name: 'Webinar 2027' }),
	'locationTag:delete': (sandbox) => ({ tagId: byId(known(sandbox).locationTag.id) }),
	'locationTag:get': (sandbox) => ({ tagId: byId(known(sandbox).locationTag.id) }),
	'locationTag:getMany': () => ({ returnAll: true }),
	'locationTag:update': (sandbox) => ({
		tagId: byId(known(sandbox).locationTag.id),
		name: 'renamed',
	}),
	'customValue:create': () => ({ name: 'Webinar link', value: 'https://example.com/webinar' }),
	'customValue:delete': (sandbox) => ({ customValueId: byId(known(sandbox).customValue.id) }),
	'customValue:get': (sandbox) => ({ customValueId: byId(known(sandbox).customValue.id) }),
	'customValue:getMany': () => ({ returnAll: true }),
	'customValue:update': (sandbox) => ({
		customValueId: byId(known(sandbox).customValue.id),
		updateFields: { name: 'Link', value: 'https://example.com/other' },
	}),
	'customField:create': () => ({
		fieldName: 'Favourite colour',
		dataType: 'TEXT',
		model: 'contact',
		additionalFields: { ...fieldDetails, position: 3 },
	}),
	'customField:delete': (sandbox) => ({ customFieldId: byId(known(sandbox).customField.id) }),
	'customField:get': (sandbox) => ({
		customFieldId: byId(known(sandbox).customField.id),
		simplify: false,
	}),
	'customField:update': (sandbox) => ({
		customFieldId: byId(known(sandbox).customField.id),
		updateFields: { fieldName: 'New name', model: 'contact', ...fieldDetails, position: 2 },
	}),
	'customField:upload': (sandbox) => ({
		uploadFor: byId(known(sandbox).contact.id),
		binaryFields: 'offer',
		additionalFields: { maxFiles: 3 },
	}),
	'customField:getMany': () => ({ modelFilter: 'all', returnAll: true, simplify: false }),
};

const fieldDetails: INodeParameters = {
	acceptedFormat: '.pdf, .docx',
	textBoxListOptions: 'Red, Green',
	maxNumberOfFiles: 2,
	isMultipleFile: true,
	placeholder: 'e.g. green',
};

function ofUser(sandbox: Sandbox): INodeParameters {
	const { contact, user } = known(sandbox);
	return { contactId: byId(contact.id), followers: byId(user.id) };
}

function ofCampaign(sandbox: Sandbox): INodeParameters {
	const { contact, campaign } = known(sandbox);
	return { contactId: byId(contact.id), campaignId: byId(campaign.id) };
}

function ofWorkflow(sandbox: Sandbox): INodeParameters {
	const { contact, workflow } = known(sandbox);
	return {
		contactId: byId(contact.id),
		workflowId: byId(workflow.id),
		additionalFields: { eventStartTime: '2027-03-01T09:30:00' },
	};
}
