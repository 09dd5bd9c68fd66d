/** One project a tier (docs: CONTRIBUTING.md); `npm run test:unit` and its sisters pick one. */
const project = (displayName) => ({
	displayName,
	rootDir: __dirname,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
	transform: {
		'^.+\\.[tj]s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
	},
	// ES modules alone, which jest cannot load as they are.
	transformIgnorePatterns: ['/node_modules/(?!github-slugger/)'],
	modulePathIgnorePatterns: ['<rootDir>/dist'],
});

module.exports = {
	// A busy machine is slow, not wrong.
	testTimeout: 30_000,
	maxWorkers: '100%',
	projects: [
		...['unit', 'contract', 'workflow'].map(project),
		...['e2e', 'queue'].map((name) => ({
			...project(name),
			globalSetup: '<rootDir>/test/e2e/support/build.ts',
		})),
	],
};
