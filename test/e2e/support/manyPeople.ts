import pack from '../../../package.json';
import { SANDBOX, type Sandbox } from '../../../sandbox';
import type { WorkflowFile } from '../../../tools/n8n/workflow';

/** A list that no campaign uses, for the people of {@link manyPeople}. */
const LIST = 2950;
export const KEPT_TAG = 'kept';

/** Makes the list anew, empty. */
export function emptyList({ state }: Sandbox): void {
	state.lists.set(LIST, {
		id: LIST,
		name: 'Many people',
		listType: 'USER_LIST',
		creationTime: '2026-01-01T00:00:00.000Z',
		members: [],
	});
}

/** Each of so many people becomes a contact with a tag, and a lead of a list. */
export function manyPeople(count: number): WorkflowFile {
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		...{ id: name, name, type, typeVersion },
		position: [0, 0] as [number, number],
		parameters: { ...parameters },
	});
	const byId = (value: string) => ({ __rl: true, mode: 'id', value });
	const columns = (value: object) => ({
		mappingMode: 'defineBelow',
		value,
		matchingColumns: [],
		schema: [],
	});
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('People', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: `={{ { people: Array.from({ length: ${count} }, (_, i) => ({ name: 'Many' + i })) } }}`,
			options: {},
		}),
		node('Each', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'people', options: {} }),
		node('Contacts', `${pack.name}.ghlContacts`, 1, {
			...{ resource: 'contact', operation: 'upsert' },
			contactFields: columns({
				email: '={{ $json.name }}@many.example',
				firstName: '={{ $json.name }}',
			}),
		}),
		node('Tags', `${pack.name}.ghlContacts`, 1, {
			...{ resource: 'contactTag', operation: 'add' },
			contactId: byId('={{ $json.id }}'),
			tags: KEPT_TAG,
		}),
		node('Leads', `${pack.name}.heyReach`, 1, {
			...{ resource: 'list', operation: 'addLead' },
			listId: byId(String(LIST)),
			leadFields: columns({
				profileUrl: "={{ 'https://www.linkedin.com/in/' + $('Each').item.json.name }}",
				firstName: "={{ $('Each').item.json.name }}",
				lastName: 'Person',
			}),
		}),
	];
	const pairs = nodes.slice(1).map((next, at) => [nodes[at].name, next.name]);
	const connections = Object.fromEntries(
		pairs.map(([from, to]) => [from, { main: [[{ node: to, type: 'main', index: 0 }]] }]),
	);
	return { name: 'Many people', nodes, connections, settings: { executionOrder: 'v1' } };
}

/** What became of the people: contacts with their tags, and the leads of the list. */
export function peopleIn({ state }: Sandbox, locationId: string = SANDBOX.otherLocationId) {
	const contacts = [...state.contacts.values()]
		.filter(
			(contact) => contact.locationId === locationId && contact.email?.endsWith('@many.example'),
		)
		.map(({ email, firstName, tags }) => `${email} ${firstName} ${tags.join()}`);
	const members = state.lists
		.get(LIST)
		?.members.map(({ linkedinId }) => state.leads.get(linkedinId));
	const leads = (members ?? []).map((lead) => `${lead?.profileUrl} ${lead?.firstName}`);
	return { contacts: contacts.sort(), leads: leads.sort() };
}
