import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INodeType, INodeTypeDescription, VersionedNodeType } from 'n8n-workflow';
import { GhlContacts } from '../../nodes/Ghl/GhlContacts.node.ts';
import { HeyReach } from '../../nodes/HeyReach/HeyReach.node.ts';
import { packTarball } from '../../tools/n8n/pack';
import { DEFAULT_N8N, ensureRuntime } from '../../tools/n8n/runtime';
import { prepareN8n } from '../../tools/n8n/server';
import { freePort } from '../../tools/ports';
import { say } from './progress';
import { measured, median, type Measured } from './report';

/** What the editor loads: the description of each node as JSON, and how long n8n takes to start. */
export async function bench(): Promise<Measured[]> {
	const runtime = await ensureRuntime(DEFAULT_N8N, say);
	const base = createRequire(join(runtime.n8nFolder, 'package.json'));
	const builtIn = (path: string, name: string) => {
		const nodes = base(`n8n-nodes-base/dist/nodes/${path}`) as Record<
			string,
			new () => INodeType | VersionedNodeType
		>;
		return kilobytes(latest(new nodes[name]()));
	};
	const peers = {
		Notion: builtIn('Notion/Notion.node.js', 'Notion'),
		HubSpot: builtIn('Hubspot/Hubspot.node.js', 'Hubspot'),
		HighLevel: builtIn('HighLevel/HighLevel.node.js', 'HighLevel'),
	};
	const own = {
		ghlContacts: kilobytes(new GhlContacts().description),
		heyReach: kilobytes(new HeyReach().description),
	};
	const sizes = Object.entries(own).flatMap(([node, size]) =>
		Object.entries(peers).map(([name, peer]) =>
			measured(
				name === 'Notion' ? `editor/${node}-kb` : `editor/${node}-kb/${name.toLowerCase()}`,
				'KB',
				size,
				peer,
				name,
			),
		),
	);
	return [...sizes, await startTime(runtime)];
}

type Runtime = Awaited<ReturnType<typeof ensureRuntime>>;

/** Medians of five starts with the pack and without it, in turns. */
async function startTime(runtime: Runtime): Promise<Measured> {
	const tarball = await packTarball();
	const folders = await Promise.all(
		[1, 2].map(async () => await mkdtemp(join(tmpdir(), 'bench-n8n-'))),
	);
	const [withPack, without] = await Promise.all(
		folders.map(
			async (userFolder, index) =>
				await prepareN8n({
					runtime,
					userFolder,
					port: await freePort(),
					tarball: index === 0 ? tarball : undefined,
				}),
		),
	);
	const times: Record<'pack' | 'bare', number[]> = { pack: [], bare: [] };
	// The first start of each makes its database and is not counted.
	for (let round = 0; round < 6; round++) {
		for (const [name, n8n] of [
			['pack', withPack],
			['bare', without],
		] as const) {
			const startedAt = Date.now();
			await n8n.start();
			if (round > 0) times[name].push(Date.now() - startedAt);
			await n8n.stop();
		}
	}
	await Promise.all(
		folders.map(async (folder) => await rm(folder, { recursive: true, force: true })),
	);
	return measured(
		'editor/start-ms',
		'ms',
		median(times.pack),
		median(times.bare),
		'n8n without the pack',
	);
}

function latest(node: INodeType | VersionedNodeType): INodeTypeDescription {
	return 'nodeVersions' in node
		? node.nodeVersions[node.currentVersion].description
		: node.description;
}

function kilobytes(description: INodeTypeDescription): number {
	return Math.round(JSON.stringify(description).length / 1000);
}
