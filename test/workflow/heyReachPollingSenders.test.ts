import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { HeyReachPollingTrigger } from '../../nodes/HeyReach/HeyReachPollingTrigger.node';
import { SANDBOX } from '../../sandbox';
import { UNLIMITED, useSandbox } from '../support/useSandbox';
import { agencyCredentials, CLIENT_WORKSPACES, heyReachCredentials } from './heyReach';
import { pollWorkflow } from './support';

const sandbox = useSandbox({ ...UNLIMITED, heyReachClients: true });

const node = new HeyReachPollingTrigger();
const [bright, cedar] = SANDBOX.heyReachClients;
const SENDER_EVENTS = ['sender_back', 'sender_disconnected'];
const sendersOf = (workspaceId: number = SANDBOX.heyReachWorkspaceId) =>
	sandbox.state.workspace(workspaceId).senders;

function sender(id: number, workspaceId?: number) {
	const found = sendersOf(workspaceId).get(id);
	if (!found) throw new Error(`No sender ${id}`);
	return found;
}
function workflow(parameters: INodeParameters) {
	const all = { events: SENDER_EVENTS, ...parameters };
	const credentials =
		parameters.workspace === undefined
			? heyReachCredentials(sandbox)
			: agencyCredentials(sandbox, CLIENT_WORKSPACES);
	const setup = { node, parameters: all, credentials, staticData: {} as IDataObject };
	return Object.assign(pollWorkflow(setup), { setup });
}
const brief = (items: IDataObject[]) =>
	items.map(({ event, sender: part, workspace }) => [
		...(workspace === '' ? [] : [workspace]),
		event,
		(part as IDataObject).id,
	]);

it('tells once that a sender is disconnected, and once that it is back, also after a restart', async () => {
	const trigger = workflow({});
	expect(await trigger.poll()).toEqual([]);
	const { firstName, lastName, emailAddress, profileUrl } = sender(302);
	sender(302).authIsValid = false;
	expect(await trigger.poll()).toMatchObject([
		{
			workspace: '',
			event: 'sender_disconnected',
			sender: {
				id: 302,
				firstName,
				lastName,
				fullName: `${firstName} ${lastName}`,
				email: emailAddress,
				profileUrl,
				isConnected: false,
			},
			body: { id: 302, authIsValid: false },
		},
	]);
	trigger.restart();
	expect(await trigger.poll()).toEqual([]);
	sender(302).authIsValid = true;
	trigger.restart();
	expect(brief(await trigger.poll())).toEqual([['sender_back', 302]]);
	expect(await trigger.poll()).toEqual([]);
});

it('is silent on senders that it finds disconnected, and tells when one is back', async () => {
	sender(301).authIsValid = false;
	const trigger = workflow({});
	expect(await trigger.poll()).toEqual([]);
	expect(await trigger.poll()).toEqual([]);
	sender(301).authIsValid = true;
	expect(brief(await trigger.poll())).toEqual([['sender_back', 301]]);
});

it('tells of those with the second poll where the person wants it, and of new ones', async () => {
	sender(301).authIsValid = false;
	const trigger = workflow({ options: { tellsFound: true } });
	expect(await trigger.poll()).toEqual([]);
	sendersOf().set(999, { ...sender(302), id: 999, authIsValid: false });
	expect(brief(await trigger.poll())).toEqual([
		['sender_disconnected', 301],
		['sender_disconnected', 999],
	]);
	expect(await trigger.poll()).toEqual([]);
});

it('takes a sender that is deleted, or new, for neither of the two', async () => {
	const trigger = workflow({});
	await trigger.poll();
	const gone = sender(302);
	sendersOf().delete(302);
	sendersOf().set(998, { ...sender(301), id: 998, authIsValid: false });
	expect(await trigger.poll()).toEqual([]);
	sendersOf().set(302, gone);
	expect(await trigger.poll()).toEqual([]);
});

