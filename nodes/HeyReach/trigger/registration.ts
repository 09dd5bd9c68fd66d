import type { IHookFunctions } from 'n8n-workflow';
import { ApiFault, toNodeError } from '../../engine/call/errors';
import { BadInput } from '../../engine/badInput';
import type { Account, Call, Recovered } from '../../engine/operation';
import { readPages } from '../../engine/call/paginate';
import { offsetPages } from '../calls/pages';
import { isPublicHost } from '../../engine/webhook/publicHost';
import { send } from '../../engine/call/send';
import { heyReach, openCredential, type Accounts } from '../api';
import { WORKSPACE_PARAMETER } from '../fields/workspace';
import { calledIn, chosenWorkspaces, OWN_WORKSPACE, type Workspace } from '../workspaces';
import { isWorkspaceWide } from './events';
import { forget, keep, keptIn, type Kept } from './kept';
import { readTriggerSettings, type TriggerSettings } from './settings';
import { markOf, newSecret, withSecret } from './secret';
import {
	fulfils,
	ownWebhooks,
	planWebhooks,
	readWebhook,
	secretOf,
	webhookNameFor,
	type RemoteWebhook,
	type WantedWebhook,
} from './webhooks';

// n8n keeps a secret and its account for each workspace. HeyReach's own lists say which webhooks
// exist.

/**
 * Whether HeyReach has exactly the webhooks that this node wants, in each chosen workspace. If n8n
 * has lost a secret, the node takes over that of the webhooks which are there.
 */
export async function webhooksExist(hook: IHookFunctions): Promise<boolean> {
	return await forPeople(hook, async () => {
		const settings = readTriggerSettings(hook);
		const { chosen, left, lost } = await open(hook, settings.workspace);
		const { done, failures } = await inEach(chosen, async (registration) => {
			const ours = await registration.list();
			const secret = secretFor(hook, registration, ours);
			if (secret === undefined) return false;
			const plan = planWebhooks(wantedWebhooks(settings, registration.address, secret), ours);
			const exist = plan.create.length === 0 && plan.remove.length === 0;
			if (exist) remember(hook, registration, secret);
			return exist;
		});
		if (chosen.length === 1 && failures.length === 1) throw failures[0].error;
		// `createWebhooks` comes next and says what is wrong.
		const isWhole = failures.length + left.length + lost.length === 0;
		return isWhole && done.every((exist) => exist);
	});
}

/**
 * Makes the webhooks that are missing, then removes those that are outdated, doubled or at an
 * address that n8n had before. If it fails halfway, n8n calls `removeWebhooks`. If that fails too,
 * the next activation starts from what is there.
 *
 * A workspace that refuses does not stop the others: each is tried, and the error names those that
 * failed. When n8n starts again, no person is there to mend the credential. An error would then make
 * n8n remove the webhooks of all clients, so the failure is only logged.
 */
export async function createWebhooks(hook: IHookFunctions): Promise<boolean> {
	return await forPeople(hook, async () => {
		const settings = readTriggerSettings(hook);
		const { chosen, left, lost } = await open(hook, settings.workspace);
		requireReachable(chosen[0].address, chosen[0].account);
		tellOfLost(hook, lost);
		const { done, failures } = await inEach(chosen, async (registration) => {
			const ours = await registration.list();
			const secret = secretFor(hook, registration, ours) ?? newSecret(registration.mark);
			remember(hook, registration, secret);
			const plan = planWebhooks(wantedWebhooks(settings, registration.address, secret), ours);
			// One after the other: when one fails, no other is under way while n8n removes them.
			for (const webhook of plan.create) await registration.create(webhook);
			await registration.remove(plan.remove);
		});
		const leaving = await inEach(left, async (registration) => await leave(hook, registration));
		logFailures(hook, leaving.failures);
		if (failures.length === 0) return true;
		const isRestart = ['init', 'leadershipChange'].includes(hook.getActivationMode());
		if (!isRestart || done.length === 0) throw errorOf(failures, chosen.length);
		logFailures(hook, failures);
		return true;
	});
}

/** Removes every webhook of this node, and no other. The next ones get a new secret. */
export async function removeWebhooks(hook: IHookFunctions): Promise<boolean> {
	return await forPeople(hook, async () => {
		const { chosen, left, lost } = await open(hook);
		tellOfLost(hook, lost);
		const all = [...chosen, ...left];
		const { failures } = await inEach(all, async (registration) => {
			await leave(hook, registration);
		});
		if (failures.length > 0) throw errorOf(failures, all.length);
		return true;
	});
}

async function leave(hook: IHookFunctions, registration: Registration): Promise<void> {
	const ours = await registration.list();
	if (ours.length === 0) tellOfOthers(hook, registration);
	await registration.remove(ours);
	if (registration.kept) forget(hook, registration.kept);
}

interface Failure {
	workspace: Workspace;
	error: unknown;
}

