import type { Opportunity } from '../../../sandbox/ghl/records';
import type { Chatroom } from '../../../sandbox/heyreach/records';
import { itemsOf, type Execution, type ExecutionItem } from '../../../tools/n8n/executions';
import type { WorkflowNode } from '../../../tools/n8n/workflow';
import { blocksOf, readPage } from '../../docs/markdown';
import type { Stack } from '../support/stack';
import { expectGreen } from '../templates/rig';

const MODES = {
	'Run Once for Each Item': 'runOnceForEachItem',
	'Run Once for All Items': 'runOnceForAllItems',
};

interface Recipe {
	name: string;
	mode: string;
	code: string;
}

/** The recipes of docs/light-scripting.md, as somebody reads and copies them. */
const recipes: Recipe[] = blocksOf(readPage('docs/light-scripting.md')).map((block) => {
	const mode = Object.entries(MODES).find(([name]) => block.above.includes(`**Mode:** ${name}`));
	if (!mode) throw new Error(`"${block.section}" does not say in which mode it runs.`);
	return { name: block.section, mode: mode[1], code: block.text };
});

/** Behind which node each recipe is tried. */
const BEHIND: Record<string, string> = {
	'Keep contacts that have a LinkedIn profile': 'Contacts',
	'Make a HeyReach lead out of a contact': 'Keep contacts that have a LinkedIn profile',
	'A first name to begin a message with': 'Contacts',
	'A company name as people say it': 'Contacts',
	'A phone number in international form': 'Contacts',
	'The same person only once': 'Leads',
	'Contacts that nothing has changed for 60 days': 'Contacts',
	'The next open task of each contact': 'Tasks',
	'Choose a tag by what somebody wrote': 'Conversations',
	'Push to the pipeline who replied': 'Conversations',
	'A conversation as text': 'One conversation',
	'Count contacts by tag': 'Contacts',
	'One message about what failed': 'One that is not there',
};

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });

