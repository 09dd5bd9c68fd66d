import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import type { ApiContext } from '../operation';

/**
 * A parameter of the node, in any context. In a run on items the second argument of n8n's
 * `getNodeParameter` is the item. In every other context it is the fallback.
 */
export function parameterOf(
	context: ApiContext,
	name: string,
	itemIndex: number,
	fallback?: unknown,
): unknown {
	return runsOnItems(context)
		? context.getNodeParameter(name, itemIndex, fallback)
		: (context as IPollFunctions).getNodeParameter(name, fallback);
}

const runsOnItems = (context: ApiContext): context is IExecuteFunctions =>
	'continueOnFail' in context;
