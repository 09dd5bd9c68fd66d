import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Cancelled, errorItem, toNodeError } from '../engine/call/errors';
import { failedItem } from '../engine/call/itemOutput';

/**
 * What a run that failed puts out with Continue On Fail: the error, at the last output (Summary). n8n itself
 * would hand the node's input on at the first output, from where it goes into the table of the links.
 *
 * @param outputs how many the operation has
 * @throws the error in n8n's own form, without Continue On Fail and for a cancelled run
 */
export function failedRun(
	context: IExecuteFunctions,
	error: unknown,
	outputs: number,
): INodeExecutionData[][] {
	if (error instanceof Cancelled || !context.continueOnFail())
		throw toNodeError(context.getNode(), error);
	const all = Array.from({ length: outputs }, (): INodeExecutionData[] => []);
	all[outputs - 1].push(failedItem(context, errorItem(error), error, 0));
	return all;
}
