import { BadInput } from '../../engine/badInput';
import type { Call } from '../../engine/operation';

/**
 * Refuses a call that sets none of the keys (of any, if none is named). `hint` says what to do. The
 * location does not count: every call has it.
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