it.each([
	['an empty page', { items: [], totalCount: 0 }],
	['rows without a word on the connection', { items: [{ id: 301 }, { id: 302 }], totalCount: 2 }],
])('learns nothing from %s', async (_, body) => {
	sender(301).authIsValid = false;
	const trigger = workflow({});
	await trigger.poll();
	sandbox.faults.add({ kind: 'status', status: 200, path: '/li_account/GetAll', body });
	expect(await trigger.poll()).toEqual([]);
	expect(await trigger.poll()).toEqual([]);
	sender(301).authIsValid = true;
	expect(brief(await trigger.poll())).toEqual([['sender_back', 301]]);
});

it('loses nothing to a poll that fails, and reads more than a page', async () => {
	for (let id = 5_000; id < 5_250; id++) sendersOf().set(id, { ...sender(301), id });
	const trigger = workflow({ events: ['sender_disconnected'] });
	await trigger.poll();
	sender(5_249).authIsValid = false;
	sandbox.faults.add({ kind: 'status', status: 500, path: '/li_account/GetAll', times: 5 });
	await expect(trigger.poll()).rejects.toThrow(/HeyReach/);
	sandbox.faults.clear();
	expect(brief(await trigger.poll())).toEqual([['sender_disconnected', 5_249]]);
	sender(5_249).authIsValid = true;
	expect(await trigger.poll()).toEqual([]);
});

it('watches leads and senders in one node, each with a state of its own', async () => {
	const events = ['lead_created', 'sender_disconnected'];
	const trigger = workflow({ events, lists: [2001] });
	expect(await trigger.poll()).toEqual([]);
	sender(301).authIsValid = false;
	expect(brief(await trigger.poll())).toEqual([['sender_disconnected', 301]]);
	sandbox.faults.add({ kind: 'status', status: 404, path: '/list/GetLeadsFromList' });
	await expect(trigger.poll()).rejects.toThrow(/HeyReach/);
	sandbox.faults.clear();
	const other = pollWorkflow({
		...trigger.setup,
		parameters: { events: [...events, 'sender_back'], lists: [2001] },
	});
	sender(301).authIsValid = true;
	expect(brief(await other.poll())).toEqual([['sender_back', 301]]);
});

it('watches all workspaces of the credential, and goes on where one refuses', async () => {
	const trigger = workflow({ workspace: '*' });
	expect(await trigger.poll()).toEqual([]);
	const ours = sender(301);
	const theirs = [...sendersOf(bright.workspaceId).values()][0];
	const late = [...sendersOf(cedar.workspaceId).values()][0];
	const workspace = sandbox.state.workspaces.get(cedar.workspaceId);
	if (workspace) workspace.keys.PUBLIC = 'the-next-key';
	for (const one of [ours, theirs, late]) one.authIsValid = false;
	expect(brief(await trigger.poll())).toEqual([
		['sender_disconnected', 301],
		[bright.name, 'sender_disconnected', theirs.id],
	]);
	await expect(trigger.poll()).rejects.toMatchObject({
		message: expect.stringMatching(
			/^HeyReach could not be polled in 1 of \d+ workspaces$/,
		) as string,
		description: expect.stringContaining(`In workspace “${cedar.name}”`) as string,
	});
	if (workspace) workspace.keys.PUBLIC = cedar.key;
	trigger.restart();
	expect(brief(await trigger.poll())).toEqual([[cedar.name, 'sender_disconnected', late.id]]);
});

it('shows senders as samples, and names a workspace that has leads and senders to watch once', async () => {
	expect(brief(await workflow({ events: ['sender_back'] }).sample())).toEqual([
		['sender_back', 301],
		['sender_back', 302],
		['sender_back', 303],
	]);
	const lists = [`${bright.name}/2101`];
	const trigger = workflow({ workspace: '*', events: ['lead_created', 'sender_back'], lists });
	await trigger.poll();
	const workspace = sandbox.state.workspaces.get(bright.workspaceId);
	if (workspace) workspace.keys.PUBLIC = 'the-next-key';
	const error = await trigger.poll().catch((thrown: unknown) => thrown as Error);
	expect(error).toMatchObject({ message: expect.stringContaining('in 1 of') as string });
	const { description } = error as Error & { description: string };
	expect(description.split(`In workspace “${bright.name}”`)).toHaveLength(2);
});
