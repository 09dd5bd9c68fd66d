import { POSTGRES_USER } from '../../../tools/dataServers';
import type { StoredWorkflow, WorkflowFile } from '../../../tools/n8n/workflow';
import { LIST, SYNC_LIST } from '../../support/manyPairs';
import { keepRuns } from '../../e2e/support/reconcile';
import { readTemplate } from '../../e2e/templates/rig';
import type { Cluster } from './cluster';

const LEASE = "interval '60 minutes'";

/**
 * The template *Reconcile with Postgres* with its tables in the Postgres of the cluster, for the people of
 * `manyPairs`. It writes at once, and its lease is one of seconds.
 */
export async function importPostgresSync(
	{ client, credentials, postgres }: Cluster,
	leaseSeconds: number,
): Promise<StoredWorkflow> {
	const name = 'Postgres of the cluster';
	const { id } = await client.saveCredential({
		name,
		type: 'postgres',
		data: {
			...{ host: '127.0.0.1', port: postgres.port, database: 'postgres' },
			...{ user: POSTGRES_USER, password: '', ssl: 'disable' },
		},
	});
	const setUp = await client.importWorkflow(await readTemplate('set-up-contact-sync'), credentials);
	await client.waitForExecution(await client.run(setUp.id, 'Run once to set up'));
	const text = JSON.stringify(await readTemplate('reconcile-with-postgres'));
	if (text.split(LEASE).length !== 3) throw new Error('The lease is not taken and renewed alike.');
	const file = JSON.parse(
		text.replaceAll(LEASE, `interval '${leaseSeconds} seconds'`),
	) as WorkflowFile;
	keepRuns(file);
	const parametersOf = (node: string) =>
		file.nodes.find((one) => one.name === node)?.parameters ?? {};
	const settings: Record<string, unknown> = {
		...{ dryRun: false, lists: String(LIST), syncListId: String(SYNC_LIST) },
	};
	const { assignments } = parametersOf('Your settings').assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	for (const one of assignments) if (one.name in settings) one.value = settings[one.name];
	const plan = parametersOf('Contact Sync: Plan');
	plan.options = { ...(plan.options as object), previewNewSettings: false };
	return await client.importWorkflow(file, { ...credentials, postgres: { id, name } });
}
