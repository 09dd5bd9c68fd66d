import type { INodeParameters } from 'n8n-workflow';
import { syncList } from '../examples/heyReach';
import { byId } from './ghl';
import { bothCredentials, runApply, runPlan } from './contactSync';
import { AT_ONCE, contactSyncRig } from './contactSyncRig';
import { customOf, edit, setCustom } from './contactSyncTrouble';

// A service takes the fields of a record and refuses its tags: the fields count as written, the tags do not.
const { sandbox, tables, linked } = contactSyncRig();
let list: number;
beforeEach(() => {
	list = syncList(sandbox);
});

const both = { direction: 'both', rule: 'A' };
const custom = (ghlCustomField: string, heyReachField: string) => ({
	...{ ghlField: 'custom', ghlCustomField, heyReachField },
});
const parameters: INodeParameters = {
	authentication: 'privateIntegration',
	options: AT_ONCE,
	tagOptions: { prefixes: 'li-' },
	fieldMapping: {
		rows: [
			{ ...custom('Job title', 'position'), ...both },
			{ ...custom('LinkedIn profile', 'profileUrl'), direction: 'BtoA', rule: 'B' },
			{ ...custom('LinkedIn member id', 'linkedin_id'), direction: 'BtoA', rule: 'B' },
			{ ghlField: 'tags', heyReachField: 'tags', ...both },
		],
	},
};

async function sync() {
	const plan = await runPlan(
		[[...tables.rows(), {}]],
		{ ...parameters, lists: [2001, list] },
		bothCredentials(sandbox),
	);
	if (plan.error) throw plan.error;
	tables.store(plan);
	const applied = await runApply(sandbox, plan.portions, { listId: byId(String(list)) });
	if (applied.error) throw applied.error;
	tables.store(applied);
	return { ...applied, planned: [...plan.applyInGhl, ...plan.applyInHeyReach] };
}

async function aPair() {
	await sync();
	await sync();
	const link = linked().find(({ bId }) =>
		sandbox.state.lists.get(2001)?.members.some((one) => one.linkedinId === bId),
	);
	const contact = () => sandbox.state.contacts.get(String(link?.aId))!;
	return { contact, lead: sandbox.state.leads.get(String(link?.bId))! };
}

const FAULT = { kind: 'status', status: 400, body: { message: 'No tags today' } } as const;

it.each(['highlevel', 'heyreach'] as const)('tells the two apart in %s', async (service) => {
	const { contact, lead } = await aPair();
	if (service === 'highlevel') {
		lead.position = 'Captain';
		lead.tags = [...lead.tags, 'li-hot'];
		sandbox.state.leadTags.set('li-hot', 'Blue');
	} else {
		setCustom(sandbox, contact(), 'Job title', 'Captain');
		edit(sandbox, contact(), { tags: [...contact().tags, 'li-hot'] });
	}
	sandbox.faults.add({ ...FAULT, service, path: '[tT]ags', times: 100 });
	const { summary, notApplied, audit } = await sync();
	expect(customOf(sandbox, contact(), 'Job title')).toBe('Captain');
	expect(lead.position).toBe('Captain');
	expect(summary).toMatchObject({ written: 1, failed: 0 });
	expect(notApplied).toMatchObject([
		{ fields: ['tags'], reason: expect.stringContaining('No tags today') },
	]);
	const told = audit.map(({ field, applied }) => [field, applied]);
	expect(told.sort()).toEqual([
		['Job title', 'ok'],
		['tags', 'failed'],
	]);

	sandbox.faults.clear();
	const next = await sync();
	expect(next.planned).toMatchObject([{ set: {}, addTags: ['li-hot'] }]);
	expect(next.summary).toMatchObject({ written: 1, failed: 0 });
	expect([contact().tags, lead.tags].every((tags) => tags.includes('li-hot'))).toBe(true);
	expect((await sync()).planned).toEqual([]);
});
