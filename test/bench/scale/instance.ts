import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { N8nClient } from '../../../tools/n8n/client';
import { connectSandbox, type Credentials } from '../../../tools/n8n/connect';
import { errorOf, itemsOf, type Execution } from '../../../tools/n8n/executions';
import { packTarball } from '../../../tools/n8n/pack';
import { ensureRuntime } from '../../../tools/n8n/runtime';
import { bootN8n, type N8n } from '../../../tools/n8n/server';
import type { WorkflowFile } from '../../../tools/n8n/workflow';
import { freePort } from '../../../tools/ports';
import { say } from '../progress';
import type { ScaleSandbox } from './sandbox';

/** A run of 100,000 contacts takes minutes on a busy machine. */
export const PATIENCE_MS = 60 * 60_000;

/** A real n8n with the packed pack and the node *Replay*, on an empty SQLite, connected to the sandbox. */
export class Instance {
	private constructor(
		readonly n8n: N8n,
		readonly client: N8nClient,
		readonly credentials: Credentials,
		private readonly folder: string,
	) {}

	static async boot(sandbox: ScaleSandbox): Promise<Instance> {
		const runtime = await ensureRuntime(undefined, say);
		const tarball = await packTarball();
		const folder = await mkdtemp(join(tmpdir(), 'n8n-scale-'));
		const extensions = join(folder, 'extensions');
		await mkdir(extensions);
		await writeFile(join(extensions, 'Replay.node.js'), await compiledReplay());
		const n8n = await bootN8n({
			runtime,
			tarball,
			userFolder: folder,
			port: await freePort(),
			env: { N8N_CUSTOM_EXTENSIONS: extensions, N8N_BLOCK_FILE_ACCESS_TO_N8N_FILES: 'false' },
		});
		const client = new N8nClient(n8n.url);
		await client.setupOwner();
		return new Instance(n8n, client, await connectSandbox(client, sandbox), folder);
	}

	/** A file of this instance's folder. */
	file(name: string): string {
		return join(this.folder, name);
	}

	async close(): Promise<void> {
		await this.n8n.kill();
		await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
	}

	/** Sends the recorded calls again, and gives how long that takes (ms). */
	async replay(file: string): Promise<number> {
		const { id } = await this.client.importWorkflow(replaying(file), this.credentials);
		const execution = await this.client.waitForExecution(await this.client.run(id), PATIENCE_MS);
		requireSuccess(execution);
		const [{ json }] = itemsOf(execution, 'Replay');
		say(`  replay: ${JSON.stringify(json)}`);
		return Number(json.ms);
	}

	/** What n8n has resident (MB). */
	resident(): number {
		return this.memory('VmRSS');
	}

	/** Forgets the most that was resident, so that {@link mostResident} tells of what comes now. */
	forgetMostResident(): void {
		writeFileSync(`/proc/${this.n8n.pid}/clear_refs`, '5');
	}

	mostResident(): number {
		return this.memory('VmHWM');
	}

	private memory(line: 'VmRSS' | 'VmHWM'): number {
		const status = readFileSync(`/proc/${this.n8n.pid}/status`, 'utf8');
		return Number(new RegExp(`${line}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
	}

	/** What the database holds (MB), free pages left out. */
	stored(): number {
		const database = new DatabaseSync(join(this.folder, '.n8n', 'database.sqlite'), {
			readOnly: true,
		});
		try {
			const value = (pragma: string) =>
				Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
			return ((value('page_count') - value('freelist_count')) * value('page_size')) / 2 ** 20;
		} finally {
			database.close();
		}
	}
}

export function requireSuccess(execution: Execution): void {
	const error = errorOf(execution);
	if (execution.status !== 'success' || error) {
		throw new Error(`Execution ${execution.id} ended as ${execution.status}: ${error?.message}`);
	}
}

/** n8n loads JavaScript alone. */
async function compiledReplay(): Promise<string> {
	const source = await readFile(join(__dirname, 'replay', 'Replay.node.ts'), 'utf8');
	const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
	return transpileModule(source, { compilerOptions }).outputText;
}

const replaying = (file: string): WorkflowFile => ({
	name: 'Replay',
	nodes: [
		{
			id: 'start',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: 'replay',
			name: 'Replay',
			type: 'CUSTOM.replay',
			typeVersion: 1,
			position: [200, 0],
			parameters: { file },
		},
	],
	connections: { Start: { main: [[{ node: 'Replay', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
});
