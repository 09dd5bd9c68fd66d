/** How a command of the docs is known to be right. */
export type Proof = { test: string } | { notRun: string };

const NETWORK = 'it downloads; the continuous integration runs it (.github/workflows/ci.yml)';

/** Every command that the docs tell people to run; a test keeps this list and the docs the same. */
export const COMMANDS: Record<string, Proof> = {
	'git clone https://github.com/ghl-heyreach/n8n-nodes-ghl-heyreach.git': {
		notRun:
			'it needs the published repository; the first step of the continuous integration does it',
	},
	'cd n8n-nodes-ghl-heyreach': { notRun: 'it is the folder that the line before made' },
	'npm ci': { notRun: NETWORK },
	'npm start': { test: 'test/e2e/start.test.ts' },
	'npm start -- --fresh': { test: 'test/e2e/start.test.ts' },
	'npm test': { notRun: 'it is what runs all tests, this one too' },
	'npm run lint': { notRun: 'it is the first step of npm test (tools/test.ts)' },
	'npm run test:unit': { notRun: 'it is a step of npm test (tools/test.ts)' },
	'npm run test:contract': { notRun: 'it is a step of npm test (tools/test.ts)' },
	'npm run test:workflow': { notRun: 'it is a step of npm test (tools/test.ts)' },
	'npm run test:e2e': { notRun: 'it is a step of npm test (tools/test.ts)' },
	'npm run test:queue': { notRun: 'it is a step of npm test (tools/test.ts)' },
	'npm run test:soak': { notRun: 'it takes hours; its last result is kept in docs/soak.md' },
	'npm run test:soak -- trip kills': { notRun: 'two parts of npm run test:soak' },
	'SOAK_SEED=20261125 npm run test:soak -- cases': { notRun: 'a part of npm run test:soak' },
	'npm run test:unit -- --testPathPattern docs': {
		notRun: 'it is a part of npm run test:unit',
	},
	'npm run try:n8n -- 2.42.0': { notRun: 'it downloads an n8n that may not be there yet' },
	'npm run fetch:openapi': { notRun: NETWORK },
	'npm run bench:trigger': { notRun: 'it measures: one part of npm run bench' },
	'npm run bench:scale': {
		notRun: 'it measures for an hour or two: one part of npm run bench',
	},
	'npm run bench': { notRun: 'it takes an hour and measures; its parts are not tests' },
	'npm run sandbox': { test: 'test/unit/sandbox/main.test.ts' },
	'npm run sandbox -- --agency 60': { test: 'test/unit/sandbox/main.test.ts' },
	'npm run catalog': { test: 'test/unit/catalog.test.ts' },
	'cd ~/.n8n/nodes': { notRun: 'it is a folder of the reader’s own n8n' },
	'npm install n8n-nodes-ghl-heyreach': {
		notRun: 'it needs the published package; test/e2e/boot.test.ts installs the same tarball',
	},
};
