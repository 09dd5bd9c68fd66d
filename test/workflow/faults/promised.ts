import type { FaultRow, Manner, Promised } from './table';

/** A message that is not in the conversation may be on its way: it is not sent again. */
const NEVER_AGAIN = ['conversation:sendMessage'];

/** What a fault does to a call of an operation. Where the answer is empty, half of it is the whole. */
export function promised(
	fault: FaultRow,
	key: string,
	manner: Manner,
	isAnsweredEmpty: boolean,
): Promised {
	if (isAnsweredEmpty && fault.worked && fault.fault.kind === 'malformed') return ['done', 1];
	const usual = fault[manner] ?? fault.safe;
	const again = usual[1] > 1 && NEVER_AGAIN.includes(key);
	return again ? (fault.once ?? usual) : usual;
}

const MAYBE = '. The request may have been carried out anyway';

export function expectError(message = '', outcome: 'refused' | 'unsure', fault: FaultRow): void {
	expect(message.endsWith(MAYBE)).toBe(outcome === 'unsure');
	expect(message.replace(MAYBE, '')).toMatch(fault.says ?? /./);
}
