import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openApiFolder } from '../../../tools/officialFiles';
import { NEW_ENDPOINTS } from './newEndpoints';
import { OfficialApi, type OpenApiFile } from './officialApi';
import type { RawSchema } from './schemas';

const FOLDER = openApiFolder();

let api: OfficialApi | undefined;

/** HighLevel's official API description, or `undefined` (and one printed line) where its files are absent. */
export function officialApi(): OfficialApi | undefined {
	if (!existsSync(FOLDER)) {
		process.stdout.write(
			`HighLevel's OpenAPI files are not in ${FOLDER}: tests against them are skipped. ` +
				'`npm run fetch:openapi` fetches them.\n',
		);
		return undefined;
	}
	api ??= new OfficialApi(read());
	return api;
}

/** A `describe` for tests that need the official files: skipped only where they are absent. */
export function describeOfficial(name: string, tests: (official: OfficialApi) => void): void {
	const official = officialApi();
	if (official) describe(name, () => tests(official));
	else describe.skip(name, () => it('needs the official OpenAPI files', () => {}));
}

/** An event as HighLevel's pages describe it, under the page's name. */
export interface DocumentedEvent {
	page: string;
	examples: Array<Record<string, unknown>>;
}

/**
 * A `describe` for tests over the events of HighLevel's webhooks, which lie beside the official files:
 * skipped, with one printed line, only where they are absent.
 */
export function describeDocumentedEvents(
	name: string,
	tests: (pages: DocumentedEvent[]) => void,
): void {
	const path = join(dirname(FOLDER), 'webhook-payloads.json');
	if (!existsSync(path)) {
		process.stdout.write(`${path} not found: contract tests against it are skipped\n`);
		describe.skip(name, () => it('needs the documented events', () => {}));
		return;
	}
	const pages = JSON.parse(readFileSync(path, 'utf8')) as Record<
		string,
		Omit<DocumentedEvent, 'page'>
	>;
	const events = Object.entries(pages).map(([page, { examples }]) => ({ page, examples }));
	describe(name, () => tests(events));
}

/** What the official pages say about one webhook event. */
export interface OfficialEvent {
	schema: RawSchema | null;
	examples: Array<Record<string, unknown>>;
}

/** HighLevel's webhook events by the name of their page, or `undefined` where the file is absent. */
export function officialEvents(): Record<string, OfficialEvent> | undefined {
	const path = join(dirname(FOLDER), 'webhook-payloads.json');
	if (existsSync(path))
		return JSON.parse(readFileSync(path, 'utf8')) as Record<string, OfficialEvent>;
	process.stdout.write(`official webhook payloads not found at ${path}: their test is skipped\n`);
	return undefined;
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

/**
 * HeyReach's deliveries as other people recorded them, by the name of their file: empty, with one
 * printed line, where the folder is absent.
 */
export function recordedDeliveries(): Array<[file: string, body: Record<string, unknown>]> {
	const folder = resolve(
		process.env.HEYREACH_PAYLOADS_DIR ?? join(FOLDER, '../../heyreach/payloads'),
	);
	if (!existsSync(folder)) {
		process.stdout.write(`${folder} not found: contract tests against it are skipped\n`);
		return [];
	}
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.map((file): [string, Record<string, unknown>] => [
			file,
			JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>,
		])
		.filter(([, body]) => !('items' in body));
}
