import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../../sandbox';
import type { Sandbox, SandboxOptions } from '../../../sandbox';
import { N8nClient } from '../../../tools/n8n/client';
import { connectSandbox } from '../../../tools/n8n/connect';
import type { Credentials } from '../../../tools/n8n/connect';
import { findLeaks } from '../../../tools/n8n/leaks';
import { packTarball } from '../../../tools/n8n/pack';
import { ensureRuntime } from '../../../tools/n8n/runtime';
import { copyFirstBoot } from '../../../tools/n8n/firstBoot';
import { bootN8n } from '../../../tools/n8n/server';
import type { N8n } from '../../../tools/n8n/server';
import { freePort } from '../../../tools/ports';
import { FIRST_DAY } from '../../support/firstDay';
import { Leaked, secretsOf } from './secrets';

/** A real n8n with the packed pack, connected to a sandbox. */
export interface Stack {
	sandbox: Sandbox;
	n8n: N8n;
	/** Logged in as the owner. */
	client: N8nClient;
	/** The sandbox's accounts in n8n, by credential type. */
	credentials: Credentials;
	/**
	 * Ends both and removes what they wrote. Throws when a secret stands in what n8n has kept: in its
	 * database (items, errors and hints of all stored executions, and all other tables), logs and files.
	 */
	close(): Promise<void>;
}

export interface StackOptions {
	/** A folder of tools/n8n; else that of `E2E_N8N`, else the newest. */
	n8nVersion?: string;
	sandbox?: SandboxOptions;
	/** Added to n8n's environment. */
	env?: Record<string, string>;
}

/** For `beforeAll`: about 15 s, and minutes where n8n is still to be installed. */
export const STACK_TIMEOUT_MS = 15 * 60_000;

/** Starts everything on free ports and an empty folder. Leaves nothing behind when it throws. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
	const runtime = await ensureRuntime(options.n8nVersion ?? process.env.E2E_N8N);
	const tarball = await packTarball();
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-e2e-'));
	const sandbox = await startSandbox({ firstDay: FIRST_DAY, ...options.sandbox });
	let n8n: N8n | undefined;
	const end = async () => {
		await n8n?.stop();
		await sandbox.close();
	};
	const remove = async () => await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
	try {
		const port = await freePort();
		await copyFirstBoot(runtime, tarball, userFolder);
		n8n = await bootN8n({ runtime, userFolder, port, env: options.env });
		const client = new N8nClient(n8n.url);
		await client.setupOwner();
		const credentials = await connectSandbox(client, sandbox);
		const close = async () => {
			await end();
			const leaks = await findLeaks(
				userFolder,
				secretsOf(sandbox, client, runtime.version),
			).finally(remove);
			if (leaks.length > 0) throw new Leaked(leaks);
		};
		return { sandbox, n8n, client, credentials, close };
	} catch (error) {
		const log = n8n ? `\nn8n's last lines:\n${await n8n.log()}` : '';
		await end();
		await remove();
		throw new Error(`${(error as Error).message}${log}`, { cause: error });
	}
}