export function recipeTests(current: () => Stack): void {
	let run: Execution;
	/** The opportunities after one run and after two, and the stage that the recipe names. */
	const pushed: { once: Opportunity[]; twice: Opportunity[]; stageId: string } = {
		...{ once: [], twice: [], stageId: '' },
	};
	const json = (node: string) => itemsOf(run, node).map((item) => item.json);
	const source = (recipe: string) => itemsOf(run, BEHIND[recipe]);
	/** The item that an output says it came from. */
	const origin = (item: ExecutionItem, from: ExecutionItem[]) => {
		const [paired] = [item.pairedItem].flat() as Array<number | { item: number } | undefined>;
		return from[typeof paired === 'object' ? paired.item : Number(paired)]?.json;
	};

	beforeAll(async () => {
		const { sandbox, client, credentials } = current();
		const { state, edits } = sandbox;
		const [first, second] = state.contacts.keys();
		edits.contact(
			first,
			{
				firstName: 'Dr. ADA 🚀',
				companyName: 'Northwind Dental GmbH & Co. KG',
				phone: '(0151) 234-5678',
			},
			{ lagMs: 0 },
		);
		edits.contact(second, { phone: '0043 1 2345' }, { lagMs: 0 });
		const [list] = state.lists.values();
		const [lead, twin] = list.members;
		const { profileUrl } = state.leads.get(lead.linkedinId) ?? {};
		edits.lead(twin.linkedinId, { profileUrl: `${profileUrl?.replace('www.', 'DE.')}?from=x#y` });
		const [room] = state.chatrooms.values();
		const [pipeline] = state.pipelines.values();
		pipeline.name = 'Sales';
		pipeline.stages[1].name = 'Replied';
		pushed.stageId = pipeline.stages[1].id;
		const { id } = await client.importWorkflow(
			{ name: 'Recipes', ...workflow(list.id, first, room) },
			credentials,
		);
		run = expectGreen(await client.waitForExecution(await client.run(id)));
		pushed.once = structuredClone([...state.opportunities.values()]);
		await client.waitForExecution(await client.run(id));
		pushed.twice = structuredClone([...state.opportunities.values()]);
		sandbox.reset();
	}, 60_000);

	it('are all tried, each behind the node it names', () => {
		expect(Object.keys(BEHIND)).toEqual(recipes.map(({ name }) => name));
		for (const { name } of recipes)
			expect({ name, items: json(name).length }).not.toEqual({ name, items: 0 });
	});

	it('every output says which item it came from', () => {
		for (const name of [
			'Keep contacts that have a LinkedIn profile',
			'The same person only once',
			'Contacts that nothing has changed for 60 days',
			'The next open task of each contact',
			'A first name to begin a message with',
		])
			for (const item of itemsOf(run, name))
				expect(item.json).toMatchObject(origin(item, source(name)) ?? {});
	});

	it('contacts with a LinkedIn profile, and leads made of them', () => {
		const kept = json('Keep contacts that have a LinkedIn profile');
		const all = json('Contacts');
		const url = (contact: Record<string, unknown>) =>
			(contact.customFieldValues as Record<string, unknown>)['LinkedIn profile'];
		expect(kept.map(({ profileUrl }) => profileUrl)).toEqual(all.map(url).filter(Boolean));
		expect(kept.length).toBeLessThan(all.length);
		const leads = json('Make a HeyReach lead out of a contact');
		expect(leads).toHaveLength(kept.length);
		for (const [at, lead] of leads.entries()) {
			const { id, profileUrl, firstName, lastName } = kept[at];
			expect(lead).toMatchObject({ contactId: id, profileUrl, firstName, lastName });
			expect(Object.values(lead)).not.toContain(undefined);
		}
	});

	it('names, companies and phone numbers', () => {
		const greetings = json('A first name to begin a message with');
		expect(greetings.find(({ firstName }) => firstName === 'Dr. ADA 🚀')?.greetingName).toBe('Ada');
		expect(greetings.find(({ firstName }) => firstName === 'Noor')?.greetingName).toBe('Noor');
		const companies = json('A company name as people say it').map(({ company }) => company);
		expect(companies).toContain('Northwind Dental');
		expect(companies.filter((name) => /gmbh|llc/i.test(String(name)))).toEqual([]);
		const phones = json('A phone number in international form').map(({ phone }) => phone);
		expect(phones).toEqual(expect.arrayContaining(['+491512345678', '+4312345', '+15550100199']));
	});

	it('the same person only once', () => {
		expect(json('The same person only once')).toEqual(
			json('Leads').filter(({ profileUrl }) => !String(profileUrl).includes('from=x')),
		);
	});

	it('contacts that are quiet, and the next task of each', () => {
		const quiet = json('Contacts that nothing has changed for 60 days');
		// All of the sandbox's contacts are of January, but the two that were changed just now.
		expect(quiet).toHaveLength(json('Contacts').length - 2);
		for (const { daysQuiet } of quiet) expect(daysQuiet).toBeGreaterThan(60);

		const open = json('Tasks').filter(({ completed }) => !completed);
		const next = json('The next open task of each contact');
		expect(new Set(next.map(({ contactId }) => contactId)).size).toBe(next.length);
		expect(next).toHaveLength(new Set(open.map(({ contactId }) => contactId)).size);
		for (const { contactId, dueDate } of next)
			for (const task of open)
				if (task.contactId === contactId)
					expect(String(dueDate) <= String(task.dueDate)).toBe(true);
	});

	it('tags by what was written, and how many contacts have each', () => {
		const tagged = json('Choose a tag by what somebody wrote');
		expect(tagged).toHaveLength(json('Conversations').length);
		const tags = tagged.map(({ tag }) => tag);
		expect(new Set(tags).size).toBeGreaterThan(1);
		for (const { lastMessageText, tag } of tagged)
			if (String(lastMessageText).startsWith('Not now')) expect(tag).toBe('not interested');

		for (const { tag, contacts } of json('Count contacts by tag'))
			expect(contacts).toBe(
				json('Contacts').filter(({ tags: own }) => (own as unknown[]).includes(tag)).length,
			);
	});

	it('who replied is in the stage, as one opportunity, however often it runs', () => {
		const people = json('Push to the pipeline who replied');
		const replied = json('Conversations').filter(
			({ lastMessageSender }) => lastMessageSender === 'CORRESPONDENT',
		);
		const profiles = replied.map(({ correspondentProfile }) => correspondentProfile) as Array<{
			profileUrl: string;
		}>;
		expect(people.map(({ contact }) => contact)).toEqual([
			...new Set(profiles.map(({ profileUrl }) => profileUrl)),
		]);
		// The others are no contacts of HighLevel.
		const done = json('Push').filter(({ id }) => id);
		expect(done.length).toBeGreaterThan(0);
		for (const { contactId, pipelineId } of done) {
			const theirs = pushed.twice.filter(
				(one) => one.contactId === contactId && one.pipelineId === pipelineId,
			);
			expect(theirs.map(({ pipelineStageId }) => pipelineStageId)).toEqual([pushed.stageId]);
		}
		expect(pushed.twice).toHaveLength(pushed.once.length);
	});

	it('a conversation as text is what Thread as Text gives', () => {
		const [{ thread }] = json('A conversation as text');
		expect(thread).toMatch(/^(me|prospect): /);
		expect([{ thread }]).toEqual(
			json('The same without a script').map(({ thread: same }) => ({ thread: same })),
		);
	});

	it('one message about what failed', () => {
		expect(json('One message about what failed')).toEqual([
			{
				failed: 1,
				text: expect.stringMatching(
					/^1 of 2 items went well\.\n- HighLevel found nothing there: .*nope/,
				),
			},
		]);
	});
}

