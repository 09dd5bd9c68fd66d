import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openApiFolder } from '../../../tools/officialFiles';
import { NEW_ENDPOINTS } from './newEndpoints';
import { OfficialApi, type OpenApiFile } from './officialApi';
import type { RawSchema } from './schemas';

const FOLDER = openApiFolder();
const EVENTS = join(dirname(FOLDER), 'webhook-payloads.json');
const DELIVERIES = resolve(
	process.env.HEYREACH_PAYLOADS_DIR ?? join(FOLDER, '../../heyreach/payloads'),
);

/** The name of the one test that is skipped where a source is absent: the table of `npm test` shows it. */
const NEEDS = {
	officialApi: 'needs HighLevel’s OpenAPI files: npm run fetch:openapi fetches them',
	events: `needs the events of HighLevel’s pages: put webhook-payloads.json into ${dirname(FOLDER)}`,
	deliveries: 'needs recorded deliveries of HeyReach: HEYREACH_PAYLOADS_DIR names their folder',
};

/** A `describe` for tests over a source: skipped, with one printed line, only where that is absent. */
function describeWhere<Source>(
	name: string,
	source: Source | undefined,
	needs: string,
	tests: (source: Source) => void,
): void {
	if (source !== undefined) return describe(name, () => tests(source));
	process.stdout.write(`Skipped: “${name}” ${needs}\n`);
	describe.skip(name, () => it(needs, () => {}));
}

let api: OfficialApi | undefined;

/** HighLevel's official API description, or `undefined` where its files are absent. */
export function officialApi(): OfficialApi | undefined {
	if (existsSync(FOLDER)) api ??= new OfficialApi(read());
	return api;
}

/** A `describe` for tests that need the official files. */
export function describeOfficial(name: string, tests: (official: OfficialApi) => void): void {
	describeWhere(name, officialApi(), NEEDS.officialApi, tests);
}

/** What the official pages say about one webhook event. */
export interface OfficialEvent {
	schema: RawSchema | null;
	examples: Array<Record<string, unknown>>;
}

/** A `describe` for tests over HighLevel's webhook events, by the name of their page. */
export function describeEvents(
	name: string,
	tests: (events: Record<string, OfficialEvent>) => void,
): void {
	const events = existsSync(EVENTS)
		? (JSON.parse(readFileSync(EVENTS, 'utf8')) as Record<string, OfficialEvent>)
		: undefined;
	describeWhere(name, events, NEEDS.events, tests);
}

type Delivery = [file: string, body: Record<string, unknown>];

/** A `describe` for tests over HeyReach's deliveries as other people recorded them. */
export function describeDeliveries(name: string, tests: (recorded: Delivery[]) => void): void {
	const recorded = existsSync(DELIVERIES) ? readDeliveries() : undefined;
	describeWhere(name, recorded, NEEDS.deliveries, tests);
}

function read(): Map<string, OpenApiFile> {
	// The files of the smaller areas lie in a folder of their own.
	const areas = [FOLDER, join(FOLDER, 'more')].filter((folder) => existsSync(folder));
	const files = areas.flatMap((folder) =>
		readdirSync(folder)
			.filter((name) => name.endsWith('.json'))
			.map((name) => join(folder, name)),
	);
	// Each file refers to it as ../common, where it lies beside each copy of its folder.
	const commons = areas
		.map((folder) => join(dirname(folder), 'common', 'common-schemas.json'))
		.filter((path) => existsSync(path));
	return new Map([
		...[...files, ...commons].map((path): [string, OpenApiFile] => [
			pathToFileURL(path).href,
			JSON.parse(readFileSync(path, 'utf8')) as OpenApiFile,
		]),
		// The first file with an endpoint counts.
		NEW_ENDPOINTS,
	]);
}

function readDeliveries(): Delivery[] {
	return readdirSync(DELIVERIES)
		.filter((file) => file.endsWith('.json'))
		.map(
			(file): Delivery => [
				file,
				JSON.parse(readFileSync(join(DELIVERIES, file), 'utf8')) as Record<string, unknown>,
			],
		)
		.filter(([, body]) => !('items' in body));
}
