import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Lead } from '../../sandbox/heyreach/records';
import { syncList } from '../examples/heyReach';
import { applyLeadPortion } from './applyLeads';
import { contactSyncRig, type Applied } from './contactSyncRig';
import { heyReachCalls } from './heyReach';
import { addLead, addressOf, fillList, leadCreate, leadUpdate, numbers } from './leadCrowd';

// Many thousand records: a busy machine takes long for them.
jest.setTimeout(180_000);

// Portions of leads that meet trouble: leads that HeyReach has already, people who change while the
// portion is carried out, and answers that are lost, refused or tell nothing.
const { sandbox, inHeyReach } = contactSyncRig();

const LIST = 2950;
const leadAt = (address: string) =>
	[...sandbox.state.leads.values()].filter(({ profileUrl }) => profileUrl === address);
const calls = (path: string) => heyReachCalls(sandbox).filter((call) => call.includes(path));

/** Leads in a list that the plan has read. */
function listed(count: number): Lead[] {
	const leads = numbers(count).map((number) => addLead(sandbox, number));
	fillList(sandbox, LIST, leads);
	return leads;
}

const createsOf = (count: number) => numbers(count).map((number) => leadCreate(number));
const updatesOf = (leads: Lead[]) => leads.map((lead, number) => leadUpdate(lead, number));

describe('leads that HeyReach has although the plan did not see them', () => {
	it('keep what they have, in whatever list they are, and get what they lack', async () => {
		const own = { firstName: 'Ann', lastName: 'Own', position: '', about: 'Own' };
		const known = addLead(sandbox, 7, own);
		const before = structuredClone(known);
		fillList(sandbox, 2960, [known]);
		const json = await inHeyReach(createsOf(30), { lists: [2001] });
		expect(calls('GetLead').filter((call) => call.endsWith('GetLead'))).toEqual([]);
		expect(json[7].result).toMatchObject({
			id: known.linkedinId,
			fields: { firstName: 'Ann', lastName: 'Own', position: 'Position 7' },
		});
		expect(known).toEqual({
			...before,
			position: 'Position 7',
			customFields: [{ name: 'first_topic', value: 'topic 7' }],
		});
	});

	it('keep all but their names where no list has them', async () => {
		const known = addLead(sandbox, 7, { position: 'Own', customFields: [] });
		const json = await inHeyReach(createsOf(30));
		expect(known).toMatchObject({
			position: 'Own',
			customFields: [{ name: 'first_topic', value: 'topic 7' }],
		});
		expect(json[7].result).toMatchObject({ id: known.linkedinId, fields: { position: 'Own' } });
		expect(json[8].result).toMatchObject({ fields: { position: 'Position 8' } });
	});

	it('keep a summary, which lists do not show', async () => {
		const known = [7, 8].map((number) => addLead(sandbox, number, { summary: `Own ${number}` }));
		fillList(sandbox, 2960, [known[0]]);
		const set = (number: number) => ({ ...(leadCreate(number).set as object), summary: 'New' });
		const items = numbers(30).map((number) => leadCreate(number, { set: set(number) }));
		await inHeyReach(items);
		expect(known.map(({ summary }) => summary)).toEqual(['Own 7', 'Own 8']);
		expect(leadAt(addressOf(9))[0].summary).toBe('New');
	});

	it.each([
		['in a list', true],
		['in none', false],
	])('are not linked where the address is another person’s by now: %s', async (_what, isListed) => {
		const other = addLead(sandbox, 7, { firstName: 'Ann', lastName: 'Other' });
		if (isListed) fillList(sandbox, 2960, [other]);
		const before = structuredClone(other);
		const items = createsOf(30);
		items[7] = leadCreate(7, { keys: { linkedIn: [addressOf(7)], memberId: '5550002' } });
		const json = await inHeyReach(items);
		expect(json[7].result).toMatchObject({
			...{ id: '', stale: true },
			taken: [{ name: 'profileUrl', id: other.linkedinId }],
		});
		const { position, customFields, about } = before;
		expect(other).toMatchObject(isListed ? before : { position, customFields, about });
	});

	it('are known by their number, whatever their address is by now', async () => {
		const renamed = addLead(sandbox, 7, { profileUrl: 'https://www.linkedin.com/in/a-new-name/' });
		fillList(sandbox, 2960, [renamed]);
		const items = createsOf(30);
		const { linkedinId: memberId } = renamed;
		items[7] = leadCreate(7, { keys: { linkedIn: [addressOf(7)], memberId } });
		const json = await inHeyReach(items);
		expect(json[7].result.id).toBe(memberId);
		expect(leadAt(addressOf(7))).toEqual([]);
	});

	it('are linked as they are where an earlier run has added them already', async () => {
		const listId = syncList(sandbox);
		const run = async () =>
			(await applyLeadPortion(sandbox, createsOf(30), { listId })).json as Applied[];
		const first = await run();
		const added = calls('AddLeads').length;
		const again = await run();
		expect(again.map(({ result }) => result)).toMatchObject(
			first.map(({ result: { id, fields } }) => ({ id, fields })),
		);
		expect(calls('AddLeads').length).toBe(added);
	});
});

