import type { IDataObject } from 'n8n-workflow';
import { GhlContacts } from '../../nodes/Ghl/GhlContacts.node';
import { SANDBOX } from '../../sandbox';
import { ghlExamples } from '../examples/ghlContacts';
import { exampleFile } from '../examples/values';
import { useSandbox } from '../support/useSandbox';
import { byId, byName, callsOf, connectedGhl, ghlCredentials, runGhl } from './ghl';
import { loadOptionsFunctions } from './support';

const { locationId } = SANDBOX;

const sandbox = useSandbox();

const contacts = () =>
	[...sandbox.state.contacts.values()].filter((contact) => contact.locationId === locationId);
const aContact = () => contacts()[0];
const first = <T>(map: Map<string, T>): T => [...map.values()][0];
const last = () => sandbox.requests.list({ service: 'highlevel' }).at(-1);
const eachContact = byId('={{ $json.id }}');
const ids = (count: number) =>
	contacts()
		.slice(0, count)
		.map(({ id }) => ({ id }));

describe('Contact: Set Business', () => {
	it('sends 50 contacts a call, and an unknown one fails alone', async () => {
		const business = first(sandbox.state.businesses);
		const items = ids(110);
		items[3] = { id: 'nobodynobodynobody00' };
		const { json } = await runGhl(
			sandbox,
			'contact:setBusiness',
			{ contactId: eachContact, businessId: byId(business.id) },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(callsOf(sandbox)).toEqual(Array(3).fill('POST /contacts/bulk/business'));
		expect(json[3].error).toBe(
			'HighLevel did not change the business of contact nobodynobodynobody00',
		);
		expect(json.filter(({ error }) => error)).toHaveLength(1);
		for (const [index, { id }] of items.entries()) {
			if (index === 3) continue;
			expect(json[index]).toEqual({ contactId: id, businessId: business.id });
			expect(sandbox.state.contacts.get(id)?.businessId).toBe(business.id);
		}
	});

	it('is undone by Remove From Business', async () => {
		const { id } = aContact();
		const business = byId(first(sandbox.state.businesses).id);
		await runGhl(sandbox, 'contact:setBusiness', { contactId: byId(id), businessId: business });
		const { json } = await runGhl(sandbox, 'contact:removeFromBusiness', { contactId: byId(id) });
		expect(last()?.body).toEqual({ locationId, ids: [id], businessId: null });
		expect(json[0]).toEqual({ contactId: id, businessId: null });
		expect(sandbox.state.contacts.get(id)?.businessId).toBeUndefined();
	});
});

describe('Contact Tag', () => {
	it('Remove All takes every tag from each contact, in one call for many', async () => {
		const items = ids(40);
		const { json } = await runGhl(
			sandbox,
			'contactTag:removeAll',
			{ contactId: eachContact },
			{ items },
		);
		expect(callsOf(sandbox)).toEqual(['POST /contacts/bulk/tags/update/remove']);
		expect(json).toEqual(items.map(({ id }) => ({ contactId: id, tags: [] })));
		for (const { id } of items) expect(sandbox.state.contacts.get(id)?.tags).toEqual([]);
	});

	it('Update in Bulk puts out a row for each contact, also for one that is not there', async () => {
		const { id } = aContact();
		const { json } = await runGhl(sandbox, 'contactTag:bulkUpdate', {
			contactIds: `${id}, nobodynobodynobody00`,
			change: 'add',
			tags: 'fresh',
		});
		expect(json).toMatchObject([
			{ contactId: id, type: 'success', tagsAdded: ['fresh'] },
			{ contactId: 'nobodynobodynobody00', type: 'error' },
		]);
	});
});

describe('Contact Follower', () => {
	it('takes one user from the list, or several from an expression', async () => {
		const { id } = aContact();
		const users = [...sandbox.state.users.keys()].slice(0, 2);
		const { json } = await runGhl(
			sandbox,
			'contactFollower:add',
			{ contactId: byId(id), followers: byId('={{ $json.users }}') },
			{ items: [{ users }] },
		);
		expect(json[0]).toMatchObject({ contactId: id, followers: expect.arrayContaining(users) });
		const removed = await runGhl(sandbox, 'contactFollower:remove', {
			contactId: byId(id),
			followers: byId(users.join(', ')),
		});
		expect(removed.json[0]).toMatchObject({ followersRemoved: users });
	});
});

describe('Contact Workflow and Contact Campaign', () => {
	it('finds a workflow by its name, once for all items', async () => {
		const workflow = first(sandbox.state.workflows);
		const { json, error } = await runGhl(
			sandbox,
			'contactWorkflow:add',
			{
				contactId: eachContact,
				workflowId: byName(workflow.name.toUpperCase()),
				additionalFields: { eventStartTime: '2027-03-01T09:30:00' },
			},
			{ items: ids(3) },
		);
		expect(error).toBeUndefined();
		expect(json).toEqual(ids(3).map(({ id }) => ({ contactId: id, added: true })));
		expect(callsOf(sandbox).filter((call) => call === 'GET /workflows/')).toHaveLength(1);
		expect(last()?.body).toEqual({ eventStartTime: '2027-03-01T09:30:00+00:00' });
		for (const { id } of ids(3)) expect(workflow.contactIds).toContain(id);
	});

	it('says so when there is no such name, or more than one, and sends nothing', async () => {
		const add = async (name: string) =>
			await runGhl(sandbox, 'contactWorkflow:add', {
				contactId: byId(aContact().id),
				workflowId: byName(name),
			});
		expect((await add('Nonsense')).error?.message).toBe('HighLevel has no workflow “Nonsense”');
		const workflow = first(sandbox.state.workflows);
		sandbox.state.workflows.set('twin', { ...workflow, id: 'twin' });
		const { error } = await add(workflow.name);
		expect(error?.message).toContain('HighLevel has 2 records named');
		expect(error?.description).toContain('twin');
		expect(callsOf(sandbox)).toEqual(['GET /workflows/', 'GET /workflows/']);
	});

	it('takes a contact out of all campaigns', async () => {
		const { id } = aContact();
		const campaign = first(sandbox.state.marketingCampaigns);
		await runGhl(sandbox, 'contactCampaign:add', {
			contactId: byId(id),
			campaignId: byName(campaign.name),
		});
		expect(campaign.contactIds).toContain(id);
		const { json } = await runGhl(sandbox, 'contactCampaign:removeAll', { contactId: byId(id) });
		expect(json).toEqual([{ contactId: id, removed: true }]);
		expect(campaign.contactIds).not.toContain(id);
	});
});

describe('Custom Field', () => {
	it('of a type with choices gets them from text or from a list', async () => {
		for (const choices of [
			'Gold, Silver',
			['Gold', 'Silver'],
			[{ label: 'Gold' }, { label: 'Silver' }],
		]) {
			sandbox.reset();
			const { json } = await runGhl(
				sandbox,
				'customField:create',
				{
					fieldName: 'Level',
					dataType: 'SINGLE_OPTIONS',
					additionalFields: { textBoxListOptions: '={{ $json.choices }}' },
				},
				{ items: [{ choices }] },
			);
			expect(json[0]).toMatchObject({ picklistOptions: ['Gold', 'Silver'] });
		}
	});

	it.each(['Competitor', 'opportunity.competitor'])('is found by “%s”', async (name) => {
		const { json } = await runGhl(sandbox, 'customField:get', { customFieldId: byName(name) });
		expect(json).toMatchObject([{ name: 'Competitor', model: 'opportunity' }]);
	});

	it('keeps its name when only another setting is changed', async () => {
		const { json } = await runGhl(sandbox, 'customField:update', {
			customFieldId: byName('Job title'),
			updateFields: { position: 7 },
		});
		expect(last()?.body).toEqual({ name: 'Job title', position: 7 });
		expect(json[0]).toMatchObject({ name: 'Job title', position: 7 });
	});

	it('is not updated with nothing', async () => {
		const { error } = await runGhl(sandbox, 'customField:update', {
			customFieldId: byId('x'),
			updateFields: {},
		});
		expect(error?.message).toBe('There is nothing to update');
		expect(callsOf(sandbox)).toEqual([]);
	});
});

describe('Custom Field: Upload Files', () => {
	const upload = async (binaryFields: string, binary = exampleFile) =>
		await runGhl(
			sandbox,
			'customField:upload',
			{
				uploadFor: byId(aContact().id),
				binaryFields,
				additionalFields: { maxFiles: 3 },
			},
			{ items: [{ json: {}, binary }] },
		);

	it('sends the files of the item with their names and types, and puts out their addresses', async () => {
		const notes = { data: Buffer.from('a,b').toString('base64'), mimeType: 'text/csv' };
		const { json, error } = await upload('offer, notes', {
			...exampleFile,
			notes: { ...notes, fileExtension: 'csv' },
		});
		expect(error).toBeUndefined();
		expect(last()?.body).toMatchObject({
			id: aContact().id,
			maxFiles: '3',
			files: [
				{ originalname: 'offer “one”.pdf', mimetype: 'application/pdf', size: 17 },
				{ originalname: 'notes.csv', mimetype: 'text/csv', size: 3 },
			],
		});
		expect(json[0]).toMatchObject({
			uploadedFiles: { 'notes.csv': expect.stringMatching(/^https:/) },
		});
	});

	it('says which file is missing, and sends nothing', async () => {
		const { error } = await upload('picture');
		expect(error?.message).toContain('picture');
		expect(callsOf(sandbox)).toEqual([]);
	});

	it('does not send a file twice when its answer is lost', async () => {
		sandbox.faults.add({ kind: 'lostAnswer', method: 'POST', path: 'upload$' });
		const { error } = await upload('offer');
		expect(error?.message).toContain('may have been carried out');
		expect(callsOf(sandbox)).toHaveLength(1);
	});
});

describe('Custom Value', () => {
	it('keeps its name when the value is changed, and the other way round', async () => {
		const { id, name } = first(sandbox.state.customValues);
		const update = async (updateFields: { name?: string; value?: string }) =>
			await runGhl(sandbox, 'customValue:update', { customValueId: byName(name), updateFields });
		await update({ value: 'new' });
		expect(sandbox.state.customValues.get(id)).toMatchObject({ name, value: 'new' });
		await update({ name: 'Other' });
		expect(sandbox.state.customValues.get(id)).toMatchObject({ name: 'Other', value: 'new' });
	});
});

describe('Location Tag', () => {
	it('renamed by its name, is renamed on the contacts that have it', async () => {
		const contact = contacts().find(({ tags }) => tags.includes('vip'));
		await runGhl(sandbox, 'locationTag:update', { tagId: byName('VIP'), name: 'Very important' });
		expect(sandbox.state.contacts.get(contact?.id ?? '')?.tags).toContain('very important');
	});

	it('is made once when the answer to its create is lost', async () => {
		sandbox.faults.add({ kind: 'lostAnswer', method: 'POST', path: '/tags$' });
		const { json } = await runGhl(sandbox, 'locationTag:create', { name: 'Fresh' });
		expect(json[0]).toMatchObject({ name: 'fresh', id: expect.any(String) });
		expect(callsOf(sandbox).filter((call) => call.startsWith('POST'))).toHaveLength(1);
	});
});

describe('User: Get Many', () => {
	it('with a private integration asks once which agency the location belongs to', async () => {
		const { json, error } = await runGhl(sandbox, 'user:getMany', {}, { items: [{}, {}, {}] });
		expect(error).toBeUndefined();
		expect(json.length).toBeGreaterThan(0);
		expect(callsOf(sandbox)).toEqual([`GET /locations/${locationId}`, 'GET /users/search']);
		expect(last()?.query).toMatchObject({ companyId: SANDBOX.companyId, locationId });
	});

	it('with OAuth2 takes the agency from the token', async () => {
		const scopes = ['users.readonly'];
		const credentials = connectedGhl(sandbox, { scopes });
		const parameters = { authentication: 'oAuth2' };
		const { error } = await runGhl(sandbox, 'user:getMany', parameters, { credentials });
		expect(error).toBeUndefined();
		expect(callsOf(sandbox)).toEqual(['GET /users/search']);
	});
});

it('User: Create holds in an error no password that HighLevel repeats', async () => {
	const parameters = ghlExamples['user:create'](sandbox);
	const password = String(parameters.password);
	const message = [`password ${password} is too common`, encodeURIComponent(password)];
	sandbox.faults.add({ kind: 'status', path: '^/users/$', status: 422, body: { message } });
	const { json } = await runGhl(sandbox, 'user:create', parameters, {
		onError: 'continueRegularOutput',
	});
	expect(json[0].error).toContain('password [hidden] is too common; [hidden]');
	expect(JSON.stringify(json)).not.toContain(password);
});

describe('Contact Task: Get Many of Location', () => {
	it('reads all pages, with the filter on each', async () => {
		const [task] = sandbox.state.tasks.values();
		for (let number = 0; number < 60; number++) {
			const id = `task${number}`;
			sandbox.state.tasks.set(id, { ...task, id, title: 'Many of these', completed: false });
		}
		const { json } = await runGhl(sandbox, 'contactTask:getManyOfLocation', {
			filters: { query: 'Many of these', completed: false, contactId: byId(task.contactId) },
			returnAll: true,
		});
		expect(new Set(json.map(({ id }) => id)).size).toBe(60);
		const bodies = sandbox.requests.list().map(({ body }) => body as IDataObject);
		expect(bodies.map(({ skip }) => skip)).toEqual([0, 25, 50]);
		for (const body of bodies) {
			expect(body).toMatchObject({
				query: 'Many of these',
				contactId: [task.contactId],
				limit: 25,
			});
		}
	});
});

describe('Location', () => {
	it('tells whether duplicates are allowed, and its time zones as one list', async () => {
		const { json } = await runGhl(sandbox, 'location:get', {});
		expect(json[0]).toMatchObject({
			id: locationId,
			settings: { allowDuplicateContact: expect.any(Boolean) },
		});
		const zones = await runGhl(sandbox, 'location:getTimezones', {});
		expect(zones.json[0].timezones).toContain('America/Chicago');
	});

	it('is the one that a search finds with OAuth2; a private integration is told what it can do', async () => {
		const { json } = await runGhl(sandbox, 'location:getMany', { returnAll: true });
		expect(json.map(({ id }) => id)).toEqual([locationId]);
		const credentials = ghlCredentials(sandbox);
		const { error } = await runGhl(sandbox, 'location:getMany', {}, { credentials });
		expect(error?.message).toBe('HighLevel does not let this token search locations');
		expect(error?.description).toContain('Location: Get');
	});
});

describe('The pickers of the editor', () => {
	const names = async (method: keyof GhlContacts['methods']['listSearch'], filter?: string) => {
		const node = new GhlContacts();
		const list = loadOptionsFunctions({ node, credentials: ghlCredentials(sandbox) });
		const { results } = await list.call(node.methods.listSearch[method], filter);
		return results.map(({ name }) => name);
	};

	it('list workflows, campaigns, tags, custom values and all custom fields by name', async () => {
		const named = (map: Map<string, { name: string; locationId: string }>) =>
			[...map.values()]
				.flatMap(({ name, locationId: of }) => (of === locationId ? name : []))
				.sort();
		const { state } = sandbox;
		expect((await names('searchWorkflows')).sort()).toEqual(named(state.workflows));
		expect((await names('searchCampaigns')).sort()).toEqual(named(state.marketingCampaigns));
		expect((await names('searchTags')).sort()).toEqual(named(state.locationTags));
		expect((await names('searchCustomValues')).sort()).toEqual(named(state.customValues));
		expect((await names('searchAllCustomFields')).sort()).toEqual(named(state.customFields));
		expect(await names('searchTags', 'VI')).toEqual(['vip']);
	});
});
