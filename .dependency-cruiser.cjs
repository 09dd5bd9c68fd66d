// Which way imports run in the whole tree. `npm run lint` fails on an import against the direction, on a
// circle (types count) and on a file that nobody imports. CONTRIBUTING.md has the same as a picture.

/** A file below the first path may import no file below the second ones, but for `except`. */
const forbid = (name, comment, from, to, except) => ({
	name,
	comment,
	severity: 'error',
	from: { path: from },
	to: { path: to, ...(except && { pathNot: except }) },
});

const SERVICES = '^nodes/(Ghl|HeyReach)/';

module.exports = {
	forbidden: [
		{
			name: 'no-circle',
			comment: 'A circle has no beginning for a reader, and no order in which it loads.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'no-orphan',
			comment: 'Nobody imports this file.',
			severity: 'error',
			from: {
				orphan: true,
				pathNot: [
					'[.](test|credentials)[.]ts$',
					'(^|/)[.][^/]+[.]cjs$',
					'[.]config[.][a-z]+$',
					'^gulpfile[.]js$',
					'^sandbox/page/main[.]js$',
					// Given to Node.js and jest by their paths.
					'^(tools/(keep|n8n/endWithParent)|test/environment)[.]ts$|^test/slowestFirst[.]js$',
					'^tools/ownTemp[.]mjs$',
				],
			},
			to: {},
		},
		forbid(
			'engine-knows-no-service',
			'The engine serves any service: what only one of them does stands in its folder.',
			'^nodes/engine/',
			'^(nodes|credentials)/',
			'^nodes/engine/',
		),
		forbid(
			'call-is-alone',
			'The call loop knows neither how a node is described nor how it is woken.',
			'^nodes/engine/call/',
			'^nodes/engine/(describe|webhook)/',
		),
		forbid(
			'services-apart',
			'One service does not know the other: only Contact Sync knows both.',
			SERVICES,
			'^nodes/(Ghl|HeyReach|ContactSync)/',
			'^nodes/$1/',
		),
		forbid(
			'resources-last',
			'Operations are data: nothing but the node reads them.',
			`${SERVICES}(api|accessPresets|problems|fields|calls|editor|trigger|polling)`,
			`${SERVICES}resources/`,
		),
		forbid(
			'triggers-apart',
			'What the action node does needs nothing of the triggers.',
			`${SERVICES}(api|accessPresets|problems|fields|calls|editor|resources)`,
			`${SERVICES}(trigger|polling)/`,
			'/trigger/events[.]ts$',
		),
		forbid(
			'calls-without-editor',
			'A call knows no list of the editor.',
			`${SERVICES}calls/`,
			`${SERVICES}editor/`,
		),
		forbid(
			'reconcile-is-pure',
			'The reconciler has no clock, network or n8n: it imports itself and the readers of LinkedIn addresses.',
			'^nodes/ContactSync/reconcile/',
			'.',
			'^nodes/(ContactSync/reconcile/|linkedIn)',
		),
		forbid(
			'nothing-but-n8n-workflow',
			'n8n lets a community package bring no dependency of its own.',
			'^(nodes|credentials)/',
			'.',
			['^(nodes|credentials)/', '(^|/)node_modules/n8n-workflow/', '^(crypto|node:crypto)$'],
		),
		forbid(
			'sandbox-reads-for-itself',
			'The sandbox is a second reading of the API facts: it shares no code with the nodes.',
			'^sandbox/',
			'^(nodes|credentials|test|tools)/',
		),
		forbid('tools-without-tests', 'Tools serve people, tests serve tools.', '^tools/', '^test/'),
	],
	options: {
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.dev.json' },
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(dist|node_modules|test/.*[.]artifacts)/' },
	},
};
