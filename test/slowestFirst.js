const { default: Sequencer } = require('@jest/test-sequencer');

/** The files that take longest in their tier, the longest first. */
const SLOW = [
	// It mostly waits, so others have its part meanwhile.
	'e2e/polling',
	...['templates', 'editor', 'deliveries', 'longSync', 'kills', 'workspaces', 'oauth'].map(
		(name) => `e2e/${name}`,
	),
	...['properties', 'memory', 'model', 'mutants'].map((name) => `unit/contactSync/${name}`),
	...['ghlFaults', 'pairs', 'agency', 'contactSyncTrip', 'triggerSecurity'].map(
		(name) => `workflow/${name}`,
	),
];

/**
 * Begins with the longest files, so that two workers end together. Jest does so where it remembers how long
 * they took; on a new machine it goes by their size, and the longest one would run alone at the end.
 */
module.exports = class SlowestFirst extends Sequencer {
	static files = SLOW;

	sort(tests) {
		const place = ({ path }) => {
			const at = SLOW.findIndex((name) => path.replaceAll('\\', '/').endsWith(`${name}.test.ts`));
			return at < 0 ? SLOW.length : at;
		};
		return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
	}
};
