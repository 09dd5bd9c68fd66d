const { default: Sequencer } = require('@jest/test-sequencer');

/** The e2e files that take minutes, the longest first; `polling` mostly waits, so others have its part meanwhile. */
const SLOW = [
	'polling',
	'templates',
	'editor',
	'deliveries',
	'longSync',
	'kills',
	'workspaces',
	'oauth',
];

/**
 * Begins with the longest files, so that two workers end together. Jest does so where it remembers how long
 * they took; on a new machine it goes by their size, and the longest one would run alone at the end.
 */
module.exports = class SlowestFirst extends Sequencer {
	sort(tests) {
		const place = ({ path }) => {
			const at = SLOW.findIndex((name) =>
				path.replaceAll('\\', '/').endsWith(`e2e/${name}.test.ts`),
			);
			return at < 0 ? SLOW.length : at;
		};
		return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
	}
};
