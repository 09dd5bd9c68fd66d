import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from './paths';
import type { Credentials } from './n8n/connect';
import type { N8nClient } from './n8n/client';
import type { WorkflowFile } from './n8n/workflow';

const FOLDER = join(PROJECT, 'templates');

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
	/** Whether it is on: it starts by a webhook, a poll or a schedule. */
	active: boolean;
}

/** What was imported when, so that a second start keeps what people changed in the editor. */
type Imported = Record<string, { id: string; hash: string } | undefined>;

/**
 * Brings the templates into n8n and turns on those that start by themselves, anew if need be, so
 * that their triggers register with the sandbox that runs now. A template that has not changed
 * since it was imported is left as it is in n8n.
 *
 * @param recordFile where to remember what was imported
 */
export async function importTemplates(
	client: N8nClient,
	credentials: Credentials,
	recordFile: string,
): Promise<ImportedTemplate[]> {
	const record = await readRecord(recordFile);
	const stored = new Set((await client.workflows()).map(({ id }) => id));
	const results: ImportedTemplate[] = [];
	for (const [file, text] of await readTemplates()) {
		const template = JSON.parse(text) as WorkflowFile;
		const hash = createHash('sha256').update(text).digest('hex');
		const known = record[file];
		const there = known !== undefined && stored.has(known.id);
		const workflow =
			there && known.hash === hash
				? await client.workflow(known.id)
				: await client.importWorkflow(template, credentials, there ? known.id : undefined);
		const { id, name } = workflow;
		record[file] = { id, hash };
		await writeFile(recordFile, JSON.stringify(record));
		const active = await client.startsByItself(workflow);
		if (active) {
			if (there) await client.deactivate(id);
			await client.activate(id);
		}
		results.push({ id, name, active });
	}
	return results;
}

async function readRecord(file: string): Promise<Imported> {
	const text = await readFile(file, 'utf8').catch(() => '{}');
	return JSON.parse(text) as Imported;
}
