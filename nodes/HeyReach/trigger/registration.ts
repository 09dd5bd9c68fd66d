import type { IHookFunctions } from 'n8n-workflow';
import { ApiFault, toNodeError } from '../../engine/call/errors';
import { BadInput } from '../../engine/badInput';
import type { Account, Call, Recovered } from '../../engine/operation';
import { readPages } from '../../engine/call/paginate';
import { offsetPages } from '../calls/pages';
import { isPublicHost } from '../../engine/webhook/publicHost';
import { send } from '../../engine/call/send';
import { heyReach } from '../api';
import { isWorkspaceWide } from './events';
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

// n8n keeps the secret and its account. HeyReach's own list says which webhooks exist.

/**
 * Whether HeyReach has exactly the webhooks that this node wants. If n8n has lost the secret, the
 * node takes over that of the webhooks which are there.
 */
export async function webhooksExist(hook: IHookFunctions): Promise<boolean> {
	return await forPeople(hook, async () => {
		const settings = readTriggerSettings(hook);
		const registration = await open(hook);
		const ours = await registration.list();
		const secret = secretFor(hook, registration, ours);
		if (secret === undefined) return false;
		const plan = planWebhooks(wantedWebhooks(settings, registration.address, secret), ours);
		const exist = plan.create.length === 0 && plan.remove.length === 0;
		if (exist) remember(hook, registration, secret);
		return exist;
	});
}

/**
 * Makes the webhooks that are missing, then removes those that are outdated, doubled or at an
 * address that n8n had before. If it fails halfway, n8n calls `removeWebhooks`. If that fails too,
 * the next activation starts from what is there.
 */
export async function createWebhooks(hook: IHookFunctions): Promise<boolean> {
	return await forPeople(hook, async () => {
		const settings = readTriggerSettings(hook);
		const registration = await open(hook);
		requireReachable(registration.address, registration.account);
		const ours = await registration.list();
		const secret = secretFor(hook, registration, ours) ?? newSecret(registration.mark);
		remember(hook, registration, secret);
		const plan = planWebhooks(wantedWebhooks(settings, registration.address, secret), ours);
		// One after the other: when one fails, no other is under way while n8n removes them.
		for (const webhook of plan.create) await registration.create(webhook);
		await registration.remove(plan.remove);
		return true;
	});
}

/** Removes every webhook of this node, and no other. The next ones get a new secret. */
export async function removeWebhooks(hook: IHookFunctions): Promise<boolean> {
	return await forPeople(hook, async () => {
		const registration = await open(hook);
		const ours = await registration.list();
		if (ours.length === 0) tellOfOthers(hook, registration);
		await registration.remove(ours);
		const memory = hook.getWorkflowStaticData('node');
		delete memory.secret;
		delete memory.account;
		return true;
	});
}

/**
 * The secret for the node's webhooks; `undefined` for a new one. The secret that n8n keeps does not
 * count after a change to the API key of another workspace: this key cannot remove the webhooks of
 * the workspace before, and a new secret makes the node refuse their deliveries.
 */
function secretFor(
	hook: IHookFunctions,
	registration: Registration,
	ours: RemoteWebhook[],
): string | undefined {
	const { secret } = hook.getWorkflowStaticData('node');
	if (typeof secret !== 'string' || secret === '') return secretOf(ours);
	return ours.length === 0 && tellOfOthers(hook, registration) ? undefined : secret;
}

function remember(hook: IHookFunctions, { account }: Registration, secret: string): void {
	Object.assign(hook.getWorkflowStaticData('node'), { secret, account: account.budgetKey });
}

/**
 * Whether webhooks of this node may be left in the workspace of an earlier API key. If so, a
 * warning names them.
 */
function tellOfOthers(hook: IHookFunctions, { account }: Registration): boolean {
	const before = hook.getWorkflowStaticData('node').account;
	if (before === undefined || before === account.budgetKey) return false;
	hook.logger.warn(
		`${hook.getNode().name}: the HeyReach API key was changed, and none of this node's webhooks is in the workspace of the new one. If the key before belongs to another workspace, delete its webhooks there (HeyReach > Integrations > Webhooks, names beginning with "n8n"). What they send is refused.`,
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

/** The webhooks of this node in HeyReach. */
interface Registration {
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

async function open(hook: IHookFunctions): Promise<Registration> {
	const address = hook.getNodeWebhookUrl('default');
	if (address === undefined) throw new BadInput('n8n gave this node no webhook address');
	const account = (await heyReach.connect(hook)).accountOf(0);
	const { id: nodeId } = hook.getNode();
	const mode = hook.getMode() === 'manual' ? 'test' : 'production';
	const mark = markOf(hook.getInstanceId(), String(hook.getWorkflow().id), nodeId, mode);
	const { secret } = hook.getWorkflowStaticData('node');
	const line = { context: hook, service: heyReach, account };

	const list = async () => {
		const call = action('POST', 'GetAllWebhooks', { repeatable: true });
		const rows = await readPages(offsetPages(100), call, async (page) => await send(line, page));
		return ownWebhooks(
			{ address, mark, secret },
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

	return { address, mark, account, list, create, remove };
}

function action(
	method: 'POST' | 'DELETE',
	name: string,
	rest: Pick<Call, 'repeatable' | 'query' | 'body'>,
): Call {
	return { method, template: `/webhooks/${name}`, path: `/webhooks/${name}`, ...rest };
}
