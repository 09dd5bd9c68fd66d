import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { PROJECT, cacheFolder } from './paths';

/** HighLevel's own repository of its API description, and the commit that the contract tests know. */
export const OFFICIAL_FILES = {
	repository: 'https://github.com/GoHighLevel/highlevel-api-docs.git',
	commit: '0af86a4cbd48c66a4071c7e509d1079f9f10ed17',
};

/** Where `npm run fetch:openapi` puts it. */
export const fetchedFiles = () =>
	resolve(cacheFolder(), `highlevel-api-docs-${OFFICIAL_FILES.commit.slice(0, 12)}`);

/**
 * The folder of HighLevel's OpenAPI files: that of `HIGHLEVEL_OPENAPI_DIR`, else one beside the checkout, else
 * the fetched one. It may be absent.
 */
export function openApiFolder(): string {
	if (process.env.HIGHLEVEL_OPENAPI_DIR) return resolve(process.env.HIGHLEVEL_OPENAPI_DIR);
	const beside = resolve(PROJECT, '../shared/apis/highlevel/openapi');
	return existsSync(beside) ? beside : resolve(fetchedFiles(), 'apps');
}
