import { BadInput } from '../../engine/badInput';
import { toIds } from '../../engine/values';

/**
 * The ids in a choice from a list or in the value of an expression: a list, one id, or ids
 * separated by commas. `what` is the word for one of the records: `campaign`.
 *
 * @throws BadInput for what is no id
 */
export function idsOf(value: unknown, what: string): number[] {
	return toIds(value ?? []).map((part) => {
		if (/^\d+$/.test(part)) return Number(part);
		throw new BadInput(
			`“${part}” is not the ID of a ${what}`,
			`Choose from the list. An expression must give numbers, such as {{ [1234, 5678] }}.`,
		);
	});
}

/** @throws BadInput for what is no id */
export function idOf(value: unknown, what: string): number {
	const text = String(value).trim();
	if (/^\d+$/.test(text)) return Number(text);
	throw new BadInput(
		`“${text}” is not the ID of a ${what}`,
		'HeyReach’s IDs are numbers, such as 1234.',
	);
}
