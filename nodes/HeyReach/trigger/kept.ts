import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { isObject } from '../../engine/values';
import { OWN_WORKSPACE } from '../workspaces';

/**
 * What n8n keeps of the webhooks in one workspace. Each workspace has a secret of its own: who sees
 * the address in one client's HeyReach cannot send events in the name of another client.
 */
export interface Kept {
	/** The name of the workspace; empty for the credential's own. */
	name: string;
	secret: string;
	/** The budget key of the account that registered them. */
	account?: string;
}

type Context = Pick<IHookFunctions | IWebhookFunctions, 'getWorkflowStaticData'>;

/** Everything that n8n keeps for this node. That of the own workspace stands at the top. */
export function keptIn(context: Context): Kept[] {
	const memory = context.getWorkflowStaticData('node');
	const named = isObject(memory.workspaces) ? Object.entries(memory.workspaces) : [];
	const found = [[OWN_WORKSPACE, memory] as const, ...named].map(([name, entry]) =>
		isObject(entry) ? readKept(name, entry) : undefined,
	);
	return found.filter((kept) => kept !== undefined);
}

function readKept(name: string, { secret, account }: Record<string, unknown>): Kept | undefined {
	if (typeof secret !== 'string' || secret === '') return undefined;
	return { name, secret, ...(typeof account === 'string' && { account }) };
}

/** Keeps the webhooks of a workspace in place of `before`, which may have another name. */
export function keep(context: Context, { name, ...kept }: Kept, before?: Kept): void {
	if (before) forget(context, before);
	const memory = context.getWorkflowStaticData('node');
	if (name === OWN_WORKSPACE) Object.assign(memory, kept);
	else memory.workspaces = { ...namedIn(memory), [name]: kept };
}

/** Forgets an entry, unless another one has taken its name: two workspaces may swap theirs. */
export function forget(context: Context, { name, secret }: Kept): void {
	if (!keptIn(context).some((kept) => kept.name === name && kept.secret === secret)) return;
	const memory = context.getWorkflowStaticData('node');
	if (name === OWN_WORKSPACE) {
		delete memory.secret;
		delete memory.account;
		return;
	}
	const others = Object.entries(namedIn(memory)).filter(([other]) => other !== name);
	if (others.length > 0) memory.workspaces = Object.fromEntries(others);
	else delete memory.workspaces;
}

// n8n notices a change of static data by the assignment, so the object is made anew.
const namedIn = ({ workspaces }: IDataObject): IDataObject =>
	isObject(workspaces) ? { ...(workspaces as IDataObject) } : {};
