import { SANDBOX, type Sandbox } from '../../../sandbox';
import type { N8nClient } from '../../../tools/n8n/client';
import type { Leak, Secrets } from '../../../tools/n8n/leaks';

/** The trigger of HeyReach has to know the secret of the address that it has registered: n8n's static data. */
const KEPT_BY_TRIGGERS = ['workflow_entity.staticData'];
/** n8n 1 stores a workflow's static data with each of its executions too. */
const KEPT_BY_N8N_1 = [...KEPT_BY_TRIGGERS, 'execution_data.workflowData'];
/** Shorter ones are words that a test takes for a wrong secret. */
const SHORTEST = 8;

export function secretsOf({ state }: Sandbox, client: N8nClient, version: string): Secrets {
	const kept = version.startsWith('1.') ? KEPT_BY_N8N_1 : KEPT_BY_TRIGGERS;
	const fixed = Object.entries(SANDBOX).flatMap(([name, value]) =>
		/token|key|secret/i.test(name) ? [String(value)] : [],
	);
	const secrets = new Map<string, string[]>();
	const workspaces = SANDBOX.heyReachClients.map(({ key }) => key);
	for (const secret of [...fixed, ...workspaces, ...client.secrets]) secrets.set(secret, []);
	for (const [secret, kind] of state.secrets) secrets.set(secret, kind === 'webhook' ? kept : []);
	return new Map([...secrets].filter(([secret]) => secret.length >= SHORTEST));
}

export class Leaked extends Error {
	constructor(leaks: Leak[]) {
		const told = leaks.map(({ where, text }) => `${where}: …${text}…`);
		super(`Secrets stand in what n8n has kept:\n${told.join('\n')}`);
	}
}
