import { BadInput } from '../../engine/badInput';
import { toIds, toText } from '../../engine/values';

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
	const text = toText(value, `ID of a ${what}`).trim();
	if (/^\d+$/.test(text)) return Number(text);
	throw new BadInput(
		`“${text}” is not the ID of a ${what}`,
		'HeyReach’s IDs are numbers, such as 1234.',
	);
}

/** An id, and the workspace that it is of. */
export interface PlacedId {
	/** The name of the workspace; empty for the credential's own. */
	workspace: string;
	id: number;
}

/** How a choice from several workspaces names one record: `Acme/1234`. */
export const placeIn = (workspace: string, id: number): string => `${workspace}/${id}`;

/**
 * The ids in a choice from several workspaces. An id alone is one of the credential's own workspace.
 *
 * @throws BadInput for what is no id
 */
export function placedIdsOf(value: unknown, what: string): PlacedId[] {
	return toIds(value ?? []).map((part) => {
		const slash = part.lastIndexOf('/');
		const [id] = idsOf([part.slice(slash + 1)], what);
		return { workspace: part.slice(0, Math.max(0, slash)).trim(), id };
	});
}
