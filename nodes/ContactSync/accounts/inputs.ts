import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fromState, type StoredState } from './fromState';

/** The stored rows of the input Links and of the input Answers behind it. Each may hold rows of both kinds. */
export function stateOf(context: IExecuteFunctions, links: number): StoredState {
	const items = [...itemsOf(context, links), ...itemsOf(context, links + 1)];
	return fromState(recordsIn(items).map(({ json }) => json));
}

/** The items of an input. An unconnected input has none; n8n throws for one after the last connected input. */
export function itemsOf(context: IExecuteFunctions, input: number): INodeExecutionData[] {
	try {
		return context.getInputData(input) ?? [];
	} catch {
		return [];
	}
}

/** The items that hold a record. A node without a result may give one empty item. */
export function recordsIn(items: readonly INodeExecutionData[]): INodeExecutionData[] {
	return items.filter(({ json }) => Object.keys(json).length > 0 && !isFailure(json));
}

/** Whether the item is the error of a failed read, as Continue On Fail puts it out. */
export function isFailure(json: IDataObject): boolean {
	return json.error !== undefined && json.id === undefined && json.linkedin_id === undefined;
}