/** Start, the nodes that read, and each recipe in a Code node behind its own. */
function workflow(listId: number, contactId: string, room: Chatroom) {
	const conversation = {
		resource: 'conversation',
		operation: 'get',
		senderId: byId(room.accountId),
		conversationId: byId(room.id),
	};
	const readers = [
		node('Contacts', 'n8n-nodes-ghl-heyreach.ghlContacts', {
			resource: 'contact',
			operation: 'getMany',
			returnAll: true,
			options: { customFieldsByName: true },
		}),
		node('Leads', 'n8n-nodes-ghl-heyreach.heyReach', {
			resource: 'list',
			operation: 'getLeads',
			listId: byId(listId),
			returnAll: true,
		}),
		node('Tasks', 'n8n-nodes-ghl-heyreach.ghlContacts', {
			resource: 'contactTask',
			operation: 'getManyOfLocation',
			returnAll: true,
		}),
		node('Conversations', 'n8n-nodes-ghl-heyreach.heyReach', {
			resource: 'conversation',
			operation: 'getMany',
			returnAll: true,
		}),
		node('One conversation', 'n8n-nodes-ghl-heyreach.heyReach', conversation),
		node('The same without a script', 'n8n-nodes-ghl-heyreach.heyReach', {
			...conversation,
			options: { threadAsText: true },
		}),
		node('Two ids', 'n8n-nodes-base.code', {
			jsCode: `return [{ json: { id: '${contactId}' } }, { json: { id: 'nope' } }];`,
		}),
	];
	const missing = {
		...node('One that is not there', 'n8n-nodes-ghl-heyreach.ghlContacts', {
			resource: 'contact',
			operation: 'get',
			contactId: byId('={{ $json.id }}'),
		}),
		onError: 'continueRegularOutput',
	};
	const byName = (field: string) => ({ __rl: true, mode: 'name', value: `={{ $json.${field} }}` });
	const push = {
		...node('Push', 'n8n-nodes-ghl-heyreach.ghlContacts', {
			resource: 'opportunity',
			operation: 'upsert',
			contactId: { __rl: true, mode: 'identity', value: '={{ $json.contact }}' },
			pipelineId: byName('pipeline'),
			pipelineStageId: byName('stage'),
			additionalFields: { name: '={{ $json.name }}' },
		}),
		onError: 'continueRegularOutput',
	};
	const codes = recipes.map(({ name, mode, code }) =>
		node(name, 'n8n-nodes-base.code', { mode, jsCode: code }),
	);
	const wires = [
		...readers.map(({ name }) => ['Start', name]),
		['Two ids', missing.name],
		['Push to the pipeline who replied', push.name],
		...Object.entries(BEHIND).map(([recipe, behind]) => [behind, recipe]),
	];
	const connections: Record<
		string,
		{ main: [Array<{ node: string; type: string; index: number }>] }
	> = {};
	for (const [from, to] of wires)
		(connections[from] ??= { main: [[]] }).main[0].push({ node: to, type: 'main', index: 0 });
	const start = node('Start', 'n8n-nodes-base.manualTrigger', {});
	return { nodes: [start, ...readers, missing, push, ...codes], connections };
}

function node(name: string, type: string, parameters: Record<string, unknown>): WorkflowNode {
	const typeVersion = type.endsWith('.code') ? 2 : 1;
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}
