import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isObject } from './errors';
import type { Operation } from './operation';

/** With Include Audit Row: who did what to which record and when, without a personal value. */
export function audited(
	context: IExecuteFunctions,
	operation: Operation,
	json: IDataObject,
	itemIndex: number,
	status: 'done' | 'failed',
): IDataObject {
	if (!operation.writes) return json;
	const options = context.getNodeParameter('options', itemIndex, {});
	if (!isObject(options) || options.includeAuditRow !== true) return json;
	const audit: IDataObject = {
		operation: `${String(context.getNodeParameter('resource', 0))}:${operation.value}`,
		recordId: recordIdOf(context, operation, json, itemIndex),
		status,
		at: new Date().toISOString(),
		executionId: context.getExecutionId(),
	};
	return { ...json, audit };
}

function recordIdOf(
	context: IExecuteFunctions,
	operation: Operation,
	json: IDataObject,
	itemIndex: number,
): string | null {
	if (typeof json.id === 'string' || typeof json.id === 'number') return String(json.id);
	const inPath = operation.fields.filter(({ send }) => send?.in === 'path').reverse();
	const pickers = operation.fields.filter(
		({ property }) => property.type === 'resourceLocator' && property.required,
	);
	for (const field of [...inPath, ...pickers]) {
		const value = context.getNodeParameter(field.property.name, itemIndex, '', {
			extractValue: true,
		});
		if (typeof value === 'string' && value !== '') return value;
	}
	return null;
}
