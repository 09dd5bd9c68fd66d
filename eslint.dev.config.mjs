// What n8n's strict preset does not look at: sandbox, tests and tools. `.dependency-cruiser.cjs` says
// which way imports run.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

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
		files: ['sandbox/page/*.js'],
		languageOptions: {
			globals: Object.fromEntries(
				[
					...['addEventListener', 'document', 'fetch', 'history', 'location', 'Option'],
					...['setTimeout', 'URL', 'URLSearchParams'],
				].map((name) => [name, 'readonly']),
			),
		},
	},
);
