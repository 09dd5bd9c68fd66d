import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { OFFICIAL_FILES, fetchedFiles } from './officialFiles';

/** `npm run fetch:openapi`: fetches the files that the contract tests read, once, into the cache folder. */
async function fetchOpenApi(repository = OFFICIAL_FILES.repository): Promise<void> {
	const folder = fetchedFiles();
	if (!existsSync(folder)) {
		const begun = `${folder}.begun`;
		const git = (...args: string[]) =>
			execFileSync('git', args, { cwd: begun, stdio: ['ignore', 'ignore', 'inherit'] });
		await rm(begun, { recursive: true, force: true });
		await mkdir(begun, { recursive: true });
		git('init', '--quiet');
		git('fetch', '--quiet', '--depth=1', repository, OFFICIAL_FILES.commit);
		git('checkout', '--quiet', 'FETCH_HEAD');
		// Under its name only when it is whole.
		await rename(begun, folder);
	}
	process.stdout.write(`HighLevel's OpenAPI files are in ${folder}.\n`);
}

fetchOpenApi(process.argv[2]).catch((error: Error) => {
	process.stderr.write(`The files could not be fetched: ${error.message}\n`);
	process.exitCode = 1;
});
