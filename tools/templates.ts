import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from './paths';
import type { Credentials } from './n8n/connect';
import type { N8nClient } from './n8n/client';
import type { WorkflowFile } from './n8n/workflow';
import { GHL_WEBHOOK_PUBLIC_KEY } from '../sandbox';
import type { Sandbox } from '../sandbox';

const FOLDER = join(PROJECT, 'templates');

/** The start of a template that creates its Data Tables and custom fields. */
const SET_UP = 'Run once to set up';

/** Templates that fail until people have done something that a start cannot do for them. */
const WAITS_FOR: Record<string, string | undefined> = {
	'keep-both-systems-in-step-in-near-real-time.json':
		'publish it after a full run of “Reconcile GHL contacts and HeyReach leads”',
};

/** The published templates, by file name. */
export async function readTemplates(): Promise<Map<string, string>> {
	const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
	const texts = files.map(
		async (name) => [name, await readFile(join(FOLDER, name), 'utf8')] as const,
	);
	return new Map(await Promise.all(texts));
}

export interface ImportedTemplate {
	id: string;
	name: string;
	/** Whether it is on: it starts by a webhook, a poll or a schedule, and has its credentials. */
	active: boolean;
	/** The types of the credentials that it lacks, such as `postgres`. */
	missing: string[];
	/** What has to be done before it can do its work; absent: nothing. */
	waitsFor?: string;
}

/** What was imported when, so that a second start keeps what people changed in the editor. */
type Imported = Record<string, { id: string; hash: string } | undefined>;

/**
 * Brings the templates into n8n and turns on those that start by themselves, anew if need be, so
 * that their triggers register with the sandbox that runs now. A template that lacks a credential
 * (Postgres) stays off. A template that has not changed
 * since it was imported is left as it is in n8n.
 *
 * A template that has a set-up of its own is set up when it is new.
 *
 * @param recordFile where to remember what was imported
 */
export async function importTemplates(
	client: N8nClient,
	credentials: Credentials,
	recordFile: string,
	sandbox: Pick<Sandbox, 'state'>,
): Promise<ImportedTemplate[]> {
	const record = await readRecord(recordFile);
	const stored = new Set((await client.workflows()).map(({ id }) => id));
	const results: ImportedTemplate[] = [];
	for (const [file, text] of await readTemplates()) {
		const template = forSandbox(text, sandbox, credentials);
		const hash = createHash('sha256').update(JSON.stringify(template)).digest('hex');
		const known = record[file];
		const there = known !== undefined && stored.has(known.id);
		const workflow =
			there && known.hash === hash
				? await client.workflow(known.id)
				: await client.importWorkflow(template, credentials, there ? known.id : undefined);
		const { id, name } = workflow;
		record[file] = { id, hash };
		await writeFile(recordFile, JSON.stringify(record));
		if (!there && workflow.nodes.some((node) => node.name === SET_UP))
			await client.waitForExecution(await client.run(id, SET_UP));
		const missing = await client.missingCredentials(workflow);
		const waitsFor = WAITS_FOR[file];
		const byItself = missing.length === 0 && (await client.startsByItself(workflow));
		// What people have published stays so; a new one is left to them.
		const active = byItself && (waitsFor === undefined || (there && workflow.active));
		if (active) {
			if (there) await client.deactivate(id);
			await client.activate(id);
		}
		results.push({ id, name, active, missing, waitsFor });
	}
	return results;
}

/**
 * A template as people change it for another HighLevel than the real one (its key), for
 * their lists and, where an agency is connected, for the locations of its clients.
 */
function forSandbox(
	text: string,
	{ state }: Pick<Sandbox, 'state'>,
	{ ghlOAuth2Api }: Credentials,
) {
	const template = JSON.parse(text) as WorkflowFile;
	for (const { type, parameters } of template.nodes) {
		// A private integration opens its own location alone.
		if (ghlOAuth2Api && parameters.location !== undefined) parameters.authentication = 'oAuth2';
		if (type === 'n8n-nodes-ghl-heyreach.ghlTrigger')
			parameters.options = {
				...(parameters.options as object),
				publicKeys: GHL_WEBHOOK_PUBLIC_KEY,
			};
		if (type === 'n8n-nodes-ghl-heyreach.heyReachPollingTrigger')
			parameters.lists = [...state.lists.values()]
				.filter(({ listType, members }) => listType === 'USER_LIST' && members.length > 0)
				.map(({ id }) => id);
	}
	return template;
}

async function readRecord(file: string): Promise<Imported> {
	const text = await readFile(file, 'utf8').catch(() => '{}');
	return JSON.parse(text) as Imported;
}
