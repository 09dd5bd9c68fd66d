import type { IExecuteFunctions } from 'n8n-workflow';
import { BadInput } from '../badInput';
import type { Io } from '../operation';
import { toFlag } from '../values';

/**
 * Return All and Limit; Infinity for all.
 *
 * @throws BadInput for a limit that is no whole number from 1
 */
export function limitOf(io: Io): number {
	if (toFlag(io.parameter('returnAll', false), 'Return All')) return Infinity;
	const given = io.parameter('limit', 50);
	const limit = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
	if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1) return limit;
	throw new BadInput(
		`“Limit” must be a whole number of at least 1, and is “${String(given)}”`,
		'Check the expression behind it, or turn on Return All. Nothing was sent for this item.',
	);
}

export const isSimple = (io: Io): boolean => toFlag(io.parameter('simplify', true), 'Simplify');

/**
 * Share of Rate Limit, in percent, of the first item for which n8n can resolve it. An item for which n8n
 * cannot fails by itself later.
 */
export function rateLimitShareOf(context: IExecuteFunctions): number | undefined {
	for (const itemIndex of context.getInputData().keys()) {
		try {
			return Number(context.getNodeParameter('options.rateLimitShare', itemIndex, 100));
		} catch {
			continue;
		}
	}
	return undefined;
}
