import { PROJECT } from './paths';
import { npm } from './process';

/** The long versions of the random tests: `npm run test:soak`, or fewer with `-- 100000`. */
async function main(): Promise<void> {
	const cases = Number(process.argv[2] ?? 1_000_000);
	const seed = Number(process.env.SYNC_SEED ?? Date.now() & 0x7fffffff);
	process.stdout.write(`${cases} cases, SYNC_SEED=${seed}\n`);
	await npm(['run', 'test:unit', '--', '--testPathPattern', 'contactSync'], {
		cwd: PROJECT,
		show: true,
		env: { SYNC_CASES: String(cases), SYNC_SEED: String(seed) },
	});
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
});
