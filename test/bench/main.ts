import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { whenAskedToEnd } from '../../tools/lifetime';
import { say } from './progress';
import { table, type Measured } from './report';

/** Each file measures one thing and runs by itself: `npm run bench:api`. */
const BENCHES: Record<string, () => Promise<{ bench: (figure?: string) => Promise<Measured[]> }>> =
	{
		api: async () => await import('./api'),
		editor: async () => await import('./editor'),
		scale: async () => await import('./scale'),
		sync: async () => await import('./sync'),
		trigger: async () => await import('./trigger'),
	};

/**
 * `npm run bench [-- api editor] [-- --json FILE]`; `npm run bench:scale -- --figure NAME` measures one
 * figure of several.
 */
async function main(): Promise<void> {
	whenAskedToEnd(() => process.exit(130));
	const { values, positionals } = parseArgs({
		options: { json: { type: 'string' }, figure: { type: 'string' } },
		allowPositionals: true,
	});
	const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
	const rows: Measured[] = [];
	for (const name of names) {
		if (!BENCHES[name]) throw new Error(`There is no benchmark “${name}”`);
		say(`bench:${name} ...`);
		const { bench } = await BENCHES[name]();
		const own = await bench(values.figure);
		rows.push(...own);
		process.stdout.write(`\n${table(own)}\n\n`);
	}
	if (values.json) await writeFile(values.json, `${JSON.stringify(rows, undefined, '\t')}\n`);
	process.exit(0);
}

main().catch((error: Error) => {
	process.stderr.write(`${error.stack}\n`);
	process.exit(1);
});