describe('leads that change after the plan', () => {
	it('keep an edit; the other field is written, and the item says which one was not', async () => {
		const leads = listed(30);
		leads[3].position = 'Edited';
		leads[4].customFields = [{ name: 'first_topic', value: 'edited' }];
		const items = numbers(30).map((number) =>
			leadUpdate(leads[number], number, { expect: { position: 'Before', first_topic: null } }),
		);
		const json = await inHeyReach(items, { lists: [LIST] });
		expect(leads[3].position).toBe('Edited');
		expect(leads[3].customFields).toEqual([{ name: 'first_topic', value: 'topic 3' }]);
		expect(json[3].result.left).toEqual({
			position: 'it holds “Edited”, and the plan saw “Before”',
		});
		expect(leads[4].customFields).toEqual([{ name: 'first_topic', value: 'edited' }]);
		expect(json[4].result.left).toEqual({
			first_topic: 'it holds “edited”, and the plan saw nothing',
		});
		expect(calls('/lead/')).toEqual([]);
	});

	it('are the same lead with a number in place of the provisional ID, and with a new address', async () => {
		const leads = listed(60);
		const items = updatesOf(leads);
		const { leads: all, lists } = sandbox.state;
		const looked = { ...leads[50], linkedinId: '777000' };
		all.delete(leads[50].linkedinId);
		all.set('777000', looked);
		const member = lists.get(LIST)?.members[50];
		if (member) member.linkedinId = '777000';
		leads[1].profileUrl = 'https://www.linkedin.com/in/a-new-name/';
		const json = await inHeyReach(items, { lists: [LIST] });
		expect(json[50].result.id).toBe(items[50].id);
		expect(looked.position).toBe('Position 50');
		expect(json[1].result.id).toBe(leads[1].linkedinId);
		expect(leads[1].position).toBe('Position 1');
		expect(leadAt(addressOf(1))).toEqual([]);
	});

	it('are left alone where another person has the address, and told of where they are gone', async () => {
		const leads = listed(30);
		const items = updatesOf(leads);
		const members = sandbox.state.lists.get(LIST)?.members ?? [];
		const heir = addLead(sandbox, 999, { profileUrl: addressOf(3) });
		sandbox.state.leads.delete(leads[3].linkedinId);
		members[3].linkedinId = heir.linkedinId;
		sandbox.state.leads.delete(leads[4].linkedinId);
		const before = structuredClone(heir);
		const json = await inHeyReach(items, { lists: [LIST] });
		expect(json[3].result).toMatchObject({ id: items[3].id, stale: true });
		expect(heir).toEqual(before);
		expect(json[4].error.message).toContain('does not find Somebody');
		expect(json.filter(({ result }) => result && !result.stale)).toHaveLength(28);
	});

	it('are found although rows move up while the pages are read', async () => {
		const leads = listed(2_400);
		const members = sandbox.state.lists.get(LIST)?.members ?? [];
		// The first page is read, and then its first row is taken out of the list.
		sandbox.faults.add({
			kind: 'delay',
			delayMs: 300,
			path: 'GetLeadsFromList',
			skip: 1,
			times: 9,
		});
		const run = inHeyReach(updatesOf(leads.slice(900, 1_400)), { lists: [LIST] });
		while (calls('GetLeadsFromList').length < 1) await new Promise((go) => setTimeout(go, 5));
		members.shift();
		const json = await run;
		expect(json.filter(({ error }) => error)).toEqual([]);
		expect(leads[1_000].position).toBe('Position 100');
	});
});

