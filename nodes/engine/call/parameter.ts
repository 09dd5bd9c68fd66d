import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import type { ApiContext } from '../operation';

/**
 * A parameter of the node. Where n8n runs a node on items, the second argument is the item; in every
 * other context there is none, and the second argument is already the fallback.
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