/** Does the work in each workspace, all side by side; a failure in one does not stop the others. */
async function inEach<T>(
	registrations: Registration[],
	work: (registration: Registration) => Promise<T>,
): Promise<{ done: T[]; failures: Failure[] }> {
	const outcomes = await Promise.allSettled(registrations.map(work));
	const done: T[] = [];
	const failures: Failure[] = [];
	for (const [index, outcome] of outcomes.entries()) {
		const { workspace } = registrations[index];
		if (outcome.status === 'fulfilled') done.push(outcome.value);
		else failures.push({ workspace, error: outcome.reason });
	}
	return { done, failures };
}

/** The error itself where one workspace is chosen; else one that names the workspaces. */
function errorOf(failures: Failure[], count: number): unknown {
	if (count === 1) return failures[0].error;
	return new BadInput(
		`HeyReach refused the webhooks in ${failures.length} of ${count} workspaces`,
		`${failures.map(sentenceOf).join('\n')}\nThe other workspaces were registered. Open the HeyReach credential and paste the current key of that workspace, or remove the workspace there.`,
	);
}

const sentenceOf = ({ workspace, error }: Failure): string =>
	`In ${calledIn(workspace)}: ${error instanceof Error ? error.message : String(error)}.`;

function logFailures(hook: IHookFunctions, failures: Failure[]): void {
	for (const failure of failures) {
		hook.logger.error(
			`${hook.getNode().name}: the webhooks of one workspace could not be changed. ${sentenceOf(failure)} The other workspaces are not affected.`,
		);
	}
}

/**
 * Tells of workspaces that were taken out of the credential. Their webhooks cannot be removed
 * without a key. Their secrets are forgotten, so what they send is refused.
 */
function tellOfLost(hook: IHookFunctions, lost: Kept[]): void {
	for (const kept of lost) {
		hook.logger.warn(
			`${hook.getNode().name}: ${calledIn(kept)} is no longer in the HeyReach credential, so its webhooks stay in HeyReach. Delete them there (HeyReach > Integrations > Webhooks, names beginning with "n8n"). What they send is refused.`,
		);
		forget(hook, kept);
	}
}

/**
 * The secret for the webhooks in a workspace; `undefined` for a new one. The secret that n8n keeps
 * does not count after a change to the API key of another workspace: this key cannot remove the
 * webhooks of the workspace before, and a new secret makes the node refuse their deliveries.
 */
function secretFor(
	hook: IHookFunctions,
	registration: Registration,
	ours: RemoteWebhook[],
): string | undefined {
	if (!registration.kept) return secretOf(ours);
	return ours.length === 0 && tellOfOthers(hook, registration)
		? undefined
		: registration.kept.secret;
}

function remember(
	hook: IHookFunctions,
	{ workspace, account, kept }: Registration,
	secret: string,
): void {
	keep(hook, { name: workspace.name, secret, account: account.budgetKey }, kept);
}

/**
 * Whether webhooks of this node may be left in the workspace of an earlier API key. If so, a
 * warning names them.
 */
function tellOfOthers(hook: IHookFunctions, { account, kept, workspace }: Registration): boolean {
	const before = kept?.account;
	if (before === undefined || before === account.budgetKey) return false;
	const whose = workspace.name === OWN_WORKSPACE ? '' : ` of ${calledIn(workspace)}`;
	hook.logger.warn(
		`${hook.getNode().name}: the HeyReach API key${whose} was changed, and none of this node's webhooks is in the workspace of the new one. If the key before belongs to another workspace, delete its webhooks there (HeyReach > Integrations > Webhooks, names beginning with "n8n"). What they send is refused.`,
	);
	return true;
}

async function forPeople<T>(hook: IHookFunctions, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw toNodeError(hook.getNode(), error);
	}
}

function wantedWebhooks(
	{ events, campaignIds }: TriggerSettings,
	address: string,
	secret: string,
): WantedWebhook[] {
	return events.map((event) => ({
		url: withSecret(address, secret),
		eventType: event.toUpperCase(),
		campaignIds: isWorkspaceWide(event) ? [] : campaignIds,
	}));
}

/**
 * HeyReach calls from the internet. A HeyReach on this machine (the sandbox) reaches any address.
 */
function requireReachable(address: string, account: Account): void {
	if (isPublicHost(new URL(address).hostname) || !isPublicHost(new URL(account.baseUrl).hostname)) {
		return;
	}
	throw new BadInput(
		`HeyReach cannot reach this n8n: its webhook address is ${new URL(address).origin}`,
		'HeyReach sends events over the internet. Give n8n a public https address and set it as WEBHOOK_URL, restart n8n, then try again.',
	);
}

/** The webhooks of this node in one workspace of HeyReach. */
interface Registration {
	workspace: Workspace;
	/** What n8n keeps for it, maybe under a name that the workspace had before. */
	kept?: Kept;
	/** Where n8n takes deliveries for this node. */
	address: string;
	/** What the secrets of this node begin with. */
	mark: string;
	account: Account;
	/** All webhooks of this node, whatever their address. */
	list(): Promise<RemoteWebhook[]>;
	create(webhook: WantedWebhook): Promise<void>;
	/** @throws the first failure, after all were tried */
	remove(webhooks: RemoteWebhook[]): Promise<void>;
}