describe('answers that tell little', () => {
	const counts = { addedLeadsCount: 0, updatedLeadsCount: 0, failedLeadsCount: 0 };
	const zero = { kind: 'status', status: 200, body: counts, path: 'AddLeads' } as const;

	it.each([
		['counts that are all zero', { ...zero, after: true }],
		['answers that are lost', { kind: 'lostAnswer', path: 'AddLeads' }],
	] as const)('take the word of the list: %s', async (_what, fault) => {
		const leads = listed(150);
		// Each call goes out four times at most.
		sandbox.faults.add({ ...fault, times: 8 });
		const items = [...updatesOf(leads), ...numbers(150).map((number) => leadCreate(900 + number))];
		const json = await inHeyReach(items, { lists: [LIST] });
		expect(json.filter(({ error }) => error)).toEqual([]);
		expect(json[10].result.fields).toEqual({ position: 'Position 10', first_topic: 'topic 10' });
		expect(json[200].result.fields).toEqual(items[200].set);
		expect(new Set(calls('AddLeads')).size).toBe(1);
		expect(calls('/lead/')).toEqual([]);
	});

	it('find the lead that HeyReach drops without a word', async () => {
		sandbox.faults.add({ ...zero, times: 9, contains: 'somebody-77' });
		const json = await inHeyReach(createsOf(150));
		expect(json[77].error).toMatchObject({
			message: 'HeyReach did not accept this lead',
			sent: false,
		});
		expect(json.filter(({ error }) => error)).toHaveLength(1);
		expect(calls('AddLeads').length).toBeLessThan(30);
	});

	it('find the lead for which HeyReach refuses the whole call', async () => {
		const body = { errorMessage: 'Something is wrong with a lead' };
		sandbox.faults.add({
			...{ kind: 'status', status: 400, body, times: 99 },
			...{ path: 'AddLeads', contains: 'somebody-77' },
		});
		const json = await inHeyReach(createsOf(150));
		expect(json[77].error).toMatchObject({
			message: expect.stringContaining('Something is wrong'),
			sent: false,
		});
		expect(json.filter(({ error }) => error)).toHaveLength(1);
	});

	it('wait for a list that shows new leads late', async () => {
		sandbox.settings.listLagMs = 15;
		const json = await inHeyReach(createsOf(60));
		expect(json.filter(({ error }) => error)).toEqual([]);
		expect(json[5].result.fields).toMatchObject({ position: 'Position 5', first_topic: 'topic 5' });
	});

	it('leave to the next run what the list does not show in time', async () => {
		sandbox.settings.listLagMs = 3_600_000;
		const listId = syncList(sandbox);
		const run = async () =>
			(await applyLeadPortion(sandbox, createsOf(60), { listId })).json as Applied[];
		for (const { error } of await run()) {
			expect(error).toMatchObject({
				message: 'HeyReach took Somebody, and does not show it yet',
				sent: true,
			});
		}
		sandbox.settings.listLagMs = 0;
		const json = await run();
		expect(json.filter(({ error }) => error)).toEqual([]);
		expect(new Set(json.map(({ result }) => result.id)).size).toBe(60);
		expect(leadAt(addressOf(5))).toHaveLength(1);
		expect(leadAt(addressOf(5))[0].position).toBe('Position 5');
	});
});

