const { env, version } = require('node:process');

// npm puts the project's own Node first on PATH: where another one is to be tested, this tells.
if (env.TESTED_NODE && !version.startsWith(`v${env.TESTED_NODE}.`))
	throw new Error(`These tests are to run on Node ${env.TESTED_NODE}, and this is ${version}`);

/** One project a tier (docs: CONTRIBUTING.md); `npm run test:unit` and its sisters pick one. */
const project = (displayName) => ({
	displayName,
	rootDir: __dirname,
	cacheDirectory: '<rootDir>/node_modules/.cache/jest',
	testEnvironment: '<rootDir>/test/environment.ts',
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
	transform: {
		'^.+\\.[tj]s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
	},
	// ES modules alone, which jest cannot load as they are.
	transformIgnorePatterns: ['/node_modules/(?!github-slugger/)'],
	// The lock files of n8n there are packages of one name.
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/tools/n8n/[0-9.]+/'],
});

module.exports = {
	// A busy machine is slow, not wrong.
	testTimeout: 30_000,
	maxWorkers: '100%',
	testSequencer: '<rootDir>/test/slowestFirst.js',
	projects: [
		...['unit', 'contract', 'workflow'].map((name) => ({
			...project(name),
			testEnvironment: '<rootDir>/test/oneContext.ts',
			runtime: '<rootDir>/test/runtime.js',
		})),
		...['e2e', 'queue'].map((name) => ({
			...project(name),
			globalSetup: '<rootDir>/test/e2e/support/build.ts',
		})),
	],
};
