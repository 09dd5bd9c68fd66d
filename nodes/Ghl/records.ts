import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../engine/errors';
import type { Call } from '../engine/operation';

/** What n8n's guidelines ask of every delete. */
export const deleted = (): IDataObject => ({ deleted: true });

/**
 * Refuses a call that sets none of the keys (of any, if none is named); `hint` says what to do.
 * The location does not count: every call has it.
 */
export function needsOneOf(
	part: 'query' | 'body',
	keys: string[] | undefined,
	message: string,
	hint: string,
) {
	return (call: Call) => {
		const set = Object.keys(call[part] ?? {}).filter((key) => key !== 'locationId');
		if (!set.some((key) => !keys || keys.includes(key))) throw new BadInput(message, hint);
	};
}

export const needsAChange = needsOneOf(
	'body',
	undefined,
	'There is nothing to update',
	'Add at least one field, or check that the expressions find values in this item.',
);