describe('a portion that ends early', () => {
	it('writes nothing to a list of campaigns, and says so once for all', async () => {
		const json = await inHeyReach(createsOf(30), { listId: 2001 });
		for (const { error } of json) {
			expect(error).toMatchObject({
				message: expect.stringContaining('is used by a campaign'),
				sent: false,
			});
		}
		expect(heyReachCalls(sandbox)).toEqual(['GET /list/GetById']);
	});

	it('ends everything where the key is refused, and says what is done', async () => {
		sandbox.faults.add({ kind: 'tokenRejected', service: 'heyreach', times: 999, path: 'AddTags' });
		const items = numbers(30).map((number) => leadCreate(number, { addTags: ['li-new'] }));
		const json = await inHeyReach(items);
		for (const { error } of json) expect(error).toMatchObject({ sent: true });
		expect(json[29].error).toMatchObject({ ends: true });
		expect(calls('AddTags').length).toBeLessThan(12);
		const dead = await inHeyReach(createsOf(30));
		expect(dead[0].result).toBeDefined();
		sandbox.faults.clear();
		sandbox.faults.add({ kind: 'tokenRejected', service: 'heyreach', times: 999 });
		const none = await inHeyReach(createsOf(30));
		for (const { error } of none) expect(error).toMatchObject({ ends: true, sent: false });
	});

	it('does not try each lead where HeyReach is out of order', async () => {
		sandbox.faults.add({ kind: 'status', status: 503, service: 'heyreach', times: 9_999 });
		const json = await inHeyReach(createsOf(60));
		for (const { error } of json) expect(error).toMatchObject({ sent: false });
		expect(json[0].error).not.toHaveProperty('ends');
		expect(heyReachCalls(sandbox).length).toBeLessThan(9);
	});

	it('is cancelled between two calls, and no call goes out after it', async () => {
		sandbox.faults.add({ kind: 'delay', delayMs: 200, path: 'AddLeads', times: 99 });
		const begun = (async () => {
			while (calls('AddLeads').length === 0) await new Promise((go) => setTimeout(go, 5));
		})();
		const to = { listId: syncList(sandbox) };
		const run = applyLeadPortion(sandbox, createsOf(300), to, { abortWhen: begun });
		const [outcome] = await Promise.allSettled([run]);
		if (outcome.status === 'fulfilled') expect(outcome.value.status).toBe('canceled');
		const sent = heyReachCalls(sandbox).length;
		await new Promise((go) => setTimeout(go, 500));
		expect(heyReachCalls(sandbox).length).toBe(sent);
	});
});

it('gives each item its own lead, and overwrites nothing unseen, whatever happens', async () => {
	const kinds = ['lostAnswer', 'reset', 'emptyPage', 'keyless', 'rateLimited'] as const;
	const fault = fc.record({
		kind: fc.constantFrom(...kinds),
		path: fc.constantFrom('AddLeads', 'GetLeadsFromList', 'GetAll', 'GetLead$', 'Tags'),
		skip: fc.nat(3),
		times: fc.integer({ min: 1, max: 6 }),
	});
	const place = fc.constantFrom('none', 'unlisted', 'other list', 'read list', 'sync list');
	await fc.assert(
		fc.asyncProperty(
			fc.array(place, { minLength: 1, maxLength: 40 }),
			fc.array(fault, { maxLength: 3 }),
			fc.boolean(),
			async (places, faults, hasTags) => {
				sandbox.reset();
				sandbox.faults.clear();
				const listId = syncList(sandbox);
				const people = places.map((where, number) => ({
					where,
					lead: where === 'none' ? undefined : addLead(sandbox, number, { lastName: 'Own' }),
				}));
				const within = (...wheres: string[]) =>
					people.flatMap(({ where, lead }) => (lead && wheres.includes(where) ? lead : []));
				fillList(sandbox, 2960, within('other list'));
				fillList(sandbox, LIST, within('read list'));
				fillList(sandbox, listId, within('sync list'));
				const items = people.map(({ where, lead }, number) => {
					const more = { addTags: hasTags ? ['li-new'] : [] };
					const isUpdate = where.startsWith('read') || (where.startsWith('sync') && number % 2);
					if (!lead || !isUpdate) return leadCreate(number, more);
					return leadUpdate(lead, number, { ...more, expect: { position: 'Before' } });
				});
				for (const one of faults) sandbox.faults.add({ ...one, service: 'heyreach' });
				const run = async () => {
					const { json } = await applyLeadPortion(sandbox, items, { listId, lists: [LIST] });
					expectTrue(items, json as Applied[], people);
					return json;
				};
				await run();
				sandbox.faults.clear();
				const again = await run();
				expect(again.filter(({ error }) => error)).toEqual([]);
			},
		),
		{ numRuns: 40 },
	);

	function expectTrue(
		items: IDataObject[],
		json: Applied[],
		people: Array<{ where: string; lead?: Lead }>,
	) {
		for (const [number, item] of items.entries()) {
			const found = leadAt(addressOf(number));
			expect(found.length).toBeLessThan(2);
			const { result } = json[number];
			const { lead, where } = people[number];
			if (result?.id) expect(found[0].linkedinId).toBe(result.id);
			if (!lead) continue;
			// Only a lead in no list gets the names of the contact.
			if (where !== 'unlisted') expect(lead.lastName).toBe('Own');
			if (item.action === 'create') expect(lead.position).toBe('Before');
			else if (result && !result.stale) expect(lead.position).toBe(`Position ${number}`);
		}
	}
});
