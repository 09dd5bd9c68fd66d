import './environment';
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HookContext } from 'n8n-core';
import {
	LoggerProxy,
	type INode,
	type IWorkflowExecuteAdditionalData,
	type Logger,
} from 'n8n-workflow';
import type { Workflow } from 'n8n-workflow';

const LEVELS = ['error', 'warn', 'info', 'debug'] as const;

const listening = new AsyncLocalStorage<string[]>();

/**
 * Runs `work` and adds each line it logs to `lines`, as `level message {metadata}`. What runs beside
 * it in the same process keeps its own lines.
 */
export async function collectLogs<T>(lines: string[], work: () => Promise<T>): Promise<T> {
	return await listening.run(lines, work);
}

function write(level: string, message: string, metadata?: object): void {
	const facts = metadata && Object.keys(metadata).length > 0 ? ` ${JSON.stringify(metadata)}` : '';
	listening.getStore()?.push(`${level} ${message}${facts}`);
}

let ready = false;

/**
 * Makes n8n-core usable without a server. Its services are made by its own container the first time
 * they are asked for; only two things differ from n8n: the settings folder is made for this and gone
 * at once, and the logger writes to `collectLogs`.
 */
export function prepareCore(
	workflow: Workflow,
	node: INode,
	additionalData: IWorkflowExecuteAdditionalData,
): void {
	if (ready) return;
	ready = true;
	const folder = mkdtempSync(join(tmpdir(), 'n8n-test-'));
	process.env.N8N_USER_FOLDER = folder;
	// The container is not exported; any context has its logger, of which there is one.
	const { logger } = new HookContext(workflow, node, additionalData, 'internal', 'init');
	rmSync(folder, { recursive: true, force: true });
	const collector = Object.fromEntries(
		LEVELS.map((level) => [level, (text: string, facts?: object) => write(level, text, facts)]),
	) as Logger;
	Object.assign(logger, collector);
	LoggerProxy.init(collector);
}
