import { fromState } from '../../../nodes/ContactSync/accounts/fromState';

/** A row of the review table, as somebody has filled it in. */
const choiceIn = (choose: string) =>
	fromState([{ conflictId: 'c', kind: 'initial', reason: 'r', choose }]).resolutions[0]?.choose;

describe('an answer is taken as it is meant', () => {
	it.each([
		['a', 'A'],
		[' A. ', 'A'],
		['GHL', 'A'],
		['HighLevel', 'A'],
		['heyreach', 'B'],
		['HEY REACH', 'B'],
		['b)', 'B'],
		['SKIP', 'skip'],
		['Value', 'value'],
		['Link', 'link'],
		['keep apart', 'keepApart'],
		['Keep-Apart', 'keepApart'],
	])('%j is %s', (written, choice) => {
		expect(choiceIn(written)).toBe(choice);
	});

	it.each(['both', 'yes', 'AB', 'A or B', '1'])(
		'%j is no choice, and goes on as it is',
		(written) => {
			expect(choiceIn(written)).toBe(written);
		},
	);
});
