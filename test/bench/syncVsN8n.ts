import { createRequire } from 'node:module';
import { join } from 'node:path';
import type {
	IDataObject,
	INodeParameters,
	INodeType,
	INodeTypeBaseDescription,
} from 'n8n-workflow';
import { ContactSync } from '../../nodes/ContactSync/ContactSync.node.ts';
import { DEFAULT_N8N, ensureRuntime } from '../../tools/n8n/runtime';
import { runNode } from '../workflow/support';
import { say } from './progress';
import { measured, median, type Measured } from './report';

const SIZES = [2_000, 4_000, 8_000];
const RUNS = 5;

interface Candidate {
	node: INodeType;
	typeName?: string;
	typeVersion?: number;
	parameters: INodeParameters;
}

/**
 * Our node and n8n's two that compare or join lists, each through n8n's own engine, with the same
 * contacts and leads. They say which items differ; ours also says who is who, what to write where, and
 * what to store.
 */
export async function besideN8n(): Promise<Measured[]> {
	const { compareDatasets, merge } = await n8nNodes();
	const ours: Candidate = {
		node: new ContactSync(),
		parameters: { operation: 'plan', options: { previewNewSettings: false } },
	};
	const rows: Measured[] = [];
	for (const size of SIZES) {
		say(`sync, ${size} contacts and leads beside n8n's own nodes`);
		const items = [contacts(size), leads(size)];
		const own = await timeOf(ours, [...items, []]);
		const compared = await timeOf(compareDatasets, items);
		const merged = await timeOf(merge, items);
		const name = (what: string) => `sync/vs-${what}-${size / 1000}k`;
		rows.push(measured(name('compare-datasets'), 'ms', own, compared, 'Compare Datasets'));
		rows.push(measured(name('merge'), 'ms', own, merged, 'Merge, matching fields'));
	}
	return rows;
}

async function timeOf(candidate: Candidate, inputs: IDataObject[][]): Promise<number> {
	const times: number[] = [];
	for (let run = 0; run < RUNS; run++) {
		const start = performance.now();
		const { error } = await runNode({ ...candidate, inputs });
		times.push(performance.now() - start);
		if (error) throw error;
	}
	return median(times);
}

async function n8nNodes(): Promise<Record<'compareDatasets' | 'merge', Candidate>> {
	const { n8nFolder } = await ensureRuntime(DEFAULT_N8N, say);
	const base = createRequire(join(n8nFolder, 'package.json'));
	const load = (path: string) =>
		base(`n8n-nodes-base/dist/nodes/${path}`) as Record<string, unknown>;
	const { CompareDatasets } = load('CompareDatasets/CompareDatasets.node.js') as {
		CompareDatasets: new () => INodeType;
	};
	const { MergeV3 } = load('Merge/v3/MergeV3.node.js') as {
		MergeV3: new (description: INodeTypeBaseDescription) => INodeType;
	};
	const byEmail = { values: [{ field1: 'email', field2: 'emailAddress' }] };
	return {
		compareDatasets: {
			node: new CompareDatasets(),
			typeName: 'n8n-nodes-base.compareDatasets',
			typeVersion: 2.3,
			parameters: { mergeByFields: byEmail, resolve: 'includeBoth' },
		},
		merge: {
			node: new MergeV3({ displayName: 'Merge', name: 'merge', group: [], description: '' }),
			typeName: 'n8n-nodes-base.merge',
			typeVersion: 3.2,
			parameters: {
				mode: 'combine',
				combineBy: 'combineByFields',
				advanced: true,
				mergeByFields: byEmail,
				joinMode: 'keepEverything',
			},
		},
	};
}

const TITLES = ['Founder', 'Head of Sales', 'Engineer'];

function contacts(size: number): IDataObject[] {
	return Array.from({ length: size }, (_, at) => ({
		id: `contact${at}`,
		locationId: 'location',
		firstName: 'Ada',
		lastName: `Berg ${at}`,
		email: `ada${at}@example.com`,
		companyName: `Company ${at % 97}`,
		city: 'Utrecht',
		phone: `+3164${String(1_000_000 + at)}`,
		source: 'Import',
		tags: [],
		customFields: [],
		dateAdded: '2026-01-01T00:00:00.000Z',
	}));
}

function leads(size: number): IDataObject[] {
	return Array.from({ length: size }, (_, at) => ({
		linkedin_id: String(1_000_000 + at),
		profileUrl: `https://www.linkedin.com/in/ada-berg-${at}/`,
		firstName: 'Ada',
		lastName: `Berg ${at}`,
		emailAddress: `ada${at}@example.com`,
		companyName: `Company ${at % 97}`,
		position: TITLES[at % TITLES.length],
		location: 'Utrecht',
		headline: 'Building things',
		about: 'Builds things',
		tags: [],
		customFields: [],
	}));
}