/** The workspaces that concern this node. */
interface Registrations {
	/** Those that it watches. */
	chosen: Registration[];
	/** Others in which it has registered webhooks before. */
	left: Registration[];
	/** What n8n keeps for workspaces that are no longer in the credential. */
	lost: Kept[];
}

/** @param choice the value of the node's field; absent: every workspace that may have webhooks of it */
async function open(hook: IHookFunctions, choice?: unknown): Promise<Registrations> {
	const accounts = await openCredential(hook);
	const { workspaces } = accounts;
	const all = keptIn(hook);
	const owners = ownersOf(all, accounts);
	const watched =
		choice === undefined ? watchedBefore(hook, workspaces) : chosenWorkspaces(choice, workspaces);
	const start = (workspace: Workspace) => {
		const kept = all.find((one) => owners.get(one) === workspace);
		return registrationIn(hook, workspace, accounts.accountOf(workspace), kept);
	};
	return {
		chosen: watched.map(start),
		left: [...owners.values()].filter((workspace) => !watched.includes(workspace)).map(start),
		lost: all.filter((kept) => !owners.has(kept)),
	};
}

/** The chosen workspaces, as far as the settings of a node that is turned off can be read. */
function watchedBefore(hook: IHookFunctions, workspaces: Workspace[]): Workspace[] {
	try {
		return chosenWorkspaces(hook.getNodeParameter(WORKSPACE_PARAMETER, OWN_WORKSPACE), workspaces);
	} catch (error) {
		hook.logger.debug(`${hook.getNode().name}: the chosen workspace is missing: ${String(error)}`);
		return [];
	}
}

/**
 * The workspace to which each kept entry belongs: the one with the same key, since a workspace can
 * be renamed; else the one of that name, since a key can be replaced.
 */
function ownersOf(all: Kept[], { workspaces, accountOf }: Accounts): Map<Kept, Workspace> {
	const owners = new Map<Kept, Workspace>();
	const own = (find: (kept: Kept, workspace: Workspace) => boolean) => {
		for (const kept of all) {
			const free = workspaces.filter((workspace) => ![...owners.values()].includes(workspace));
			const owner = owners.has(kept) ? undefined : free.find((one) => find(kept, one));
			if (owner) owners.set(kept, owner);
		}
	};
	own((kept, workspace) => kept.account === accountOf(workspace).budgetKey);
	own((kept, workspace) => kept.name === workspace.name);
	return owners;
}

function registrationIn(
	hook: IHookFunctions,
	workspace: Workspace,
	account: Account,
	kept: Kept | undefined,
): Registration {
	const address = hook.getNodeWebhookUrl('default');
	if (address === undefined) {
		throw new BadInput(
			'n8n gave this node no webhook address',
			'Save the workflow, unpublish it and publish it again.',
		);
	}
	const { id: nodeId } = hook.getNode();
	const mode = hook.getMode() === 'manual' ? 'test' : 'production';
	const mark = markOf(hook.getInstanceId(), String(hook.getWorkflow().id), nodeId, mode);
	const line = { context: hook, service: heyReach, account };

	const list = async () => {
		const call = action('POST', 'GetAllWebhooks', { repeatable: true });
		const rows = await readPages(offsetPages(100), call, async (page) => await send(line, page));
		return ownWebhooks(
			{ address, mark, secret: kept?.secret },
			rows.map(readWebhook).filter((webhook) => webhook !== undefined),
		);
	};

	const create = async (webhook: WantedWebhook) => {
		const call = action('POST', 'CreateWebhook', {
			repeatable: false,
			body: {
				webhookName: webhookNameFor(webhook.eventType),
				webhookUrl: webhook.url,
				eventType: webhook.eventType,
				campaignIds: webhook.campaignIds,
			},
		});
		const recover = async (): Promise<Recovered> => {
			const made = (await list()).find((remote) => fulfils(remote, webhook));
			return made ? { statusCode: 200, headers: {}, body: { webhookId: made.id } } : 'not done';
		};
		await send({ ...line, recover }, call);
	};

	const removeOne = async ({ id }: RemoteWebhook) => {
		const call = action('DELETE', 'DeleteWebhook', { repeatable: true, query: { webhookId: id } });
		await send(line, call).catch((error: unknown) => {
			// The webhook is gone: deleted by hand in HeyReach, or by a first try whose answer was lost.
			if (!(error instanceof ApiFault && error.httpCode === '404')) throw error;
		});
	};

	const remove = async (webhooks: RemoteWebhook[]) => {
		const outcomes = await Promise.allSettled(webhooks.map(removeOne));
		const failure = outcomes.find((outcome) => outcome.status === 'rejected');
		if (failure) throw failure.reason;
	};

	return { workspace, kept, address, mark, account, list, create, remove };
}

function action(
	method: 'POST' | 'DELETE',
	name: string,
	rest: Pick<Call, 'repeatable' | 'query' | 'body'>,
): Call {
	return { method, template: `/webhooks/${name}`, path: `/webhooks/${name}`, ...rest };
}
