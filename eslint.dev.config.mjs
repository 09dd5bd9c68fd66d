// What n8n's strict preset does not look at: sandbox, tests and tools, and the rules of the newest major of
// n8n's plugin, of which the preset brings an older one. `.dependency-cruiser.cjs` says which way imports run.
import js from '@eslint/js';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** The plugin's rules for nodes or for credentials, but those that the preset of today contradicts. */
const n8nRules = (kind) => ({
	files: [`${kind}/**/*.ts`],
	plugins: { 'n8n-nodes-base': n8nNodesBase },
	rules: {
		...n8nNodesBase.configs[kind].rules,
		// They ask for ['main'], the preset for NodeConnectionTypes.Main.
		'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
		'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
		// The name of a page of n8n's own documentation; the preset asks community packages for an address.
		'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
	},
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
		files: ['test/e2e/**/*.ts'],
		ignores: ['test/e2e/support/waiting.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector:
						'CallExpression[callee.property.name=/^(allInnerTexts|allTextContents|evaluateAll|innerText|inputValue|textContent)$/]' +
						':not(CallExpression[callee.name="eventually"] *)',
					message:
						'A page draws its parts one after the other: read them with eventually() or settledTexts().',
				},
			],
		},
	},
	n8nRules('nodes'),
	n8nRules('credentials'),
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
