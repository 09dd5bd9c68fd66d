// Everything n8n's strict preset does not look at: sandbox, tests and tools, and, for the whole
// tree, which way imports may run (docs/operations and CONTRIBUTING say why).
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const noImports = (...patterns) => ({
	'no-restricted-imports': [
		'error',
		{ patterns: patterns.map(([group, message]) => ({ group, message })) },
	],
});

export default tseslint.config(
	{ ignores: ['dist', 'node_modules', '**/*.json', '**/.artifacts'] },
	{ linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
	{
		files: ['**/*.{ts,mjs,js}'],
		extends: [js.configs.recommended],
		languageOptions: {
			globals: {
				require: 'readonly',
				module: 'writable',
				exports: 'writable',
				__dirname: 'readonly',
			},
		},
	},
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommended],
		rules: {
			'no-undef': 'off',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
		},
	},
	{
		files: ['nodes/engine/**/*.ts'],
		rules: noImports(
			[['**/Ghl/**', '**/HeyReach/**', '**/ContactSync/**'], 'The engine knows no service.'],
			[['**/sandbox/**'], 'The pack never imports the sandbox.'],
		),
	},
	{
		files: ['nodes/Ghl/**/*.ts'],
		rules: noImports(
			[['**/HeyReach/**', '**/ContactSync/**'], 'One service does not know the other.'],
			[['**/sandbox/**'], 'The pack never imports the sandbox.'],
		),
	},
	{
		files: ['nodes/HeyReach/**/*.ts'],
		rules: noImports(
			[['**/Ghl/**', '**/ContactSync/**'], 'One service does not know the other.'],
			[['**/sandbox/**'], 'The pack never imports the sandbox.'],
		),
	},
	{
		files: ['nodes/ContactSync/reconcile/**/*.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: '^(\\.\\./(?!\\.\\./linkedIn$)|n8n-|node:)',
							message:
								'The reconciler is a pure function: it imports only its own files, and nodes/linkedIn.ts.',
						},
					],
				},
			],
		},
	},
	{
		files: ['sandbox/page/*.js'],
		languageOptions: {
			globals: Object.fromEntries(
				['document', 'fetch', 'location', 'setTimeout'].map((name) => [name, 'readonly']),
			),
		},
	},
	{
		files: ['sandbox/**/*.ts'],
		rules: noImports([
			['**/nodes/**', '**/credentials/**'],
			'The sandbox is a second reading of the API facts: it shares no code with the nodes.',
		]),
	},
);
